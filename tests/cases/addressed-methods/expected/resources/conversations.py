"""Conversations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .._runtime import (
    UNSET,
    AsyncPager,
    AsyncResource,
    Operation,
    Page,
    Paging,
    RequestOptions,
    SyncResource,
    Unset,
)
from ..models.conversations import (
    Channel,
    ConversationsArchiveResponse,
    ConversationsCreateResponseObject,
    ConversationsInfoResponseObject,
    Err,
)

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"bearer": ()},)

_CREATE: Final[Operation[ConversationsCreateResponseObject | Err]] = Operation(
    id="conversations_create",
    method="POST",
    path="/conversations.create",
    responses={"200": ConversationsCreateResponseObject | Err},
    body="application/json",
    security=_SECURITY,
)
_INFO: Final[Operation[ConversationsInfoResponseObject | Err]] = Operation(
    id="conversations_info",
    method="GET",
    path="/conversations.info",
    responses={"200": ConversationsInfoResponseObject | Err},
    security=_SECURITY,
)
_LIST: Final[Operation[Channel]] = Operation(
    id="conversations_list",
    method="GET",
    path="/conversations.list",
    responses={"200": Channel},
    payload=("channels",),
    paging=Paging(
        style="cursor", page=("cursor",), size=("limit",), next=("response_metadata", "next_cursor")
    ),
    security=_SECURITY,
)
_ARCHIVE: Final[Operation[ConversationsArchiveResponse]] = Operation(
    id="conversations_archive",
    method="POST",
    path="/conversations.archive",
    responses={"200": ConversationsArchiveResponse},
    body="application/json",
    security=_SECURITY,
)


class Conversations(SyncResource):
    """Conversations."""

    def create(
        self,
        *,
        name: str,
        is_private: bool | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> ConversationsCreateResponseObject | Err:
        """POST /conversations.create.

        Args:
            name: At least 1 character, at most 80 characters.
        """
        return self._client.call(
            _CREATE,
            body={
                "name": name,
                "is_private": is_private,
            },
            options=options,
        )

    def info(
        self,
        *,
        channel: str,
        options: RequestOptions | None = None,
    ) -> ConversationsInfoResponseObject | Err:
        """GET /conversations.info."""
        return self._client.call(
            _INFO,
            query={
                "channel": channel,
            },
            options=options,
        )

    def list(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Page[Channel]:
        """GET /conversations.list.

        Args:
            limit: At least 1, at most 1000.
        """
        return self._client.list(
            _LIST,
            query={
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )

    def archive(
        self,
        *,
        channel: str,
        options: RequestOptions | None = None,
    ) -> ConversationsArchiveResponse:
        """POST /conversations.archive."""
        return self._client.call(
            _ARCHIVE,
            body={
                "channel": channel,
            },
            options=options,
        )


class AsyncConversations(AsyncResource):
    """Conversations."""

    async def create(
        self,
        *,
        name: str,
        is_private: bool | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> ConversationsCreateResponseObject | Err:
        """POST /conversations.create.

        Args:
            name: At least 1 character, at most 80 characters.
        """
        return await self._client.call(
            _CREATE,
            body={
                "name": name,
                "is_private": is_private,
            },
            options=options,
        )

    async def info(
        self,
        *,
        channel: str,
        options: RequestOptions | None = None,
    ) -> ConversationsInfoResponseObject | Err:
        """GET /conversations.info."""
        return await self._client.call(
            _INFO,
            query={
                "channel": channel,
            },
            options=options,
        )

    def list(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> AsyncPager[Channel]:
        """GET /conversations.list.

        Args:
            limit: At least 1, at most 1000.
        """
        return self._client.list(
            _LIST,
            query={
                "cursor": cursor,
                "limit": limit,
            },
            options=options,
        )

    async def archive(
        self,
        *,
        channel: str,
        options: RequestOptions | None = None,
    ) -> ConversationsArchiveResponse:
        """POST /conversations.archive."""
        return await self._client.call(
            _ARCHIVE,
            body={
                "channel": channel,
            },
            options=options,
        )
