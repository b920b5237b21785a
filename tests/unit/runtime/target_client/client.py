"""The client of the Telnyx API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Self

from ._runtime import UNSET, AsyncClient, SyncClient, Timeout, Unset
from ._service import SERVICE

if TYPE_CHECKING:
    import httpx2

    from .resources.outbound_voice_profiles import (
        AsyncOutboundVoiceProfiles,
        OutboundVoiceProfiles,
    )


class Telnyx(SyncClient):
    """A client of the Telnyx API.

    `api_key` is read from `TELNYX_API_KEY` where it is not given.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
        http_client: httpx2.Client | None = None,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        super().__init__(
            SERVICE,
            credentials={"bearerAuth": api_key},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
            http_client=http_client,
            transport=transport,
        )

    def with_options(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections."""
        return self._copy(
            credentials={"bearerAuth": api_key},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    @cached_property
    def outbound_voice_profiles(self) -> OutboundVoiceProfiles:
        """Outbound voice profiles."""
        from .resources.outbound_voice_profiles import OutboundVoiceProfiles

        return OutboundVoiceProfiles(self)


class AsyncTelnyx(AsyncClient):
    """A client of the Telnyx API for asynchronous code.

    `api_key` is read from `TELNYX_API_KEY` where it is not given.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
        http_client: httpx2.AsyncClient | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        super().__init__(
            SERVICE,
            credentials={"bearerAuth": api_key},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
            http_client=http_client,
            transport=transport,
        )

    def with_options(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections."""
        return self._copy(
            credentials={"bearerAuth": api_key},
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    @cached_property
    def outbound_voice_profiles(self) -> AsyncOutboundVoiceProfiles:
        """Outbound voice profiles."""
        from .resources.outbound_voice_profiles import AsyncOutboundVoiceProfiles

        return AsyncOutboundVoiceProfiles(self)
