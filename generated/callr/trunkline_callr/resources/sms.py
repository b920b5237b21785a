"""Sms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.shared import (
    SMS,
    Direction,
    SearchOptions,
    SMSOptions,
    SMSSearchFilters,
    Webhook,
)
from ..models.sms import SMSSearchResults
from ..params.shared import (
    SearchOptionsParam,
    SMSOptionsParam,
    SMSSearchFiltersParam,
    WebhookParam,
)

_EXPORT_ASYNC: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "sms.export_async",
    str,
    errors=ERRORS,
)
_GET: Final[RpcMethod[SMS]] = RpcMethod(
    ENDPOINT,
    "sms.get",
    SMS,
    idempotent=True,
    errors=ERRORS,
)
_GET_COUNT_FOR_BODY: Final[RpcMethod[int]] = RpcMethod(
    ENDPOINT,
    "sms.get_count_for_body",
    int,
    errors=ERRORS,
)
_GET_GSM_CHARSET_MAPPING: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "sms.get_gsm_charset_mapping",
    Any,
    errors=ERRORS,
)
_GET_LIST: Final[RpcMethod[list[SMS]]] = RpcMethod(
    ENDPOINT,
    "sms.get_list",
    list[SMS],
    idempotent=True,
    errors=ERRORS,
)
_GET_QUOTE: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "sms.get_quote",
    Any,
    errors=ERRORS,
)
_SEARCH: Final[RpcMethod[SMSSearchResults]] = RpcMethod(
    ENDPOINT,
    "sms.search",
    SMSSearchResults,
    errors=ERRORS,
)
_SEND: Final[RpcMethod[str]] = RpcMethod(
    ENDPOINT,
    "sms.send",
    str,
    errors=ERRORS,
)
_GET_SETTINGS: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "sms.get_settings",
    Any,
    errors=ERRORS,
)
_SET_SETTINGS: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "sms.set_settings",
    Any,
    errors=ERRORS,
)


class SmsResource(SyncResource):
    """Sms."""

    def export_async(
        self,
        filters: SMSSearchFilters | SMSSearchFiltersParam | None | Unset = UNSET,
        webhook: Webhook | WebhookParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Export text messages, in the background.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            filters: Which messages to export; null for all.
            webhook: Whom to tell of the end.
        """
        return self._client.rpc(
            _EXPORT_ASYNC,
            filters,
            webhook,
            options=options,
        )

    def get(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> SMS:
        """Return a text message.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            id: Identifier of the message. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _GET,
            id,
            options=options,
        )

    def get_count_for_body(
        self,
        body: str,
        *,
        options: RequestOptions | None = None,
    ) -> int:
        """Tell how many parts a text would take.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            body: The text.
        """
        return self._client.rpc(
            _GET_COUNT_FOR_BODY,
            body,
            options=options,
        )

    def get_gsm_charset_mapping(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Return the letters of the GSM alphabet.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return self._client.rpc(
            _GET_GSM_CHARSET_MAPPING,
            options=options,
        )

    def get_list(
        self,
        type: Direction | Literal["IN", "OUT"],
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> list[SMS]:
        """Return text messages of a period.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: Received or sent messages.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
        """
        return self._client.rpc(
            _GET_LIST,
            type,
            from_,
            to,
            options=options,
        )

    def get_quote(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Tell what a text message would cost.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return self._client.rpc(
            _GET_QUOTE,
            options=options,
        )

    def search(
        self,
        filters: SMSSearchFilters | SMSSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> SMSSearchResults:
        """Find text messages of the last six months.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: As the searches of
        apps, numbers and sub-accounts, with the filters that the objects reference has for
        messages.

        Args:
            filters: Which messages to return.
            options_: Which part of the matches to return.
        """
        return self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )

    def send(
        self,
        from_: str,
        to: str,
        body: str,
        options_: SMSOptions | SMSOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Send a text message.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            from_: Sender: a number, a name you are authorised for, or empty for a short code.
            to: Who it goes to. Matching `^\\+[1-9][0-9]{1,14}$`.
            body: The text.
            options_: Details of the message.
        """
        return self._client.rpc(
            _SEND,
            from_,
            to,
            body,
            options_,
            options=options,
        )

    def get_settings(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Return where events of text messages are pushed to.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Nothing says whose
        settings, so the account's own.
        """
        return self._client.rpc(
            _GET_SETTINGS,
            options=options,
        )

    def set_settings(
        self,
        settings: Mapping[str, Any],
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Set where events of text messages are pushed to.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            settings: Addresses by event; the names are not established.
        """
        return self._client.rpc(
            _SET_SETTINGS,
            settings,
            options=options,
        )


class AsyncSmsResource(AsyncResource):
    """Sms."""

    async def export_async(
        self,
        filters: SMSSearchFilters | SMSSearchFiltersParam | None | Unset = UNSET,
        webhook: Webhook | WebhookParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Export text messages, in the background.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            filters: Which messages to export; null for all.
            webhook: Whom to tell of the end.
        """
        return await self._client.rpc(
            _EXPORT_ASYNC,
            filters,
            webhook,
            options=options,
        )

    async def get(
        self,
        id: str,
        *,
        options: RequestOptions | None = None,
    ) -> SMS:
        """Return a text message.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            id: Identifier of the message. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _GET,
            id,
            options=options,
        )

    async def get_count_for_body(
        self,
        body: str,
        *,
        options: RequestOptions | None = None,
    ) -> int:
        """Tell how many parts a text would take.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            body: The text.
        """
        return await self._client.rpc(
            _GET_COUNT_FOR_BODY,
            body,
            options=options,
        )

    async def get_gsm_charset_mapping(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Return the letters of the GSM alphabet.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return await self._client.rpc(
            _GET_GSM_CHARSET_MAPPING,
            options=options,
        )

    async def get_list(
        self,
        type: Direction | Literal["IN", "OUT"],
        from_: str,
        to: str,
        *,
        options: RequestOptions | None = None,
    ) -> list[SMS]:
        """Return text messages of a period.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: Received or sent messages.
            from_: Start of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
            to: End of the period, in UTC. Matching
                `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])
                ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$`.
        """
        return await self._client.rpc(
            _GET_LIST,
            type,
            from_,
            to,
            options=options,
        )

    async def get_quote(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Tell what a text message would cost.

        Source: public: Vendor's JSON-RPC method pages. Named only.
        """
        return await self._client.rpc(
            _GET_QUOTE,
            options=options,
        )

    async def search(
        self,
        filters: SMSSearchFilters | SMSSearchFiltersParam,
        options_: SearchOptions | SearchOptionsParam,
        *,
        options: RequestOptions | None = None,
    ) -> SMSSearchResults:
        """Find text messages of the last six months.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: As the searches of
        apps, numbers and sub-accounts, with the filters that the objects reference has for
        messages.

        Args:
            filters: Which messages to return.
            options_: Which part of the matches to return.
        """
        return await self._client.rpc(
            _SEARCH,
            filters,
            options_,
            options=options,
        )

    async def send(
        self,
        from_: str,
        to: str,
        body: str,
        options_: SMSOptions | SMSOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> str:
        """Send a text message.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            from_: Sender: a number, a name you are authorised for, or empty for a short code.
            to: Who it goes to. Matching `^\\+[1-9][0-9]{1,14}$`.
            body: The text.
            options_: Details of the message.
        """
        return await self._client.rpc(
            _SEND,
            from_,
            to,
            body,
            options_,
            options=options,
        )

    async def get_settings(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Return where events of text messages are pushed to.

        Source: public: Vendor's JSON-RPC method pages. Named only; inferred: Nothing says whose
        settings, so the account's own.
        """
        return await self._client.rpc(
            _GET_SETTINGS,
            options=options,
        )

    async def set_settings(
        self,
        settings: Mapping[str, Any],
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Set where events of text messages are pushed to.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            settings: Addresses by event; the names are not established.
        """
        return await self._client.rpc(
            _SET_SETTINGS,
            settings,
            options=options,
        )
