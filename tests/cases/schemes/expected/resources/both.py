"""Both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"basic": (), "X-Tenant": ()},)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getBoth",
    method="GET",
    path="/both",
    responses={"204": None},
    security=_SECURITY,
)


class Both(SyncResource):
    """Both."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /both."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncBoth(AsyncResource):
    """Both."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /both."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
