"""Which resource an operation acts on, and which resources stand below which."""

from __future__ import annotations

import re

from trunkline.emulator.resources.resource_plan import ResourcePlan, ResourcePlanner
from trunkline.ir import Api, Operation, Resource


def _unnamed(path: str) -> str:
    """A path whose parameters have lost their names, which differ between parent and child."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


class Relations:
    """The resources of one API, each planned at the first need."""

    def __init__(self, api: Api, planner: ResourcePlanner) -> None:
        self.planner = planner
        self._plans: dict[str, ResourcePlan | None] = {}
        self._by_name = {".".join(r.name): r for r in api.resources}
        self._by_item_path = {_unnamed(r.item_path): r for r in api.resources if r.item_path}

    def plan(self, resource: Resource) -> ResourcePlan | None:
        """The plan of a resource, None where nothing says what an item looks like."""
        name = ".".join(resource.name)
        if name not in self._plans:
            self._plans[name] = self.planner.plan(resource)
        return self._plans[name]

    def known(self) -> tuple[ResourcePlan, ...]:
        """The plans made so far."""
        return tuple(plan for plan in self._plans.values() if plan is not None)

    def of(self, operation: Operation) -> ResourcePlan | None:
        """The resource that an operation acts on."""
        resource = self._by_name.get(".".join(operation.resource))
        if resource is None or resource.operations.get(operation.action) != operation.id:
            return None
        for other in self._by_name.values():
            # Children go with their parent, so they must be known before it is deleted.
            if other.parent_parameters and other is not resource:
                above = (other.collection_path or other.item_path or "").rpartition("/")[0]
                if resource.item_path and _unnamed(above) == _unnamed(resource.item_path):
                    self.plan(other)
        return self.plan(resource)

    def parent_of(self, plan: ResourcePlan) -> ResourcePlan | None:
        """The resource that `plan` stands below."""
        names = plan.resource.parent_parameters
        path = plan.resource.collection_path or plan.resource.item_path
        if not names or path is None:
            return None
        marker = f"{{{names[-1]}}}"
        above = path[: path.find(marker) + len(marker)]
        resource = self._by_item_path.get(_unnamed(above))
        if resource is None or resource is plan.resource:
            return None
        if len(resource.parent_parameters) != len(names) - 1:
            return None
        return self.plan(resource)
