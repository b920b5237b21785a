"""A."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getA",
    method="GET",
    path="/a",
    responses={"204": None},
)


class A(SyncResource):
    """A."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /a."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncA(AsyncResource):
    """A."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /a."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
