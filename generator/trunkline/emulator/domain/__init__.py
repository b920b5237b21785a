"""What a server does beyond answering: scripts, events, conversations, as declared beside the
description."""

from trunkline.emulator.domain.engine import Engine
from trunkline.emulator.domain.runner import Failed

__all__ = ["Engine", "Failed"]
