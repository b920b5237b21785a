"""Files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"oauth": ("read",)},)
_SECURITY_2: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"oauth": ("read", "write")},)

_RETRIEVE: Final[Operation[None]] = Operation(
    id="getFiles",
    method="GET",
    path="/files",
    responses={"204": None},
    security=_SECURITY,
)
_UPDATE: Final[Operation[None]] = Operation(
    id="createFile",
    method="POST",
    path="/files",
    responses={"204": None},
    security=_SECURITY_2,
)


class Files(SyncResource):
    """Files."""

    def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /files."""
        return self._client.call(
            _RETRIEVE,
            options=options,
        )

    def update(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /files."""
        return self._client.call(
            _UPDATE,
            options=options,
        )


class AsyncFiles(AsyncResource):
    """Files."""

    async def retrieve(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """GET /files."""
        return await self._client.call(
            _RETRIEVE,
            options=options,
        )

    async def update(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /files."""
        return await self._client.call(
            _UPDATE,
            options=options,
        )
