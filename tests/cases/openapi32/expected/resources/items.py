"""Items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.items import SearchItemsWhole
from ..models.shared import Item
from ..params.items import SearchItemsWholeParam

_SEARCH: Final[Operation[list[Item]]] = Operation(
    id="searchItems",
    method="QUERY",
    path="/items",
    responses={"200": list[Item]},
    querystring="application/x-www-form-urlencoded",
)
_PURGE: Final[Operation[None]] = Operation(
    id="purgeItems",
    method="PURGE",
    path="/items",
    responses={"204": None},
    querystring="application/json",
)


class Items(SyncResource):
    """Items."""

    def search(
        self,
        *,
        whole: SearchItemsWhole | SearchItemsWholeParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> list[Item]:
        """QUERY /items."""
        return self._client.call(
            _SEARCH,
            querystring=whole,
            options=options,
        )

    def purge(
        self,
        *,
        selector: Mapping[str, str],
        options: RequestOptions | None = None,
    ) -> None:
        """PURGE /items."""
        return self._client.call(
            _PURGE,
            querystring=selector,
            options=options,
        )


class AsyncItems(AsyncResource):
    """Items."""

    async def search(
        self,
        *,
        whole: SearchItemsWhole | SearchItemsWholeParam | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> list[Item]:
        """QUERY /items."""
        return await self._client.call(
            _SEARCH,
            querystring=whole,
            options=options,
        )

    async def purge(
        self,
        *,
        selector: Mapping[str, str],
        options: RequestOptions | None = None,
    ) -> None:
        """PURGE /items."""
        return await self._client.call(
            _PURGE,
            querystring=selector,
            options=options,
        )
