"""Filters: all that match, nothing else, and every character taken for itself."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import TypeVar

from trunkline import ir
from trunkline.contract.checks.comparison import instant, of
from trunkline.contract.engine import (
    Bench,
    BlockedError,
    Family,
    Thing,
    collection_law,
    rule,
    to_text,
)
from trunkline.contract.model import Collection, Leaf, dig, resolve
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


def _is_text(bench: Bench, leaf: Leaf) -> bool:
    shape = resolve(bench.api, leaf.schema).shape
    return isinstance(shape, ir.String) and shape.pattern is None and shape.format is None


def _hold(
    bench: Bench,
    collection: Collection,
    found: ir.Filter,
    things: list[Thing],
    wanted: str,
    rule_id: str | None = None,
) -> None:
    """Filter by `wanted` and compare with what this run's objects say."""
    lister = collection.lister
    assert lister is not None
    parameter = _parameter(collection, found)
    if parameter is not None and not bench.oracle.accepts(
        parameter.schema, _typed(bench, parameter, wanted)
    ):
        return
    items, seen = bench.everything(collection, [(found.parameter, wanted)])
    origins = (parameter.origin,) if parameter else ()
    name = ".".join(found.member)
    foreign = [i for i in items if not matches(found, dig(i, found.member), wanted)]
    if not bench.expect(not foreign):
        bench.violation(
            lister,
            f"{found.parameter}={wanted} lists an object whose {name} is "
            f"{to_text(dig(foreign[0], found.member))!r}",
            *seen[:1],
            subject=found.parameter,
            origins=origins,
            rule=rule_id or "filter-sound",
        )
    listed = {bench.identity(collection, i) for i in of(bench, collection, items, things)}
    for thing in things:
        due = matches(found, dig(thing.value, found.member), wanted)
        if due and not bench.expect(thing.id in listed):
            bench.violation(
                lister,
                f"{found.parameter}={wanted} does not list an object whose {name} is "
                f"{to_text(dig(thing.value, found.member))!r}",
                thing.created,
                *seen[:1],
                subject=found.parameter,
                origins=origins,
                rule=rule_id or "filter-complete",
            )
            return
    _total(bench, lister, found, wanted, len(items), seen[0] if seen else None)


def _total(
    bench: Bench,
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
    if not bench.expect(total == count):
        bench.violation(
            lister,
            f"{found.parameter}={wanted} lists {count} objects and gives the total as {total}",
            exchange,
            subject=found.parameter,
            rule="filter-total",
        )


def _typed(bench: Bench, parameter: ir.Parameter, text: str) -> Json:
    shape = resolve(bench.api, parameter.schema).shape
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


@collection_law("filter-sound", "filter-complete", "filter-total", needs=_needs)
def filter_sound(bench: Bench, collection: Collection) -> None:
    """Each filter, with whole values, parts of them, and one that nothing has."""
    assert collection.lister is not None
    tried = False
    for found in collection.lister.filters:
        leaf = _leaf(collection, found)
        if leaf is None:
            tried |= _by_what_is_there(bench, collection, found)
            continue
        things = _things(bench, collection, leaf)
        values = [dig(t.value, found.member) for t in things]
        texts = {to_text(v) for v in values if v is not None and not isinstance(v, list | dict)}
        texts |= {to_text(e) for v in values if isinstance(v, list) for e in v[:1]}
        for text in sorted(texts):
            for wanted in queries(found, text):
                tried = True
                _hold(bench, collection, found, things, wanted)
        if _is_text(bench, leaf):
            _hold(bench, collection, found, things, bench.lab.fresh())
    if not tried:
        raise BlockedError("no filter could be tried")


def _things(bench: Bench, collection: Collection, leaf: Leaf) -> list[Thing]:
    """Objects that differ in `leaf`."""
    target = bench.referred(collection, leaf)
    if target is not None:
        others = [bench.create(target) for _ in range(2)]
        return [bench.create(collection, {leaf.path: o.id}) for o in others] + [
            bench.create(collection)
        ]
    if _is_text(bench, leaf):
        return [bench.create(collection, {leaf.path: _text(bench, leaf)}) for _ in range(3)]
    values = [g.value for g in bench.values.good(leaf.schema) if g.value is not None][:3]
    return [bench.create(collection, {leaf.path: v}) for v in values] or [bench.create(collection)]


def _text(bench: Bench, leaf: Leaf, extra: str = "") -> str:
    shape = resolve(bench.api, leaf.schema).shape
    assert isinstance(shape, ir.String)
    made = bench.lab.fresh() + extra
    return made if bench.oracle.accepts(leaf.schema, made) else bench.values.text(shape)


def _by_what_is_there(bench: Bench, collection: Collection, found: ir.Filter) -> bool:
    """A filter on a member that no request sets: try the values that the server gave."""
    things = [bench.create(collection) for _ in range(2)]
    value = dig(things[0].value, found.member)
    if value is None or isinstance(value, list | dict):
        return False
    _hold(bench, collection, found, things, to_text(value))
    return True


def _textual(collection: Collection) -> bool:
    return _needs(collection) and any(
        f.operator in _TEXT and _leaf(collection, f) is not None
        for f in (collection.lister.filters if collection.lister else ())
    )


def _on_text(bench: Bench, collection: Collection) -> Iterator[tuple[ir.Filter, Leaf]]:
    """The filters on members that take any text."""
    for found in collection.lister.filters if collection.lister else ():
        leaf = _leaf(collection, found)
        if leaf is None or found.operator not in _TEXT or not _is_text(bench, leaf):
            continue
        if bench.referred(collection, leaf) is None:
            yield found, leaf


@collection_law("filter-case", needs=_textual)
def filter_case(bench: Bench, collection: Collection) -> None:
    """The same text in the other case finds, or does not, as described."""
    assert collection.lister is not None
    tried = False
    for found, leaf in _on_text(bench, collection):
        text = _text(bench, leaf, "Mixed")
        things = [bench.create(collection, {leaf.path: text})]
        tried = True
        for wanted in (text.swapcase(), text.lower(), text.upper()):
            if wanted == text:
                continue
            if not found.ignore_case and not _says_case(collection, found):
                # Not said either way: only that what is found must match in some case.
                continue
            _hold(bench, collection, found, things, wanted, "filter-case")
    if not tried:
        raise BlockedError("no filter on free text")


def _says_case(collection: Collection, found: ir.Filter) -> bool:
    """Whether the description states how case counts, by giving the filter's hint itself."""
    parameter = _parameter(collection, found)
    said = parameter.extensions.get("x-trunkline-filter") if parameter else None
    return isinstance(said, dict)


@collection_law("filter-literal", needs=_textual)
def filter_literal(bench: Bench, collection: Collection) -> None:
    """Objects with metacharacters in a member, and neighbours that a pattern would also match."""
    assert collection.lister is not None
    tried = False
    for found, leaf in _on_text(bench, collection):
        for special in _METACHARACTERS if bench.full else _METACHARACTERS[:8]:
            base = bench.lab.fresh()
            texts = [f"{base}{special}z", f"{base}yz", f"{base}yyz"]
            if not all(bench.oracle.accepts(leaf.schema, t) for t in texts):
                continue
            things = [
                thing
                for t in texts
                if (thing := bench.attempt(collection, bench.body(collection, {leaf.path: t}))[1])
            ]
            if len(things) < len(texts):
                continue
            tried = True
            _hold(bench, collection, found, things, texts[0], "filter-literal")
    if not tried:
        raise BlockedError("no filter on text that takes such characters")
