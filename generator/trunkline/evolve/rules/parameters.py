"""Parameters: there, required, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.sunset import Removal, removal, sunset
from trunkline.evolve.table import (
    CHECK,
    KEEP_ACCEPTING,
    KEEP_PROMISE,
    REFUSED,
    SAFE,
    UNDECIDED,
    B,
    C,
    D,
    rule,
    text,
)
from trunkline.semantics.schemas import resolve

A = Area.PARAMETER
K = "parameter"
WRITTEN = "Callers write it the old way, and it is read the new one."

ADDED = rule(A, K, "added", "the optional parameter {name} was added", C, C, SAFE)
ADDED_REQUIRED = rule(
    A,
    K,
    "added-required",
    "the required parameter {name} was added",
    B,
    B,
    "Requests made before do not have it; a default does not help them.",
    "Make it optional.",
)
REMOVED = rule(
    A,
    K,
    "removed",
    "the parameter {name} was removed",
    D,
    B,
    "The service may ignore it or refuse it; the client's keyword for it is gone.",
    "Deprecate it with a sunset date first.",
)
REMOVED_EARLY = rule(
    A,
    K,
    "removed-before-sunset",
    "the parameter {name} was removed before its sunset on {date}",
    B,
    B,
    "Callers were told that they had until that day.",
    "Wait for the day announced.",
)
REMOVED_ON_TIME = rule(
    A,
    K,
    "removed-after-sunset",
    "the parameter {name} was removed after its sunset on {date}",
    C,
    D,
    "It was deprecated, and the date announced for its end has passed.",
    "Stop using it.",
)
BECAME_REQUIRED = rule(
    A,
    K,
    "became-required",
    "the parameter {name} is required now",
    B,
    B,
    "Requests without it were valid.",
    "Leave it optional.",
)
BECAME_OPTIONAL = rule(
    A, K, "became-optional", "the parameter {name} is no longer required", C, C, SAFE
)
RENAMED = rule(
    A,
    K,
    "renamed",
    "the path parameter {was} is called {now}",
    C,
    B,
    "Only its place in the path counts on the wire; the client's argument has its name.",
    "Keep the name.",
)
MOVED = rule(
    A,
    K,
    "moved",
    "the parameter {name} is in the {now}, not in the {was}",
    B,
    C,
    REFUSED,
    KEEP_ACCEPTING,
)
STYLE = rule(
    A,
    "style",
    "changed",
    "the parameter {name} is written in the style {now}, not {was}",
    B,
    C,
    WRITTEN,
    KEEP_ACCEPTING,
)
EXPLODE = rule(
    A,
    "explode",
    "changed",
    "the values of {name} are {now}, not {was}",
    B,
    C,
    WRITTEN,
    KEEP_ACCEPTING,
)
MEDIA = rule(
    A,
    "media-type",
    "changed",
    "the parameter {name} is written as {now}, not {was}",
    B,
    C,
    WRITTEN,
    KEEP_ACCEPTING,
)
RESERVED_ALLOWED = rule(
    A, "reserved", "allowed", "{name} may hold reserved characters as they are", C, C, SAFE
)
RESERVED_FORBIDDEN = rule(
    A,
    "reserved",
    "forbidden",
    "reserved characters in {name} must be percent-encoded now",
    D,
    C,
    UNDECIDED,
    CHECK,
)
EMPTY_ALLOWED = rule(A, "empty-value", "allowed", "{name} may be given without a value", C, C, SAFE)
EMPTY_FORBIDDEN = rule(
    A,
    "empty-value",
    "forbidden",
    "{name} may not be given without a value",
    B,
    D,
    REFUSED,
    KEEP_ACCEPTING,
)
DEPRECATED = rule(A, K, "deprecated", "the parameter {name} is deprecated now", C, C, SAFE)
UNDEPRECATED = rule(
    A, K, "undeprecated", "the parameter {name} is no longer deprecated", C, C, SAFE
)
SUNSET_EARLIER = rule(
    A,
    K,
    "sunset-earlier",
    "{name} ends on {now}, not on {was}",
    D,
    D,
    "Callers were told that they had longer.",
    CHECK,
)
SUNSET_LATER = rule(A, K, "sunset-later", "{name} ends on {now}, not on {was}", C, C, SAFE)
DESCRIPTION = text(A, K, "description-changed", "the description of {name} changed")

W = Area.WEBHOOK_PARAMETER
WEBHOOK_ADDED = rule(W, K, "added", "the webhook brings {name} now", C, C, SAFE)
WEBHOOK_REMOVED = rule(
    W,
    K,
    "removed",
    "the webhook no longer brings {name}",
    B,
    B,
    "Receivers that read it no longer find it.",
    KEEP_PROMISE,
)
WEBHOOK_OPTIONAL = rule(
    W,
    K,
    "became-optional",
    "the webhook may come without {name}",
    B,
    B,
    "Receivers were promised that it is always there.",
    KEEP_PROMISE,
)
WEBHOOK_REQUIRED = rule(W, K, "became-required", "the webhook always brings {name} now", C, C, SAFE)

RULES: tuple[Rule, ...] = (
    ADDED,
    ADDED_REQUIRED,
    REMOVED,
    REMOVED_EARLY,
    REMOVED_ON_TIME,
    BECAME_REQUIRED,
    BECAME_OPTIONAL,
    RENAMED,
    MOVED,
    STYLE,
    EXPLODE,
    MEDIA,
    RESERVED_ALLOWED,
    RESERVED_FORBIDDEN,
    EMPTY_ALLOWED,
    EMPTY_FORBIDDEN,
    DEPRECATED,
    UNDEPRECATED,
    SUNSET_EARLIER,
    SUNSET_LATER,
    DESCRIPTION,
    WEBHOOK_ADDED,
    WEBHOOK_REMOVED,
    WEBHOOK_OPTIONAL,
    WEBHOOK_REQUIRED,
)


class _Add(Protocol):
    def __call__(self, row: Rule, was: object = "", now: object = "") -> None: ...


Key = tuple[ir.ParameterLocation, str]


def compare(context: Context, old: ir.Operation, new: ir.Operation, place: Place) -> None:
    """Of one operation: those in the path by their order, the others by place and name."""
    old_path, new_path = _in_path(old), _in_path(new)
    if len(old_path) == len(new_path):
        for was, now in zip(old_path, new_path, strict=True):
            if was.name != now.name:
                context.add(
                    RENAMED, _at(place, was), was.origin, now.origin, was=was.name, now=now.name
                )
            _compare(context, was, now, place)
        old_path, new_path = [], []
    before = {_key(p): p for p in (*_others(old), *old_path)}
    after = {_key(p): p for p in (*_others(new), *new_path)}
    for key in list(before):
        moved = next((k for k in after if k[1] == key[1] and k not in before), None)
        if key not in after and moved is not None:
            was, now = before.pop(key), after.pop(moved)
            context.add(
                MOVED,
                _at(place, was),
                was.origin,
                now.origin,
                name=was.name,
                was=was.location.value,
                now=now.location.value,
            )
            _compare(context, was, now, place)
    for key, was in before.items():
        if key in after:
            _compare(context, was, after[key], place)
        else:
            _removed(context, was, new, place)
    for key, now in after.items():
        if key not in before:
            row = ADDED_REQUIRED if now.required else ADDED
            context.add(row, _at(place, now), old.origin, now.origin, name=now.name)


def compare_webhook(context: Context, old: ir.Operation, new: ir.Operation, place: Place) -> None:
    """What a webhook brings beside its body: the service writes it, so the direction is turned."""
    before = {_key(p): p for p in old.parameters}
    after = {_key(p): p for p in new.parameters}
    for key, was in before.items():
        where = _at(place, was)
        now = after.get(key)
        if now is None:
            context.add(WEBHOOK_REMOVED, where, was.origin, new.origin, name=was.name)
            continue
        if was.required is not now.required:
            row = WEBHOOK_REQUIRED if now.required else WEBHOOK_OPTIONAL
            context.add(row, where, was.origin, now.origin, name=was.name)
        plain = was.media_type is None
        context.schemas(Area.WEBHOOK_PARAMETER, where, was.schema, now.schema, text=plain)
    for key, now in after.items():
        if key not in before:
            context.add(WEBHOOK_ADDED, _at(place, now), old.origin, now.origin, name=now.name)


def _key(parameter: ir.Parameter) -> Key:
    """Header names are compared without case."""
    header = parameter.location is ir.ParameterLocation.HEADER
    return parameter.location, parameter.name.lower() if header else parameter.name


def _in_path(operation: ir.Operation) -> list[ir.Parameter]:
    """Those in the path, in the order they stand in it."""
    found = [p for p in operation.parameters if p.location is ir.ParameterLocation.PATH]
    return sorted(found, key=lambda p: operation.path.find(f"{{{p.name}}}"))


def _others(operation: ir.Operation) -> Sequence[ir.Parameter]:
    return [p for p in operation.parameters if p.location is not ir.ParameterLocation.PATH]


def _at(place: Place, parameter: ir.Parameter) -> Place:
    where = f"{parameter.location.value} parameter {parameter.name}"
    return Place(place.subject, (*place.path, where))


def _removed(context: Context, was: ir.Parameter, new: ir.Operation, place: Place) -> None:
    how, date = removal(was.deprecated, was.extensions, context.today)
    row = {
        Removal.UNANNOUNCED: REMOVED,
        Removal.EARLY: REMOVED_EARLY,
        Removal.ON_TIME: REMOVED_ON_TIME,
    }[how]
    context.add(row, _at(place, was), was.origin, new.origin, name=was.name, date=date)


def _compare(context: Context, old: ir.Parameter, new: ir.Parameter, place: Place) -> None:
    where = _at(place, old)

    def add(row: Rule, was: object = "", now: object = "") -> None:
        context.add(row, where, old.origin, new.origin, name=old.name, was=was, now=now)

    if old.required is not new.required:
        add(BECAME_REQUIRED if new.required else BECAME_OPTIONAL)
    if old.media_type != new.media_type:
        add(MEDIA, old.media_type or "plain text", new.media_type or "plain text")
    elif old.media_type is None and old.location is new.location:
        _writing(context, old, new, add)
    if old.allow_empty is not new.allow_empty:
        add(EMPTY_ALLOWED if new.allow_empty else EMPTY_FORBIDDEN)
    if old.deprecated is not new.deprecated:
        add(DEPRECATED if new.deprecated else UNDEPRECATED)
    elif old.deprecated:
        _sunsets(old, new, add)
    if (old.description or "").split() != (new.description or "").split():
        add(DESCRIPTION)
    context.schemas(A, where, old.schema, new.schema, text=old.media_type is None)


def _writing(context: Context, old: ir.Parameter, new: ir.Parameter, add: _Add) -> None:
    """Style and explosion only count for lists and objects."""
    many = (ir.Array, ir.Tuple, ir.Object, ir.Union, ir.Anything)
    shapes = (
        resolve(context.old.schemas, old.schema).shape,
        resolve(context.new.schemas, new.schema).shape,
    )
    if old.style != new.style and (_prefixed(old) or _prefixed(new) or isinstance(shapes[0], many)):
        add(STYLE, old.style, new.style)
    elif old.explode is not new.explode and all(isinstance(shape, many) for shape in shapes):
        words = ("joined", "repeated")
        add(EXPLODE, words[old.explode], words[new.explode])
    if old.allow_reserved is not new.allow_reserved:
        add(RESERVED_ALLOWED if new.allow_reserved else RESERVED_FORBIDDEN)


def _prefixed(parameter: ir.Parameter) -> bool:
    """Styles that mark even a single value."""
    return parameter.style in {"label", "matrix"}


def _sunsets(old: ir.Parameter, new: ir.Parameter, add: _Add) -> None:
    was, now = sunset(old.extensions), sunset(new.extensions)
    if was and now and was != now:
        add(SUNSET_EARLIER if now < was else SUNSET_LATER, was.isoformat(), now.isoformat())
