"""Library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.media import MediaLibrarySearchResults, MediaPhoneID, MediaSearchFilters
from ..models.shared import MediaLibrary, SearchOptions
from ..params.media import MediaSearchFiltersParam
from ..params.shared import SearchOptionsParam

_CREATE: Final[RpcMethod[int]] = RpcMethod(
    ENDPOINT,
    "media/library.create",
    int,
    errors=ERRORS,
)
_DELETE: Final[RpcMethod[Literal[True]]] = RpcMethod(
    ENDPOINT,
    "media/library.delete",
    Literal[True],
    errors=ERRORS,
)
_GET: Final[RpcMethod[MediaLibrary]] = RpcMethod(
    ENDPOINT,
    "media/library.get",
    MediaLibrary,
    idempotent=True,
    errors=ERRORS,
)
_GET_LIST: Final[RpcMethod[dict[str, MediaLibrary]]] = RpcMethod(
    ENDPOINT,
    "media/library.get_list",
    dict[str, MediaLibrary],
    idempotent=True,
    errors=ERRORS,
)
_GET_PHONE_ID: Final[RpcMethod[MediaPhoneID]] = RpcMethod(
    ENDPOINT,
    "media/library.get_phone_id",
    MediaPhoneID,
    errors=ERRORS,
)
_OVERVIEW: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "media/library.overview",
    Any,
    errors=ERRORS,
)
_SEARCH: Final[RpcMethod[MediaLibrarySearchResults]] = RpcMethod(
    ENDPOINT,
    "media/library.search",
    MediaLibrarySearchResults,
    errors=ERRORS,
)
_SET_CONTENT: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "media/library.set_content",
    bool,
    errors=ERRORS,
)
_SET_CONTENT_FROM_FILE: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "media/library.set_content_from_file",
    Any,
    errors=ERRORS,
)
_SET_CONTENT_FROM_RECORDING: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "media/library.set_content_from_recording",
    bool,
    errors=ERRORS,
)
_SET_NAME: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "media/library.set_name",
    bool,
    errors=ERRORS,
)
_SET_TAGS: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "media/library.set_tags",
    bool,
    errors=ERRORS,
)


class MediaLibraryResource(SyncResource):
    """Library."""

    def create(
        self,
        name: str,
        *,
        options: RequestOptions | None = None,
    ) -> int:
        """Make an empty media in the library; its content is set afterwards.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            name: Name for the media.
        """
        return self._client.rpc(
            _CREATE,
            name,
            options=options,
        )

    def delete(
        self,
        media_id: int,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Delete a media.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            media_id: Identifier of the media.
        """
        return self._client.rpc(
            _DELETE,
            media_id,
            options=options,
        )

    def get(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> MediaLibrary:
        """Return a media.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            id: Identifier of the media.
        """
        return self._client.rpc(
            _GET,
            id,
            options=options,
        )

    def get_list(
        self,
        categories: Sequence[str] | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> dict[str, MediaLibrary]:
        """Return all media.

        The keys are identifiers of the media.

        Source: public: Published SDKs and client code of the service.

        Args:
            categories: Only media of these categories; null for all.
        """
        return self._client.rpc(
            _GET_LIST,
            categories,
            options=options,
        )

    def get_phone_id(
        self,
        media_id: int,
        country_code: str,
        *,
        options: RequestOptions | None = None,
    ) -> MediaPhoneID:
        """Return a number to call and a code to key in, to record a media by telephone.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            country_code: Country the number should belong to. Matching `^[A-Z]{2}$`.
        """
        return self._client.rpc(
            _GET_PHONE_ID,
            media_id,
            country_code,
            options=options,
        )

    def overview(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Tell how much is in the library.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return self._client.rpc(
            _OVERVIEW,
            options=options,
        )

    def search(
        self,
        filters: MediaSearchFilters | MediaSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> MediaLibrarySearchResults:
        """Find media of the library.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: As the searches of
        apps, numbers and sub-accounts, with the filters that the objects reference has for
        media.

        Args:
            filters: Which media to return.
            options_: Which part of the matches to return.
        """
        return self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )

    def set_content(
        self,
        media_id: int,
        text: str,
        audio_data: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Upload the audio of a media.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            text: What is said in it.
            audio_data: The audio file, in Base64.
        """
        return self._client.rpc(
            _SET_CONTENT,
            media_id,
            text,
            audio_data,
            options=options,
        )

    def set_content_from_file(
        self,
        media_id: int,
        file: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Take the audio of a media from an imported file.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            file: Temporary name of the imported file.
        """
        return self._client.rpc(
            _SET_CONTENT_FROM_FILE,
            media_id,
            file,
            options=options,
        )

    def set_content_from_recording(
        self,
        media_id: int,
        media_file: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Take the audio of a media from a recording.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            media_file: The recording, as the `record` command returned it.
        """
        return self._client.rpc(
            _SET_CONTENT_FROM_RECORDING,
            media_id,
            media_file,
            options=options,
        )

    def set_name(
        self,
        media_id: int,
        name: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Rename a media.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            name: New name.
        """
        return self._client.rpc(
            _SET_NAME,
            media_id,
            name,
            options=options,
        )

    def set_tags(
        self,
        media_id: int,
        tags: Mapping[str, Sequence[str]],
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Replace the labels of a media.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            tags: Labels: each key has a list of values.
        """
        return self._client.rpc(
            _SET_TAGS,
            media_id,
            tags,
            options=options,
        )


class AsyncMediaLibraryResource(AsyncResource):
    """Library."""

    async def create(
        self,
        name: str,
        *,
        options: RequestOptions | None = None,
    ) -> int:
        """Make an empty media in the library; its content is set afterwards.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            name: Name for the media.
        """
        return await self._client.rpc(
            _CREATE,
            name,
            options=options,
        )

    async def delete(
        self,
        media_id: int,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Delete a media.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            media_id: Identifier of the media.
        """
        return await self._client.rpc(
            _DELETE,
            media_id,
            options=options,
        )

    async def get(
        self,
        id: int,
        *,
        options: RequestOptions | None = None,
    ) -> MediaLibrary:
        """Return a media.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            id: Identifier of the media.
        """
        return await self._client.rpc(
            _GET,
            id,
            options=options,
        )

    async def get_list(
        self,
        categories: Sequence[str] | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> dict[str, MediaLibrary]:
        """Return all media.

        The keys are identifiers of the media.

        Source: public: Published SDKs and client code of the service.

        Args:
            categories: Only media of these categories; null for all.
        """
        return await self._client.rpc(
            _GET_LIST,
            categories,
            options=options,
        )

    async def get_phone_id(
        self,
        media_id: int,
        country_code: str,
        *,
        options: RequestOptions | None = None,
    ) -> MediaPhoneID:
        """Return a number to call and a code to key in, to record a media by telephone.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            country_code: Country the number should belong to. Matching `^[A-Z]{2}$`.
        """
        return await self._client.rpc(
            _GET_PHONE_ID,
            media_id,
            country_code,
            options=options,
        )

    async def overview(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Tell how much is in the library.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return await self._client.rpc(
            _OVERVIEW,
            options=options,
        )

    async def search(
        self,
        filters: MediaSearchFilters | MediaSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> MediaLibrarySearchResults:
        """Find media of the library.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: As the searches of
        apps, numbers and sub-accounts, with the filters that the objects reference has for
        media.

        Args:
            filters: Which media to return.
            options_: Which part of the matches to return.
        """
        return await self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )

    async def set_content(
        self,
        media_id: int,
        text: str,
        audio_data: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Upload the audio of a media.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            text: What is said in it.
            audio_data: The audio file, in Base64.
        """
        return await self._client.rpc(
            _SET_CONTENT,
            media_id,
            text,
            audio_data,
            options=options,
        )

    async def set_content_from_file(
        self,
        media_id: int,
        file: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Take the audio of a media from an imported file.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            file: Temporary name of the imported file.
        """
        return await self._client.rpc(
            _SET_CONTENT_FROM_FILE,
            media_id,
            file,
            options=options,
        )

    async def set_content_from_recording(
        self,
        media_id: int,
        media_file: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Take the audio of a media from a recording.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            media_file: The recording, as the `record` command returned it.
        """
        return await self._client.rpc(
            _SET_CONTENT_FROM_RECORDING,
            media_id,
            media_file,
            options=options,
        )

    async def set_name(
        self,
        media_id: int,
        name: str,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Rename a media.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            name: New name.
        """
        return await self._client.rpc(
            _SET_NAME,
            media_id,
            name,
            options=options,
        )

    async def set_tags(
        self,
        media_id: int,
        tags: Mapping[str, Sequence[str]],
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Replace the labels of a media.

        Source: public: Published SDKs and client code of the service.

        Args:
            media_id: Identifier of the media.
            tags: Labels: each key has a list of values.
        """
        return await self._client.rpc(
            _SET_TAGS,
            media_id,
            tags,
            options=options,
        )
