"""Imports."""

from __future__ import annotations

from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset

_CREATE: Final[Operation[None]] = Operation(
    id="import",
    method="POST",
    path="/imports",
    responses={"204": None},
    body="multipart/form-data",
)


class Imports(SyncResource):
    """Imports."""

    def create(
        self,
        *,
        note: str,
        lines: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /imports."""
        return self._client.call(
            _CREATE,
            body={
                "note": note,
                "lines": lines,
            },
            options=options,
        )


class AsyncImports(AsyncResource):
    """Imports."""

    async def create(
        self,
        *,
        note: str,
        lines: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> None:
        """POST /imports."""
        return await self._client.call(
            _CREATE,
            body={
                "note": note,
                "lines": lines,
            },
            options=options,
        )
