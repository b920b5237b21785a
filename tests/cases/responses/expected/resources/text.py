"""Text."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[str]] = Operation(
    id="getText",
    method="GET",
    path="/text",
    responses={"200": str},
    accept="text/html",
)


class Text(SyncResource):
    """Text."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """GET /text."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncText(AsyncResource):
    """Text."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """GET /text."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
