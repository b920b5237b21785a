"""Filters: all that match, nothing else, and every character taken for itself."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import TypeVar

from trunkline import ir
from trunkline.contract.checks.comparison import instant, of
from trunkline.contract.engine import (
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    collection_check,
    rule,
    to_text,
)
from trunkline.contract.model import Collection, Leaf, get_path, resolve
from trunkline.ir import FilterOperator, Json

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
)
rule(
    "filter-complete",
    Family.FILTERS,
    "A filtered list holds everything that matches",
    "What a filter loses is never found again.",
)
rule(
    "filter-case",
    Family.FILTERS,
    "A filter minds case as described",
    "Whether `Office` finds `office` decides what clients see.",
)
rule(
    "filter-literal",
    Family.FILTERS,
    "Metacharacters in a filter stand for themselves",
    "A filter that reads `%`, `_`, `.*` or `'` as commands finds the wrong things, or runs them.",
)
rule(
    "filter-total",
    Family.FILTERS,
    "The totals of a filtered list count what matches",
    "Clients page by the totals.",
)

_TEXT = {
    FilterOperator.CONTAINS,
    FilterOperator.STARTS_WITH,
    FilterOperator.ENDS_WITH,
    FilterOperator.EQUALS,
}
_METACHARACTERS = ("%", "_", "*", ".", "\\", "'", '"', "(", "[a-z]", "+", "&", "#")


def _needs(collection: Collection) -> bool:
    return (
        collection.lister is not None
        and bool(collection.lister.filters)
        and collection.creator is not None
        and collection.created is not None
    )


def _parameter(collection: Collection, found: ir.Filter) -> ir.Parameter | None:
    assert collection.lister is not None
    return next((p for p in collection.lister.parameters if p.name == found.parameter), None)


def _leaf(collection: Collection, found: ir.Filter) -> Leaf | None:
    leaves = collection.input_leaves(collection.created)
    return next((leaf for leaf in leaves if leaf.path == found.member), None)


def _is_text(ctx: CheckContext, leaf: Leaf) -> bool:
    shape = resolve(ctx.api, leaf.schema).shape
    return isinstance(shape, ir.String) and shape.pattern is None and shape.format is None


def _hold(
    ctx: CheckContext,
    collection: Collection,
    found: ir.Filter,
    objects: list[CreatedObject],
    wanted: str,
    rule_id: str | None = None,
) -> None:
    """Filter by `wanted` and compare with what this run's objects say."""
    lister = collection.lister
    assert lister is not None
    parameter = _parameter(collection, found)
    if parameter is not None and not ctx.validator.accepts(
        parameter.schema, _typed(ctx, parameter, wanted)
    ):
        return
    items, seen = ctx.all_items(collection, [(found.parameter, wanted)])
    origins = (parameter.origin,) if parameter else ()
    name = ".".join(found.member)
    foreign = [i for i in items if not matches(found, get_path(i, found.member), wanted)]
    if not ctx.expect(not foreign):
        ctx.violation(
            lister,
            f"{found.parameter}={wanted} lists an object whose {name} is "
            f"{to_text(get_path(foreign[0], found.member))!r}",
            *seen[:1],
            subject=found.parameter,
            origins=origins,
            rule=rule_id or "filter-sound",
        )
    listed = {ctx.id_of(collection, i) for i in of(ctx, collection, items, objects)}
    for obj in objects:
        due = matches(found, get_path(obj.value, found.member), wanted)
        if due and not ctx.expect(obj.id in listed):
            ctx.violation(
                lister,
                f"{found.parameter}={wanted} does not list an object whose {name} is "
                f"{to_text(get_path(obj.value, found.member))!r}",
                obj.created,
                *seen[:1],
                subject=found.parameter,
                origins=origins,
                rule=rule_id or "filter-complete",
            )
            return
    _total(ctx, lister, found, wanted, len(items), seen[0] if seen else None)


def _total(
    ctx: CheckContext,
    lister: ir.Operation,
    found: ir.Filter,
    wanted: str,
    count: int,
    exchange: object,
) -> None:
    from trunkline.contract.model import Exchange

    paging = lister.pagination
    if paging is None or paging.total_items is None or not isinstance(exchange, Exchange):
        return
    total = exchange.at(paging.total_items)
    if not ctx.expect(total == count):
        ctx.violation(
            lister,
            f"{found.parameter}={wanted} lists {count} objects and gives the total as {total}",
            exchange,
            subject=found.parameter,
            rule="filter-total",
        )


def _typed(ctx: CheckContext, parameter: ir.Parameter, text: str) -> Json:
    shape = resolve(ctx.api, parameter.schema).shape
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


