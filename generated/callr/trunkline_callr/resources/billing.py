"""Billing."""

from __future__ import annotations

from typing import Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod

_GET_PREPAID_CREDIT: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "billing.get_prepaid_credit",
    str,
    errors=ERRORS,
)


class Billing(SyncResource):
    """Billing."""

    def get_prepaid_credit(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Return the credit left on a prepaid account.

        Seen as text and as a number; text, as all amounts are, is the ruling.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _GET_PREPAID_CREDIT,
            options=options,
        )


class AsyncBilling(AsyncResource):
    """Billing."""

    async def get_prepaid_credit(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Return the credit left on a prepaid account.

        Seen as text and as a number; text, as all amounts are, is the ruling.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _GET_PREPAID_CREDIT,
            options=options,
        )
