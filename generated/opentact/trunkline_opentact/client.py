"""The client of OpenTACT outbound voice profiles."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Self

from ._runtime import UNSET, AsyncClient, SyncClient, Timeout, Unset
from ._service import SERVICE

if TYPE_CHECKING:
    import httpx2

    from .resources.auth import AsyncAuth, Auth
    from .resources.outbound_voice_profiles import AsyncOutboundVoiceProfiles, OutboundVoiceProfiles


class OpenTact(SyncClient):
    """A client of OpenTACT outbound voice profiles.

    `api_key` is read from `OPENTACT_TOKEN` where it is not given.
    `username` is read from `OPENTACT_USERNAME` where it is not given.
    `password` is read from `OPENTACT_PASSWORD` where it is not given.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        username: str | None = None,
        password: str | None = None,
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
            credentials={
                "Token": api_key,
                "Basic": (username, password),
            },
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
        username: str | None = None,
        password: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections."""
        return self._copy(
            credentials={
                "Token": api_key,
                "Basic": (username, password),
            },
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    @cached_property
    def auth(self) -> Auth:
        """Auth."""
        from .resources.auth import Auth

        return Auth(self)

    @cached_property
    def outbound_voice_profiles(self) -> OutboundVoiceProfiles:
        """Outbound voice profiles."""
        from .resources.outbound_voice_profiles import OutboundVoiceProfiles

        return OutboundVoiceProfiles(self)


class AsyncOpenTact(AsyncClient):
    """A client of OpenTACT outbound voice profiles for asynchronous code.

    `api_key` is read from `OPENTACT_TOKEN` where it is not given.
    `username` is read from `OPENTACT_USERNAME` where it is not given.
    `password` is read from `OPENTACT_PASSWORD` where it is not given.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        username: str | None = None,
        password: str | None = None,
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
            credentials={
                "Token": api_key,
                "Basic": (username, password),
            },
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
        username: str | None = None,
        password: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections."""
        return self._copy(
            credentials={
                "Token": api_key,
                "Basic": (username, password),
            },
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    @cached_property
    def auth(self) -> AsyncAuth:
        """Auth."""
        from .resources.auth import AsyncAuth

        return AsyncAuth(self)

    @cached_property
    def outbound_voice_profiles(self) -> AsyncOutboundVoiceProfiles:
        """Outbound voice profiles."""
        from .resources.outbound_voice_profiles import AsyncOutboundVoiceProfiles

        return AsyncOutboundVoiceProfiles(self)
