"""Values of one of several kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from trunkline import ir
from trunkline.evolve.schemas.fingerprint import Fingerprints, kind
from trunkline.evolve.schemas.pair import ComparisonScope, Pair
from trunkline.evolve.table import (
    KEEP_PROMISE,
    NOTHING,
    REFUSED,
    SAFE,
    UNDECIDED,
    B,
    C,
    D,
    Effect,
    SchemaRule,
    narrows,
    replaces,
    undecided,
    widens,
)
from trunkline.semantics.overlap import Overlap, overlap
from trunkline.semantics.schemas import resolve

MEMBER_ADDED = widens("union", "member-added", "it may also be {member} now", received=B)
MEMBER_REMOVED = narrows(
    "union", "member-removed", "it may no longer be {member}", sent=B, received=D
)
OVERLAPS = SchemaRule(
    "union",
    "member-overlaps",
    "what fits {member}, which is new, may fit another member too, and must fit one only",
    Effect(D, C, UNDECIDED, "Let a property tell the members apart, or use anyOf."),
    Effect(C, C, SAFE, NOTHING),
)
COLLIDES = SchemaRule(
    "union",
    "member-collides",
    "some of what fits {member}, which is new, fits another member too, and is refused for it",
    Effect(B, C, REFUSED, "Let a property tell the members apart, or use anyOf."),
    Effect(C, C, SAFE, NOTHING),
)
REFUSES_BOTH = SchemaRule(
    "union",
    "refuses-both",
    "what fits {member} and another member was allowed, and is refused now",
    Effect(B, C, REFUSED, "Let a property tell the members apart, or leave anyOf."),
    Effect(C, C, SAFE, NOTHING),
)
BECAME_EXCLUSIVE = SchemaRule(
    "union",
    "became-exclusive",
    "values that fit more than one member are no longer allowed",
    Effect(D, C, UNDECIDED, "Make sure that the members exclude each other."),
    Effect(C, C, SAFE, NOTHING),
)
BECAME_INCLUSIVE = SchemaRule(
    "union",
    "became-inclusive",
    "values that fit more than one member are allowed now",
    Effect(C, C, SAFE, NOTHING),
    Effect(D, C, UNDECIDED, KEEP_PROMISE),
)
DISCRIMINATOR_ADDED = undecided(
    "discriminator", "added", "the property {now} tells the members apart now"
)
DISCRIMINATOR_REMOVED = undecided(
    "discriminator",
    "removed",
    "no property tells the members apart any more, {was} did",
    received=D,
)
DISCRIMINATOR_CHANGED = replaces(
    "discriminator", "changed", "the property {now} tells the members apart, not {was}"
)
TAG_ADDED = widens(
    "discriminator", "value-added", "the value {value} stands for {member} now", received=D
)
TAG_REMOVED = narrows(
    "discriminator", "value-removed", "the value {value} no longer stands for {member}", sent=B
)

ROWS = (
    MEMBER_ADDED,
    MEMBER_REMOVED,
    OVERLAPS,
    COLLIDES,
    REFUSES_BOTH,
    BECAME_EXCLUSIVE,
    BECAME_INCLUSIVE,
    DISCRIMINATOR_ADDED,
    DISCRIMINATOR_REMOVED,
    DISCRIMINATOR_CHANGED,
    TAG_ADDED,
    TAG_REMOVED,
)

_Same: TypeAlias = Callable[[ir.Schema, ir.Schema], bool]

ALIKE = 0.5
"""Objects of two unions that share this part of their property names are taken for one."""


def compare(pair: Pair, old_prints: Fingerprints, new_prints: Fingerprints) -> None:
    """Members against members; a schema that is no union is a union of one."""
    old, new = pair.old.shape, pair.new.shape
    before = old.members if isinstance(old, ir.Union) else (pair.old,)
    after = new.members if isinstance(new, ir.Union) else (pair.new,)
    matched, removed, added = match(pair, before, after, old_prints, new_prints)
    for was, now in matched:
        scope = (
            ComparisonScope.SHAPE
            if was is pair.old or now is pair.new
            else ComparisonScope.WITHOUT_NULL
        )
        pair.child((f"({_name(was)})",) if len(after) > 1 else (), was, now, scope)
    for member in removed:
        pair.note(MEMBER_REMOVED, old=member, member=_name(member))
    for member in added:
        pair.note(MEMBER_ADDED, new=member, member=_name(member))
        if isinstance(new, ir.Union) and new.exclusive and new.discriminator is None:
            common = _common(pair, member, after)
            if common is Overlap.SOME:
                pair.note(COLLIDES, new=member, member=_name(member))
            elif common is Overlap.UNKNOWN:
                pair.note(OVERLAPS, new=member, member=_name(member))
    if isinstance(old, ir.Union) and isinstance(new, ir.Union):
        if old.exclusive is not new.exclusive:
            _exclusive(pair, matched, exclusive=new.exclusive)
        _discriminators(pair, old.discriminator, new.discriminator, matched)


def _common(pair: Pair, member: ir.Schema, others: tuple[ir.Schema, ...]) -> Overlap:
    """What a member of the new union has in common with any other one."""
    found = {
        overlap(pair.new_api.schemas, member, other) for other in others if other is not member
    }
    if Overlap.SOME in found:
        return Overlap.SOME
    return Overlap.UNKNOWN if Overlap.UNKNOWN in found else Overlap.NONE


def _exclusive(pair: Pair, matched: list[tuple[ir.Schema, ir.Schema]], *, exclusive: bool) -> None:
    """A union of what stood on both sides now takes exactly one member, or no longer does: that
    changes nothing where no value fits two."""
    stayed = tuple(now for _, now in matched)
    found = [(member, _common(pair, member, stayed)) for member in stayed]
    colliding = [member for member, common in found if common is Overlap.SOME]
    if exclusive and colliding:
        pair.note(REFUSES_BOTH, new=colliding[0], member=_name(colliding[0]))
    elif any(common is not Overlap.NONE for _, common in found):
        pair.note(BECAME_EXCLUSIVE if exclusive else BECAME_INCLUSIVE)


def match(
    pair: Pair,
    before: tuple[ir.Schema, ...],
    after: tuple[ir.Schema, ...],
    old_prints: Fingerprints,
    new_prints: Fingerprints,
) -> tuple[list[tuple[ir.Schema, ir.Schema]], list[ir.Schema], list[ir.Schema]]:
    """Counterparts, what was removed, and what was added.

    Members that are alike go together first, then those of one name, of one tag, the only ones of
    their kind, and objects that share properties.
    """
    matched: list[tuple[ir.Schema, ir.Schema]] = []
    removed, added = list(before), list(after)

    def take(same: _Same) -> None:
        for was in list(removed):
            now = next((other for other in added if same(was, other)), None)
            if now is not None:
                matched.append((was, now))
                removed[:] = [member for member in removed if member is not was]
                added[:] = [member for member in added if member is not now]

    tags_old, tags_new = _tags(pair.old.shape), _tags(pair.new.shape)
    take(lambda a, b: old_prints.of(a) == new_prints.of(b))
    take(lambda a, b: bool(tags_old.get(_name(a), set()) & tags_new.get(_name(b), set())))
    take(lambda a, b: isinstance(a.shape, ir.Reference) and a.shape == b.shape)

    def kind_of(schema: ir.Schema, api: ir.Api) -> str:
        return kind(resolve(api.schemas, schema).shape)

    old_kinds = [kind_of(s, pair.old_api) for s in removed]
    new_kinds = [kind_of(s, pair.new_api) for s in added]
    alone = {k for k in old_kinds if old_kinds.count(k) == new_kinds.count(k) == 1}
    alone -= {"object"}
    take(lambda a, b: kind_of(a, pair.old_api) == kind_of(b, pair.new_api) in alone)
    take(lambda a, b: _alike(resolve(pair.old_api.schemas, a), resolve(pair.new_api.schemas, b)))
    if len(removed) == len(added) == 1 and len(before) == len(after):
        matched.append((removed.pop(), added.pop()))
    return matched, removed, added


def _alike(old: ir.Schema, new: ir.Schema) -> bool:
    if not (isinstance(old.shape, ir.Object) and isinstance(new.shape, ir.Object)):
        return False
    was = {p.name for p in old.shape.properties}
    now = {p.name for p in new.shape.properties}
    return bool(was | now) and len(was & now) >= ALIKE * len(was | now)


def _name(schema: ir.Schema) -> str:
    shape = schema.shape
    return shape.name if isinstance(shape, ir.Reference) else schema.meta.title or kind(shape)


def _tags(shape: ir.Shape) -> dict[str, set[str]]:
    """Name of the schema → values of the discriminator that stand for it."""
    tags: dict[str, set[str]] = {}
    if isinstance(shape, ir.Union) and shape.discriminator:
        for value, name in shape.discriminator.mapping.items():
            tags.setdefault(name, set()).add(value)
    return tags


def _discriminators(
    pair: Pair,
    old: ir.Discriminator | None,
    new: ir.Discriminator | None,
    matched: list[tuple[ir.Schema, ir.Schema]],
) -> None:
    if old is None or new is None:
        if new is not None:
            pair.note(DISCRIMINATOR_ADDED, now=new.property)
        elif old is not None:
            pair.note(DISCRIMINATOR_REMOVED, was=old.property)
        return
    if old.property != new.property:
        pair.note(DISCRIMINATOR_CHANGED, was=old.property, now=new.property)
    for was, now in matched:
        before = {value for value, name in old.mapping.items() if name == _name(was)}
        after = {value for value, name in new.mapping.items() if name == _name(now)}
        for value in sorted(before - after):
            pair.note(TAG_REMOVED, old=was, value=value, member=_name(was))
        for value in sorted(after - before):
            pair.note(TAG_ADDED, new=now, value=value, member=_name(now))
