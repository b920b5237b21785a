"""Several."""

from __future__ import annotations

from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset

_CREATE: Final[Operation[None]] = Operation(
    id="sendSeveral",
    method="POST",
    path="/several",
    responses={"204": None},
    body="application/json",
)


class Several(SyncResource):
    """Several."""

    def create(
        self,
        *,
        a: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /several."""
        return self._client.call(
            _CREATE,
            body={
                "a": a,
            },
            options=options,
        )


class AsyncSeveral(AsyncResource):
    """Several."""

    async def create(
        self,
        *,
        a: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /several."""
        return await self._client.call(
            _CREATE,
            body={
                "a": a,
            },
            options=options,
        )
