"""Either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = (
    {"query": ()},
    {"bearer": ()},
    {"basic": ()},
)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getEither",
    method="GET",
    path="/either",
    responses={"204": None},
    security=_SECURITY,
)


class Either(SyncResource):
    """Either."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /either."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncEither(AsyncResource):
    """Either."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /either."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
