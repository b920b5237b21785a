"""Filters: all that match, nothing else, and every character taken for itself."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from trunkline import ir
from trunkline.contract.checks.comparison import instant, of, to_text
from trunkline.contract.engine import (
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    Listable,
    NotApplicable,
    collection_check,
    id_of,
    rule,
)
from trunkline.contract.model import Collection, Exchange
from trunkline.ir import FilterOperator, Json
from trunkline.semantics import jsonvalue, schemas
from trunkline.semantics.schemas import Leaf

_ORDER: dict[FilterOperator, Callable[[int, int], bool]] = {
    FilterOperator.GREATER: operator.gt,
    FilterOperator.GREATER_OR_EQUAL: operator.ge,
    FilterOperator.LESS: operator.lt,
    FilterOperator.LESS_OR_EQUAL: operator.le,
}
_T = TypeVar("_T", float, str)


def matches(found: ir.Filter, shown: Json, wanted: str) -> bool:
    """Whether an item whose member shows `shown` passes the filter given `wanted`."""
    if isinstance(shown, list):
        return any(matches(found, each, wanted) for each in shown)
    if shown is None:
        return False
    have = to_text(shown)
    if found.ignore_case:
        have, wanted = have.casefold(), wanted.casefold()
    match found.operator:
        case FilterOperator.EQUALS:
            return have == wanted
        case FilterOperator.CONTAINS:
            return wanted in have
        case FilterOperator.STARTS_WITH:
            return have.startswith(wanted)
        case FilterOperator.ENDS_WITH:
            return have.endswith(wanted)
    return _compares(found.operator, shown, wanted)


def _compares(by: FilterOperator, shown: Json, wanted: str) -> bool:
    if isinstance(shown, int | float) and not isinstance(shown, bool):
        return _ORDER[by](_sign(float(shown), float(wanted)), 0)
    moment, limit = instant(shown), instant(wanted)
    if moment is not None and limit is not None:
        return _ORDER[by](_sign(moment.timestamp(), limit.timestamp()), 0)
    return _ORDER[by](_sign(to_text(shown), wanted), 0)


def _sign(left: _T, right: _T) -> int:
    """Below, at or above 0, as `left` stands to `right`."""
    return (left > right) - (left < right)


def queries(found: ir.Filter, text: str) -> list[str]:
    """What to filter by so that a member with this text passes, and where parts of it count."""
    if not text:
        return []
    match found.operator:
        case FilterOperator.CONTAINS if len(text) > 6:
            return [text, text[2:], text[:-2], text[3:-1]]
        case FilterOperator.STARTS_WITH if len(text) > 4:
            return [text, text[:-2]]
        case FilterOperator.ENDS_WITH if len(text) > 4:
            return [text, text[2:]]
        case FilterOperator.EQUALS if len(text) > 4:
            return [text, text[:-1]]
    return [text]


rule(
    "filter-sound",
    Family.FILTERS,
    "A filtered list holds only what matches",
    "A filter without effect hands clients objects they must not touch.",
    "Apply the filter to the query; mind names of parameters that are read nowhere.",
)
rule(
    "filter-complete",
    Family.FILTERS,
    "A filtered list holds everything that matches",
    "What a filter loses is never found again.",
    "Look for a filter that is applied after the page is cut, or too strictly.",
)
rule(
    "filter-case",
    Family.FILTERS,
    "A filter minds case as described",
    "Whether `Office` finds `office` decides what clients see.",
    "Choose the collation that the description asks for.",
)
rule(
    "filter-literal",
    Family.FILTERS,
    "Metacharacters in a filter stand for themselves",
    "A filter that reads `%`, `_`, `.*` or `'` as commands finds the wrong things, or runs them.",
    r"Escape `%`, `_` and `\` for LIKE, and metacharacters for regular expressions.",
)
rule(
    "filter-total",
    Family.FILTERS,
    "The totals of a filtered list count what matches",
    "Clients page by the totals.",
    "Count with the filter applied.",
)

_TEXT = {
    FilterOperator.CONTAINS,
    FilterOperator.STARTS_WITH,
    FilterOperator.ENDS_WITH,
    FilterOperator.EQUALS,
}
_METACHARACTERS = ("%", "_", "*", ".", "\\", "'", '"', "(", "[a-z]", "+", "&", "#")


def _filters(target: Listable) -> list[ir.Filter]:
    """The filters of the list, their properties where requests and responses have them."""
    wrapper = target.collection.wrapper
    return [replace(found, member=(*wrapper, *found.member)) for found in target.lister.filters]


def _read(ctx: CheckContext, target: Listable, found: ir.Filter, leaf: Leaf) -> ir.Filter:
    """The filter as it is to be read: as described, or else as the server reads it itself.

    A description that only has a parameter called like a property does not say whether parts of a
    text are found, or another case. That is asked once; then the server is held to its own reading.
    """
    if _is_said(target, found) or found.operator not in _TEXT or not _is_text(ctx, leaf):
        return found
    key = (target.collection.name, found.parameter)
    if key not in ctx.session.readings:
        ctx.session.readings[key] = _asked(ctx, target, found, leaf)
    return ctx.session.readings[key]


def _asked(ctx: CheckContext, target: Listable, found: ir.Filter, leaf: Leaf) -> ir.Filter:
    text = _text(ctx, leaf, "Mixed")
    obj = ctx.objects.create(target.collection, {leaf.path: text})

    def finds(wanted: str) -> bool:
        items, _ = ctx.lists.all_items(target.collection, [(found.parameter, wanted)])
        return obj.id in {id_of(target.collection, item) for item in items}

    try:
        if not finds(text) or finds(ctx.session.fresh()) or len(text) < 8:
            return found  # what is wrong there is for the checks to say
        prefix, suffix, inside = finds(text[:-2]), finds(text[2:]), finds(text[2:-2])
        ignore_case = finds(text.swapcase())
    except Inconclusive:
        return found
    reading = found.operator
    if inside:
        reading = FilterOperator.CONTAINS
    elif prefix != suffix:
        reading = FilterOperator.STARTS_WITH if prefix else FilterOperator.ENDS_WITH
    elif not prefix:
        reading = FilterOperator.EQUALS
    return replace(found, operator=reading, ignore_case=ignore_case)


def _parameter(target: Listable, found: ir.Filter) -> ir.Parameter | None:
    return next((p for p in target.lister.parameters if p.name == found.parameter), None)


def _leaf(target: Listable, found: ir.Filter) -> Leaf | None:
    leaves = target.collection.input_leaves(target.created)
    return next((leaf for leaf in leaves if leaf.path == found.member), None)


def _is_text(ctx: CheckContext, leaf: Leaf) -> bool:
    shape = schemas.resolve(ctx.api.schemas, leaf.schema).shape
    return isinstance(shape, ir.String) and shape.pattern is None and shape.format is None


def _hold(
    ctx: CheckContext,
    target: Listable,
    found: ir.Filter,
    objects: list[CreatedObject],
    wanted: str,
    rule_id: str | None = None,
) -> None:
    """Filter by `wanted` and compare with what this run's objects say."""
    collection, lister = target.collection, target.lister
    parameter = _parameter(target, found)
    if parameter is not None and not ctx.validators.fits(
        parameter.schema, _typed(ctx, parameter, wanted), "request"
    ):
        return
    items, seen = ctx.lists.all_items(collection, [(found.parameter, wanted)])
    origins = (parameter.origin,) if parameter else ()
    name = ".".join(found.member)
    shown = [jsonvalue.get(item, found.member) for item in items]
    foreign = [to_text(value) for value in shown if not matches(found, value, wanted)]
    ctx.expect(
        not foreign,
        lister,
        f"{found.parameter}={wanted} lists an object whose {name} is {(foreign or [''])[0]!r}",
        *seen[:1],
        subject=found.parameter,
        origins=origins,
        rule=rule_id or "filter-sound",
    )
    listed = {id_of(collection, i) for i in of(collection, items, objects)}
    moving = found.member in collection.moving  # what was seen of it may have changed since
    for obj in objects if not moving else ():
        due = matches(found, jsonvalue.get(obj.value, found.member), wanted)
        if due and not ctx.expect(
            obj.id in listed,
            lister,
            f"{found.parameter}={wanted} does not list an object whose {name} is "
            f"{to_text(jsonvalue.get(obj.value, found.member))!r}",
            obj.created,
            *seen[:1],
            subject=found.parameter,
            origins=origins,
            rule=rule_id or "filter-complete",
        ):
            return
    _total(ctx, lister, found, wanted, len(items), seen[0] if seen else None)


