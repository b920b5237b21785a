"""What a server does beyond answering: scripts, events, conversations, as declared beside the
description."""

from trunkline.emulator.behaviour.engine import Engine

__all__ = ["Engine"]
