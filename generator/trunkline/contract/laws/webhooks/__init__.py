"""Events and conversations: what the service sends to those who asked for it."""

from trunkline.contract.laws.webhooks import events, talks

__all__ = ["events", "talks"]
