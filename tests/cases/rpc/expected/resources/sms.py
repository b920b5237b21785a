"""Sms."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.sms import Options
from ..params.sms import OptionsParam

if TYPE_CHECKING:
    from .sms_inbound import AsyncSmsInbound, SmsInbound


_SEND: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "sms.send",
    str,
    errors=ERRORS,
)
_LIST: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "sms.list",
    Any,
    idempotent=True,
    errors=ERRORS,
)


class Sms(SyncResource):
    """Sms."""

    @cached_property
    def inbound(self) -> SmsInbound:
        """Inbound."""
        from .sms_inbound import SmsInbound

        return SmsInbound(self._client)

    def send(
        self,
        from_: str,
        to: str,
        options_: Options | OptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Send a text."""
        return self._client.rpc(
            _SEND,
            from_,
            to,
            options_,
            options=options,
        )

    def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Call `sms.list`."""
        return self._client.rpc(
            _LIST,
            options=options,
        )


class AsyncSms(AsyncResource):
    """Sms."""

    @cached_property
    def inbound(self) -> AsyncSmsInbound:
        """Inbound."""
        from .sms_inbound import AsyncSmsInbound

        return AsyncSmsInbound(self._client)

    async def send(
        self,
        from_: str,
        to: str,
        options_: Options | OptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Send a text."""
        return await self._client.rpc(
            _SEND,
            from_,
            to,
            options_,
            options=options,
        )

    async def list(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Call `sms.list`."""
        return await self._client.rpc(
            _LIST,
            options=options,
        )
