"""Sorting: in order, both ways, and the same objects as without."""

from __future__ import annotations

from trunkline.contract.checks.comparison import another, instant, of
from trunkline.contract.checks.list_filtering import narrowed
from trunkline.contract.engine import (
    Bench,
    BlockedError,
    Family,
    Thing,
    collection_law,
    rule,
    to_text,
)
from trunkline.contract.model import Collection, Path, dig
from trunkline.ir import Json

rule(
    "sort-monotone",
    Family.SORTING,
    "A sorted list is in the order asked for",
    "The first item of a sorted list is taken for the smallest.",
)
rule(
    "sort-complete",
    Family.SORTING,
    "Sorting shows the same objects as not sorting",
    "An order must not hide anything.",
)
rule(
    "sort-default",
    Family.SORTING,
    "Without a sort parameter the documented order holds",
    "Callers who say nothing rely on what is documented.",
)


def _needs(collection: Collection) -> bool:
    return (
        collection.lister is not None
        and collection.lister.sort is not None
        and collection.creator is not None
        and collection.created is not None
    )


def _key(value: Json) -> tuple[int, float, str]:
    moment = instant(value)
    if moment is not None:
        return (0, moment.timestamp(), "")
    if isinstance(value, bool | int | float):
        return (0, float(value), "")
    return (0, 0.0, to_text(value))


def in_order(values: list[Json], *, descending: bool) -> bool:
    """Whether values never go the wrong way, nulls left out; case may count or not."""
    present = [v for v in values if v is not None and not isinstance(v, list | dict)]
    if descending:
        present.reverse()
    plain = [_key(v) for v in present]
    folded = [(a, b, c.casefold()) for a, b, c in plain]
    return plain == sorted(plain) or folded == sorted(folded)


def _various(bench: Bench, collection: Collection) -> list[Thing]:
    """Objects that differ in every member that can be set, created in no order of theirs."""
    sort = collection.lister.sort if collection.lister else None
    keys = {path for path, _ in sort.keys.values()} if sort else set()
    things: list[Thing] = []
    texts = ["m", "c", "x", "a", "q", "h"]
    for index, initial in enumerate(texts):
        members: dict[Path, Json] = {}
        for leaf in collection.input_leaves(collection.created):
            *outer, name = leaf.path
            if outer or bench.values.is_reference(name, leaf.schema):
                continue
            if leaf.path not in keys:
                continue
            fresh = f"{initial}{bench.lab.fresh()}"
            if bench.oracle.accepts(leaf.schema, fresh):
                members[leaf.path] = fresh
            elif index % 2:
                value = another(bench, leaf, dig(things[0].value, leaf.path))
                if value is not None:
                    members[leaf.path] = value
        things.append(bench.create(collection, members))
    return things


@collection_law("sort-monotone", "sort-complete", "sort-default", needs=_needs)
def sort_monotone(bench: Bench, collection: Collection) -> None:
    """Every value of the sort parameter, in one page and across small pages."""
    lister = collection.lister
    assert lister is not None
    sort = lister.sort
    assert sort is not None
    things = _various(bench, collection)
    plain, seen = bench.everything(collection)
    ids = {t.id for t in things}
    if len(of(bench, collection, plain, things)) != len(things):
        raise BlockedError("the list misses objects")
    parameter = next((p for p in lister.parameters if p.name == sort.parameter), None)
    origins = (parameter.origin,) if parameter else ()
    if sort.default is not None and sort.default in sort.keys:
        path, descending = sort.keys[sort.default]
        values = [dig(i, path) for i in plain]
        if not bench.expect(in_order(values, descending=descending)):
            bench.violation(
                lister,
                f"without {sort.parameter} the order is not {sort.default}",
                *seen[:1],
                subject=sort.parameter,
                origins=origins,
                rule="sort-default",
            )
    _across_pages(bench, collection, things)
    for value, (path, descending) in sort.keys.items():
        items, shown = bench.everything(collection, [(sort.parameter, value)])
        values = [dig(i, path) for i in items]
        if not bench.expect(in_order(values, descending=descending)):
            bench.violation(
                lister,
                f"{sort.parameter}={value} is not in order: "
                + ", ".join(to_text(v) for v in values if not isinstance(v, dict))[:160],
                *shown[:1],
                subject=f"{sort.parameter}={value}",
                origins=origins,
            )
        listed = [bench.identity(collection, i) for i in items]
        mine = [i for i in listed if i in ids]
        if not bench.expect(sorted(map(str, mine)) == sorted(ids)):
            bench.violation(
                lister,
                f"{sort.parameter}={value} lists {len(set(mine))} of {len(ids)} objects, "
                f"{len(mine)} times in all",
                *shown[:1],
                subject=f"{sort.parameter}={value}",
                origins=origins,
                rule="sort-complete",
            )


def _across_pages(bench: Bench, collection: Collection, things: list[Thing]) -> None:
    """Small pages one after the other are in order as a whole."""
    lister = collection.lister
    assert lister is not None
    assert lister.sort is not None
    if lister.pagination is None or lister.pagination.size is None:
        return
    telling = [
        (value, path, descending)
        for value, (path, descending) in lister.sort.keys.items()
        if len({to_text(dig(t.value, path)) for t in things}) > 2
    ]
    query = narrowed(bench, collection, things)
    for value, path, descending in telling[:4]:
        size = 3
        items, seen = bench.everything(
            collection, [*query, (lister.sort.parameter, value)], size=size
        )
        values = [dig(i, path) for i in items]
        if not bench.expect(in_order(values, descending=descending)):
            bench.violation(
                lister,
                f"{lister.sort.parameter}={value} in pages of {size} is not in order as a whole: "
                + ", ".join(to_text(v) for v in values)[:160],
                *seen[:3],
                subject=f"{lister.sort.parameter}={value} in pages",
            )
