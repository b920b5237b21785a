"""Free."""

from __future__ import annotations

from typing import Any, Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[Any]] = Operation(
    id="getFree",
    method="GET",
    path="/free",
    responses={"200": Any},
)


class Free(SyncResource):
    """Free."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """GET /free."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncFree(AsyncResource):
    """Free."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """GET /free."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
