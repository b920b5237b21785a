"""Things."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.things import Derived

_RETRIEVE: Final[Operation[Derived]] = Operation(
    id="getThing",
    method="GET",
    path="/things",
    responses={"200": Derived},
)


class Things(SyncResource):
    """Things."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Derived:
        """GET /things."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncThings(AsyncResource):
    """Things."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Derived:
        """GET /things."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
