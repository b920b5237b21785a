"""Requests that Webhooks makes."""

from __future__ import annotations

from typing import Any, Final

from ._runtime.webhooks import Signature, Webhook
from .models.shared import OrderEvent

ORDER_CREATED: Final[Webhook[OrderEvent]] = Webhook(
    "order.created",
    OrderEvent,
    signature=Signature("X-Signature", algorithm="sha512", encoding="hex"),
)
"""An order was made."""

ORDER_DELETED: Final[Webhook[dict[str, Any]]] = Webhook(
    "order.deleted",
    dict[str, Any],
)
"""The webhook order.deleted."""
