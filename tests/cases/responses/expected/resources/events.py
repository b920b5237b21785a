"""Events."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, AsyncStream, Operation, RequestOptions, Stream, SyncResource
from ..models.shared import A

_RETRIEVE: Final[Operation[A]] = Operation(
    id="getEvents",
    method="GET",
    path="/events",
    responses={"200": A},
    accept="text/event-stream",
    stream="sse",
    stream_end="[DONE]",
)


class Events(SyncResource):
    """Events."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Stream[A]:
        """GET /events."""
        return self._client.stream(
            _RETRIEVE,
            options=options,
        )


class AsyncEvents(AsyncResource):
    """Events."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> AsyncStream[A]:
        """GET /events."""
        return await self._client.stream(
            _RETRIEVE,
            options=options,
        )
