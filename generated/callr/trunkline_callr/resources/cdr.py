"""Cdr."""

from __future__ import annotations

from typing import Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.cdr import CDRSearchFilters
from ..models.shared import CDRIn, CDROut, Direction, Webhook
from ..params.cdr import CDRSearchFiltersParam
from ..params.shared import WebhookParam

_GET: Final[RpcMethod[list[CDRIn] | list[CDROut]]] = RpcMethod(
    ENDPOINT,
    "cdr.get",
    list[CDRIn] | list[CDROut],
    errors=ERRORS,
)
_EXPORT_ASYNC: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "cdr.export_async",
    str,
    errors=ERRORS,
)


class Cdr(SyncResource):
    """Cdr."""

    def get(
        self,
        type: Direction | Literal["IN", "OUT"],
        from_: str,
        to: str,
        app: str | None | Unset = UNSET,
        number: str | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> list[CDRIn] | list[CDROut]:
        """Return call detail records.

        Records of received calls for `IN`, of placed calls for `OUT`.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: Received or placed calls.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            app: Only calls of this voice app. Matching `^[0-9A-Z]{8,}$`.
            number: Only calls with this number.
        """
        return self._client.rpc(
            _GET,
            type,
            from_,
            to,
            app,
            number,
            options=options,
        )

    def export_async(
        self,
        filters: CDRSearchFilters | CDRSearchFiltersParam | None | Unset = UNSET,
        webhook: Webhook | WebhookParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Export call detail records, in the background.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: As in
        sms.export_async, with the filters that the objects reference has for records.

        Args:
            filters: Which records to export.
            webhook: Whom to tell of the end.
        """
        return self._client.rpc(
            _EXPORT_ASYNC,
            filters,
            webhook,
            options=options,
        )


class AsyncCdr(AsyncResource):
    """Cdr."""

    async def get(
        self,
        type: Direction | Literal["IN", "OUT"],
        from_: str,
        to: str,
        app: str | None | Unset = UNSET,
        number: str | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> list[CDRIn] | list[CDROut]:
        """Return call detail records.

        Records of received calls for `IN`, of placed calls for `OUT`.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: Received or placed calls.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            app: Only calls of this voice app. Matching `^[0-9A-Z]{8,}$`.
            number: Only calls with this number.
        """
        return await self._client.rpc(
            _GET,
            type,
            from_,
            to,
            app,
            number,
            options=options,
        )

    async def export_async(
        self,
        filters: CDRSearchFilters | CDRSearchFiltersParam | None | Unset = UNSET,
        webhook: Webhook | WebhookParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Export call detail records, in the background.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: As in
        sms.export_async, with the filters that the objects reference has for records.

        Args:
            filters: Which records to export.
            webhook: Whom to tell of the end.
        """
        return await self._client.rpc(
            _EXPORT_ASYNC,
            filters,
            webhook,
            options=options,
        )
