"""What the admin surface shows and sets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from trunkline.emulator.admin.fault_rules import FaultRules
from trunkline.emulator.admin.request_log import RequestLog
from trunkline.emulator.behaviour.engine import Engine
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.resource_plan import ResourcePlan


@dataclass(frozen=True, slots=True)
class AdminServices:
    """One server's parts, and `reset`, which brings all of them back to the beginning. `methods`
    are the plans of what JSON-RPC methods keep, by the name of the resource. `give_defects` makes
    the server go wrong as `defects`, names with what each does, say; it raises `TrunklineError`.
    Which there are is only found out when somebody asks: that takes as long as a third of reading
    a large description."""

    services: Services
    objects: StoredObjects
    request_log: RequestLog
    faults: FaultRules
    engine: Engine | None
    methods: Mapping[str, ResourcePlan]
    reset: Callable[[], None]
    give_defects: Callable[[Collection[str]], None]
    defects: Callable[[], Mapping[str, str]]
