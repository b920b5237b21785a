"""Inbound."""

from __future__ import annotations

from typing import Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.sms import Text

_GET_LIST: Final[RpcMethod[list[Text]]] = RpcMethod(
    ENDPOINT,
    "sms/inbound.get_list",
    list[Text],
    idempotent=True,
    errors=ERRORS,
)


class SmsInbound(SyncResource):
    """Inbound."""

    def get_list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[Text]:
        """Call `sms/inbound.get_list`."""
        return self._client.rpc(
            _GET_LIST,
            options=options,
        )


class AsyncSmsInbound(AsyncResource):
    """Inbound."""

    async def get_list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> list[Text]:
        """Call `sms/inbound.get_list`."""
        return await self._client.rpc(
            _GET_LIST,
            options=options,
        )
