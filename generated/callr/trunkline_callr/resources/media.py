"""Media."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.media import MediaQuota

if TYPE_CHECKING:
    from .media_email import AsyncMediaEmail, MediaEmail
    from .media_library import AsyncMediaLibraryResource, MediaLibraryResource
    from .media_tts import AsyncMediaTts, MediaTts


_IMPORT_FILE_FROM_BASE64_ASYNC: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "media.import_file_from_base64_async",
    str,
    errors=ERRORS,
)
_GET_QUOTA_STATUS: Final[RpcMethod[MediaQuota]] = RpcMethod(
    ENDPOINT,
    "media.get_quota_status",
    MediaQuota,
    errors=ERRORS,
)


class Media(SyncResource):
    """Media."""

    @cached_property
    def library(self) -> MediaLibraryResource:
        """Library."""
        from .media_library import MediaLibraryResource

        return MediaLibraryResource(self._client)

    @cached_property
    def tts(self) -> MediaTts:
        """Tts."""
        from .media_tts import MediaTts

        return MediaTts(self._client)

    @cached_property
    def email(self) -> MediaEmail:
        """Email."""
        from .media_email import MediaEmail

        return MediaEmail(self._client)

    def import_file_from_base64_async(
        self,
        data: str,
        webhook_url: str,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Import an audio file, in the background.

        The result is inferred: clients ask `jobs.get` about it.

        Source: public: Published SDKs and client code of the service.

        Args:
            data: The file, in Base64.
            webhook_url: Address to be told of the end.
        """
        return self._client.rpc(
            _IMPORT_FILE_FROM_BASE64_ASYNC,
            data,
            webhook_url,
            options=options,
        )

    def get_quota_status(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> MediaQuota:
        """Tell how much media is stored and may be.

        The result is inferred from its name.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _GET_QUOTA_STATUS,
            options=options,
        )


class AsyncMedia(AsyncResource):
    """Media."""

    @cached_property
    def library(self) -> AsyncMediaLibraryResource:
        """Library."""
        from .media_library import AsyncMediaLibraryResource

        return AsyncMediaLibraryResource(self._client)

    @cached_property
    def tts(self) -> AsyncMediaTts:
        """Tts."""
        from .media_tts import AsyncMediaTts

        return AsyncMediaTts(self._client)

    @cached_property
    def email(self) -> AsyncMediaEmail:
        """Email."""
        from .media_email import AsyncMediaEmail

        return AsyncMediaEmail(self._client)

    async def import_file_from_base64_async(
        self,
        data: str,
        webhook_url: str,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Import an audio file, in the background.

        The result is inferred: clients ask `jobs.get` about it.

        Source: public: Published SDKs and client code of the service.

        Args:
            data: The file, in Base64.
            webhook_url: Address to be told of the end.
        """
        return await self._client.rpc(
            _IMPORT_FILE_FROM_BASE64_ASYNC,
            data,
            webhook_url,
            options=options,
        )

    async def get_quota_status(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> MediaQuota:
        """Tell how much media is stored and may be.

        The result is inferred from its name.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _GET_QUOTA_STATUS,
            options=options,
        )