@collection_check("filter-sound", "filter-complete", "filter-total", needs=_needs)
def filter_sound(ctx: CheckContext, collection: Collection) -> None:
    """Each filter, with whole values, parts of them, and one that nothing has."""
    assert collection.lister is not None
    tried = False
    for found in collection.lister.filters:
        leaf = _leaf(collection, found)
        if leaf is None:
            tried |= _by_what_is_there(ctx, collection, found)
            continue
        objects = _objects_of(ctx, collection, leaf)
        values = [get_path(t.value, found.member) for t in objects]
        texts = {to_text(v) for v in values if v is not None and not isinstance(v, list | dict)}
        texts |= {to_text(e) for v in values if isinstance(v, list) for e in v[:1]}
        for text in sorted(texts):
            for wanted in queries(found, text):
                tried = True
                _hold(ctx, collection, found, objects, wanted)
        if _is_text(ctx, leaf):
            _hold(ctx, collection, found, objects, ctx.session.fresh())
    if not tried:
        raise Inconclusive("no filter could be tried")


def _objects_of(ctx: CheckContext, collection: Collection, leaf: Leaf) -> list[CreatedObject]:
    """Objects that differ in `leaf`."""
    target = ctx.referenced_collection(collection, leaf)
    if target is not None:
        others = [ctx.create(target) for _ in range(2)]
        return [ctx.create(collection, {leaf.path: o.id}) for o in others] + [
            ctx.create(collection)
        ]
    if _is_text(ctx, leaf):
        return [ctx.create(collection, {leaf.path: _text(ctx, leaf)}) for _ in range(3)]
    values = [g.value for g in ctx.values.valid_examples(leaf.schema) if g.value is not None][:3]
    return [ctx.create(collection, {leaf.path: v}) for v in values] or [ctx.create(collection)]


def _text(ctx: CheckContext, leaf: Leaf, extra: str = "") -> str:
    shape = resolve(ctx.api, leaf.schema).shape
    assert isinstance(shape, ir.String)
    made = ctx.session.fresh() + extra
    return made if ctx.validator.accepts(leaf.schema, made) else ctx.values.text(shape)


def _by_what_is_there(ctx: CheckContext, collection: Collection, found: ir.Filter) -> bool:
    """A filter on a member that no request sets: try the values that the server gave."""
    objects = [ctx.create(collection) for _ in range(2)]
    value = get_path(objects[0].value, found.member)
    if value is None or isinstance(value, list | dict):
        return False
    _hold(ctx, collection, found, objects, to_text(value))
    return True


def _textual(collection: Collection) -> bool:
    return _needs(collection) and any(
        f.operator in _TEXT and _leaf(collection, f) is not None
        for f in (collection.lister.filters if collection.lister else ())
    )


def _on_text(ctx: CheckContext, collection: Collection) -> Iterator[tuple[ir.Filter, Leaf]]:
    """The filters on members that take any text."""
    for found in collection.lister.filters if collection.lister else ():
        leaf = _leaf(collection, found)
        if leaf is None or found.operator not in _TEXT or not _is_text(ctx, leaf):
            continue
        if ctx.referenced_collection(collection, leaf) is None:
            yield found, leaf


@collection_check("filter-case", needs=_textual)
def filter_case(ctx: CheckContext, collection: Collection) -> None:
    """The same text in the other case finds, or does not, as described."""
    assert collection.lister is not None
    tried = False
    for found, leaf in _on_text(ctx, collection):
        text = _text(ctx, leaf, "Mixed")
        objects = [ctx.create(collection, {leaf.path: text})]
        tried = True
        for wanted in (text.swapcase(), text.lower(), text.upper()):
            if wanted == text:
                continue
            if not found.ignore_case and not _says_case(collection, found):
                # Not said either way: only that what is found must match in some case.
                continue
            _hold(ctx, collection, found, objects, wanted, "filter-case")
    if not tried:
        raise Inconclusive("no filter on free text")


def _says_case(collection: Collection, found: ir.Filter) -> bool:
    """Whether the description states how case counts, by giving the filter's hint itself."""
    parameter = _parameter(collection, found)
    said = parameter.extensions.get("x-trunkline-filter") if parameter else None
    return isinstance(said, dict)


@collection_check("filter-literal", needs=_textual)
def filter_literal(ctx: CheckContext, collection: Collection) -> None:
    """Objects with metacharacters in a member, and neighbours that a pattern would also match."""
    assert collection.lister is not None
    tried = False
    for found, leaf in _on_text(ctx, collection):
        for special in _METACHARACTERS if ctx.full else _METACHARACTERS[:8]:
            base = ctx.session.fresh()
            texts = [f"{base}{special}z", f"{base}yz", f"{base}yyz"]
            if not all(ctx.validator.accepts(leaf.schema, t) for t in texts):
                continue
            objects = [
                obj
                for t in texts
                if (obj := ctx.try_create(collection, ctx.body(collection, {leaf.path: t}))[1])
            ]
            if len(objects) < len(texts):
                continue
            tried = True
            _hold(ctx, collection, found, objects, texts[0], "filter-literal")
    if not tried:
        raise Inconclusive("no filter on text that takes such characters")
