"""Lines."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, AsyncStream, Operation, RequestOptions, Stream, SyncResource
from ..models.shared import A

_RETRIEVE: Final[Operation[A]] = Operation(
    id="getLines",
    method="GET",
    path="/lines",
    responses={"200": A},
    accept="application/jsonl",
    stream="jsonl",
)


class Lines(SyncResource):
    """Lines."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Stream[A]:
        """GET /lines."""
        return self._client.stream(
            _RETRIEVE,
            options=options,
        )


class AsyncLines(AsyncResource):
    """Lines."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> AsyncStream[A]:
        """GET /lines."""
        return await self._client.stream(
            _RETRIEVE,
            options=options,
        )
