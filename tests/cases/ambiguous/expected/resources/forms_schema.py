"""Schema."""

from __future__ import annotations

from typing import Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.forms import Form

_CREATE: Final[Operation[Form]] = Operation(
    id="createForm",
    method="POST",
    path="/forms/schema",
    responses={"201": Form},
    body="application/json",
)


class FormsSchema(SyncResource):
    """Schema."""

    def create(
        self,
        *,
        scope: str,
        name: str,
        options: RequestOptions | None = None,
    ) -> Form:
        """Two properties together are the address."""
        return self._client.call(
            _CREATE,
            body={
                "scope": scope,
                "name": name,
            },
            options=options,
        )


class AsyncFormsSchema(AsyncResource):
    """Schema."""

    async def create(
        self,
        *,
        scope: str,
        name: str,
        options: RequestOptions | None = None,
    ) -> Form:
        """Two properties together are the address."""
        return await self._client.call(
            _CREATE,
            body={
                "scope": scope,
                "name": name,
            },
            options=options,
        )
