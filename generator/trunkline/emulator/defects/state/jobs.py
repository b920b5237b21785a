"""Jobs that do not come to their end."""

from __future__ import annotations

from trunkline.emulator.defects.base import Defect
from trunkline.emulator.resources.resource_plan import item_schema
from trunkline.ir import Action, Api, Resource
from trunkline.semantics.progress import progress


class JobsNeverEnd(Defect):
    """What was begun stays in the state in which it began."""

    rule = "Jobs come to their end"
    caught_by = ("job-ends",)
    needs = frozenset({Action.CREATE, Action.RETRIEVE})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        if not super().shows(api, resource):
            return False
        shown = item_schema(api.schemas, api.operation(resource.operations[Action.RETRIEVE]))
        return shown is not None and progress(api, resource, shown) is not None

    def job_ending(self, resource: Resource) -> bool:
        return False
