"""D."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = (
    {"web": ("x",)},
    {"digest": ()},
    {"query": ()},
    {"jar": ()},
)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getD",
    method="GET",
    path="/d",
    responses={"204": None},
    security=_SECURITY,
)


class D(SyncResource):
    """D."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /d."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncD(AsyncResource):
    """D."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /d."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
