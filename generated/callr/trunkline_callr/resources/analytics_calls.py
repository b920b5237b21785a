"""Calls."""

from __future__ import annotations

from typing import Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.analytics import (
    AnalyticsCallsApp,
    AnalyticsCallsCountry,
    AnalyticsCallsDestination,
    AnalyticsCallsDID,
    AnalyticsCallsHistory,
    AnalyticsCallsSummary,
)
from ..models.shared import AnalyticsSort

_CLI_COUNTRIES: Final[RpcMethod[list[AnalyticsCallsCountry]]] = RpcMethod(
    ENDPOINT,
    "analytics/calls.cli_countries",
    list[AnalyticsCallsCountry],
    errors=ERRORS,
)
_HISTORY: Final[RpcMethod[AnalyticsCallsHistory]] = RpcMethod(
    ENDPOINT,
    "analytics/calls.history",
    AnalyticsCallsHistory,
    errors=ERRORS,
)
_INBOUND_DID: Final[RpcMethod[list[AnalyticsCallsDID]]] = RpcMethod(
    ENDPOINT,
    "analytics/calls.inbound_did",
    list[AnalyticsCallsDID],
    errors=ERRORS,
)
_OUTBOUND_COUNTRIES: Final[RpcMethod[list[AnalyticsCallsCountry]]] = RpcMethod(
    ENDPOINT,
    "analytics/calls.outbound_countries",
    list[AnalyticsCallsCountry],
    errors=ERRORS,
)
_OUTBOUND_DESTINATIONS: Final[RpcMethod[list[AnalyticsCallsDestination]]] = RpcMethod(
    ENDPOINT,
    "analytics/calls.outbound_destinations",
    list[AnalyticsCallsDestination],
    errors=ERRORS,
)
_SUMMARY: Final[RpcMethod[AnalyticsCallsSummary]] = RpcMethod(
    ENDPOINT,
    "analytics/calls.summary",
    AnalyticsCallsSummary,
    errors=ERRORS,
)
_TOP_APPS: Final[RpcMethod[list[AnalyticsCallsApp]]] = RpcMethod(
    ENDPOINT,
    "analytics/calls.top_apps",
    list[AnalyticsCallsApp],
    errors=ERRORS,
)


class AnalyticsCalls(SyncResource):
    """Calls."""

    def cli_countries(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsCountry]:
        """Received calls by the country of the caller.

        The result is not established; entries by country are the likeliest.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return self._client.rpc(
            _CLI_COUNTRIES,
            sort,
            from_,
            to,
            limit,
            options=options,
        )

    def history(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsCallsHistory:
        """Calls day by day.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
        """
        return self._client.rpc(
            _HISTORY,
            from_,
            to,
            options=options,
        )

    def inbound_did(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsDID]:
        """Received calls by the number called.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return self._client.rpc(
            _INBOUND_DID,
            sort,
            from_,
            to,
            limit,
            options=options,
        )

    def outbound_countries(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsCountry]:
        """Placed calls by the country called.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return self._client.rpc(
            _OUTBOUND_COUNTRIES,
            sort,
            from_,
            to,
            limit,
            options=options,
        )

    def outbound_destinations(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsDestination]:
        """Placed calls by billing destination.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return self._client.rpc(
            _OUTBOUND_DESTINATIONS,
            sort,
            from_,
            to,
            limit,
            options=options,
        )

    def summary(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsCallsSummary:
        """Totals of the calls in a period.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
        """
        return self._client.rpc(
            _SUMMARY,
            from_,
            to,
            options=options,
        )

    def top_apps(
        self,
        type: str,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsApp]:
        """Voice apps by how much they are used.

        The result is not established; entries by app are the likeliest.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: Whether to count received or placed calls.
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return self._client.rpc(
            _TOP_APPS,
            type,
            sort,
            from_,
            to,
            limit,
            options=options,
        )


class AsyncAnalyticsCalls(AsyncResource):
    """Calls."""

    async def cli_countries(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsCountry]:
        """Received calls by the country of the caller.

        The result is not established; entries by country are the likeliest.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return await self._client.rpc(
            _CLI_COUNTRIES,
            sort,
            from_,
            to,
            limit,
            options=options,
        )

    async def history(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsCallsHistory:
        """Calls day by day.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
        """
        return await self._client.rpc(
            _HISTORY,
            from_,
            to,
            options=options,
        )

    async def inbound_did(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsDID]:
        """Received calls by the number called.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return await self._client.rpc(
            _INBOUND_DID,
            sort,
            from_,
            to,
            limit,
            options=options,
        )

    async def outbound_countries(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsCountry]:
        """Placed calls by the country called.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return await self._client.rpc(
            _OUTBOUND_COUNTRIES,
            sort,
            from_,
            to,
            limit,
            options=options,
        )

    async def outbound_destinations(
        self,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsDestination]:
        """Placed calls by billing destination.

        Source: public: Published SDKs and client code of the service.

        Args:
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return await self._client.rpc(
            _OUTBOUND_DESTINATIONS,
            sort,
            from_,
            to,
            limit,
            options=options,
        )

    async def summary(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsCallsSummary:
        """Totals of the calls in a period.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
        """
        return await self._client.rpc(
            _SUMMARY,
            from_,
            to,
            options=options,
        )

    async def top_apps(
        self,
        type: str,
        sort: AnalyticsSort | Literal["COUNT", "DURATION"],
        from_: str,
        to: str,
        limit: int,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsCallsApp]:
        """Voice apps by how much they are used.

        The result is not established; entries by app are the likeliest.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: Whether to count received or placed calls.
            sort: What to sort by: how many calls, or how long they were.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            limit: How many entries to return at most.
        """
        return await self._client.rpc(
            _TOP_APPS,
            type,
            sort,
            from_,
            to,
            limit,
            options=options,
        )
