"""Actions."""

from __future__ import annotations

from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod

_START: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "actions.start",
    Any,
    errors=ERRORS,
)


class Actions(SyncResource):
    """Actions."""

    def start(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Place a call with a scripted app.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return self._client.rpc(
            _START,
            options=options,
        )


class AsyncActions(AsyncResource):
    """Actions."""

    async def start(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Place a call with a scripted app.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return await self._client.rpc(
            _START,
            options=options,
        )
