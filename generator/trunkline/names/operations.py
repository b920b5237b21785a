"""Names of resources, methods and arguments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trunkline.diagnostics import Code, Diagnostics
from trunkline.ir import (
    Action,
    Api,
    Operation,
    ParameterLocation,
    RpcMethod,
)
from trunkline.lower.paths import after_version
from trunkline.lower.words import singular
from trunkline.names.bodies import BodyMode
from trunkline.names.scope import Scope
from trunkline.names.surface import Surface
from trunkline.names.words import pascal, safe, snake, words
from trunkline.position import Position

ROOT: Final = ("root",)
"""Where operations live that belong to no resource."""

CLIENT_RESERVED: Final = frozenset(
    {
        "self",
        "base_url",
        "call",
        "call_method",
        "close",
        "list",
        "rpc",
        "stream",
        "with_options",
        "with_raw_response",
        "with_streaming_response",
    }
)
"""Attributes of every client."""

_CLIENT_MODULE: Final = frozenset(
    {"Client", "Mapping", "SERVICE", "Self", "SyncClient", "Timeout", "UNSET", "Unset"}
)
"""Names that the module of the client imports; `Client` because of `AsyncClient`."""

RESOURCE_RESERVED: Final = frozenset(
    {
        "self",
        "client",
        "mro",
        "bool",
        "builtins",
        "bytes",
        "date",
        "datetime",
        "dict",
        "float",
        "int",
        "str",
        "tuple",
    }
)
"""What annotations in the class of a resource use; a list is spelt so that `list` is free."""
ARGUMENTS_RESERVED: Final = frozenset({"self", "options"})

_METHOD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodName:
    """A method; `arguments` maps (location, name) to the argument; `body` and `media` are locations
    too."""

    name: str
    constant: str
    arguments: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceName:
    """A resource: its attribute on the parent, its class and its module in `resources/`."""

    path: tuple[str, ...]
    attribute: str
    class_name: str
    async_class_name: str
    module: str


def resource_path(path: tuple[str, ...]) -> tuple[str, ...]:
    """The place of an operation among the client's attributes."""
    return path or ROOT


def resource_paths(api: Api) -> list[tuple[str, ...]]:
    """All resources in order of appearance, parents before children."""
    paths: dict[tuple[str, ...], None] = {}
    listed: list[tuple[str, ...]] = [resource_path(o.resource) for o in api.operations]
    if api.rpc is not None:
        carrier = api.operation(api.rpc.operation)
        listed = [resource_path(o.resource) for o in api.operations if o.id != carrier.id]
        listed += [resource_path(m.resource) for m in api.rpc.methods]
    for path in listed:
        for length in range(1, len(path) + 1):
            paths.setdefault(path[:length])
    return list(paths)


def resource_names(
    paths: Sequence[tuple[str, ...]], taken_classes: Iterable[str], client: str
) -> dict[tuple[str, ...], ResourceName]:
    """Names for all resources; classes differ from those of models, from the client's own, and
    from what its module imports."""
    taken_classes = {*taken_classes, *_CLIENT_MODULE, client}
    classes = Scope(taken_classes, fold=True)
    modules = Scope()
    scopes: dict[tuple[str, ...], Scope] = {}
    found: dict[tuple[str, ...], ResourceName] = {}
    models = {name.casefold() for name in taken_classes}
    for path in paths:
        joined = " ".join(path)
        scope = scopes.setdefault(
            path[:-1], Scope(CLIENT_RESERVED if len(path) == 1 else RESOURCE_RESERVED)
        )
        wanted = pascal(joined, empty="Resource")
        if wanted.casefold() in models or f"async{wanted}".casefold() in models:
            wanted += "Resource"
        class_name = classes.take(wanted, "\0".join(path))
        found[path] = ResourceName(
            path=path,
            attribute=scope.take(snake(path[-1], empty="resource"), path[-1]),
            class_name=class_name,
            async_class_name=f"Async{class_name}",
            module=modules.take(snake(joined, empty="resource"), "\0".join(path)),
        )
    return found


def operation_words(operation: Operation) -> str:
    """The operation's id, or its method and path where it has none."""
    return operation.id if operation.named else f"{operation.method} {operation.path}"


def _shortened(text: str, resource: tuple[str, ...]) -> list[str]:
    """The words of a name without those of the resource it stands in."""
    parts = [w.lower() for w in words(text)]
    outer = {w for name in resource for w in (x.lower() for x in words(name))}
    outer |= {singular(w) for w in outer}
    kept = [w for w in parts if w not in outer and singular(w) not in outer]
    while kept and kept[-1] in _LITTLE:
        kept.pop()
    while kept and kept[0] in _LITTLE:
        kept.pop(0)
    return kept


