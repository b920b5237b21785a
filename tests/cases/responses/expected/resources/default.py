"""Default."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.shared import A

_RETRIEVE: Final[Operation[A]] = Operation(
    id="getDefault",
    method="GET",
    path="/default",
    responses={"default": A},
)


class Default(SyncResource):
    """Default."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> A:
        """GET /default."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncDefault(AsyncResource):
    """Default."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> A:
        """GET /default."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
