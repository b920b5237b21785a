"""Tts."""

from __future__ import annotations

from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.shared import MediaTTSOptions
from ..params.shared import MediaTTSOptionsParam

_SET_CONTENT: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "media/tts.set_content",
    bool,
    errors=ERRORS,
)
_GET_VOICE_LIST: Final[RpcMethod[list[Any]]] = RpcMethod(
    ENDPOINT,
    "media/tts.get_voice_list",
    list[Any],
    errors=ERRORS,
)


class MediaTts(SyncResource):
    """Tts."""

    def set_content(
        self,
        media_id: int,
        text: str,
        voice: str,
        options_: MediaTTSOptions | MediaTTSOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Have text-to-speech speak a media.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            text: What to say.
            voice: Voice to say it with.
            options_: How to say it.
        """
        return self._client.rpc(
            _SET_CONTENT,
            media_id,
            text,
            voice,
            options_,
            options=options,
        )

    def get_voice_list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[Any]:
        """Return the text-to-speech voices.

        What an entry looks like is not established.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _GET_VOICE_LIST,
            options=options,
        )


class AsyncMediaTts(AsyncResource):
    """Tts."""

    async def set_content(
        self,
        media_id: int,
        text: str,
        voice: str,
        options_: MediaTTSOptions | MediaTTSOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Have text-to-speech speak a media.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            text: What to say.
            voice: Voice to say it with.
            options_: How to say it.
        """
        return await self._client.rpc(
            _SET_CONTENT,
            media_id,
            text,
            voice,
            options_,
            options=options,
        )

    async def get_voice_list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[Any]:
        """Return the text-to-speech voices.

        What an entry looks like is not established.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _GET_VOICE_LIST,
            options=options,
        )
