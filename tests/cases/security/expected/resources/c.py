"""C."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getC",
    method="GET",
    path="/c",
    responses={"204": None},
)


class C(SyncResource):
    """C."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /c."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncC(AsyncResource):
    """C."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /c."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
