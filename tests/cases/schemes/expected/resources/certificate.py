"""Certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({},)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getCertificate",
    method="GET",
    path="/certificate",
    responses={"204": None},
    security=_SECURITY,
)


class Certificate(SyncResource):
    """Certificate."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /certificate."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )


class AsyncCertificate(AsyncResource):
    """Certificate."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /certificate."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )
