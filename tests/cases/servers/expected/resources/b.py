"""B."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getB",
    method="GET",
    path="/b",
    responses={"204": None},
    server="https://files.us.example.com",
)


class B(SyncResource):
    """B."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /b."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncB(AsyncResource):
    """B."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /b."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
