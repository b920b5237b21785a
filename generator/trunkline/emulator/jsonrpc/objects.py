"""Which objects an RPC interface keeps: worked out from its methods and their results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trunkline.emulator.resources.resource_plan import ResourcePlan, ResourcePlanner
from trunkline.emulator.schemas.shapes import item, kinds, member, members, resolve
from trunkline.emulator.schemas.validation import Validators
from trunkline.ir import (
    Action,
    Api,
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

_BY_ID = (Action.RETRIEVE, Action.UPDATE, Action.REPLACE, Action.DELETE)


@dataclass(slots=True)
class RpcResource:
    """Objects of one kind. `created`: some method makes them."""

    plan: ResourcePlan
    created: bool
    id_parameters: frozenset[str]

    def lists(self, api: Api, result: Schema) -> bool:
        """Whether a result is made of these objects."""
        found = _listed(api, result)
        return found is not None and resolve(api, found) is resolve(api, self.plan.schema)

    def names_item(self, method: RpcMethod) -> bool:
        """Whether the method's first parameter is the id of one of these objects."""
        return bool(method.parameters) and method.parameters[0].name in self.id_parameters


def rpc_resources(
    api: Api, methods: Iterable[RpcMethod], planner: ResourcePlanner
) -> Mapping[tuple[str, ...], RpcResource]:
    """The objects of each resource whose methods say what they look like."""
    grouped: dict[tuple[str, ...], dict[Action, RpcMethod]] = defaultdict(dict)
    everything: dict[tuple[str, ...], list[RpcMethod]] = defaultdict(list)
    for method in methods:
        if method.evidence is not RpcEvidence.LISTED:
            everything[method.resource].append(method)
            grouped[method.resource].setdefault(method.action, method)
    found: dict[tuple[str, ...], RpcResource] = {}
    for name, all_methods in everything.items():
        actions = grouped[name]
        schema = _item_schema(api, actions, all_methods)
        if schema is None:
            continue
        parameters = [
            actions[a].parameters[0] for a in _BY_ID if a in actions and actions[a].parameters
        ]
        id_schema = parameters[0].schema if parameters else None
        names = [p.name for p in parameters]
        id_member = _id_member(api, schema, names, id_schema)
        resource = Resource(
            name=("rpc", *name),
            collection_path=None,
            item_path=None,
            operations={},
            schema=schema.shape.name if isinstance(schema.shape, Reference) else None,
            id_parameter=None,
            id_member=id_member,
        )
        plan = planner.plan_item(resource, schema, id_schema)
        found[name] = RpcResource(plan, Action.CREATE in actions, frozenset(names))
    return found


def _item_schema(
    api: Api, actions: Mapping[Action, RpcMethod], methods: Iterable[RpcMethod]
) -> Schema | None:
    for action in (Action.RETRIEVE, Action.UPDATE, Action.CREATE):
        result = actions[action].result if action in actions else None
        if result is not None and "object" in kinds(api, result):
            return result
    for method in methods:
        listed = _listed(api, method.result) if method.result is not None else None
        wanted = method.action is Action.LIST or Action.DELETE in actions
        if listed is not None and wanted and "object" in kinds(api, listed):
            return listed
    return None


def _listed(api: Api, result: Schema) -> Schema | None:
    """The schema of what a result lists: an array, a map, or search results."""
    inner = item(api, result)
    if inner is not None:
        return inner
    items = (api.behaviour or Behaviour()).search.items
    if _has(api, result, items):
        found = member(api, result, (items,))
        return item(api, found) if found is not None else None
    shape = resolve(api, result).shape
    if isinstance(shape, Object) and not shape.properties and not shape.open:
        return shape.additional
    return None


def _has(api: Api, schema: Schema, name: str) -> bool:
    return any(prop.name == name for prop in members(api, schema))


def _id_member(
    api: Api, schema: Schema, names: Iterable[str], id_schema: Schema | None
) -> tuple[str, ...] | None:
    props = {prop.name: prop for prop in members(api, schema)}
    for name in names:
        if name in props:
            return (name,)
    wanted = resolve(api, id_schema).shape if id_schema is not None else None
    if isinstance(wanted, String) and wanted.format:
        for name, prop in props.items():
            shape = resolve(api, prop.schema).shape
            if isinstance(shape, String) and shape.format == wanted.format:
                return (name,)
    usual = (api.behaviour or Behaviour()).methods.identifiers
    return next(((name,) for name in usual if name in props), None)


def as_document(
    api: Api, validators: Validators, schema: Schema, named: Mapping[str, Json]
) -> dict[str, Json]:
    """The object that a method's parameters describe, as far as its members have their names."""
    props = {prop.name: prop for prop in members(api, schema)}
    result: dict[str, Json] = {}
    for name, value in named.items():
        prop = props.get(name)
        if prop is None:
            if isinstance(value, dict):
                inner = {k: v for k, v in value.items() if k in props}
                result.update(as_document(api, validators, schema, inner))
            continue
        if validators.fits(prop.schema, value, "response") or isinstance(value, dict):
            result[name] = value
        elif "object" in kinds(api, prop.schema) and _has(api, prop.schema, "name"):
            result[name] = {"name": value}
    return result
