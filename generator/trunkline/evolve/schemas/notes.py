"""What a place says about its value beside its type: null, default, deprecation, prose."""

from __future__ import annotations

from collections.abc import Callable

from trunkline import ir
from trunkline.evolve.schemas.pair import Pair, quote
from trunkline.evolve.sunset import sunset
from trunkline.evolve.table import (
    CHECK,
    NOTHING,
    SAFE,
    B,
    C,
    D,
    Effect,
    SchemaRule,
    harmless,
    narrows,
    widens,
)
from trunkline.semantics.schemas import chain

SILENT = "A request that leaves it out means something else now."

NULL_ALLOWED = widens("null", "allowed", "null is allowed now", received=B)
NULL_FORBIDDEN = narrows("null", "forbidden", "null is no longer allowed", sent=B)


def _default(action: str, message: str) -> SchemaRule:
    return SchemaRule(
        "default",
        action,
        message,
        Effect(D, C, SILENT, CHECK),
        Effect(C, C, SAFE, NOTHING),
    )


DEFAULT_ADDED = _default("added", "left out, it is {now} now")
DEFAULT_REMOVED = _default("removed", "left out, it is no longer {was}")
DEFAULT_CHANGED = _default("changed", "left out, it is {now}, not {was}")
DEPRECATED = harmless("schema", "deprecated", "it is deprecated now")
UNDEPRECATED = harmless("schema", "undeprecated", "it is no longer deprecated")
SUNSET_EARLIER = SchemaRule(
    "schema",
    "sunset-earlier",
    "it ends on {now}, not on {was}",
    Effect(D, D, "Callers were told that they had longer.", CHECK),
    Effect(D, D, "Callers were told that they had longer.", CHECK),
)
SUNSET_LATER = harmless("schema", "sunset-later", "it ends on {now}, not on {was}")
DESCRIBED = harmless("schema", "description-changed", "the description changed", documentation=True)
ILLUSTRATED = harmless("schema", "examples-changed", "the examples changed", documentation=True)

ROWS = (
    NULL_ALLOWED,
    NULL_FORBIDDEN,
    DEFAULT_ADDED,
    DEFAULT_REMOVED,
    DEFAULT_CHANGED,
    DEPRECATED,
    UNDEPRECATED,
    SUNSET_EARLIER,
    SUNSET_LATER,
    DESCRIBED,
    ILLUSTRATED,
)


Chain = tuple[ir.Schema, ...]


def compare(pair: Pair, *, null: bool) -> None:
    """Of the two places as written: what a reference says beside itself counts first.

    What a component says is noted at the component, so that all places that lead to it agree.
    """
    old = tuple(chain(pair.old_api.schemas, pair.old))
    new = tuple(chain(pair.new_api.schemas, pair.new))
    if null:
        _null(pair, old, new)
    _defaults(pair, old, new)
    _deprecation(pair, old, new)
    _prose(pair, old, new)


def _holder(links: Chain, holds: Callable[[ir.Schema], object]) -> ir.Schema | None:
    return next((schema for schema in links if holds(schema)), None)


def _note(
    pair: Pair,
    row: SchemaRule,
    links: tuple[Chain, Chain],
    found: tuple[ir.Schema | None, ir.Schema | None],
    was_now: tuple[str, str] = ("", ""),
) -> None:
    """At the links that hold it; where one side has none, at the like place of that side."""
    (old, new), (was, now) = links, found
    if was is None:
        was = old[-1] if now is new[-1] else old[0]
    if now is None:
        now = new[-1] if was is old[-1] else new[0]
    pair.note(row, old=was, new=now, was=was_now[0], now=was_now[1])


def lets_null(schema: ir.Schema, api: ir.Api, depth: int = 8) -> bool:
    """Whether null fits beside the shape, or fits a member of the union that the shape is."""
    if schema.nullable or depth == 0:
        return schema.nullable
    shape = schema.shape
    if isinstance(shape, ir.Union):
        members = [link for member in shape.members for link in chain(api.schemas, member)]
        return any(lets_null(member, api, depth - 1) for member in members)
    return isinstance(shape, ir.Null)


def _null(pair: Pair, old: Chain, new: Chain) -> None:
    """Types that hold null, or nothing but it, are compared as types."""
    special = (ir.Anything, ir.Null, ir.Nothing)
    if isinstance(old[-1].shape, special) or isinstance(new[-1].shape, special):
        return
    was = _holder(old[::-1], lambda s: lets_null(s, pair.old_api))
    now = _holder(new[::-1], lambda s: lets_null(s, pair.new_api))
    if (was is None) is not (now is None):
        _note(pair, NULL_ALLOWED if was is None else NULL_FORBIDDEN, (old, new), (was, now))


def _defaults(pair: Pair, old: Chain, new: Chain) -> None:
    was = _holder(old, lambda s: s.meta.default is not ir.ABSENT)
    now = _holder(new, lambda s: s.meta.default is not ir.ABSENT)
    if was is None and now is not None:
        _note(pair, DEFAULT_ADDED, (old, new), (was, now), ("", _default_of(now)))
    elif was is not None and now is None:
        _note(pair, DEFAULT_REMOVED, (old, new), (was, now), (_default_of(was), ""))
    elif was is not None and now is not None and _default_of(was) != _default_of(now):
        texts = (_default_of(was), _default_of(now))
        _note(pair, DEFAULT_CHANGED, (old, new), (was, now), texts)


def _default_of(schema: ir.Schema) -> str:
    return quote(schema.meta.default)


def _deprecation(pair: Pair, old: Chain, new: Chain) -> None:
    was = _holder(old, lambda s: s.meta.deprecated)
    now = _holder(new, lambda s: s.meta.deprecated)
    if (was is None) is not (now is None):
        _note(pair, DEPRECATED if was is None else UNDEPRECATED, (old, new), (was, now))
    elif was is not None and now is not None:
        before, after = sunset(was.meta.extensions), sunset(now.meta.extensions)
        if before and after and before != after:
            row = SUNSET_EARLIER if after < before else SUNSET_LATER
            days = (before.isoformat(), after.isoformat())
            _note(pair, row, (old, new), (was, now), days)


def _prose(pair: Pair, old: Chain, new: Chain) -> None:
    was = _holder(old, lambda s: s.meta.description)
    now = _holder(new, lambda s: s.meta.description)
    if _words(was) != _words(now):
        _note(pair, DESCRIBED, (old, new), (was, now))
    was = _holder(old, lambda s: s.meta.examples)
    now = _holder(new, lambda s: s.meta.examples)
    if (was and was.meta.examples) != (now and now.meta.examples):
        _note(pair, ILLUSTRATED, (old, new), (was, now))


def _words(schema: ir.Schema | None) -> list[str]:
    return (schema.meta.description or "").split() if schema else []
