"""Which resource every operation belongs to, what it does to it, and where its object stands."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.bodyshape import BodyShapes, plain
from trunkline.lower.context import Context
from trunkline.lower.lists import Lists
from trunkline.lower.paths import Template, children, templates
from trunkline.lower.payloads import Payloads, made_beside
from trunkline.lower.verbs import Verbs
from trunkline.lower.words import singular, words
from trunkline.semantics.parameters import EXPRESSION
from trunkline.semantics.responses import success_schema
from trunkline.source import Node

_ITEM_ACTIONS = {
    "get": ir.Action.RETRIEVE,
    "put": ir.Action.REPLACE,
    "patch": ir.Action.UPDATE,
    "post": ir.Action.UPDATE,
    "delete": ir.Action.DELETE,
}


_ITEMS = (ir.Action.RETRIEVE, ir.Action.UPDATE, ir.Action.REPLACE, ir.Action.DELETE)


_VERBS = frozenset(
    {
        "accept",
        "activate",
        "approve",
        "archive",
        "attach",
        "cancel",
        "clone",
        "close",
        "complete",
        "confirm",
        "copy",
        "deactivate",
        "decline",
        "deliver",
        "detach",
        "disable",
        "download",
        "duplicate",
        "enable",
        "exchange",
        "export",
        "finalize",
        "hangup",
        "invalidate",
        "lock",
        "merge",
        "move",
        "pause",
        "pick",
        "preview",
        "publish",
        "redeem",
        "refresh",
        "reject",
        "resend",
        "reset",
        "restore",
        "resume",
        "retry",
        "revoke",
        "rotate",
        "run",
        "search",
        "send",
        "share",
        "simulate",
        "start",
        "stop",
        "submit",
        "subscribe",
        "test",
        "transfer",
        "unarchive",
        "unlock",
        "unsubscribe",
        "upload",
        "validate",
        "verify",
        "void",
    }
)
"""Last words of paths that are done to what stands before them."""


_PLAIN_VERBS = frozenset({"add", "create", "delete", "get", "list", "remove", "set", "update"})


def _of_method(name: str, *, lists: bool) -> ir.Action:
    """What a method in an address does: only a creation and a list are said by the name alone."""
    if name == "list" and lists:
        return ir.Action.LIST
    return ir.Action.CREATE if name == "create" else ir.Action.OTHER


@dataclass(frozen=True, slots=True)
class _Said:
    """What `x-trunkline-resource` says, each part None where it does not."""

    name: tuple[str, ...] | None = None
    action: ir.Action | None = None


@dataclass(frozen=True, slots=True)
class _Tree:
    """All paths together, by `Template.key`; `listing` are the paths whose GET answers a list."""

    following: Mapping[tuple[str, ...], set[str]]
    methods: Mapping[tuple[str, ...], set[str]]
    listing: set[str]


class Resources:
    """Assigns operations to resources."""

    def __init__(
        self,
        context: Context,
        schemas: Mapping[str, ir.Schema],
        nodes: Mapping[str, tuple[Node, Node]],
    ) -> None:
        self._context = context
        self._shapes = BodyShapes(schemas)
        self._lists = Lists(context, self._shapes)
        self._verbs = Verbs(self._shapes, self._lists)
        self._payloads = Payloads(self._shapes, self._lists)
        self._nodes = nodes

    def assign(
        self, operations: Sequence[ir.Operation]
    ) -> tuple[tuple[ir.Operation, ...], tuple[ir.Resource, ...]]:
        """The operations with resource, action, payload and list behaviour; and the resources."""
        paths = templates({o.path: None for o in operations})
        following = children(paths)
        methods: dict[tuple[str, ...], set[str]] = {}
        listing: set[str] = set()
        for operation in operations:
            methods.setdefault(paths[operation.path].key, set()).add(operation.method)
            nouns = paths[operation.path].nouns
            if operation.method == "get" and nouns and self._lists_something(operation, nouns[-1]):
                listing.add(operation.path)
        for operation in operations:
            template = paths[operation.path]
            kept = "{}" in following.get(template.key, set()) or "post" in methods[template.key]
            if operation.method == "get" and kept and self._maps_something(operation, template):
                listing.add(operation.path)
        tree = _Tree(following, methods, listing)
        placed: list[ir.Operation] = []
        explicit: set[str] = set()
        ours = [o for o in operations if "x-trunkline-rpc" not in self._nodes[o.id][0]]
        inferred = {o.id: self._infer(o, paths[o.path], tree) for o in ours}
        inferred |= made_beside({o.id: o for o in ours}, inferred, paths, self._payloads)
        spoken = self._verbs.readings(ours, paths, inferred)
        for operation in operations:
            if operation.id not in inferred:
                placed.append(operation)
                continue
            name, action = inferred[operation.id]
            reading = spoken.get(operation.id)
            if reading is not None:
                name, action = reading.resource, reading.action
                operation = replace(operation, plain_path=reading.plain_path, key=reading.key)
            said = self._said(operation)
            if said.action is not None:
                explicit.add(operation.id)
            placed.append(
                replace(operation, resource=said.name or name, action=said.action or action)
            )
        unique = _one_each(placed, explicit)
        shown = self._payloads.items(unique)
        described = [self._with_payload(o, shown) for o in unique]
        resources = self._resources(described, paths)
        items = {r.name: r.schema for r in resources}
        finished = tuple(
            self._lists.describe(o, self._nodes[o.id][0], items.get(o.resource))
            if o.action is ir.Action.LIST
            else self._lists.paged(o, self._nodes[o.id][0])
            for o in described
        )
        return finished, resources

    @staticmethod
    def _infer(
        operation: ir.Operation, template: Template, tree: _Tree
    ) -> tuple[tuple[str, ...], ir.Action]:
        nouns = template.nouns
        method = operation.method
        if not nouns:
            return _from_tags(operation), ir.Action.OTHER
        if template.ends_in_parameter:
            deeper = "{}" in tree.following.get(template.key, set())
            if method == "get" and deeper and operation.path in tree.listing:
                # `/x/{a}` lists what `/x/{a}/{b}` shows one of.
                return nouns, ir.Action.OTHER
            return nouns, _ITEM_ACTIONS.get(method, ir.Action.OTHER)
        last = nouns[-1]
        if template.ends_in_method:
            return nouns[:-1], _of_method(last, lists=operation.path in tree.listing)
        key = template.key
        has_items = "{}" in tree.following.get(key, set())
        is_list = operation.path in tree.listing
        lists = method == "get" and is_list
        alone = not tree.following.get(key) and len(tree.methods[key]) == 1
        parent = template.parent
        parent_answers = bool(tree.methods.get(parent.key)) or parent.ends_in_parameter
        if alone and parent.nouns and method != "delete" and last.lower() in _VERBS:
            return parent.nouns, ir.Action.OTHER
        if alone and parent.nouns and method == "post" and last.lower() in _PLAIN_VERBS:
            # Calls in the way of RPC: `/link/token/create` makes a token, nothing called create.
            creates = last.lower() == "create" and not tree.methods.get(parent.key)
            return parent.nouns, ir.Action.CREATE if creates else ir.Action.OTHER
        if alone and parent.nouns and parent_answers and not lists:
            end = words(last)[-1] if words(last) else last
            plural = singular(end) != end
            if not (method == "post" and plural and parent.ends_in_parameter):
                return parent.nouns, ir.Action.OTHER
        match method:
            case "get" if lists:
                return nouns, ir.Action.LIST
            case "get":
                return nouns, ir.Action.OTHER if has_items else ir.Action.RETRIEVE
            case "post" if "get" in tree.methods[key] and not has_items and not is_list:
                return nouns, ir.Action.UPDATE
            case "post":
                return nouns, ir.Action.CREATE
            case _ if has_items or is_list:
                return nouns, ir.Action.OTHER
            case _:
                return nouns, _ITEM_ACTIONS.get(method, ir.Action.OTHER)

    def _lists_something(self, operation: ir.Operation, noun: str) -> bool:
        schema = success_schema(operation)
        return schema is not None and self._lists.items(operation, schema, noun) is not None

    def _maps_something(self, operation: ir.Operation, template: Template) -> bool:
        """Whether a collection shows its objects by their ids."""
        schema = success_schema(operation)
        if schema is None or template.ends_in_parameter or not template.nouns:
            return False
        return self._shapes.map_path(schema, template.nouns[-1]) is not None

    def _said(self, operation: ir.Operation) -> _Said:
        found = _Said()
        for node in reversed(self._nodes[operation.id]):
            hint = node.get("x-trunkline-resource")
            if hint is None:
                continue
            said = self.hint(hint)
            found = _Said(said.name or found.name, said.action or found.action)
        return found

    def hint(self, node: Node) -> _Said:
        """An `x-trunkline-resource` value."""
        return read_hint(self._context, node)

    def _with_payload(
        self, operation: ir.Operation, items: Mapping[tuple[str, ...], ir.Schema]
    ) -> ir.Operation:
        node = self._nodes[operation.id][0].get("x-trunkline-payload")
        if node is not None:
            schema = success_schema(operation)
            if not isinstance(node.value, str):
                self._context.warn(Code.BAD_EXTENSION, "x-trunkline-payload is a dotted path", node)
                return operation
            payload = tuple(p for p in node.value.split(".") if p)
            if schema is not None and self._shapes.at(schema, payload) is None:
                self._context.warn(
                    Code.BAD_EXTENSION, f"The answer has no member {node.value!r}", node
                )
            return replace(operation, payload=payload, opened=True)
        return self._payloads.found(operation, items)

    def _resources(
        self, operations: Iterable[ir.Operation], paths: Mapping[str, Template]
    ) -> tuple[ir.Resource, ...]:
        grouped: dict[tuple[str, ...], dict[ir.Action, ir.Operation]] = {}
        for operation in operations:
            if operation.resource and operation.action is not ir.Action.OTHER:
                actions = grouped.setdefault(operation.resource, {})
                known = actions.get(operation.action)
                if known is None or (
                    "x-trunkline-method" in known.extensions
                    and "x-trunkline-method" not in operation.extensions
                ):
                    actions[operation.action] = operation
        return tuple(self._resource(name, actions, paths) for name, actions in grouped.items())

    def _resource(
        self,
        name: tuple[str, ...],
        actions: Mapping[ir.Action, ir.Operation],
        paths: Mapping[str, Template],
    ) -> ir.Resource:
        collection = _first(actions, ir.Action.LIST, ir.Action.CREATE)
        placed = {action: operation for action, operation in actions.items() if not operation.key}
        item = _first(placed, *_ITEMS)
        keyed = _first(actions, *_ITEMS) if item is None else None
        schema = self._item_schema(actions)
        parameters: list[str] = []
        id_parameter: str | None = None
        if item is not None:
            template = paths[item.path]
            parameters = [s.text for s in template.segments if s.parameter]
            # `/x/{id}/about` shows what `/x/about` makes.
            named = collection is not None and len(parameters) > sum(
                bool(s.parameter) for s in paths[collection.path].segments
            )
            if (template.ends_in_parameter or named or item.plain_path) and parameters:
                id_parameter = parameters.pop()
        else:
            about = collection or keyed
            segments = paths[about.path].segments if about is not None else ()
            parameters = [s.text for s in segments if s.parameter]
            id_parameter = keyed.key.name if keyed is not None and keyed.key else None
        return ir.Resource(
            name=name,
            collection_path=collection.path if collection is not None else None,
            item_path=item.path if item is not None else None,
            operations={action: operation.id for action, operation in actions.items()},
            schema=schema.name if schema is not None else None,
            id_parameter=id_parameter,
            id_member=self._id_member(
                schema, id_parameter, name[-1], actions.get(ir.Action.CREATE)
            ),
            parent_parameters=tuple(parameters),
            unique=tuple(self._unique(schema)) if schema is not None else (),
            plain_item_path=item.plain_path if item is not None else None,
        )

    def _item_schema(self, actions: Mapping[ir.Action, ir.Operation]) -> ir.Reference | None:
        for action in (
            ir.Action.RETRIEVE,
            ir.Action.LIST,
            ir.Action.CREATE,
            ir.Action.UPDATE,
            ir.Action.REPLACE,
        ):
            operation = actions.get(action)
            schema = success_schema(operation) if operation is not None else None
            if operation is None or schema is None:
                continue
            found = self._shapes.at(schema, operation.payload)
            if found is not None:
                listed = self._shapes.element(found)
                found = (self._shapes.each(found) if operation.mapped else listed) or found
            if found is not None and isinstance(found.shape, ir.Reference):
                return found.shape
        return None

    def _id_member(
        self,
        schema: ir.Reference | None,
        parameter: str | None,
        noun: str,
        creator: ir.Operation | None,
    ) -> tuple[str, ...] | None:
        if schema is None or parameter is None:
            return None
        place = ir.Schema(shape=schema, meta=ir.Meta(origin=self._context.origin(self._root)))
        able = [
            member
            for member, shape in self._shapes.members(place).items()
            if self._shapes.types(shape) & {"string", "integer", "number"}
        ]
        wanted, own = plain(parameter), plain(singular(noun))
        named = (wanted, wanted.removeprefix(own))
        # `/notes/{note}` names the object; the text that a note is created with, or may have, its
        # property `note`, is another matter.
        required = {plain(name) for name in self._shapes.required(place)}
        text = wanted == own and (wanted not in required or wanted in self._given(creator))
        # `/bins/{id}` shows a bin with a `binId`.
        longer = [f"{own}{name}" for name in _IDS]
        for candidate in (*_IDS, *named, *longer) if text else (*named, *_IDS, *longer):
            for member in able:
                if candidate and plain(member) == candidate:
                    return (member,)
        return None

    def _given(self, creator: ir.Operation | None) -> set[str]:
        """The properties that an object is created with."""
        if creator is None or creator.body is None:
            return set()
        bodies = [content.schema for content in creator.body.contents]
        return {plain(n) for body in bodies if body is not None for n in self._shapes.members(body)}

    @property
    def _root(self) -> Node:
        return self._context.description.root

    def _unique(self, schema: ir.Reference) -> Iterable[tuple[str, ...]]:
        place = ir.Schema(shape=schema, meta=ir.Meta(origin=self._context.origin(self._root)))
        for name, member in self._shapes.members(place).items():
            if member.meta.extensions.get("x-trunkline-unique") is True:
                yield (name,)
            for inner, nested in self._shapes.members(member).items():
                if nested.meta.extensions.get("x-trunkline-unique") is True:
                    yield (name, inner)


_IDS = ("id", "uuid", "sid")
"""What ids are called wherever nothing else is said."""


def read_hint(context: Context, node: Node) -> _Said:
    """`{name: …, action: …}`; what is wrong with it becomes a diagnostic."""
    value = node.value
    if not isinstance(value, dict) or not value or set(value) - {"name", "action"}:
        context.warn(
            Code.BAD_EXTENSION, "x-trunkline-resource is a mapping with name, action or both", node
        )
        return _Said()
    name, action = value.get("name"), value.get("action")
    path: tuple[str, ...] | None = None
    if isinstance(name, str) and name:
        path = tuple(p for p in name.split(".") if p)
    elif name is not None:
        context.warn(Code.BAD_EXTENSION, "The name of a resource is text", node)
    if action is None:
        return _Said(path)
    known = [a.value for a in ir.Action]
    if action not in known:
        near = difflib.get_close_matches(str(action), known, 1)
        context.warn(
            Code.BAD_EXTENSION,
            f"{action!r} is no action",
            node,
            f"Did you mean {near[0]!r}?" if near else f"One of {', '.join(known)}.",
        )
        return _Said(path)
    return _Said(path, ir.Action(action))


def _first(actions: Mapping[ir.Action, ir.Operation], *wanted: ir.Action) -> ir.Operation | None:
    return next((actions[a] for a in wanted if a in actions), None)


def _from_tags(operation: ir.Operation) -> tuple[str, ...]:
    return (operation.tags[0],) if operation.tags else ()


def _one_each(operations: Sequence[ir.Operation], explicit: set[str]) -> list[ir.Operation]:
    """Only one operation of a resource does each action, unless the description says otherwise.

    What the description says comes first, then PATCH before POST for updates, then the order
    written; an item's operations must share its path.
    """
    rank = {o.id: (o.id not in explicit, o.method == "post", i) for i, o in enumerate(operations)}
    holders: dict[tuple[tuple[str, ...], ir.Action], str] = {}
    homes: dict[tuple[str, ...], str] = {}
    spoken = {o.resource for o in operations if o.plain_path is not None}
    for operation in sorted(operations, key=lambda o: rank[o.id]):
        if operation.action is ir.Action.OTHER:
            continue
        if operation.id not in explicit and operation.action in _ITEM_ACTIONS.values():
            mine = _home(operation) if operation.resource in spoken else operation.path
            if homes.setdefault(operation.resource, mine) != mine:
                continue
        holders.setdefault((operation.resource, operation.action), operation.id)
    return [
        o
        if o.id in explicit or holders.get((o.resource, o.action)) == o.id
        else replace(o, action=ir.Action.OTHER)
        for o in operations
    ]


def _home(operation: ir.Operation) -> str:
    """What the paths of an item have in common, whatever they say and wherever its id stands."""
    path = EXPRESSION.sub("{}", operation.plain_path or operation.path)
    path = "/".join(map(singular, path.split("/")))
    return path if operation.key is None else f"{path}/{{}}"
