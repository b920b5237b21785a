"""Checks."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.checks import Failed, Passed

_RETRIEVE: Final[Operation[Passed | Failed]] = Operation(
    id="check",
    method="GET",
    path="/checks",
    responses={"200": Passed | Failed},
)


class Checks(SyncResource):
    """Checks."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Passed | Failed:
        """Every alternative accepts what the other does."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncChecks(AsyncResource):
    """Checks."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Passed | Failed:
        """Every alternative accepts what the other does."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
