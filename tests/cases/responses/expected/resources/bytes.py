"""Bytes."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[bytes]] = Operation(
    id="getBytes",
    method="GET",
    path="/bytes",
    responses={"200": bytes},
    accept="application/pdf",
)


class Bytes(SyncResource):
    """Bytes."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> bytes:
        """GET /bytes."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncBytes(AsyncResource):
    """Bytes."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> bytes:
        """GET /bytes."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
