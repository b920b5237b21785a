"""Which resource an operation acts on, and which resources stand below which."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trunkline.emulator.resources.planning import ResourcePlanner
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.names import plain_name
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Api, Operation, Resource, Schema
from trunkline.semantics.media import MediaKind, is_json, kind
from trunkline.semantics.progress import makers


def _unnamed(path: str) -> str:
    """A path whose parameters have lost their names, which differ between parent and child."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def _files(api: Api, schemas: Schemas) -> frozenset[str]:
    """Paths that hold bytes, text or a plain value: what is put there can be got again."""
    put = {o.path for o in api.operations if o.method == "put" and _is_value(o, schemas)}
    return frozenset(o.path for o in api.operations if o.method == "get" and o.path in put)


def _is_value(operation: Operation, schemas: Schemas) -> bool:
    contents = operation.body.contents if operation.body is not None else ()
    binary = {MediaKind.BINARY, MediaKind.TEXT, MediaKind.XML, MediaKind.CSV}
    if contents and all(kind(c.media_type) in binary for c in contents):
        return True
    return bool(contents) and all(
        is_json(c.media_type) and c.schema is not None and "object" not in schemas.types(c.schema)
        for c in contents
    )


def _marks(api: Api) -> frozenset[str]:
    """Paths at which something is marked by PUT without a body, and no longer by DELETE."""
    put = {
        o.path
        for o in api.operations
        if o.method == "put" and o.body is None and not o.path.endswith("}")
    }
    return frozenset(o.path for o in api.operations if o.method == "delete" and o.path in put)


class Relations:
    """The resources of one API, each planned at the first need."""

    def __init__(self, api: Api, planner: ResourcePlanner) -> None:
        self.planner = planner
        self._plans: dict[str, ResourcePlan | None] = {}
        self._by_name = {".".join(r.name): r for r in api.resources}
        self._by_schema: dict[int, ResourcePlan] | None = None
        self._files = _files(api, planner.schemas)
        self._marks = _marks(api)
        self._shown_as = {other.name: r for r in api.resources for other in makers(api, r)}
        """Resources whose objects are read elsewhere, by the names of those that make them."""
        self._by_item_path = {_unnamed(r.items_below): r for r in api.resources if r.items_below}

    def plan(self, resource: Resource) -> ResourcePlan | None:
        """The plan of a resource, None where nothing says what an item looks like."""
        name = ".".join(resource.name)
        if name not in self._plans:
            plan = self.planner.plan(resource)
            self._plans[name] = None if plan is not None and self._is_part(plan) else plan
        return self._plans[name]

    def _is_part(self, plan: ResourcePlan) -> bool:
        """Whether what stands below an object is a list of its own: responses show the object."""
        schemas = self.planner.schemas
        parent = self.parent_of(plan)
        if parent is None or schemas.resolve(parent.schema) is not schemas.resolve(plan.schema):
            return False
        noun = plain_name(plan.resource.name[-1])
        return any(
            plain_name(name) == noun and "array" in schemas.types(member.schema)
            for name, member in schemas.members(parent.schema).items()
        )

    def named(self, name: tuple[str, ...]) -> ResourcePlan | None:
        """The resource of this name, if there is one."""
        resource = self._by_name.get(".".join(name))
        return self.plan(resource) if resource is not None else None

    def all(self) -> Iterable[Resource]:
        """Every resource, whether it has been asked for or not."""
        return self._by_name.values()

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
                path = other.collection_path or other.item_path or ""
                above = self._up_to(path, len(other.parent_parameters))
                if resource.items_below and _unnamed(above) == _unnamed(resource.items_below):
                    self.plan(other)
        plan = self.plan(self._shown_as.get(operation.resource, resource))
        if plan is not None and operation.path.count("{") < plan.parents:
            return None  # its path does not say what it stands below: files made by their contents
        return plan

    def parent_of(self, plan: ResourcePlan) -> ResourcePlan | None:
        """The resource that `plan` stands below."""
        path = plan.resource.collection_path or plan.resource.item_path
        if not plan.parents or path is None:
            return None
        above = self._up_to(path, plan.parents)
        resource = self._by_item_path.get(_unnamed(above))
        if resource is None or resource is plan.resource:
            return None
        parent = self.plan(resource)
        if parent is None or parent.parents + len(parent.keys) != plan.parents:
            return None
        return parent

    def subject_of(self, operation: Operation) -> ResourcePlan | None:
        """The resource of the object that an operation's path names before it goes on: orders for
        `/orders/{id}/cancel`."""
        count = operation.path.count("{")
        for number in range(count, 0, -1):
            above = self._up_to(operation.path, number)
            resource = self._by_item_path.get(_unnamed(above))
            plan = self.plan(resource) if resource is not None else None
            if plan is not None and plan.keys and plan.parents + len(plan.keys) == number:
                return plan
        return None

    def collection_at(self, path: str) -> ResourcePlan | None:
        """The resource whose objects stand below this path."""
        for resource in self._by_name.values():
            if resource.collection_path is not None and resource.collection_path == path:
                return self.plan(resource)
        return None

    def showing(self, schema: Schema) -> ResourcePlan | None:
        """The resource whose objects are of this schema (references followed), if it is one."""
        if self._by_schema is None:
            self._by_schema = {}
            for resource in self._by_name.values():
                plan = self.plan(resource)
                if plan is not None:
                    target = self.planner.schemas.resolve(plan.schema)
                    self._by_schema.setdefault(id(target), plan)
        return self._by_schema.get(id(schema))

    def is_file(self, path: str) -> bool:
        """Whether files are put and got under this path."""
        return path in self._files

    def is_mark(self, path: str) -> bool:
        """Whether something is marked and no longer marked under this path."""
        return path in self._marks

    @staticmethod
    def _up_to(path: str, parameters: int) -> str:
        """A path up to the end of the segment with its n-th parameter."""
        end = 0
        for _ in range(parameters):
            end = path.find("}", end) + 1
        return path[:end]
