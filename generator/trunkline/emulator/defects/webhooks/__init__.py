"""Events and conversations that are sent wrongly, too often, to the wrong people or not at all."""

from trunkline.emulator.defects.webhooks import conversations, events, signatures

__all__ = ["conversations", "events", "signatures"]
