"""The client of Telnyx."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Self

from ._runtime import UNSET, AsyncClient, SyncClient, Timeout, Unset
from ._service import SERVICE

if TYPE_CHECKING:
    import httpx2

    from .resources.credential_connections import AsyncCredentialConnections, CredentialConnections
    from .resources.outbound_voice_profiles import AsyncOutboundVoiceProfiles, OutboundVoiceProfiles


class Telnyx(SyncClient):
    """A client of Telnyx.

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
            credentials={
                "bearerAuth": api_key,
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
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections."""
        return self._copy(
            credentials={
                "bearerAuth": api_key,
            },
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    @cached_property
    def outbound_voice_profiles(self) -> OutboundVoiceProfiles:
        """An outbound voice profile holds the rules that calls leaving the network must obey: where
        they may go, what they may cost, how many at once, and whether they are recorded.
        Connections point at a profile; without one they cannot place calls.
        """
        from .resources.outbound_voice_profiles import OutboundVoiceProfiles

        return OutboundVoiceProfiles(self)

    @cached_property
    def credential_connections(self) -> CredentialConnections:
        """A credential connection is a SIP trunk whose device proves itself with a user name and a
        password: it says how calls in and out are set up, encoded, encrypted and reported.
        """
        from .resources.credential_connections import CredentialConnections

        return CredentialConnections(self)


class AsyncTelnyx(AsyncClient):
    """A client of Telnyx for asynchronous code.

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
            credentials={
                "bearerAuth": api_key,
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
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections."""
        return self._copy(
            credentials={
                "bearerAuth": api_key,
            },
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
        )

    @cached_property
    def outbound_voice_profiles(self) -> AsyncOutboundVoiceProfiles:
        """An outbound voice profile holds the rules that calls leaving the network must obey: where
        they may go, what they may cost, how many at once, and whether they are recorded.
        Connections point at a profile; without one they cannot place calls.
        """
        from .resources.outbound_voice_profiles import AsyncOutboundVoiceProfiles

        return AsyncOutboundVoiceProfiles(self)

    @cached_property
    def credential_connections(self) -> AsyncCredentialConnections:
        """A credential connection is a SIP trunk whose device proves itself with a user name and a
        password: it says how calls in and out are set up, encoded, encrypted and reported.
        """
        from .resources.credential_connections import AsyncCredentialConnections

        return AsyncCredentialConnections(self)
