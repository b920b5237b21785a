"""Optional."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({}, {"cookie": ()})

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getOptional",
    method="GET",
    path="/optional",
    responses={"204": None},
    security=_SECURITY,
)


class Optional(SyncResource):
    """Optional."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /optional."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncOptional(AsyncResource):
    """Optional."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /optional."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