def _total(
    ctx: CheckContext,
    lister: ir.Operation,
    found: ir.Filter,
    wanted: str,
    count: int,
    exchange: Exchange | None,
) -> None:
    paging = lister.pagination
    if paging is None or paging.total_items is None or exchange is None:
        return
    total = exchange.at(paging.total_items)
    ctx.expect(
        total == count,
        lister,
        f"{found.parameter}={wanted} lists {count} objects and gives the total as {total}",
        exchange,
        subject=found.parameter,
        rule="filter-total",
    )


def _typed(ctx: CheckContext, parameter: ir.Parameter, text: str) -> Json:
    shape = schemas.resolve(ctx.api.schemas, parameter.schema).shape
    try:
        if isinstance(shape, ir.Integer):
            return int(text)
        if isinstance(shape, ir.Number):
            return float(text)
    except ValueError:
        return text
    if isinstance(shape, ir.Boolean):
        return text == "true" if text in {"true", "false"} else text
    if isinstance(shape, ir.Array):
        return [text]
    return text


@collection_check("filter-sound", "filter-complete", "filter-total", needs=Listable.filtered)
def filter_sound(ctx: CheckContext, target: Listable) -> None:
    """Each filter, with whole values, parts of them, and one that nothing has."""
    collection = target.collection
    tried = False
    for found in _filters(target):
        leaf = _leaf(target, found)
        if leaf is None:
            tried |= _by_what_is_there(ctx, target, found)
            continue
        found = _read(ctx, target, found, leaf)
        objects = _objects_of(ctx, collection, leaf)
        values = [jsonvalue.get(t.value, found.member) for t in objects]
        texts = {to_text(v) for v in values if v is not None and not isinstance(v, list | dict)}
        texts |= {to_text(e) for v in values if isinstance(v, list) for e in v[:1]}
        for text in sorted(texts):
            for wanted in queries(found, text):
                tried = True
                _hold(ctx, target, found, objects, wanted)
        if _is_text(ctx, leaf):
            _hold(ctx, target, found, objects, ctx.session.fresh())
    if not tried:
        raise Inconclusive("no filter could be tried")


