"""Pets."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.pets import Cat, Pet, Ticket
from ..params.pets import PetParam

_RETRIEVE: Final[Operation[Pet]] = Operation(
    id="getPet",
    method="GET",
    path="/pets",
    responses={"200": Pet},
)
_UPDATE: Final[Operation[Cat | Ticket | str]] = Operation(
    id="createPet",
    method="POST",
    path="/pets",
    responses={"200": Cat | Ticket, "202": str},
    body="application/json",
)


class Pets(SyncResource):
    """Pets."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Pet:
        """GET /pets."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )

    def update(
        self,
        *,
        body: Pet | PetParam,
        options: RequestOptions | None = None,
    ) -> Cat | Ticket | str:
        """POST /pets.

        Args:
            body: The body.
        """
        return self._client.call(
            _UPDATE,
            body=body,
            options=options,
        )


class AsyncPets(AsyncResource):
    """Pets."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Pet:
        """GET /pets."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )

    async def update(
        self,
        *,
        body: Pet | PetParam,
        options: RequestOptions | None = None,
    ) -> Cat | Ticket | str:
        """POST /pets.

        Args:
            body: The body.
        """
        return await self._client.call(
            _UPDATE,
            body=body,
            options=options,
        )
