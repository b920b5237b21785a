"""Conference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod

_CREATE_ROOM: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "conference/10.create_room",
    Any,
    errors=ERRORS,
)
_ASSIGN_DID: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "conference/10.assign_did",
    Any,
    errors=ERRORS,
)
_CALL_ROOM_ACCESS: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "conference/10.call_room_access",
    Any,
    errors=ERRORS,
)


class Conference(SyncResource):
    """Conference."""

    def create_room(
        self,
        name: str,
        params: Mapping[str, Any],
        access: Sequence[Mapping[str, Any]],
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Make a conference room.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            name: Name for the room.
            params: Parameters of the room; not established.
            access: Ways into the room; not established.
        """
        return self._client.rpc(
            _CREATE_ROOM,
            name,
            params,
            access,
            options=options,
        )

    def assign_did(
        self,
        room: int | str,
        did: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Let a phone number lead into a conference room.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            room: Identifier of the room.
            did: Identifier of the number. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _ASSIGN_DID,
            room,
            did,
            options=options,
        )

    def call_room_access(
        self,
        access: int | str,
        cli: str,
        flag: bool,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Call somebody into a conference room.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            access: Identifier of the way into the room.
            cli: Number to show. Matching `^(\\+[1-9][0-9]{1,14}|BLOCKED)$`.
            flag: Meaning not established.
        """
        return self._client.rpc(
            _CALL_ROOM_ACCESS,
            access,
            cli,
            flag,
            options=options,
        )


class AsyncConference(AsyncResource):
    """Conference."""

    async def create_room(
        self,
        name: str,
        params: Mapping[str, Any],
        access: Sequence[Mapping[str, Any]],
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Make a conference room.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            name: Name for the room.
            params: Parameters of the room; not established.
            access: Ways into the room; not established.
        """
        return await self._client.rpc(
            _CREATE_ROOM,
            name,
            params,
            access,
            options=options,
        )

    async def assign_did(
        self,
        room: int | str,
        did: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Let a phone number lead into a conference room.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            room: Identifier of the room.
            did: Identifier of the number. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _ASSIGN_DID,
            room,
            did,
            options=options,
        )

    async def call_room_access(
        self,
        access: int | str,
        cli: str,
        flag: bool,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Call somebody into a conference room.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            access: Identifier of the way into the room.
            cli: Number to show. Matching `^(\\+[1-9][0-9]{1,14}|BLOCKED)$`.
            flag: Meaning not established.
        """
        return await self._client.rpc(
            _CALL_ROOM_ACCESS,
            access,
            cli,
            flag,
            options=options,
        )
