"""Events and conversations that are sent wrongly, too often, to the wrong people or not at all."""

from trunkline.emulator.defects.webhooks import events, signatures, talks

__all__ = ["events", "signatures", "talks"]