_LITTLE: Final = frozenset({"a", "an", "the", "of", "by", "for", "to", "in", "from", "with"})


_PUTS: Final = frozenset({"add", "enable", "set", "upsert"})
_POSTS: Final = frozenset(
    {
        "add",
        "cancel",
        "complete",
        "confirm",
        "generate",
        "import",
        "invite",
        "publish",
        "reset",
        "run",
        "search",
        "send",
        "start",
        "stop",
        "submit",
        "sync",
        "trigger",
        "upload",
        "upsert",
        "validate",
        "verify",
    }
)
_DELETES: Final = frozenset({"cancel", "detach", "disable", "revoke"})
_GETS: Final = frozenset({"check", "download", "export", "preview", "search"})
_VERBS_SAID: Final[Mapping[Action, frozenset[str]]] = {
    Action.CREATE: _POSTS,
    Action.REPLACE: _PUTS,
    Action.DELETE: _DELETES,
    Action.RETRIEVE: _GETS,
}
"""Verbs of operation ids that say more than the name of the action, as SDKs that people use have
it."""
_NOISE: Final = frozenset({"id", "ids", "by", "public", "api", "controller", "and"})
_SPOKEN: Final = {"get": "retrieve", "post": "create", "put": "update", "patch": "update"}


def _verb(operation: Operation, *, alone: bool) -> str:
    """The name of an operation that is the only one of its action in its resource; `alone` where
    nothing else updates the object."""
    action = operation.action
    said = [w.lower() for w in words(operation.id)] if operation.named else []
    # In `check_retrieve` of `/checks/{id}` the first word is what it is about.
    nouns = {singular(w.lower()) for w in re.split(r"[^A-Za-z]+", operation.path)}
    if said and said[0] in _verbs(operation) and said[0] not in nouns:
        return said[0]
    if action is Action.REPLACE and alone and said[:1] != ["replace"]:
        return Action.UPDATE.value
    return action.value


def _verbs(operation: Operation) -> frozenset[str]:
    if operation.action is Action.UPDATE:
        return _POSTS if operation.method == "post" else frozenset()
    return _VERBS_SAID.get(operation.action, frozenset())


def _is_derived(operation: Operation) -> bool:
    """Whether the id says nothing but the method and the path: then the path says it better."""
    said = [w.lower() for w in words(operation.id)]
    path = {w.lower() for w in words(re.sub("[/#]", " ", operation.path))}
    # `get` and `delete` are words that people use too; `post` and `put` are not.
    spoken = operation.method in {"get", "delete"} and not {*said} & _NOISE
    return (
        bool(said)
        and not spoken
        and (said[0] == operation.method or said[-1] == operation.method)
        and said[0] not in _GETS | _POSTS
        and {*said} <= path | _NOISE | {operation.method}
    )


def _derived(operation: Operation) -> str:
    tail = after_version(operation.path)
    kept = _once(_shortened(" ".join(tail), operation.resource))
    if operation.named and not (kept and _is_derived(operation)):
        text = operation_words(operation)
        return snake(" ".join(_once(_shortened(text, operation.resource))) or text, empty="call")
    # What follows an object in an address and is posted to is done to it: `/invoices/{id}/void`.
    does = operation.method in {"post", "put", "patch"} or kept[:1] == ["get"]
    verb = _SPOKEN.get(operation.method, operation.method)
    if kept and (does or kept[0] in _GETS):
        return snake(" ".join(kept), empty="call")
    return snake(" ".join([verb, *kept]), empty="call")


def _once(parts: list[str]) -> list[str]:
    """Without words that follow themselves."""
    return [w for i, w in enumerate(parts) if i == 0 or w != parts[i - 1]]


class _Methods:
    """Method names of one resource."""

    def __init__(self, attributes: Iterable[str], diagnostics: Diagnostics) -> None:
        self._scope = Scope(RESOURCE_RESERVED | set(attributes))
        self._explicit: dict[str, Position] = {}
        self._diagnostics = diagnostics

    def explicit(self, name: object, original: str, position: Position) -> str | None:
        """The name the description asks for, unless it is none or was asked for already."""
        if not isinstance(name, str) or not _METHOD.fullmatch(name):
            return None
        wanted = safe(name)
        if wanted in self._explicit:
            self._diagnostics.add(
                Code.NAME_CLASH,
                f"Two operations ask to be the method {name!r}; the other is at "
                f"{self._explicit[wanted]}",
                position,
            )
            return self._scope.take(wanted, original)
        self._explicit[wanted] = position
        return self._scope.take(wanted, original)

    def take(self, wanted: str, original: str, *more: str) -> str:
        """A free name."""
        return self._scope.take(wanted, original, alternatives=more)


