"""Public."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getPublic",
    method="GET",
    path="/public",
    responses={"204": None},
)


class Public(SyncResource):
    """Public."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /public."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncPublic(AsyncResource):
    """Public."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /public."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
