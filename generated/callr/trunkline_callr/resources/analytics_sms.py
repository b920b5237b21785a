"""Sms."""

from __future__ import annotations

from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.analytics import (
    AnalyticsSMSHistory,
    AnalyticsSMSHistoryOUT,
    AnalyticsSMSSummary,
    AnalyticsSMSSummaryOUT,
)

_HISTORY: Final[RpcMethod[AnalyticsSMSHistory]] = RpcMethod(
    ENDPOINT,
    "analytics/sms.history",
    AnalyticsSMSHistory,
    errors=ERRORS,
)
_HISTORY_OUT: Final[RpcMethod[list[AnalyticsSMSHistoryOUT]]] = RpcMethod(
    ENDPOINT,
    "analytics/sms.history_out",
    list[AnalyticsSMSHistoryOUT],
    errors=ERRORS,
)
_HISTORY_OUT_BY_STATUS: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "analytics/sms.history_out_by_status",
    Any,
    errors=ERRORS,
)
_SUMMARY: Final[RpcMethod[AnalyticsSMSSummary]] = RpcMethod(
    ENDPOINT,
    "analytics/sms.summary",
    AnalyticsSMSSummary,
    errors=ERRORS,
)
_SUMMARY_OUT: Final[RpcMethod[AnalyticsSMSSummaryOUT]] = RpcMethod(
    ENDPOINT,
    "analytics/sms.summary_out",
    AnalyticsSMSSummaryOUT,
    errors=ERRORS,
)
_SUMMARY_OUT_BY_STATUS: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "analytics/sms.summary_out_by_status",
    Any,
    errors=ERRORS,
)


class AnalyticsSms(SyncResource):
    """Sms."""

    def history(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsSMSHistory:
        """Text messages day by day.

        The result is inferred from its name.

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

    def history_out(
        self,
        from_: str,
        to: str,
        fields: Any,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsSMSHistoryOUT]:
        """Sent text messages day by day.

        The result is inferred from its name.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            fields: Which figures to return; its form is not established.
        """
        return self._client.rpc(
            _HISTORY_OUT,
            from_,
            to,
            fields,
            options=options,
        )

    def history_out_by_status(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Sent text messages day by day and by state.

        What it returns is not established.

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
            _HISTORY_OUT_BY_STATUS,
            from_,
            to,
            options=options,
        )

    def summary(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsSMSSummary:
        """Totals of the text messages in a period.

        The result is inferred from its name.

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

    def summary_out(
        self,
        from_: str,
        to: str,
        fields: Any,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsSMSSummaryOUT:
        """Totals of the text messages sent in a period.

        The result is inferred from its name.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            fields: Which figures to return; its form is not established.
        """
        return self._client.rpc(
            _SUMMARY_OUT,
            from_,
            to,
            fields,
            options=options,
        )

    def summary_out_by_status(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Totals of the text messages sent in a period, by state.

        What it returns is not established.

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
            _SUMMARY_OUT_BY_STATUS,
            from_,
            to,
            options=options,
        )


class AsyncAnalyticsSms(AsyncResource):
    """Sms."""

    async def history(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsSMSHistory:
        """Text messages day by day.

        The result is inferred from its name.

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

    async def history_out(
        self,
        from_: str,
        to: str,
        fields: Any,
        *,
        options: RequestOptions | None = None,
    ) -> list[AnalyticsSMSHistoryOUT]:
        """Sent text messages day by day.

        The result is inferred from its name.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            fields: Which figures to return; its form is not established.
        """
        return await self._client.rpc(
            _HISTORY_OUT,
            from_,
            to,
            fields,
            options=options,
        )

    async def history_out_by_status(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Sent text messages day by day and by state.

        What it returns is not established.

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
            _HISTORY_OUT_BY_STATUS,
            from_,
            to,
            options=options,
        )

    async def summary(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsSMSSummary:
        """Totals of the text messages in a period.

        The result is inferred from its name.

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

    async def summary_out(
        self,
        from_: str,
        to: str,
        fields: Any,
        *,
        options: RequestOptions | None = None,
    ) -> AnalyticsSMSSummaryOUT:
        """Totals of the text messages sent in a period.

        The result is inferred from its name.

        Source: public: Published SDKs and client code of the service.

        Args:
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            fields: Which figures to return; its form is not established.
        """
        return await self._client.rpc(
            _SUMMARY_OUT,
            from_,
            to,
            fields,
            options=options,
        )

    async def summary_out_by_status(
        self,
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Totals of the text messages sent in a period, by state.

        What it returns is not established.

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
            _SUMMARY_OUT_BY_STATUS,
            from_,
            to,
            options=options,
        )
