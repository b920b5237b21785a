"""JSON-RPC methods. Their parameters go by their place, so order counts."""

from __future__ import annotations

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.table import (
    CHECK,
    KEEP_ACCEPTING,
    KEEP_PROMISE,
    REFUSED,
    SAFE,
    UNEXPECTED,
    B,
    C,
    D,
    rule,
    text,
)

A = Area.RPC
P = Area.RPC_PARAMETER
R = Area.RPC_RESULT
M = "method"
K = "parameter"
CALLS = "Calls to it fail."
SHIFTED = "What callers put in one place is read as something else."

ENDPOINT_ADDED = rule(A, "endpoint", "added", "methods can be called at {now} now", C, C, SAFE)
ENDPOINT_REMOVED = rule(
    A, "endpoint", "removed", "no methods can be called any more", B, B, CALLS, KEEP_ACCEPTING
)
ENDPOINT_MOVED = rule(
    A,
    "endpoint",
    "moved",
    "methods are called at {now}, not at {was}",
    B,
    C,
    CALLS,
    "Answer at both addresses.",
)
MEDIA_TYPE = rule(
    A,
    "media-type",
    "changed",
    "calls are sent as {now}, not as {was}",
    B,
    C,
    REFUSED,
    KEEP_ACCEPTING,
)
ERROR_ADDED = rule(
    A,
    "error",
    "added",
    "the error {code} may be answered: {meaning}",
    C,
    C,
    "Any service may answer any error.",
)
ERROR_REMOVED = rule(A, "error", "removed", "the error {code} is no longer answered", C, C, SAFE)
ERROR_CHANGED = rule(
    A,
    "error",
    "changed",
    "the error {code} means {now}, not {was}",
    D,
    D,
    "Programs that act on the code act on something else.",
    CHECK,
)
METHOD_ADDED = rule(A, M, "added", "{name} was added", C, C, SAFE)
METHOD_REMOVED = rule(A, M, "removed", "{name} was removed", B, B, CALLS, KEEP_ACCEPTING)
METHOD_TYPED = rule(
    A,
    M,
    "typed",
    "{name} has parameters and a result of known types now",
    C,
    D,
    "The method takes named arguments where it took anything.",
    CHECK,
)
METHOD_UNTYPED = rule(
    A,
    M,
    "untyped",
    "{name} has no known parameters and result any more",
    C,
    B,
    "The method's arguments are gone.",
    CHECK,
)
METHOD_RESOURCE = rule(
    A,
    M,
    "resource-changed",
    "{name} is reached under {now}, not {was}",
    C,
    B,
    "Nothing changes on the wire; user code calls it by its old name.",
    "Change the calls.",
)
METHOD_ACTION = rule(
    A,
    M,
    "action-changed",
    "{name} is the action {now}, not {was}",
    C,
    B,
    "Nothing changes on the wire; user code calls it by its old name.",
    "Change the calls.",
)
DESCRIPTION = text(A, M, "description-changed", "the description of {name} changed")
ADDED = rule(P, K, "added", "the optional parameter {name} was added at the end", C, C, SAFE)
ADDED_REQUIRED = rule(
    P,
    K,
    "added-required",
    "the required parameter {name} was added",
    B,
    B,
    "Calls made before do not have it.",
    "Make it optional.",
)
REMOVED = rule(
    P,
    K,
    "removed",
    "the parameter {name} was removed",
    B,
    B,
    "Calls that give it have one argument too many.",
    KEEP_ACCEPTING,
)
MOVED = rule(
    P,
    K,
    "moved",
    "the parameter {name} is number {now}, not number {was}",
    B,
    C,
    SHIFTED,
    "Keep the order.",
)
RENAMED = rule(
    P,
    K,
    "renamed",
    "the parameter {was} is called {now}",
    C,
    B,
    "Only its place counts on the wire; the client's argument has its name.",
    "Keep the name.",
)
BECAME_REQUIRED = rule(
    P,
    K,
    "became-required",
    "the parameter {name} is required now",
    B,
    B,
    "Calls without it were valid.",
    "Leave it optional.",
)
BECAME_OPTIONAL = rule(
    P, K, "became-optional", "the parameter {name} is no longer required", C, C, SAFE
)
RESULT_ADDED = rule(R, "result", "added", "the type of the result is known now", C, D, SAFE, CHECK)
RESULT_REMOVED = rule(
    R,
    "result",
    "removed",
    "the type of the result is no longer known",
    B,
    B,
    UNEXPECTED,
    KEEP_PROMISE,
)

RULES: tuple[Rule, ...] = (
    ENDPOINT_ADDED,
    ENDPOINT_REMOVED,
    ENDPOINT_MOVED,
    MEDIA_TYPE,
    ERROR_ADDED,
    ERROR_REMOVED,
    ERROR_CHANGED,
    METHOD_ADDED,
    METHOD_REMOVED,
    METHOD_TYPED,
    METHOD_UNTYPED,
    METHOD_RESOURCE,
    METHOD_ACTION,
    DESCRIPTION,
    ADDED,
    ADDED_REQUIRED,
    REMOVED,
    MOVED,
    RENAMED,
    BECAME_REQUIRED,
    BECAME_OPTIONAL,
    RESULT_ADDED,
    RESULT_REMOVED,
)


