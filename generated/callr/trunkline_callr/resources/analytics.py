"""Analytics."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.shared import AnalyticsSort

if TYPE_CHECKING:
    from .analytics_calls import AnalyticsCalls, AsyncAnalyticsCalls
    from .analytics_sms import AnalyticsSms, AsyncAnalyticsSms


_GET_OUTBOUND_TYPES: Final[RpcMethod[list[Any]]] = RpcMethod(
    ENDPOINT,
    "analytics.get_outbound_types",
    list[Any],
    errors=ERRORS,
)


class Analytics(SyncResource):
    """Analytics."""

    @cached_property
    def calls(self) -> AnalyticsCalls:
        """Calls."""
        from .analytics_calls import AnalyticsCalls

        return AnalyticsCalls(self._client)

    @cached_property
    def sms(self) -> AnalyticsSms:
        """Sms."""
        from .analytics_sms import AnalyticsSms

        return AnalyticsSms(self._client)

    def get_outbound_types(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> list[Any]:
        """Placed calls by the kind of number called.

        What an entry looks like is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: Null.
        """
        return self._client.rpc(
            _GET_OUTBOUND_TYPES,
            sort,
            from_,
            to,
            limit,
            options=options,
        )


class AsyncAnalytics(AsyncResource):
    """Analytics."""

    @cached_property
    def calls(self) -> AsyncAnalyticsCalls:
        """Calls."""
        from .analytics_calls import AsyncAnalyticsCalls

        return AsyncAnalyticsCalls(self._client)

    @cached_property
    def sms(self) -> AsyncAnalyticsSms:
        """Sms."""
        from .analytics_sms import AsyncAnalyticsSms

        return AsyncAnalyticsSms(self._client)

    async def get_outbound_types(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> list[Any]:
        """Placed calls by the kind of number called.

        What an entry looks like is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: Null.
        """
        return await self._client.rpc(
            _GET_OUTBOUND_TYPES,
            sort,
            from_,
            to,
            limit,
            options=options,
        )
