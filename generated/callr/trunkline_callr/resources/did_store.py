"""Store."""

from __future__ import annotations

from typing import Final, Literal

from .._rpc import ENDPOINT, ERRORS
from .._runtime import AsyncResource, RequestOptions, SyncResource
from .._runtime.rpc import RpcMethod
from ..models.did import DIDStoreBuyStatus, DIDStoreQuotaStatus, DIDStoreQuote, DIDStoreReservation
from ..models.shared import NumberClass

_BUY_ORDER: Final[RpcMethod[DIDStoreBuyStatus]] = RpcMethod(
    ENDPOINT,
    "did/store.buy_order",
    DIDStoreBuyStatus,
    errors=ERRORS,
)
_CANCEL_ORDER: Final[RpcMethod[Literal[True]]] = RpcMethod(
    ENDPOINT,
    "did/store.cancel_order",
    Literal[True],
    errors=ERRORS,
)
_CANCEL_SUBSCRIPTION: Final[RpcMethod[Literal[True]]] = RpcMethod(
    ENDPOINT,
    "did/store.cancel_subscription",
    Literal[True],
    errors=ERRORS,
)
_GET_QUOTA_STATUS: Final[RpcMethod[DIDStoreQuotaStatus]] = RpcMethod(
    ENDPOINT,
    "did/store.get_quota_status",
    DIDStoreQuotaStatus,
    errors=ERRORS,
)
_GET_QUOTE: Final[RpcMethod[DIDStoreQuote]] = RpcMethod(
    ENDPOINT,
    "did/store.get_quote",
    DIDStoreQuote,
    errors=ERRORS,
)
_RESERVE: Final[RpcMethod[DIDStoreReservation]] = RpcMethod(
    ENDPOINT,
    "did/store.reserve",
    DIDStoreReservation,
    errors=ERRORS,
)
_VIEW_ORDER: Final[RpcMethod[DIDStoreReservation]] = RpcMethod(
    ENDPOINT,
    "did/store.view_order",
    DIDStoreReservation,
    errors=ERRORS,
)


class DidStore(SyncResource):
    """Store."""

    def buy_order(
        self,
        token: str,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreBuyStatus:
        """Buy the numbers of a reservation.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            token: The order's token.
        """
        return self._client.rpc(
            _BUY_ORDER,
            token,
            options=options,
        )

    def cancel_order(
        self,
        token: str,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Give up a reservation.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            token: The order's token.
        """
        return self._client.rpc(
            _CANCEL_ORDER,
            token,
            options=options,
        )

    def cancel_subscription(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Give a phone number back.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            hash: Identifier of the number. Matching `^[0-9A-Z]{8,}$`.
        """
        return self._client.rpc(
            _CANCEL_SUBSCRIPTION,
            hash,
            options=options,
        )

    def get_quota_status(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreQuotaStatus:
        """Tell how many numbers you have and may still buy.

        Source: public: Vendor's JSON-RPC method pages.
        """
        return self._client.rpc(
            _GET_QUOTA_STATUS,
            options=options,
        )

    def get_quote(
        self,
        area_code_id: int,
        class_: NumberClass | Literal["CLASSIC", "GOLD"],
        quantity: int,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreQuote:
        """Tell what numbers would cost; nothing is reserved.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            area_code_id: Identifier of the area code.
            class_: Class of the numbers.
            quantity: How many. At least 1.
        """
        return self._client.rpc(
            _GET_QUOTE,
            area_code_id,
            class_,
            quantity,
            options=options,
        )

    def reserve(
        self,
        area_code_id: int,
        class_: NumberClass | Literal["CLASSIC", "GOLD"],
        quantity: int,
        mode: str,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreReservation:
        """Put numbers aside.

        Source: public: Published SDKs and client code of the service.

        Args:
            area_code_id: Identifier of the area code.
            class_: Class of the numbers.
            quantity: How many. At least 1.
            mode: How the numbers are picked: `RANDOM`, or others that are not established.
        """
        return self._client.rpc(
            _RESERVE,
            area_code_id,
            class_,
            quantity,
            mode,
            options=options,
        )

    def view_order(
        self,
        token: str,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreReservation:
        """Return a reservation.

        Source: public: Published SDKs and client code of the service.

        Args:
            token: The order's token.
        """
        return self._client.rpc(
            _VIEW_ORDER,
            token,
            options=options,
        )


class AsyncDidStore(AsyncResource):
    """Store."""

    async def buy_order(
        self,
        token: str,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreBuyStatus:
        """Buy the numbers of a reservation.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            token: The order's token.
        """
        return await self._client.rpc(
            _BUY_ORDER,
            token,
            options=options,
        )

    async def cancel_order(
        self,
        token: str,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Give up a reservation.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            token: The order's token.
        """
        return await self._client.rpc(
            _CANCEL_ORDER,
            token,
            options=options,
        )

    async def cancel_subscription(
        self,
        hash: str,
        *,
        options: RequestOptions | None = None,
    ) -> Literal[True]:
        """Give a phone number back.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            hash: Identifier of the number. Matching `^[0-9A-Z]{8,}$`.
        """
        return await self._client.rpc(
            _CANCEL_SUBSCRIPTION,
            hash,
            options=options,
        )

    async def get_quota_status(
        self,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreQuotaStatus:
        """Tell how many numbers you have and may still buy.

        Source: public: Vendor's JSON-RPC method pages.
        """
        return await self._client.rpc(
            _GET_QUOTA_STATUS,
            options=options,
        )

    async def get_quote(
        self,
        area_code_id: int,
        class_: NumberClass | Literal["CLASSIC", "GOLD"],
        quantity: int,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreQuote:
        """Tell what numbers would cost; nothing is reserved.

        Source: public: Vendor's JSON-RPC method pages.

        Args:
            area_code_id: Identifier of the area code.
            class_: Class of the numbers.
            quantity: How many. At least 1.
        """
        return await self._client.rpc(
            _GET_QUOTE,
            area_code_id,
            class_,
            quantity,
            options=options,
        )

    async def reserve(
        self,
        area_code_id: int,
        class_: NumberClass | Literal["CLASSIC", "GOLD"],
        quantity: int,
        mode: str,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreReservation:
        """Put numbers aside.

        Source: public: Published SDKs and client code of the service.

        Args:
            area_code_id: Identifier of the area code.
            class_: Class of the numbers.
            quantity: How many. At least 1.
            mode: How the numbers are picked: `RANDOM`, or others that are not established.
        """
        return await self._client.rpc(
            _RESERVE,
            area_code_id,
            class_,
            quantity,
            mode,
            options=options,
        )

    async def view_order(
        self,
        token: str,
        *,
        options: RequestOptions | None = None,
    ) -> DIDStoreReservation:
        """Return a reservation.

        Source: public: Published SDKs and client code of the service.

        Args:
            token: The order's token.
        """
        return await self._client.rpc(
            _VIEW_ORDER,
            token,
            options=options,
        )
