"""Things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.things import Inner, Thing
from ..params.things import InnerParam

_UPDATE: Final[Operation[Thing]] = Operation(
    id="updateThing",
    method="PATCH",
    path="/things/{id}",
    responses={"200": Thing},
    body="application/json",
)


class Things(SyncResource):
    """Things."""

    def update(
        self,
        id: str,
        *,
        name: str | Unset = UNSET,
        note: str | None | Unset = UNSET,
        inner: Inner | InnerParam | None | Unset = UNSET,
        tags: Sequence[str | None] | None | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Thing:
        """PATCH /things/{id}.

        Args:
            note: Default: `'none'`.
        """
        return self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "name": name,
                "note": note,
                "inner": inner,
                "tags": tags,
            },
            options=options,
        )


class AsyncThings(AsyncResource):
    """Things."""

    async def update(
        self,
        id: str,
        *,
        name: str | Unset = UNSET,
        note: str | None | Unset = UNSET,
        inner: Inner | InnerParam | None | Unset = UNSET,
        tags: Sequence[str | None] | None | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Thing:
        """PATCH /things/{id}.

        Args:
            note: Default: `'none'`.
        """
        return await self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "name": name,
                "note": note,
                "inner": inner,
                "tags": tags,
            },
            options=options,
        )
