"""Sorting: in order, both ways, and the same objects as without."""

from __future__ import annotations

from trunkline.contract.checks.comparison import different_value, instant, of
from trunkline.contract.checks.list_filtering import narrow_to
from trunkline.contract.engine import (
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    collection_check,
    rule,
    to_text,
)
from trunkline.contract.model import Collection, Path, get_path
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


def _various(ctx: CheckContext, collection: Collection) -> list[CreatedObject]:
    """Objects that differ in every member that can be set, created in no order of theirs."""
    sort = collection.lister.sort if collection.lister else None
    keys = {path for path, _ in sort.keys.values()} if sort else set()
    objects: list[CreatedObject] = []
    texts = ["m", "c", "x", "a", "q", "h"]
    for index, initial in enumerate(texts):
        members: dict[Path, Json] = {}
        for leaf in collection.input_leaves(collection.created):
            *outer, name = leaf.path
            if outer or ctx.values.is_reference(name, leaf.schema):
                continue
            if leaf.path not in keys:
                continue
            fresh = f"{initial}{ctx.session.fresh()}"
            if ctx.validator.accepts(leaf.schema, fresh):
                members[leaf.path] = fresh
            elif index % 2:
                value = different_value(ctx, leaf, get_path(objects[0].value, leaf.path))
                if value is not None:
                    members[leaf.path] = value
        objects.append(ctx.create(collection, members))
    return objects


@collection_check("sort-monotone", "sort-complete", "sort-default", needs=_needs)
def sort_monotone(ctx: CheckContext, collection: Collection) -> None:
    """Every value of the sort parameter, in one page and across small pages."""
    lister = collection.lister
    assert lister is not None
    sort = lister.sort
    assert sort is not None
    objects = _various(ctx, collection)
    plain, seen = ctx.all_items(collection)
    ids = {t.id for t in objects}
    if len(of(ctx, collection, plain, objects)) != len(objects):
        raise Inconclusive("the list misses objects")
    parameter = next((p for p in lister.parameters if p.name == sort.parameter), None)
    origins = (parameter.origin,) if parameter else ()
    if sort.default is not None and sort.default in sort.keys:
        path, descending = sort.keys[sort.default]
        values = [get_path(i, path) for i in plain]
        if not ctx.expect(in_order(values, descending=descending)):
            ctx.violation(
                lister,
                f"without {sort.parameter} the order is not {sort.default}",
                *seen[:1],
                subject=sort.parameter,
                origins=origins,
                rule="sort-default",
            )
    _across_pages(ctx, collection, objects)
    for value, (path, descending) in sort.keys.items():
        items, shown = ctx.all_items(collection, [(sort.parameter, value)])
        values = [get_path(i, path) for i in items]
        if not ctx.expect(in_order(values, descending=descending)):
            ctx.violation(
                lister,
                f"{sort.parameter}={value} is not in order: "
                + ", ".join(to_text(v) for v in values if not isinstance(v, dict))[:160],
                *shown[:1],
                subject=f"{sort.parameter}={value}",
                origins=origins,
            )
        listed = [ctx.id_of(collection, i) for i in items]
        mine = [i for i in listed if i in ids]
        if not ctx.expect(sorted(map(str, mine)) == sorted(ids)):
            ctx.violation(
                lister,
                f"{sort.parameter}={value} lists {len(set(mine))} of {len(ids)} objects, "
                f"{len(mine)} times in all",
                *shown[:1],
                subject=f"{sort.parameter}={value}",
                origins=origins,
                rule="sort-complete",
            )


def _across_pages(ctx: CheckContext, collection: Collection, objects: list[CreatedObject]) -> None:
    """Small pages one after the other are in order as a whole."""
    lister = collection.lister
    assert lister is not None
    assert lister.sort is not None
    if lister.pagination is None or lister.pagination.size is None:
        return
    telling = [
        (value, path, descending)
        for value, (path, descending) in lister.sort.keys.items()
        if len({to_text(get_path(t.value, path)) for t in objects}) > 2
    ]
    query = narrow_to(ctx, collection, objects)
    for value, path, descending in telling[:4]:
        size = 3
        items, seen = ctx.all_items(collection, [*query, (lister.sort.parameter, value)], size=size)
        values = [get_path(i, path) for i in items]
        if not ctx.expect(in_order(values, descending=descending)):
            ctx.violation(
                lister,
                f"{lister.sort.parameter}={value} in pages of {size} is not in order as a whole: "
                + ", ".join(to_text(v) for v in values)[:160],
                *seen[:3],
                subject=f"{lister.sort.parameter}={value} in pages",
            )