def compare(context: Context) -> None:
    """Endpoint, errors, methods by name."""
    old, new = context.old.rpc, context.new.rpc
    place = Place("JSON-RPC")
    if old is None or new is None:
        if new is not None:
            context.add(ENDPOINT_ADDED, place, None, _carrier(context.new, new), now=new.operation)
        elif old is not None:
            context.add(ENDPOINT_REMOVED, place, _carrier(context.old, old), None)
        return
    origins = _carrier(context.old, old), _carrier(context.new, new)
    paths = (_path(context.old, old), _path(context.new, new))
    if paths[0] != paths[1]:
        context.add(ENDPOINT_MOVED, place, *origins, was=paths[0], now=paths[1])
    if old.media_type != new.media_type:
        context.add(MEDIA_TYPE, place, *origins, was=old.media_type, now=new.media_type)
    for code in sorted(old.errors.keys() | new.errors.keys()):
        was, now = old.errors.get(code), new.errors.get(code)
        if was is None:
            context.add(ERROR_ADDED, place, *origins, code=code, meaning=now or "")
        elif now is None:
            context.add(ERROR_REMOVED, place, *origins, code=code)
        elif was != now:
            context.add(ERROR_CHANGED, place, *origins, code=code, was=was, now=now)
    before = {m.name: m for m in old.methods}
    after = {m.name: m for m in new.methods}
    for name, method in before.items():
        if name in after:
            _method(context, method, after[name])
        else:
            context.add(METHOD_REMOVED, Place(f"rpc {name}"), method.origin, None, name=name)
    for name, method in after.items():
        if name not in before:
            context.add(METHOD_ADDED, Place(f"rpc {name}"), None, method.origin, name=name)


def _carrier(api: ir.Api, rpc: ir.Rpc) -> ir.Origin:
    return next((o.origin for o in api.operations if o.id == rpc.operation), api.origin)


def _path(api: ir.Api, rpc: ir.Rpc) -> str:
    return next((o.path for o in api.operations if o.id == rpc.operation), rpc.operation)


def _method(context: Context, old: ir.RpcMethod, new: ir.RpcMethod) -> None:
    place = Place(f"rpc {old.name}")

    def add(row: Rule, **args: object) -> None:
        context.add(row, place, old.origin, new.origin, name=old.name, **args)

    if old.resource != new.resource:
        add(METHOD_RESOURCE, was=".".join(old.resource), now=".".join(new.resource))
    if old.action is not new.action:
        add(METHOD_ACTION, was=old.action.value, now=new.action.value)
    if (old.summary or "").split() + (old.description or "").split() != (
        (new.summary or "").split() + (new.description or "").split()
    ):
        add(DESCRIPTION)
    listed = ir.RpcEvidence.LISTED
    if (old.evidence is listed) is not (new.evidence is listed):
        add(METHOD_UNTYPED if new.evidence is listed else METHOD_TYPED)
        return
    _parameters(context, old, new, place)
    if old.result is not None and new.result is not None:
        context.schemas(R, Place(place.subject, ("result",)), old.result, new.result)
    elif new.result is not None:
        context.add(RESULT_ADDED, place, old.origin, new.origin)
    elif old.result is not None:
        context.add(RESULT_REMOVED, place, old.origin, new.origin)


def _parameters(context: Context, old: ir.RpcMethod, new: ir.RpcMethod, place: Place) -> None:
    """By place: same name or not there, it is what is read there."""
    before = {p.name: i for i, p in enumerate(old.parameters)}
    after = {p.name: i for i, p in enumerate(new.parameters)}
    for index, was in enumerate(old.parameters):
        where = Place(place.subject, (f"parameter {was.name}",))

        def add(row: Rule, where: Place = where, **args: object) -> None:
            context.add(row, where, old.origin, new.origin, **args)

        if was.name in after:
            now = new.parameters[after[was.name]]
            if after[was.name] != index:
                add(MOVED, name=was.name, was=index + 1, now=after[was.name] + 1)
        elif index < len(new.parameters) and new.parameters[index].name not in before:
            now = new.parameters[index]
            add(RENAMED, was=was.name, now=now.name)
        else:
            add(REMOVED, name=was.name)
            continue
        if was.required is not now.required:
            add(BECAME_REQUIRED if now.required else BECAME_OPTIONAL, name=was.name)
        context.schemas(P, where, was.schema, now.schema)
    for index, now in enumerate(new.parameters):
        renamed = index < len(old.parameters) and old.parameters[index].name not in after
        if now.name not in before and not renamed:
            where = Place(place.subject, (f"parameter {now.name}",))
            row = ADDED_REQUIRED if now.required else ADDED
            context.add(row, where, old.origin, new.origin, name=now.name)
