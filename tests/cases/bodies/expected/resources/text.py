"""Text."""

from __future__ import annotations

from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset

_UPDATE: Final[Operation[None]] = Operation(
    id="sendText",
    method="PUT",
    path="/text",
    responses={"204": None},
    body="text/csv",
)


class Text(SyncResource):
    """Text."""

    def update(
        self,
        *,
        body: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /text.

        Args:
            body: The body.
        """
        return self._client.call(
            _UPDATE,
            body=body,
            options=options,
        )


class AsyncText(AsyncResource):
    """Text."""

    async def update(
        self,
        *,
        body: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /text.

        Args:
            body: The body.
        """
        return await self._client.call(
            _UPDATE,
            body=body,
            options=options,
        )
