"""Chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.chat import ChatPostMessageResponse

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"bearer": ()},)

_POST_MESSAGE: Final[Operation[ChatPostMessageResponse]] = Operation(
    id="chat_postMessage",
    method="POST",
    path="/chat.postMessage",
    responses={"200": ChatPostMessageResponse},
    body="application/json",
    security=_SECURITY,
)


class Chat(SyncResource):
    """Chat."""

    def post_message(
        self,
        *,
        channel: str,
        text: str,
        media_type: Literal[
            "application/json", "application/x-www-form-urlencoded"
        ] = "application/json",
        options: RequestOptions | None = None,
    ) -> ChatPostMessageResponse:
        """POST /chat.postMessage.

        Args:
            media_type: The media type of the body.
        """
        return self._client.call(
            _POST_MESSAGE,
            media_type=media_type,
            body={
                "channel": channel,
                "text": text,
            },
            options=options,
        )


class AsyncChat(AsyncResource):
    """Chat."""

    async def post_message(
        self,
        *,
        channel: str,
        text: str,
        media_type: Literal[
            "application/json", "application/x-www-form-urlencoded"
        ] = "application/json",
        options: RequestOptions | None = None,
    ) -> ChatPostMessageResponse:
        """POST /chat.postMessage.

        Args:
            media_type: The media type of the body.
        """
        return await self._client.call(
            _POST_MESSAGE,
            media_type=media_type,
            body={
                "channel": channel,
                "text": text,
            },
            options=options,
        )
