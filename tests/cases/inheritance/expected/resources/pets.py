"""Pets."""

from __future__ import annotations

import builtins
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.pets import Cat, Pet
from ..params.pets import PetParam

_LIST: Final[Operation[builtins.list[Pet]]] = Operation(
    id="listPets",
    method="GET",
    path="/pets",
    responses={"200": builtins.list[Pet]},
)
_CREATE: Final[Operation[Cat]] = Operation(
    id="createPet",
    method="POST",
    path="/pets",
    responses={"201": Cat},
    body="application/json",
)


class Pets(SyncResource):
    """Pets."""

    def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[Pet]:
        """GET /pets."""
        return self._client.call(
            _LIST,
            options=options,
        )

    def create(
        self,
        *,
        body: Pet | PetParam,
        options: RequestOptions | None = None,
    ) -> Cat:
        """POST /pets.

        Args:
            body: The body.
        """
        return self._client.call(
            _CREATE,
            body=body,
            options=options,
        )


class AsyncPets(AsyncResource):
    """Pets."""

    async def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[Pet]:
        """GET /pets."""
        return await self._client.call(
            _LIST,
            options=options,
        )

    async def create(
        self,
        *,
        body: Pet | PetParam,
        options: RequestOptions | None = None,
    ) -> Cat:
        """POST /pets.

        Args:
            body: The body.
        """
        return await self._client.call(
            _CREATE,
            body=body,
            options=options,
        )
