"""Which objects an RPC interface keeps: worked out from its methods and their results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trunkline.emulator.operations.services import Services
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import (
    Action,
    Json,
    Object,
    Reference,
    Resource,
    RpcEvidence,
    RpcMethod,
    Schema,
    String,
)
from trunkline.ir.behaviour import Behaviour
from trunkline.semantics.schemas import Member

_BY_ID = (Action.RETRIEVE, Action.UPDATE, Action.REPLACE, Action.DELETE)


@dataclass(slots=True)
class RpcResource:
    """Objects of one kind. `created`: some method makes them."""

    plan: ResourcePlan
    created: bool
    id_parameters: frozenset[str]

    def lists(self, schemas: Schemas, result: Schema, items: str) -> bool:
        """Whether a result is made of these objects; `items`: where search results have them."""
        found = _listed(schemas, result, items)
        return found is not None and schemas.resolve(found) is schemas.resolve(self.plan.schema)

    def names_item(self, method: RpcMethod) -> bool:
        """Whether the method's first parameter is the id of one of these objects."""
        return bool(method.parameters) and method.parameters[0].name in self.id_parameters


def rpc_resources(
    services: Services, methods: Iterable[RpcMethod]
) -> Mapping[tuple[str, ...], RpcResource]:
    """The objects of each resource whose methods say what they look like."""
    schemas = services.schemas
    behaviour = services.api.behaviour or Behaviour()
    grouped: dict[tuple[str, ...], dict[Action, RpcMethod]] = defaultdict(dict)
    everything: dict[tuple[str, ...], list[RpcMethod]] = defaultdict(list)
    for method in methods:
        if method.evidence is not RpcEvidence.LISTED:
            everything[method.resource].append(method)
            grouped[method.resource].setdefault(method.action, method)
    found: dict[tuple[str, ...], RpcResource] = {}
    for name, all_methods in everything.items():
        actions = grouped[name]
        schema = _item_schema(schemas, actions, all_methods, behaviour.search.items)
        if schema is None:
            continue
        parameters = [
            actions[a].parameters[0] for a in _BY_ID if a in actions and actions[a].parameters
        ]
        id_schema = parameters[0].schema if parameters else None
        names = [p.name for p in parameters]
        usual = behaviour.methods.identifiers
        id_member = _id_member(schemas, schema, (*names, None, *usual), id_schema)
        resource = Resource(
            name=("rpc", *name),
            collection_path=None,
            item_path=None,
            operations={},
            schema=schema.shape.name if isinstance(schema.shape, Reference) else None,
            id_parameter=None,
            id_member=id_member,
        )
        plan = services.resources.planner.plan_item(resource, schema, id_schema)
        found[name] = RpcResource(plan, Action.CREATE in actions, frozenset(names))
    return found


def _item_schema(
    schemas: Schemas,
    actions: Mapping[Action, RpcMethod],
    methods: Iterable[RpcMethod],
    items: str,
) -> Schema | None:
    for action in (Action.RETRIEVE, Action.UPDATE, Action.CREATE):
        result = actions[action].result if action in actions else None
        if result is not None and "object" in schemas.types(result):
            return result
    for method in methods:
        listed = _listed(schemas, method.result, items) if method.result is not None else None
        wanted = method.action is Action.LIST or Action.DELETE in actions
        if listed is not None and wanted and "object" in schemas.types(listed):
            return listed
    return None


def _listed(schemas: Schemas, result: Schema, items: str) -> Schema | None:
    """The schema of what a result lists: an array, a map, or search results."""
    inner = schemas.items(result)
    if inner is not None:
        return inner
    found = schemas.members(result).get(items)
    if found is not None:
        return schemas.items(found.schema)
    shape = schemas.resolve(result).shape
    if isinstance(shape, Object) and not shape.properties and not shape.open:
        return shape.additional
    return None


def _id_member(
    schemas: Schemas,
    schema: Schema,
    names: Iterable[str | None],
    id_schema: Schema | None,
) -> tuple[str, ...] | None:
    """The first of `names` that objects have; None among them stands for a member with the format
    of the ids that methods take."""
    props = schemas.members(schema)
    for name in names:
        found = _of_format(schemas, props, id_schema) if name is None else name
        if found is not None and found in props:
            return (found,)
    return None


def _of_format(
    schemas: Schemas, props: Mapping[str, Member], id_schema: Schema | None
) -> str | None:
    wanted = schemas.resolve(id_schema).shape if id_schema is not None else None
    if isinstance(wanted, String) and wanted.format:
        for name, prop in props.items():
            shape = schemas.resolve(prop.schema).shape
            if isinstance(shape, String) and shape.format == wanted.format:
                return name
    return None


def as_document(schemas: Schemas, schema: Schema, named: Mapping[str, Json]) -> dict[str, Json]:
    """The object that a method's parameters describe, as far as its members have their names."""
    props = schemas.members(schema)
    result: dict[str, Json] = {}
    for name, value in named.items():
        prop = props.get(name)
        if prop is None:
            if isinstance(value, dict):
                inner = {k: v for k, v in value.items() if k in props}
                result.update(as_document(schemas, schema, inner))
            continue
        if schemas.fits(prop.schema, value, "response") or isinstance(value, dict):
            result[name] = value
        elif "object" in schemas.types(prop.schema) and "name" in schemas.members(prop.schema):
            result[name] = {"name": value}
    return result
