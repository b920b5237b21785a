"""Sorting: in order, both ways, and the same objects as without."""

from __future__ import annotations

from trunkline.contract.checks.comparison import different_value, instant, of, to_text
from trunkline.contract.checks.list_filtering import narrow_to
from trunkline.contract.engine import (
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    Sortable,
    collection_check,
    id_of,
    rule,
)
from trunkline.ir import Json
from trunkline.semantics import jsonvalue
from trunkline.semantics.jsonvalue import Path

rule(
    "sort-monotone",
    Family.SORTING,
    "A sorted list is in the order asked for",
    "The first item of a sorted list is taken for the smallest.",
    "Sort by the member asked for, in both directions, before the page is cut.",
)
rule(
    "sort-complete",
    Family.SORTING,
    "Sorting shows the same objects as not sorting",
    "An order must not hide anything.",
    "Sorting must not filter: mind inner joins, and nulls.",
)
rule(
    "sort-default",
    Family.SORTING,
    "Without a sort parameter the documented order holds",
    "Callers who say nothing rely on what is documented.",
    "Use the documented order where none is asked for.",
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


def _various(ctx: CheckContext, target: Sortable) -> list[CreatedObject]:
    """Objects that differ in every property that can be set, created in no order of theirs."""
    collection = target.collection
    keys = {path for path, _ in target.sort.keys.values()}
    objects: list[CreatedObject] = []
    texts = ["m", "c", "x", "a", "q", "h"]
    for index, initial in enumerate(texts):
        members: dict[Path, Json] = {}
        for leaf in collection.input_leaves(target.created):
            *outer, name = leaf.path
            if outer or ctx.values.is_reference(name, leaf.schema):
                continue
            if leaf.path not in keys:
                continue
            fresh = f"{initial}{ctx.session.fresh()}"
            if ctx.validators.fits(leaf.schema, fresh, "request"):
                members[leaf.path] = fresh
            elif index % 2:
                value = different_value(ctx, leaf, jsonvalue.get(objects[0].value, leaf.path))
                if value is not None:
                    members[leaf.path] = value
        objects.append(ctx.objects.create(collection, members))
    return objects


@collection_check("sort-monotone", "sort-complete", "sort-default", needs=Sortable.of)
def sort_monotone(ctx: CheckContext, target: Sortable) -> None:
    """Every value of the sort parameter, in one page and across small pages."""
    collection = target.collection
    lister, sort = target.lister, target.sort
    objects = _various(ctx, target)
    plain, seen = ctx.lists.all_items(collection)
    ids = {t.id for t in objects}
    if len(of(collection, plain, objects)) != len(objects):
        raise Inconclusive("the list misses objects")
    parameter = next((p for p in lister.parameters if p.name == sort.parameter), None)
    origins = (parameter.origin,) if parameter else ()
    if sort.default is not None and sort.default in sort.keys:
        path, descending = sort.keys[sort.default]
        values = [jsonvalue.get(i, path) for i in plain]
        ctx.expect(
            in_order(values, descending=descending),
            lister,
            f"without {sort.parameter} the order is not {sort.default}",
            *seen[:1],
            subject=sort.parameter,
            origins=origins,
            rule="sort-default",
        )
    _across_pages(ctx, target, objects)
    for value, (path, descending) in sort.keys.items():
        items, shown = ctx.lists.all_items(collection, [(sort.parameter, value)])
        values = [jsonvalue.get(i, path) for i in items]
        ctx.expect(
            in_order(values, descending=descending),
            lister,
            f"{sort.parameter}={value} is not in order: "
            + ", ".join(to_text(v) for v in values if not isinstance(v, dict))[:160],
            *shown[:1],
            subject=f"{sort.parameter}={value}",
            origins=origins,
        )
        listed = [id_of(collection, i) for i in items]
        mine = [i for i in listed if i in ids]
        ctx.expect(
            sorted(map(str, mine)) == sorted(ids),
            lister,
            f"{sort.parameter}={value} lists {len(set(mine))} of {len(ids)} objects, "
            f"{len(mine)} times in all",
            *shown[:1],
            subject=f"{sort.parameter}={value}",
            origins=origins,
            rule="sort-complete",
        )


def _across_pages(ctx: CheckContext, target: Sortable, objects: list[CreatedObject]) -> None:
    """Small pages one after the other are in order as a whole."""
    collection, lister, sort = target.collection, target.lister, target.sort
    if lister.pagination is None or lister.pagination.size is None:
        return
    telling = [
        (value, path, descending)
        for value, (path, descending) in sort.keys.items()
        if len({to_text(jsonvalue.get(t.value, path)) for t in objects}) > 2
    ]
    query = narrow_to(ctx, collection, objects)
    for value, path, descending in telling[:4]:
        size = 3
        items, seen = ctx.lists.all_items(collection, [*query, (sort.parameter, value)], size=size)
        values = [jsonvalue.get(i, path) for i in items]
        ctx.expect(
            in_order(values, descending=descending),
            lister,
            f"{sort.parameter}={value} in pages of {size} is not in order as a whole: "
            + ", ".join(to_text(v) for v in values)[:160],
            *seen[:3],
            subject=f"{sort.parameter}={value} in pages",
        )
