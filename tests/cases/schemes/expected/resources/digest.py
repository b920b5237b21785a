"""Digest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"digest": ()},)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getDigest",
    method="GET",
    path="/digest",
    responses={"204": None},
    security=_SECURITY,
)


class Digest(SyncResource):
    """Digest."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /digest."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncDigest(AsyncResource):
    """Digest."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /digest."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
