"""Simple."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.shared import Target
from ..params.shared import TargetParam

_BROADCAST_1: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "sendr/simple.broadcast_1",
    Any,
    errors=ERRORS,
)


class SendrSimple(SyncResource):
    """Simple."""

    def broadcast_1(
        self,
        target: Target | TargetParam,
        messages: Sequence[int | str],
        options_: Mapping[str, Any] | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Call somebody and play messages; an older name of `calls.broadcast_1`.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

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


class AsyncSendrSimple(AsyncResource):
    """Simple."""

    async def broadcast_1(
        self,
        target: Target | TargetParam,
        messages: Sequence[int | str],
        options_: Mapping[str, Any] | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Call somebody and play messages; an older name of `calls.broadcast_1`.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

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
