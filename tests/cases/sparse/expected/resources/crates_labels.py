"""Labels."""

from __future__ import annotations

import builtins
from typing import Final
from uuid import UUID

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.crates import Label

_CREATE: Final[Operation[Label]] = Operation(
    id="createLabel",
    method="POST",
    path="/crates/{crateId}/labels",
    responses={"201": Label},
    body="application/json",
)
_LIST: Final[Operation[builtins.list[Label]]] = Operation(
    id="listLabels",
    method="GET",
    path="/crates/{crateId}/labels",
    responses={"200": builtins.list[Label]},
)


class CratesLabels(SyncResource):
    """Labels."""

    def create(
        self,
        crate_id: UUID | str,
        *,
        text: str,
        options: RequestOptions | None = None,
    ) -> Label:
        """POST /crates/{crateId}/labels."""
        return self._client.call(
            _CREATE,
            path={
                "crateId": crate_id,
            },
            body={
                "text": text,
            },
            options=options,
        )

    def list(
        self,
        crate_id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[Label]:
        """GET /crates/{crateId}/labels."""
        return self._client.call(
            _LIST,
            path={
                "crateId": crate_id,
            },
            options=options,
        )


class AsyncCratesLabels(AsyncResource):
    """Labels."""

    async def create(
        self,
        crate_id: UUID | str,
        *,
        text: str,
        options: RequestOptions | None = None,
    ) -> Label:
        """POST /crates/{crateId}/labels."""
        return await self._client.call(
            _CREATE,
            path={
                "crateId": crate_id,
            },
            body={
                "text": text,
            },
            options=options,
        )

    async def list(
        self,
        crate_id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[Label]:
        """GET /crates/{crateId}/labels."""
        return await self._client.call(
            _LIST,
            path={
                "crateId": crate_id,
            },
            options=options,
        )
