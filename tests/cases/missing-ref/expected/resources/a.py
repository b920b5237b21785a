"""A."""

from __future__ import annotations

from typing import Any, Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_RETRIEVE: Final[Operation[Any]] = Operation(
    id="get /a",
    method="GET",
    path="/a",
    responses={"200": Any},
)


class A(SyncResource):
    """A."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
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
    ) -> Any:
        """GET /a."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
