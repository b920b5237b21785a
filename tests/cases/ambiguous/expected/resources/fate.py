"""Fate."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[None]] = Operation(
    id="fate",
    method="GET",
    path="/fate",
    responses={},
)


class Fate(SyncResource):
    """Fate."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """Nothing is said about how it succeeds, and the header is HTTP's own to set."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncFate(AsyncResource):
    """Fate."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """Nothing is said about how it succeeds, and the header is HTTP's own to set."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
