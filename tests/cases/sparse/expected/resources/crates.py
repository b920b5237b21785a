"""Crates."""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.crates import Crate, GetSealResponse, Link, Made
from ..params.crates import LinkParam

if TYPE_CHECKING:
    from .crates_labels import AsyncCratesLabels, CratesLabels

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"token": ()},)
_ERRORS: Final[Mapping[str, Any]] = {"default": dict[str, Any]}

_CREATE: Final[Operation[Made]] = Operation(
    id="createCrate",
    method="POST",
    path="/crates",
    responses={"201": Made},
    body="application/json",
)
_LIST: Final[Operation[builtins.list[Crate]]] = Operation(
    id="listCrates",
    method="GET",
    path="/crates",
    responses={"200": builtins.list[Crate]},
    payload=("items",),
)
_RETRIEVE: Final[Operation[Crate]] = Operation(
    id="getCrate",
    method="GET",
    path="/crates/{id}",
    responses={"200": Crate},
)
_UPDATE: Final[Operation[Made]] = Operation(
    id="updateCrate",
    method="PATCH",
    path="/crates/{id}",
    responses={"200": Made},
    body="application/json",
)
_DELETE: Final[Operation[None]] = Operation(
    id="deleteCrate",
    method="DELETE",
    path="/crates/{id}",
    responses={"204": None},
)
_GET_SEAL: Final[Operation[GetSealResponse]] = Operation(
    id="getSeal",
    method="GET",
    path="/crates/{crateId}/seal",
    responses={"200": GetSealResponse},
    security=_SECURITY,
)
_GET_PHOTO: Final[Operation[bytes]] = Operation(
    id="getPhoto",
    method="GET",
    path="/crates/{crateId}/photo",
    responses={"200": bytes},
    errors=_ERRORS,
    accept="image/png",
)


class Crates(SyncResource):
    """Crates."""

    @cached_property
    def labels(self) -> CratesLabels:
        """Labels."""
        from .crates_labels import CratesLabels

        return CratesLabels(self._client)

    def create(
        self,
        *,
        name: str,
        depot_id: str | Unset = UNSET,
        fragile: bool | Unset = UNSET,
        to: str | Sequence[str] | Unset = UNSET,
        links: Sequence[Link | LinkParam] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Made:
        """Shows the id, and nothing else.

        Args:
            fragile: Default: `False`.
            to: Shown as a list, however it was sent.
        """
        return self._client.call(
            _CREATE,
            body={
                "name": name,
                "depotId": depot_id,
                "fragile": fragile,
                "to": to,
                "links": links,
            },
            options=options,
        )

    def list(
        self,
        *,
        depot_id: str,
        options: RequestOptions | None = None,
    ) -> builtins.list[Crate]:
        """Only the crates of one depot, and there is no list of depots."""
        return self._client.call(
            _LIST,
            query={
                "depotId": depot_id,
            },
            options=options,
        )

    def retrieve(
        self,
        id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> Crate:
        """GET /crates/{id}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    def update(
        self,
        id: UUID | str,
        *,
        name: str | Unset = UNSET,
        fragile: bool | Unset = UNSET,
        links: Sequence[Link | LinkParam] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Made:
        """Shows the id, and nothing else."""
        return self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "name": name,
                "fragile": fragile,
                "links": links,
            },
            options=options,
        )

    def delete(
        self,
        id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """DELETE /crates/{id}."""
        return self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )

    def get_seal(
        self,
        crate_id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> GetSealResponse:
        """GET /crates/{crateId}/seal."""
        return self._client.call(
            _GET_SEAL,
            path={
                "crateId": crate_id,
            },
            options=options,
        )

    def get_photo(
        self,
        crate_id: UUID | str,
        *,
        width: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> bytes:
        """GET /crates/{crateId}/photo.

        Args:
            width: At least 1, at most 4000.
        """
        return self._client.call(
            _GET_PHOTO,
            path={
                "crateId": crate_id,
            },
            query={
                "width": width,
            },
            options=options,
        )


class AsyncCrates(AsyncResource):
    """Crates."""

    @cached_property
    def labels(self) -> AsyncCratesLabels:
        """Labels."""
        from .crates_labels import AsyncCratesLabels

        return AsyncCratesLabels(self._client)

    async def create(
        self,
        *,
        name: str,
        depot_id: str | Unset = UNSET,
        fragile: bool | Unset = UNSET,
        to: str | Sequence[str] | Unset = UNSET,
        links: Sequence[Link | LinkParam] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Made:
        """Shows the id, and nothing else.

        Args:
            fragile: Default: `False`.
            to: Shown as a list, however it was sent.
        """
        return await self._client.call(
            _CREATE,
            body={
                "name": name,
                "depotId": depot_id,
                "fragile": fragile,
                "to": to,
                "links": links,
            },
            options=options,
        )

    async def list(
        self,
        *,
        depot_id: str,
        options: RequestOptions | None = None,
    ) -> builtins.list[Crate]:
        """Only the crates of one depot, and there is no list of depots."""
        return await self._client.call(
            _LIST,
            query={
                "depotId": depot_id,
            },
            options=options,
        )

    async def retrieve(
        self,
        id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> Crate:
        """GET /crates/{id}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "id": id,
            },
            options=options,
        )

    async def update(
        self,
        id: UUID | str,
        *,
        name: str | Unset = UNSET,
        fragile: bool | Unset = UNSET,
        links: Sequence[Link | LinkParam] | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Made:
        """Shows the id, and nothing else."""
        return await self._client.call(
            _UPDATE,
            path={
                "id": id,
            },
            body={
                "name": name,
                "fragile": fragile,
                "links": links,
            },
            options=options,
        )

    async def delete(
        self,
        id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """DELETE /crates/{id}."""
        return await self._client.call(
            _DELETE,
            path={
                "id": id,
            },
            options=options,
        )

    async def get_seal(
        self,
        crate_id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> GetSealResponse:
        """GET /crates/{crateId}/seal."""
        return await self._client.call(
            _GET_SEAL,
            path={
                "crateId": crate_id,
            },
            options=options,
        )

    async def get_photo(
        self,
        crate_id: UUID | str,
        *,
        width: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> bytes:
        """GET /crates/{crateId}/photo.

        Args:
            width: At least 1, at most 4000.
        """
        return await self._client.call(
            _GET_PHOTO,
            path={
                "crateId": crate_id,
            },
            query={
                "width": width,
            },
            options=options,
        )
