"""Payments."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from .._runtime import UNSET, AsyncResource, Operation, RequestOptions, SyncResource, Unset
from ..models.payments import Payment

_CREATE: Final[Operation[Payment]] = Operation(
    id="pay",
    method="POST",
    path="/payments",
    responses={"200": Payment},
    body="application/json",
    idempotency_header="Idempotency-Key",
)
_RETRIEVE: Final[Operation[Payment]] = Operation(
    id="getPayment",
    method="GET",
    path="/payments/{paymentID}",
    responses={"200": Payment},
)


class Payments(SyncResource):
    """Payments."""

    def create(
        self,
        *,
        cents: int,
        payment_id: UUID | str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Payment:
        """The examples share a key, and an id that can be given away once."""
        return self._client.call(
            _CREATE,
            headers={
                "Idempotency-Key": idempotency_key,
            },
            body={
                "paymentID": payment_id,
                "cents": cents,
            },
            options=options,
        )

    def retrieve(
        self,
        payment_id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> Payment:
        """GET /payments/{paymentID}."""
        return self._client.call(
            _RETRIEVE,
            path={
                "paymentID": payment_id,
            },
            options=options,
        )


class AsyncPayments(AsyncResource):
    """Payments."""

    async def create(
        self,
        *,
        cents: int,
        payment_id: UUID | str | Unset = UNSET,
        idempotency_key: str | Unset = UNSET,
        options: RequestOptions | None = None,
    ) -> Payment:
        """The examples share a key, and an id that can be given away once."""
        return await self._client.call(
            _CREATE,
            headers={
                "Idempotency-Key": idempotency_key,
            },
            body={
                "paymentID": payment_id,
                "cents": cents,
            },
            options=options,
        )

    async def retrieve(
        self,
        payment_id: UUID | str,
        *,
        options: RequestOptions | None = None,
    ) -> Payment:
        """GET /payments/{paymentID}."""
        return await self._client.call(
            _RETRIEVE,
            path={
                "paymentID": payment_id,
            },
            options=options,
        )
