"""Mixed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = (
    {"X-Tenant": (), "oauth": ("write",)},
    {"bearer": (), "query": ()},
)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getMixed",
    method="GET",
    path="/mixed",
    responses={"204": None},
    security=_SECURITY,
)


class Mixed(SyncResource):
    """Mixed."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /mixed."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncMixed(AsyncResource):
    """Mixed."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /mixed."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
