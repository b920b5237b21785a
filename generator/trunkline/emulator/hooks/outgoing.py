"""What is sent to users' servers, before it goes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from trunkline.ir import Json


@dataclass(slots=True)
class Delivery:
    """One event for one subscriber. `attempts` are (instant, status or 0, reason)."""

    event: str
    id: str
    account: str
    hook: dict[str, Json]
    url: str
    data: Json
    algorithm: str
    secret: str | None
    tries: int = 0
    state: str = "waiting"
    attempts: list[tuple[datetime, int, str]] = field(
        default_factory=list[tuple[datetime, int, str]]
    )
    body: bytes = b""
    """As sent last."""

    def shown(self) -> Json:
        """For the admin surface."""
        return {
            "event": self.event,
            "id": self.id,
            "account": self.account,
            "url": self.url,
            "state": self.state,
            "attempts": [
                {"at": when.isoformat(), "status": status, "reason": reason}
                for when, status, reason in self.attempts
            ],
        }


@dataclass(slots=True)
class OutgoingRequest:
    """One attempt, as it goes out; the base for what defects do to it."""

    url: str
    body: bytes
    headers: dict[str, str]
