"""Certified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"bearer": ()},)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getCertified",
    method="GET",
    path="/certified",
    responses={"204": None},
    security=_SECURITY,
)


class Certified(SyncResource):
    """Certified."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /certified."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncCertified(AsyncResource):
    """Certified."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /certified."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
