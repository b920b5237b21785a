"""Raw."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, File, Operation, RequestOptions, SyncResource

_UPDATE: Final[Operation[None]] = Operation(
    id="sendRaw",
    method="PUT",
    path="/raw",
    responses={"204": None},
    body="application/octet-stream",
)


class Raw(SyncResource):
    """Raw."""

    def update(
        self,
        *,
        body: File | str,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /raw.

        Args:
            body: The body.
        """
        return self._client.call(
            _UPDATE,
            body=body,
            options=options,
        )


class AsyncRaw(AsyncResource):
    """Raw."""

    async def update(
        self,
        *,
        body: File | str,
        options: RequestOptions | None = None,
    ) -> None:
        """PUT /raw.

        Args:
            body: The body.
        """
        return await self._client.call(
            _UPDATE,
            body=body,
            options=options,
        )
