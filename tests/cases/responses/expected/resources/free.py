"""Free."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getFree",
    method="GET",
    path="/free",
    responses={"200": None},
)


class Free(SyncResource):
    """Free."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
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
    ) -> None:
        """GET /free."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
