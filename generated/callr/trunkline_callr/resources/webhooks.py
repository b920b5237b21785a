"""Webhooks."""

from __future__ import annotations

from typing import Any, Final

from .._rpc import ENDPOINT, ERRORS
from .._runtime import UNSET, AsyncResource, RequestOptions, SyncResource, Unset
from .._runtime.rpc import RpcMethod
from ..models.shared import WebhookOptions
from ..models.webhooks import WebhookSubscription
from ..params.shared import WebhookOptionsParam

_SUBSCRIBE: Final[RpcMethod[WebhookSubscription]] = RpcMethod(
    ENDPOINT,
    "webhooks.subscribe",
    WebhookSubscription,
    errors=ERRORS,
)
_UNSUBSCRIBE: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "webhooks.unsubscribe",
    Any,
    errors=ERRORS,
)
_GET_EVENT_TYPES: Final[RpcMethod[Any]] = RpcMethod(
    ENDPOINT,
    "webhooks.get_event_types",
    Any,
    errors=ERRORS,
)


class Webhooks(SyncResource):
    """Webhooks."""

    def subscribe(
        self,
        type: str,
        endpoint: str,
        options_: WebhookOptions | WebhookOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> WebhookSubscription:
        """Subscribe to events of one type.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: Type of the events.
            endpoint: Address on your server that events are posted to. Matching
                `^https?://[^\\s]+$`.
            options_: How events are posted and signed.
        """
        return self._client.rpc(
            _SUBSCRIBE,
            type,
            endpoint,
            options_,
            options=options,
        )

    def unsubscribe(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """End a subscription.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            hash: Identifier of the subscription. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _UNSUBSCRIBE,
            hash,
            options=options,
        )

    def get_event_types(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Return the types of events there are.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.
        """
        return self._client.rpc(
            _GET_EVENT_TYPES,
            options=options,
        )


class AsyncWebhooks(AsyncResource):
    """Webhooks."""

    async def subscribe(
        self,
        type: str,
        endpoint: str,
        options_: WebhookOptions | WebhookOptionsParam | None | Unset = UNSET,
        *,
        options: RequestOptions | None = None,
    ) -> WebhookSubscription:
        """Subscribe to events of one type.

        Source: public: Published SDKs and client code of the service.

        Args:
            type: Type of the events.
            endpoint: Address on your server that events are posted to. Matching
                `^https?://[^\\s]+$`.
            options_: How events are posted and signed.
        """
        return await self._client.rpc(
            _SUBSCRIBE,
            type,
            endpoint,
            options_,
            options=options,
        )

    async def unsubscribe(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """End a subscription.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.

        Args:
            hash: Identifier of the subscription. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _UNSUBSCRIBE,
            hash,
            options=options,
        )

    async def get_event_types(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> Any:
        """Return the types of events there are.

        What it returns is not established.

        Source: public: Published SDKs and client code of the service.
        """
        return await self._client.rpc(
            _GET_EVENT_TYPES,
            options=options,
        )
