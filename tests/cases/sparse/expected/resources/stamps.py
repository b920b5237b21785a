"""Stamps."""

from __future__ import annotations

from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.stamps import Stamp

_CREATE: Final[Operation[Stamp]] = Operation(
    id="createStamp",
    method="POST",
    path="/stamps",
    responses={"201": Stamp},
    body="application/json",
)
_RETRIEVE: Final[Operation[Stamp]] = Operation(
    id="getStamp",
    method="GET",
    path="/stamps/{id}",
    responses={"200": Stamp},
)


class Stamps(SyncResource):
    """Stamps."""

    def create(
        self,
        *,
        id: int,
        colour: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Stamp:
        """The caller chooses the id, and no other stamp may have it."""
        return self._client.call(
            _CREATE,
            body={
                "id": id,
                "colour": colour,
            },
            options=options,
        )

    def retrieve(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> Stamp:
        """GET /stamps/{id}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )


class AsyncStamps(AsyncResource):
    """Stamps."""

    async def create(
        self,
        *,
        id: int,
        colour: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Stamp:
        """The caller chooses the id, and no other stamp may have it."""
        return await self._client.call(
            _CREATE,
            body={
                "id": id,
                "colour": colour,
            },
            options=options,
        )

    async def retrieve(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> Stamp:
        """GET /stamps/{id}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )
