"""System."""

from __future__ import annotations

from typing import Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod

_GET_TIMESTAMP: Final[RpcMethod[int]] = RpcMethod(
    ENDPOINT,
    "system.get_timestamp",
    int,
    errors=ERRORS,
)


class System(SyncResource):
    """System."""

    def get_timestamp(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> int:
        """Return the time of the service, in seconds since 1970.

        Source: public: Vendor's JSON-RPC method pages.
        """
        return self._client.rpc(
            _GET_TIMESTAMP,
            options=options,
        )


class AsyncSystem(AsyncResource):
    """System."""

    async def get_timestamp(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> int:
        """Return the time of the service, in seconds since 1970.

        Source: public: Vendor's JSON-RPC method pages.
        """
        return await self._client.rpc(
            _GET_TIMESTAMP,
            options=options,
        )
