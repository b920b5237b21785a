"""Tags."""

from __future__ import annotations

import builtins
from typing import Final

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.tags import Tag, TagLine

_CREATE: Final[Operation[Tag]] = Operation(
    id="createTag",
    method="POST",
    path="/tags",
    responses={"201": Tag},
    body="application/json",
)
_LIST: Final[Operation[builtins.list[TagLine]]] = Operation(
    id="listTags",
    method="GET",
    path="/tags",
    responses={"200": builtins.list[TagLine]},
)


class Tags(SyncResource):
    """Tags."""

    def create(
        self,
        *,
        text: str,
        shelf: str | Unset = UNSET,
        mail: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Tag:
        """Shows more than the list does, and nothing else shows a tag."""
        return self._client.call(
            _CREATE,
            body={
                "text": text,
                "shelf": shelf,
                "mail": mail,
            },
            options=options,
        )

    def list(
        self,
        *,
        shelf: str,
        options: RequestOptions | None = None,
    ) -> builtins.list[TagLine]:
        """GET /tags."""
        return self._client.call(
            _LIST,
            query={
                "shelf": shelf,
            },
            options=options,
        )


class AsyncTags(AsyncResource):
    """Tags."""

    async def create(
        self,
        *,
        text: str,
        shelf: str | Unset = UNSET,
        mail: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Tag:
        """Shows more than the list does, and nothing else shows a tag."""
        return await self._client.call(
            _CREATE,
            body={
                "text": text,
                "shelf": shelf,
                "mail": mail,
            },
            options=options,
        )

    async def list(
        self,
        *,
        shelf: str,
        options: RequestOptions | None = None,
    ) -> builtins.list[TagLine]:
        """GET /tags."""
        return await self._client.call(
            _LIST,
            query={
                "shelf": shelf,
            },
            options=options,
        )
