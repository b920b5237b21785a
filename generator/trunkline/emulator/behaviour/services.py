"""What scripts, deliveries and conversations work with."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.emulator.behaviour.background import BackgroundTasks
from trunkline.emulator.behaviour.outbound_http import OutboundHttp
from trunkline.emulator.behaviour.pending import Pending
from trunkline.emulator.behaviour.script_objects import ScriptObjects
from trunkline.emulator.behaviour.timers import Timers
from trunkline.emulator.operations.services import Services
from trunkline.ir.behaviour import Behaviour


@dataclass(frozen=True, slots=True)
class ScriptServices:
    """One server's means: the declared behaviour, kept objects, timers, the way out."""

    declared: Behaviour
    services: Services
    objects: ScriptObjects
    timers: Timers
    outbound: OutboundHttp
    tasks: BackgroundTasks
    pending: Pending
