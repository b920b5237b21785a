"""Call."""

from __future__ import annotations

from typing import Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.shared import REALTIME10CallOptions, Target
from ..params.shared import REALTIME10CallOptionsParam, TargetParam

_REALTIME: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "dialr/call.realtime",
    str,
    errors=ERRORS,
)


class DialrCall(SyncResource):
    """Call."""

    def realtime(
        self,
        app: str,
        target: Target | TargetParam,
        options_: REALTIME10CallOptions | REALTIME10CallOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Place a call with a real-time app; an older name of `calls.realtime`.

        Source: public: Published SDKs and client code of the service.

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


class AsyncDialrCall(AsyncResource):
    """Call."""

    async def realtime(
        self,
        app: str,
        target: Target | TargetParam,
        options_: REALTIME10CallOptions | REALTIME10CallOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Place a call with a real-time app; an older name of `calls.realtime`.

        Source: public: Published SDKs and client code of the service.

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
