"""Badges."""

from __future__ import annotations

import builtins
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.badges import Badge

_CREATE: Final[Operation[Badge]] = Operation(
    id="createBadge",
    method="POST",
    path="/badges",
    responses={"201": Badge},
    body="application/json",
)
_LIST: Final[Operation[builtins.list[Badge]]] = Operation(
    id="listBadges",
    method="GET",
    path="/badges",
    responses={"200": builtins.list[Badge]},
)


class Badges(SyncResource):
    """Badges."""

    def create(
        self,
        *,
        label: str,
        options: RequestOptions | None = None,
    ) -> Badge:
        """What is required and read-only is required in responses alone, wherever that is said."""
        return self._client.call(
            _CREATE,
            body={
                "label": label,
            },
            options=options,
        )

    def list(
        self,
        *,
        parcel_id: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> builtins.list[Badge]:
        """Parcels have other ids than the parameter says.

        Args:
            parcel_id: Matching `^px_[a-z0-9]+$`.
        """
        return self._client.call(
            _LIST,
            query={
                "parcel_id": parcel_id,
            },
            options=options,
        )


class AsyncBadges(AsyncResource):
    """Badges."""

    async def create(
        self,
        *,
        label: str,
        options: RequestOptions | None = None,
    ) -> Badge:
        """What is required and read-only is required in responses alone, wherever that is said."""
        return await self._client.call(
            _CREATE,
            body={
                "label": label,
            },
            options=options,
        )

    async def list(
        self,
        *,
        parcel_id: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> builtins.list[Badge]:
        """Parcels have other ids than the parameter says.

        Args:
            parcel_id: Matching `^px_[a-z0-9]+$`.
        """
        return await self._client.call(
            _LIST,
            query={
                "parcel_id": parcel_id,
            },
            options=options,
        )
