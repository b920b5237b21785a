"""Things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.things import Colour, Level, ListThingsSort, Thing

_RETRIEVE: Final[Operation[Thing]] = Operation(
    id="listThings",
    method="GET",
    path="/things",
    responses={"200": Thing},
)


class Things(SyncResource):
    """Things."""

    def retrieve(
        self,
        *,
        sort: ListThingsSort | Literal["name", "-name", "+name", ""] | Unset = UNSET,
        level: Level | Literal[-1, 0, 10] | Unset = UNSET,
        colours: Sequence[Colour | str] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Thing:
        """GET /things."""
        return self._client.call(
            _RETRIEVE,
            query={
                "sort": sort,
                "level": level,
                "colours": colours,
            },
            options=options,
        )


class AsyncThings(AsyncResource):
    """Things."""

    async def retrieve(
        self,
        *,
        sort: ListThingsSort | Literal["name", "-name", "+name", ""] | Unset = UNSET,
        level: Level | Literal[-1, 0, 10] | Unset = UNSET,
        colours: Sequence[Colour | str] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Thing:
        """GET /things."""
        return await self._client.call(
            _RETRIEVE,
            query={
                "sort": sort,
                "level": level,
                "colours": colours,
            },
            options=options,
        )
