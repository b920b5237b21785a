"""Pulse."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[None]] = Operation(
    id="pulse",
    method="GET",
    path="/pulse",
    responses={},
)


class Pulse(SyncResource):
    """Pulse."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """What it answers is not told."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncPulse(AsyncResource):
    """Pulse."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """What it answers is not told."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
