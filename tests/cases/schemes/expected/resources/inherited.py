"""Inherited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"bearer": ()},)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getInherited",
    method="GET",
    path="/inherited",
    responses={"204": None},
    security=_SECURITY,
)


class Inherited(SyncResource):
    """Inherited."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /inherited."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncInherited(AsyncResource):
    """Inherited."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /inherited."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
