"""Array."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SEND: Final[Operation[None]] = Operation(
    id="sendArray",
    method="POST",
    path="/array",
    responses={"204": None},
    body="application/json",
)


class Array(SyncResource):
    """Array."""

    def send(
        self,
        *,
        body: Sequence[int],
        options: RequestOptions | None = None,
    ) -> None:
        """POST /array.

        Args:
            body: The body.
        """
        return self._client.call(
            _SEND,
            body=body,
            options=options,
        )


class AsyncArray(AsyncResource):
    """Array."""

    async def send(
        self,
        *,
        body: Sequence[int],
        options: RequestOptions | None = None,
    ) -> None:
        """POST /array.

        Args:
            body: The body.
        """
        return await self._client.call(
            _SEND,
            body=body,
            options=options,
        )