def method_names(
    api: Api,
    surfaces: Mapping[str, Surface],
    further: Mapping[str, Mapping[str, Surface]],
    resources: Mapping[tuple[str, ...], ResourceName],
    diagnostics: Diagnostics,
) -> tuple[dict[str, MethodName], dict[str, dict[str, MethodName]], dict[str, MethodName]]:
    """Names of the methods of operations by id, of their further methods by id and what their
    names end in, and of RPC methods by name."""
    canonical = {op for resource in api.resources for op in resource.operations.values()}
    operations: dict[str, MethodName] = {}
    more: dict[str, dict[str, MethodName]] = {}
    calls: dict[str, MethodName] = {}
    carrier = api.rpc.operation if api.rpc is not None else None
    for path in resources:
        here = [o for o in api.operations if resource_path(o.resource) == path and o.id != carrier]
        rpc = [
            m
            for m in (api.rpc.methods if api.rpc is not None else ())
            if resource_path(m.resource) == path
        ]
        methods = _Methods(
            (r.attribute for p, r in resources.items() if p[:-1] == path and len(p) > 1),
            diagnostics,
        )
        chosen: dict[str, str] = {}
        for operation in here:
            name = methods.explicit(
                operation.extensions.get("x-trunkline-method"),
                operation.id,
                operation.origin.position,
            )
            if name is not None:
                chosen[operation.id] = name
        counts = Counter(o.action for o in here if o.id not in chosen)
        rest = [o for o in here if o.id not in chosen]
        # The operation that stands for its action comes first and gets the plain name.
        for operation in sorted(rest, key=lambda o: o.id not in canonical):
            plain = operation.action is not Action.OTHER and (
                counts[operation.action] == 1 or operation.id in canonical
            )
            derived = _derived(operation)
            full = snake(operation_words(operation), empty="call")
            wanted = _verb(operation, alone=not counts[Action.UPDATE]) if plain else derived
            chosen[operation.id] = methods.take(
                wanted, f"{operation.method} {operation.path}", derived, full
            )
        for operation in here:
            operations[operation.id] = MethodName(
                name=chosen[operation.id],
                constant=f"_{chosen[operation.id].strip('_').upper()}",
                arguments=argument_names(surfaces[operation.id]),
            )
        for operation in here:
            for suffix, surface in further[operation.id].items():
                name = methods.take(f"{chosen[operation.id].rstrip('_')}_{suffix}", operation.id)
                more.setdefault(operation.id, {})[suffix] = MethodName(
                    name=name,
                    constant=f"_{name.strip('_').upper()}",
                    arguments=argument_names(surface),
                )
        for method in rpc:
            calls[method.name] = _rpc_name(method, methods)
    return operations, more, calls


def _rpc_name(method: RpcMethod, methods: _Methods) -> MethodName:
    name = methods.explicit(
        method.extensions.get("x-trunkline-method"), method.name, method.origin.position
    )
    if name is None:
        last = snake(method.name.rpartition(".")[2], empty="call")
        name = methods.take(last, method.name, snake(method.name, empty="call"))
    scope = Scope(ARGUMENTS_RESERVED)
    wanted = [(snake(p.name, empty="argument"), p.name) for p in method.parameters]
    arguments = scope.take_all(wanted)
    return MethodName(
        name=name,
        constant=f"_{name.strip('_').upper()}",
        arguments={
            ("rpc", p.name): argument
            for p, argument in zip(method.parameters, arguments, strict=True)
        },
    )


def argument_names(surface: Surface) -> dict[tuple[str, str], str]:
    """An argument for every parameter and every property of the body.

    Parameters of the path choose first, then the body's properties, then the others.
    """
    scope = Scope(ARGUMENTS_RESERVED)
    found: dict[tuple[str, str], str] = {}

    def add(location: str, name: str) -> None:
        wanted = snake(name, empty="argument")
        found[location, name] = scope.take(
            wanted, f"{location} {name}", alternatives=[f"{wanted}_{location}"]
        )

    parameters = surface.operation.parameters
    for parameter in parameters:
        if parameter.location is ParameterLocation.PATH:
            add("path", parameter.name)
    body = surface.body
    if body is not None and body.mode is BodyMode.WHOLE:
        found["body", ""] = scope.take("body", "body", alternatives=["request_body"])
    elif body is not None:
        # What is spelt as an argument already comes before what only becomes the same.
        for prop in sorted(body.properties, key=lambda p: snake(p.name) != p.name):
            add("body", prop.name)
    for parameter in parameters:
        if parameter.location is not ParameterLocation.PATH:
            add(parameter.location.value, parameter.name)
    if body is not None and body.is_chosen:
        found["media", ""] = scope.take("media_type", "media", alternatives=["body_media_type"])
    return found
