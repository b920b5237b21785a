"""Chat."""

from __future__ import annotations

from typing import Final

from .._runtime import (
    UNSET,
    AsyncResource,
    AsyncStream,
    Operation,
    RequestOptions,
    Stream,
    SyncResource,
    Unset,
)
from ..models.shared import A, B

_CREATE: Final[Operation[A]] = Operation(
    id="createChat",
    method="POST",
    path="/chat",
    responses={"200": A},
    body="application/json",
)
_CREATE_STREAM: Final[Operation[B]] = Operation(
    id="createChat",
    method="POST",
    path="/chat",
    responses={"200": B},
    accept="text/event-stream",
    stream="sse",
    stream_end="[DONE]",
    body="application/json",
)


class Chat(SyncResource):
    """Chat."""

    def create(
        self,
        *,
        text: str,
        stream: bool | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> A:
        """POST /chat."""
        return self._client.call(
            _CREATE,
            body={
                "text": text,
                "stream": stream,
            },
            options=options,
        )

    def create_stream(
        self,
        *,
        text: str,
        options: RequestOptions | None = None,
    ) -> Stream[B]:
        """POST /chat."""
        return self._client.stream(
            _CREATE_STREAM,
            body={
                "text": text,
                "stream": True,
            },
            options=options,
        )


class AsyncChat(AsyncResource):
    """Chat."""

    async def create(
        self,
        *,
        text: str,
        stream: bool | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> A:
        """POST /chat."""
        return await self._client.call(
            _CREATE,
            body={
                "text": text,
                "stream": stream,
            },
            options=options,
        )

    async def create_stream(
        self,
        *,
        text: str,
        options: RequestOptions | None = None,
    ) -> AsyncStream[B]:
        """POST /chat."""
        return await self._client.stream(
            _CREATE_STREAM,
            body={
                "text": text,
                "stream": True,
            },
            options=options,
        )
