"""Streams."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_CREATE: Final[Operation[None]] = Operation(
    id="createStream",
    method="POST",
    path="/streams",
    responses={"201": None},
    body="application/json",
)


class Streams(SyncResource):
    """Streams."""

    def create(
        self,
        *,
        url: str,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /streams."""
        return self._client.call(
            _CREATE,
            body={
                "url": url,
            },
            options=options,
        )


class AsyncStreams(AsyncResource):
    """Streams."""

    async def create(
        self,
        *,
        url: str,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /streams."""
        return await self._client.call(
            _CREATE,
            body={
                "url": url,
            },
            options=options,
        )
