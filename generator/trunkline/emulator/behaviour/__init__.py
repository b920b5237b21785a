"""What a server does beyond answering: scripts, events, conversations, as declared beside the
description."""

from trunkline.emulator.behaviour.engine import Engine
from trunkline.emulator.behaviour.script_interpreter import Failed

__all__ = ["Engine", "Failed"]
