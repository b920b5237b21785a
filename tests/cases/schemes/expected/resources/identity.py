"""Identity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"identity": ("read",)},)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getIdentity",
    method="GET",
    path="/identity",
    responses={"204": None},
    security=_SECURITY,
)


class Identity(SyncResource):
    """Identity."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /identity."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncIdentity(AsyncResource):
    """Identity."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /identity."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