def _objects_of(ctx: CheckContext, collection: Collection, leaf: Leaf) -> list[CreatedObject]:
    """Objects that differ in `leaf`."""
    referenced = ctx.objects.referenced_collection(collection, leaf)
    if referenced is not None:
        others = [ctx.objects.create(referenced) for _ in range(2)]
        return [ctx.objects.create(collection, {leaf.path: o.id}) for o in others] + [
            ctx.objects.create(collection)
        ]
    if _is_text(ctx, leaf):
        return [ctx.objects.create(collection, {leaf.path: _text(ctx, leaf)}) for _ in range(3)]
    values = [g.value for g in ctx.values.valid_examples(leaf.schema) if g.value is not None][:3]
    return [ctx.objects.create(collection, {leaf.path: v}) for v in values] or [
        ctx.objects.create(collection)
    ]


def _text(ctx: CheckContext, leaf: Leaf, extra: str = "") -> str:
    made = ctx.session.fresh() + extra
    shape = schemas.resolve(ctx.api.schemas, leaf.schema).shape
    if ctx.validators.fits(leaf.schema, made, "request") or not isinstance(shape, ir.String):
        return made
    return ctx.values.text(shape)


def _by_what_is_there(ctx: CheckContext, target: Listable, found: ir.Filter) -> bool:
    """A filter on a property that no request sets: try the values that the server gave."""
    objects = [ctx.objects.create(target.collection) for _ in range(2)]
    value = jsonvalue.get(objects[0].value, found.member)
    if value is None or isinstance(value, list | dict):
        return False
    _hold(ctx, target, found, objects, to_text(value))
    return True


def _textual(collection: Collection) -> Listable | None:
    target = Listable.filtered(collection)
    if target is None:
        return None
    textual = any(f.operator in _TEXT and _leaf(target, f) for f in _filters(target))
    return target if textual else None


def _on_text(ctx: CheckContext, target: Listable) -> Iterator[tuple[ir.Filter, Leaf]]:
    """The filters on properties that take any text."""
    for found in _filters(target):
        leaf = _leaf(target, found)
        if leaf is None or found.operator not in _TEXT or not _is_text(ctx, leaf):
            continue
        if ctx.objects.referenced_collection(target.collection, leaf) is None:
            yield _read(ctx, target, found, leaf), leaf


@collection_check("filter-case", needs=_textual)
def filter_case(ctx: CheckContext, target: Listable) -> None:
    """The same text in the other case finds, or does not, as described."""
    collection = target.collection
    tried = False
    for found, leaf in _on_text(ctx, target):
        text = _text(ctx, leaf, "Mixed")
        objects = [ctx.objects.create(collection, {leaf.path: text})]
        tried = True
        for wanted in (text.swapcase(), text.lower(), text.upper()):
            if wanted == text:
                continue
            _hold(ctx, target, found, objects, wanted, "filter-case")
    if not tried:
        raise NotApplicable("no filter on free text")


def _is_said(target: Listable, found: ir.Filter) -> bool:
    """Whether the description states how a filter reads, by giving its hint itself."""
    parameter = _parameter(target, found)
    said = parameter.extensions.get("x-trunkline-filter") if parameter else None
    return isinstance(said, dict)


@collection_check("filter-literal", needs=_textual)
def filter_literal(ctx: CheckContext, target: Listable) -> None:
    """Objects with metacharacters in a member, and neighbours that a pattern would also match."""
    collection = target.collection
    tried = False
    for found, leaf in _on_text(ctx, target):
        for special in _METACHARACTERS if ctx.full else _METACHARACTERS[:8]:
            base = ctx.session.fresh()
            texts = [f"{base}{special}z", f"{base}yz", f"{base}yyz"]
            if not all(ctx.validators.fits(leaf.schema, t, "request") for t in texts):
                continue
            objects = [
                obj
                for t in texts
                if (
                    obj := ctx.objects.try_create(
                        collection, ctx.bodies.of(collection, {leaf.path: t})
                    )[1]
                )
            ]
            if len(objects) < len(texts):
                continue
            tried = True
            _hold(ctx, target, found, objects, texts[0], "filter-literal")
    if not tried:
        raise NotApplicable("no filter on text that takes such characters")
