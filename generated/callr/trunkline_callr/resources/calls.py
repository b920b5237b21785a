"""Calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.shared import CallsBroadcast1Options, REALTIME10CallOptions, Target
from ..params.shared import CallsBroadcast1OptionsParam, REALTIME10CallOptionsParam, TargetParam

_BROADCAST_1: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "calls.broadcast_1",
    str,
    errors=ERRORS,
)
_GET_STATUS_1: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "calls.get_status_1",
    str,
    errors=ERRORS,
)
_HANGUP: Final[RpcMethod[bool]] = RpcMethod(
    ENDPOINT,
    "calls.hangup",
    bool,
    errors=ERRORS,
)
_REALTIME: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "calls.realtime",
    str,
    errors=ERRORS,
)
_REALTIME_BREAK: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "calls.realtime_break",
    Any,
    errors=ERRORS,
)


class Calls(SyncResource):
    """Calls."""

    def broadcast_1(
        self,
        target: Target | TargetParam,
        messages: Sequence[int | str],
        options_: CallsBroadcast1Options | CallsBroadcast1OptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Call somebody and play messages.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            target: Whom to call.
            messages: What to play, in order. At least 1 item.
            options_: Details of the call.
        """
        return self._client.rpc(
            _BROADCAST_1,
            target,
            messages,
            options_,
            options=options,
        )

    def get_status_1(
        self,
        request_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Tell how far a broadcast call has come.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            request_id: What `calls.broadcast_1` returned.
        """
        return self._client.rpc(
            _GET_STATUS_1,
            request_id,
            options=options,
        )

    def hangup(
        self,
        callid: int,
        options_: Mapping[str, Any] | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Hang up a call.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            callid: Identifier of the call. At least 0, at most 18446744073709551615.
            options_: Reserved.
        """
        return self._client.rpc(
            _HANGUP,
            callid,
            options_,
            options=options,
        )

    def realtime(
        self,
        app: str,
        target: Target | TargetParam,
        options_: REALTIME10CallOptions | REALTIME10CallOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Place a call with a real-time app.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            app: Identifier of a REALTIME10 app. Matching `^[0-9A-Z]{8,}$`.
            target: Whom to call.
            options_: Details of the call.
        """
        return self._client.rpc(
            _REALTIME,
            app,
            target,
            options_,
            options=options,
        )

    def realtime_break(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Interrupt the command a real-time call is carrying out.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return self._client.rpc(
            _REALTIME_BREAK,
            options=options,
        )


class AsyncCalls(AsyncResource):
    """Calls."""

    async def broadcast_1(
        self,
        target: Target | TargetParam,
        messages: Sequence[int | str],
        options_: CallsBroadcast1Options | CallsBroadcast1OptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Call somebody and play messages.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            target: Whom to call.
            messages: What to play, in order. At least 1 item.
            options_: Details of the call.
        """
        return await self._client.rpc(
            _BROADCAST_1,
            target,
            messages,
            options_,
            options=options,
        )

    async def get_status_1(
        self,
        request_id: str,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Tell how far a broadcast call has come.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            request_id: What `calls.broadcast_1` returned.
        """
        return await self._client.rpc(
            _GET_STATUS_1,
            request_id,
            options=options,
        )

    async def hangup(
        self,
        callid: int,
        options_: Mapping[str, Any] | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> bool:
        """Hang up a call.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            callid: Identifier of the call. At least 0, at most 18446744073709551615.
            options_: Reserved.
        """
        return await self._client.rpc(
            _HANGUP,
            callid,
            options_,
            options=options,
        )

    async def realtime(
        self,
        app: str,
        target: Target | TargetParam,
        options_: REALTIME10CallOptions | REALTIME10CallOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Place a call with a real-time app.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            app: Identifier of a REALTIME10 app. Matching `^[0-9A-Z]{8,}$`.
            target: Whom to call.
            options_: Details of the call.
        """
        return await self._client.rpc(
            _REALTIME,
            app,
            target,
            options_,
            options=options,
        )

    async def realtime_break(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Interrupt the command a real-time call is carrying out.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return await self._client.rpc(
            _REALTIME_BREAK,
            options=options,
        )
