"""Events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .._runtime import AsyncResource, AsyncStream, Operation, RequestOptions, Stream, SyncResource
from ..models.shared import Item
from ..params.shared import ItemParam

_RETRIEVE: Final[Operation[Item]] = Operation(
    id="followItems",
    method="GET",
    path="/events",
    responses={"200": Item},
    accept="application/jsonl",
    stream="jsonl",
)
_SEND: Final[Operation[None]] = Operation(
    id="sendItems",
    method="POST",
    path="/events",
    responses={"202": None},
    body="application/jsonl",
)


class Events(SyncResource):
    """Events."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Stream[Item]:
        """GET /events."""
        return self._client.stream(
            _RETRIEVE,
            options=options,
        )

    def send(
        self,
        *,
        body: Sequence[Item | ItemParam],
        options: RequestOptions | None = None,
    ) -> None:
        """POST /events.

        Args:
            body: The body.
        """
        return self._client.call(
            _SEND,
            body=body,
            options=options,
        )


class AsyncEvents(AsyncResource):
    """Events."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> AsyncStream[Item]:
        """GET /events."""
        return await self._client.stream(
            _RETRIEVE,
            options=options,
        )

    async def send(
        self,
        *,
        body: Sequence[Item | ItemParam],
        options: RequestOptions | None = None,
    ) -> None:
        """POST /events.

        Args:
            body: The body.
        """
        return await self._client.call(
            _SEND,
            body=body,
            options=options,
        )
