"""Members of objects: there or not, required or not, readable or writable or not."""

from __future__ import annotations

import datetime

from trunkline import ir
from trunkline.evolve.schemas.pair import Pair, Usage
from trunkline.evolve.sunset import Removal, removal
from trunkline.evolve.table import (
    CHECK,
    KEEP_ACCEPTING,
    KEEP_PROMISE,
    NARROWER,
    NOTHING,
    REFUSED,
    SAFE,
    UNDECIDED,
    UNEXPECTED,
    B,
    C,
    D,
    Effect,
    SchemaRule,
)
from trunkline.semantics.schemas import chain, read_only, write_only

KEYWORD_GONE = "The service may ignore it or refuse it; the client's keyword for it is gone."
ANNOUNCED = "It was deprecated, and the date announced for its end has passed."
NEW_MEMBER = "Callers that ignore members they do not know are not affected."
MIGRATE = "Stop using it."

_removed_sent = Effect(D, B, KEYWORD_GONE, "Deprecate it with a sunset date first.")
ADDED = SchemaRule(
    "property",
    "added",
    "the property {name} was added",
    Effect(C, C, SAFE, NOTHING),
    Effect(C, C, NEW_MEMBER, NOTHING),
)
ADDED_REQUIRED = SchemaRule(
    "property",
    "added-required",
    "the property {name} was added and is required",
    Effect(
        B,
        B,
        "Requests made before do not have it; a default does not help them.",
        "Make it optional, and let the service fill it in.",
    ),
    Effect(C, C, NEW_MEMBER, NOTHING),
)
ADDED_TO_CLOSED = SchemaRule(
    "property",
    "added-to-closed",
    "the property {name} was added to an object that allowed no others",
    Effect(C, C, SAFE, NOTHING),
    Effect(B, C, UNEXPECTED, "Allow additional properties one version earlier."),
)
REMOVED = SchemaRule(
    "property",
    "removed",
    "the optional property {name} was removed",
    _removed_sent,
    Effect(
        D,
        B,
        "Nobody was promised it, but whoever reads it no longer finds it.",
        "Deprecate it with a sunset date first.",
    ),
)
REMOVED_REQUIRED = SchemaRule(
    "property",
    "removed-required",
    "the required property {name} was removed",
    _removed_sent,
    Effect(B, B, "Callers were promised that it is always there.", KEEP_PROMISE),
)
REMOVED_FROM_CLOSED = SchemaRule(
    "property",
    "removed-from-closed",
    "the property {name} was removed, and the object allows no others",
    Effect(B, B, REFUSED, KEEP_ACCEPTING),
    Effect(
        D,
        B,
        "Nobody was promised it, but whoever reads it no longer finds it.",
        "Deprecate it with a sunset date first.",
    ),
)
REMOVED_EARLY = SchemaRule(
    "property",
    "removed-before-sunset",
    "the property {name} was removed before its sunset on {date}",
    Effect(B, B, "Callers were told that they had until that day.", "Wait for the day announced."),
    Effect(B, B, "Callers were told that they had until that day.", "Wait for the day announced."),
)
REMOVED_ON_TIME = SchemaRule(
    "property",
    "removed-after-sunset",
    "the property {name} was removed after its sunset on {date}",
    Effect(C, D, ANNOUNCED, MIGRATE),
    Effect(C, D, ANNOUNCED, MIGRATE),
)
BECAME_REQUIRED = SchemaRule(
    "property",
    "became-required",
    "the property {name} is required now",
    Effect(B, B, "Requests without it were valid.", "Leave it optional."),
    Effect(C, C, NARROWER, NOTHING),
)
BECAME_OPTIONAL = SchemaRule(
    "property",
    "became-optional",
    "the property {name} is no longer required",
    Effect(C, C, SAFE, NOTHING),
    Effect(B, B, "Callers were promised that it is always there.", KEEP_PROMISE),
)
BECAME_READ_ONLY = SchemaRule(
    "property",
    "became-read-only",
    "the property {name} is read-only now",
    Effect(D, B, KEYWORD_GONE, CHECK),
    Effect(C, C, SAFE, NOTHING),
)
BECAME_WRITE_ONLY = SchemaRule(
    "property",
    "became-write-only",
    "the property {name} is write-only now",
    Effect(C, C, SAFE, NOTHING),
    Effect(B, B, "Callers no longer find it in what they are given.", KEEP_PROMISE),
)
BECAME_WRITABLE = SchemaRule(
    "property",
    "became-writable",
    "the property {name} may be sent now",
    Effect(C, C, SAFE, NOTHING),
    Effect(C, C, SAFE, NOTHING),
)
BECAME_READABLE = SchemaRule(
    "property",
    "became-readable",
    "the property {name} is given back now",
    Effect(C, C, SAFE, NOTHING),
    Effect(C, C, NEW_MEMBER, NOTHING),
)
PATTERN_ADDED = SchemaRule(
    "pattern-property",
    "added",
    "properties whose name matches {pattern} must fit a schema now",
    Effect(B, D, REFUSED, KEEP_ACCEPTING),
    Effect(C, C, NARROWER, NOTHING),
)
PATTERN_REMOVED = SchemaRule(
    "pattern-property",
    "removed",
    "properties whose name matches {pattern} no longer have a schema of their own",
    Effect(D, D, UNDECIDED, CHECK),
    Effect(D, D, UNEXPECTED, KEEP_PROMISE),
)

