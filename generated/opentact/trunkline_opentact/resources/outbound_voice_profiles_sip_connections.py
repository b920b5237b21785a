"""Sip connections."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, Final

from .._runtime import AsyncResource, Operation, RequestOptions, SyncResource
from ..models.shared import Error, SipConnection

_ERRORS: Final[Mapping[str, Any]] = {"400": Error, "401": Error, "404": Error}
_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"Token": ()},)

_LIST: Final[Operation[builtins.list[SipConnection]]] = Operation(
    id="GetOutboundVoiceProfileSIPConnectionsByUUID",
    method="GET",
    path="/profile/outbound_voice/{uuid}/connections/sip",
    responses={"200": builtins.list[SipConnection]},
    errors=_ERRORS,
    payload=("payload",),
    security=_SECURITY,
)


class OutboundVoiceProfilesSipConnections(SyncResource):
    """Sip connections."""

    def list(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[SipConnection]:
        """List SIP connections of a profile.

        The SIP connections whose outgoing calls follow the profile.

        Source: opentact-ovp:964-967.

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


class AsyncOutboundVoiceProfilesSipConnections(AsyncResource):
    """Sip connections."""

    async def list(
        self,
        uuid: str,
        *,
        options: RequestOptions | None = None,
    ) -> builtins.list[SipConnection]:
        """List SIP connections of a profile.

        The SIP connections whose outgoing calls follow the profile.

        Source: opentact-ovp:964-967.

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
