"""Sip control apps."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.shared import Error, SipControlApp

_ERRORS: Final[Mapping[str, Any]] = {"400": Error, "401": Error, "404": Error}
_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"Token": ()},)

_LIST: Final[Operation[builtins.list[SipControlApp]]] = Operation(
    id="GetOutboundVoiceProfileControlAppsByUUID",
    method="GET",
    path="/profile/outbound_voice/{uuid}/connections/sip_control_app",
    responses={"200": builtins.list[SipControlApp]},
    errors=_ERRORS,
    payload=("payload",),
    security=_SECURITY,
)


class OutboundVoiceProfilesSipControlApps(SyncResource):
    """Sip control apps."""

    def list(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[SipControlApp]:
        """List control applications of a profile.

        The SIP control applications whose outgoing calls follow the profile. The document gives
        it the address of the SIP connections, where it cannot be told apart; this address is our
        own.

        Source: opentact-ovp:1143-1146; inferred: Two operations on one method and path cannot
        both be called: this one moved to a path named after its object.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
        """
        return self._client.call(
            _LIST,
            path={
                "uuid": uuid,
            },
            options=options,
        )


class AsyncOutboundVoiceProfilesSipControlApps(AsyncResource):
    """Sip control apps."""

    async def list(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[SipControlApp]:
        """List control applications of a profile.

        The SIP control applications whose outgoing calls follow the profile. The document gives
        it the address of the SIP connections, where it cannot be told apart; this address is our
        own.

        Source: opentact-ovp:1143-1146; inferred: Two operations on one method and path cannot
        both be called: this one moved to a path named after its object.

        Args:
            uuid: The profile's id. Matching
                `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`. Source:
                opentact-ovp:435-438,789-792,968-971,1147-1150; inferred: The update needs it
                too, though the document leaves it out there.
        """
        return await self._client.call(
            _LIST,
            path={
                "uuid": uuid,
            },
            options=options,
        )
