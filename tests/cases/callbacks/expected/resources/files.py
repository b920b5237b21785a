"""Files."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource

_CREATE: Final[Operation[None]] = Operation(
    id="createFile",
    method="POST",
    path="/files",
    responses={"201": None},
)


class Files(SyncResource):
    """Files."""

    def create(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /files."""
        return self._client.call(
            _CREATE,
            options=options,
        )


class AsyncFiles(AsyncResource):
    """Files."""

    async def create(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /files."""
        return await self._client.call(
            _CREATE,
            options=options,
        )