ROWS = (
    ADDED,
    ADDED_REQUIRED,
    ADDED_TO_CLOSED,
    REMOVED,
    REMOVED_REQUIRED,
    REMOVED_FROM_CLOSED,
    REMOVED_EARLY,
    REMOVED_ON_TIME,
    BECAME_REQUIRED,
    BECAME_OPTIONAL,
    BECAME_READ_ONLY,
    BECAME_WRITE_ONLY,
    BECAME_WRITABLE,
    BECAME_READABLE,
    PATTERN_ADDED,
    PATTERN_REMOVED,
)


def compare(pair: Pair, old: ir.Object, new: ir.Object, today: datetime.date) -> None:
    """Members by name; who may not send or receive one does not see it."""
    before = {p.name: p for p in old.properties}
    after = {p.name: p for p in new.properties}
    for name, prop in before.items():
        other = after.get(name)
        sees = visible(prop.schema, pair.usage, pair.old_api)
        if other is None:
            if sees:
                _removed(pair, prop, new, today)
        else:
            _both(pair, prop, other, sees)
    for name, prop in after.items():
        if name not in before and visible(prop.schema, pair.usage, pair.new_api):
            _added(pair, prop, old)
    _patterns(pair, dict(old.pattern_properties), dict(new.pattern_properties))


def visible(schema: ir.Schema, usage: Usage, api: ir.Api) -> bool:
    """Whether a member of this schema takes part in the direction at all."""
    hidden = read_only if usage.sent else write_only
    return not hidden(api.schemas, schema)


def _both(pair: Pair, old: ir.Property, new: ir.Property, sees: bool) -> None:
    sent = pair.usage.sent
    will_see = visible(new.schema, pair.usage, pair.new_api)
    name, path = old.name, (old.name,)
    if sees and not will_see:
        row = BECAME_READ_ONLY if sent else BECAME_WRITE_ONLY
        pair.note(row, path=path, old=old.schema, new=new.schema, name=name)
    elif will_see and not sees:
        if sent and new.required:
            row = ADDED_REQUIRED
        else:
            row = BECAME_WRITABLE if sent else BECAME_READABLE
        pair.note(row, path=path, old=old.schema, new=new.schema, name=name)
    elif sees:
        if old.required is not new.required:
            row = BECAME_REQUIRED if new.required else BECAME_OPTIONAL
            pair.note(row, path=path, old=old.schema, new=new.schema, name=name)
        pair.child(path, old.schema, new.schema)


def _removed(pair: Pair, prop: ir.Property, new: ir.Object, today: datetime.date) -> None:
    how, date = removal(
        any(link.meta.deprecated for link in chain(pair.old_api.schemas, prop.schema)),
        prop.schema.meta.extensions,
        today,
    )
    path = (prop.name,)
    if how is Removal.EARLY:
        pair.note(REMOVED_EARLY, path=path, old=prop.schema, name=prop.name, date=date)
    elif how is Removal.ON_TIME:
        pair.note(REMOVED_ON_TIME, path=path, old=prop.schema, name=prop.name, date=date)
    elif pair.usage.sent and new.additional is None:
        pair.note(REMOVED_FROM_CLOSED, path=path, old=prop.schema, name=prop.name)
    else:
        row = REMOVED_REQUIRED if prop.required else REMOVED
        pair.note(row, path=path, old=prop.schema, name=prop.name)


def _added(pair: Pair, prop: ir.Property, old: ir.Object) -> None:
    if pair.usage.sent and prop.required:
        row = ADDED_REQUIRED
    elif not pair.usage.sent and old.additional is None:
        row = ADDED_TO_CLOSED
    else:
        row = ADDED_REQUIRED if prop.required else ADDED
    pair.note(row, path=(prop.name,), new=prop.schema, name=prop.name)


def _patterns(pair: Pair, old: dict[str, ir.Schema], new: dict[str, ir.Schema]) -> None:
    for pattern, schema in old.items():
        if pattern in new:
            pair.child((f"/{pattern}/",), schema, new[pattern])
        else:
            pair.note(PATTERN_REMOVED, old=schema, pattern=pattern)
    for pattern, schema in new.items():
        if pattern not in old:
            pair.note(PATTERN_ADDED, new=schema, pattern=pattern)
