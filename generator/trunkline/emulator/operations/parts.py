"""Parts of an object that have addresses below it, and that it lists itself: the items of a cart,
where adding one shows the cart."""

from __future__ import annotations

import re

from trunkline.emulator.hooks.call import Call
from trunkline.emulator.operations.objects import StoredObjects
from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.matching import body_mapping
from trunkline.emulator.resources.projection import LazyRandom, merge
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.names import plain_name, plain_text
from trunkline.emulator.storage.records import Row
from trunkline.ir import Json, Schema

_PART = re.compile(r"/([^/{}]+)(?:/\{([^{}]*)\})?")
_IDS = ("id", "key", "code", "name")


class Parts:
    """Changes the parts of objects."""

    def __init__(self, services: Services, objects: StoredObjects) -> None:
        self._schemas = services.schemas
        self._projection = services.projection
        self._seed = services.seed
        self._objects = objects

    def changed(self, call: Call, plan: ResourcePlan, row: Row) -> dict[str, Json] | None:
        """What an operation makes of the list of the object that its path names after it; None
        where it names none. Raises `HttpError` where there is no such part."""
        operation = call.operation
        item_path = plan.resource.item_path or ""
        names = _PART.fullmatch(operation.path, operation.path.find("}", len(item_path) - 1) + 1)
        if names is None or operation.method == "get":
            return None
        member, element = self._listed(plan, names[1])
        if member is None or element is None:
            return None
        parts = row.document.get(member)
        listed = list(parts) if isinstance(parts, list) else []
        if names[2] is None:
            if operation.method != "post" or not isinstance(call.body, dict):
                return None
            return {member: [*listed, self._made(call, plan, row, element, len(listed))]}
        id_ = plain_text(call.path.get(names[2]))
        place = next((n for n, part in enumerate(listed) if _is_named(part, names[2], id_)), None)
        if operation.method == "delete":
            if place is None:
                raise self._objects.missing(id_)
            return {member: [*listed[:place], *listed[place + 1 :]]}
        if not isinstance(call.body, dict) or operation.method not in ("put", "patch", "post"):
            return None
        if place is None:
            raise self._objects.missing(id_)
        given = self._given(call, element)
        listed[place] = merge(listed[place], given)
        return {member: listed}

    def _listed(self, plan: ResourcePlan, name: str) -> tuple[str | None, Schema | None]:
        """The member that lists what is called so, and what it lists."""
        for known, member in self._schemas.members(plan.schema).items():
            if plain_name(known) == plain_name(name):
                element = self._schemas.items(member.schema)
                if element is not None and "object" in self._schemas.types(element):
                    return known, element
        return None, None

    def _given(self, call: Call, element: Schema) -> dict[str, Json]:
        schema = call.compiled.request_schema
        if schema is None or not isinstance(call.body, dict):
            return {}
        return body_mapping(self._schemas, schema, element).applied(call.body)

    def _made(self, call: Call, plan: ResourcePlan, row: Row, element: Schema, number: int) -> Json:
        rng = LazyRandom(self._seed, plan.table.name, row.number, number)
        return self._projection.complete(element, self._given(call, element), rng)


def _is_named(part: Json, parameter: str, id_: str) -> bool:
    """Whether a path parameter names this part, by the member that is called like it or by an
    id."""
    if not isinstance(part, dict):
        return False
    known = {plain_name(name): value for name, value in part.items()}
    wanted = plain_name(parameter)
    names = (wanted, *_IDS) if wanted not in known else (wanted,)
    return any(name in known and plain_text(known[name]) == id_ for name in names)
