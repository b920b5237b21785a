"""Requests that Commands makes."""

from __future__ import annotations

from typing import Final

from ._runtime.webhooks import Webhook
from .models.webhooks import State

NEXT_STEP: Final[Webhook[State]] = Webhook(
    "next step",
    State,
)
"""What the robot is to do next."""
