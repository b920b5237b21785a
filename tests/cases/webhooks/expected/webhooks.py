"""Requests that Webhooks makes."""

from __future__ import annotations

from typing import Final

from ._runtime.webhooks import Signature, Webhook
from .models.webhooks import OrderDeletedRequest, OrderEvent

ORDER_CREATED: Final[Webhook[OrderEvent]] = Webhook(
    "order.created",
    OrderEvent,
    signature=Signature("X-Signature", algorithm="sha512", encoding="hex"),
)
"""An order was made."""

ORDER_DELETED: Final[Webhook[OrderDeletedRequest]] = Webhook(
    "order.deleted",
    OrderDeletedRequest,
)
"""The webhook order.deleted."""
