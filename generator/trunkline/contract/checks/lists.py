"""What a list holds: everything once, as reading shows it."""

from __future__ import annotations

from typing import TypeAlias

from trunkline import ir
from trunkline.contract.checks.comparison import (
    changeable,
    different_value,
    of,
    origin_of,
    same,
    show,
)
from trunkline.contract.checks.list_filtering import narrow_to
from trunkline.contract.engine import (
    CheckContext,
    Counted,
    CreatedObject,
    Family,
    Inconclusive,
    Listable,
    ListPage,
    Paged,
    PaginationLoop,
    collection_check,
    id_of,
    required_filters,
    rule,
)
from trunkline.contract.model import Collection, Exchange, has_path
from trunkline.ir import Json, PaginationStyle
from trunkline.semantics import jsonvalue, responses, schemas
from trunkline.semantics.jsonvalue import Path

rule(
    "listed-once",
    Family.LISTS,
    "What was created is in the list exactly once",
    "A list that misses or repeats an object is a wrong answer to every question about it.",
    "Look for joins that multiply rows, and for a filter that hides new objects.",
)
rule(
    "created-once",
    Family.LISTS,
    "Creating makes one object",
    "The second one is billed, listed and never deleted.",
    "Look for a retry inside the server, or two writes of one request.",
)
rule(
    "listed-same",
    Family.LISTS,
    "The list shows an object as reading it does",
    "Two views of one object that differ leave clients to guess which is true.",
    "Print objects in lists by the same code as single ones.",
)


@collection_check("listed-once", "listed-same", "created-once", needs=Listable.of)
def listed_once(ctx: CheckContext, target: Listable) -> None:
    """Three objects created are each listed once, as reading shows them."""
    collection = target.collection
    lister = target.lister
    objects = [ctx.objects.create(collection, full=full) for full in (False, True, False)]
    if collection.updater is not None and collection.retriever is not None:
        objects[2].value, _ = ctx.objects.read(objects[2])
        members: dict[Path, Json] = {
            leaf.path: different_value(ctx, leaf, jsonvalue.get(objects[2].value, leaf.path))
            for leaf in changeable(ctx, collection)
            if len(leaf.path) == 1
        }
        ctx.objects.change(objects[2], members)
    items, seen = ctx.lists.all_items(collection)
    for obj in objects:
        _doubles(ctx, target, obj, items, seen)
        shown = of(collection, items, [obj])
        if not ctx.expect(
            len(shown) == 1,
            lister,
            f"an object just created is in the list {len(shown)} times",
            obj.created,
            *(seen[:1] if len(seen) == 1 else seen[:2]),
            subject="missing" if not shown else "repeated",
        ):
            continue
        view, read = ctx.objects.read(obj) if collection.retriever else (obj.value, obj.created)
        listed = shown[0]
        if not isinstance(listed, dict):
            continue
        for path in collection.item_leaves():
            if not (has_path(listed, path) and has_path(view, path)) or path in collection.moving:
                continue
            views = (jsonvalue.get(listed, path), jsonvalue.get(view, path))
            described = (collection.item_leaves()[path].schema, _listed(ctx, target, path))
            if not _could_be_same(ctx, described, *views):
                continue
            ctx.expect(
                same(*(_told_by_both(ctx, described, one) for one in views)),
                lister,
                f"the list shows {'.'.join(path)} as {show(jsonvalue.get(listed, path))}, "
                f"reading shows {show(jsonvalue.get(view, path))}",
                obj.created,
                *seen[:1],
                read,
                subject=".".join(path),
                origins=origin_of(collection, path),
                rule="listed-same",
            )


_Described: TypeAlias = tuple[ir.Schema, ir.Schema | None]
"""What reading says of a member, and the list, if it says anything."""


def _could_be_same(ctx: CheckContext, described: _Described, listed: Json, read: Json) -> bool:
    """Whether reading could show what the list does, and the list what reading does: it may only
    refer to what reading shows whole."""
    by_reading, by_list = described
    fits = ctx.validators.fits
    return fits(by_reading, listed, "response") and (
        by_list is None or fits(by_list, read, "response")
    )


def _listed(ctx: CheckContext, target: Listable, path: Path) -> ir.Schema | None:
    """What a list says of a member of its items."""
    known = ctx.api.schemas
    payload = responses.payload_schema(known, target.lister)
    item = schemas.items(known, payload) if payload is not None else None
    inner = path[len(target.collection.wrapper) :]
    return schemas.descend(known, item, inner) if item is not None else None


def _told_by_both(ctx: CheckContext, described: _Described, value: Json) -> Json:
    """A member without what only one of the two, the list or reading, says of what is inside it."""
    for schema in described:
        value = _told_by(ctx, schema, value) if schema is not None else value
    return value


def _told_by(ctx: CheckContext, schema: ir.Schema, value: Json) -> Json:
    known = ctx.api.schemas
    shape = schemas.resolve(known, schema).shape
    if isinstance(shape, ir.Array) and isinstance(value, list):
        return [_told_by(ctx, shape.items, one) for one in value]
    if not isinstance(shape, ir.Object) or not isinstance(value, dict):
        return value
    if not shape.properties:
        inner = shape.additional
        return {n: _told_by(ctx, inner, v) if inner else v for n, v in value.items()}
    named = {prop.name: prop.schema for prop in shape.properties}
    return {n: _told_by(ctx, named[n], v) for n, v in value.items() if n in named}


def _doubles(
    ctx: CheckContext,
    target: Listable,
    obj: CreatedObject,
    items: list[Json],
    seen: list[Exchange],
) -> None:
    """No other object has the texts that only this request carried."""
    collection = target.collection
    shared = required_filters(collection)
    marks = {
        leaf.path: text
        for leaf in collection.input_leaves(target.created)
        if leaf.path not in shared
        and isinstance(text := jsonvalue.get(obj.sent, leaf.path), str)
        and text.startswith(ctx.session.marker)
    }
    if not marks:
        return
    for item in items:
        if id_of(collection, item) == obj.id:
            continue
        if not ctx.expect(
            any(jsonvalue.get(item, path) != text for path, text in marks.items()),
            target.creator,
            f"one create request made another object too, {id_of(collection, item)}",
            obj.created,
            *seen[:1],
            rule="created-once",
        ):
            ctx.objects.note_listed(collection, item)


rule(
    "pages-partition",
    Family.LISTS,
    "The pages together hold every object once",
    "An object lost between pages is processed by nobody, one repeated is processed twice.",
    "Order by something unique, the id last, and mind the off-by-one in the offset.",
)
rule(
    "page-size",
    Family.LISTS,
    "A page holds as many items as were asked for",
    "Clients size buffers and loops by it.",
    "Honour the size asked for, up to the documented maximum.",
)
rule(
    "page-default",
    Family.LISTS,
    "Without parameters the first page is shown in the default size",
    "Callers who say nothing rely on what is documented.",
    "Use the documented defaults for page and size.",
)
rule(
    "page-numbers",
    Family.LISTS,
    "What a page says about itself is true",
    "Clients stop at the page the totals tell them.",
    "Compute totals with the same condition as the page.",
)
rule(
    "past-the-end",
    Family.LISTS,
    "Past the last page there is nothing",
    "A page that repeats the last one makes clients loop for ever.",
    "Answer with an empty page.",
)
rule(
    "order-stable",
    Family.LISTS,
    "The same list twice comes in the same order",
    "Paging through an order that changes loses items.",
    "Give every list an order, ended by the id.",
)


def _several(ctx: CheckContext, collection: Collection, count: int) -> list[CreatedObject]:
    return [ctx.objects.create(collection) for _ in range(count)]


@collection_check("pages-partition", "page-size", "page-numbers", needs=Paged.of)
def pages_partition(ctx: CheckContext, target: Paged) -> None:
    """Walk the list in small pages: sizes, numbers and totals agree, each object comes once."""
    collection = target.collection
    lister = target.lister
    objects = _several(ctx, collection, 11 if ctx.full else 7)
    query = narrow_to(ctx, collection, objects)
    first = ctx.lists.page(collection, [*query, (target.size, "2")])
    _fits(ctx, lister, 1, first, 2, "too many", len(first.items) <= 2)
    try:
        whole, _ = ctx.lists.all_items(collection, query)
    except PaginationLoop as error:
        _endless(ctx, lister, error)
        return
    for size in (1, 2, 3, 5) if ctx.full else (2, 3):
        if len(whole) // size > 100:
            continue
        try:
            pages = list(ctx.lists.pages(collection, query, size=size))
        except PaginationLoop as error:
            _endless(ctx, lister, error)
            return
        _partition(ctx, target, objects, pages, size)
        _sizes(ctx, lister, pages, size, len(whole))
        _numbers(ctx, target, pages, size, len(objects))


def _endless(ctx: CheckContext, lister: ir.Operation, error: PaginationLoop) -> None:
    ctx.expect(
        False,
        lister,
        "the next page shows the same items again",
        *error.exchanges,
        subject="repeated",
    )


def _partition(
    ctx: CheckContext,
    target: Paged,
    objects: list[CreatedObject],
    pages: list[ListPage],
    size: int,
) -> None:
    listed: dict[str, list[ListPage]] = {}
    for page in pages:
        for item in page.items:
            listed.setdefault(id_of(target.collection, item) or "", []).append(page)
    for obj in objects:
        times = listed.get(obj.id, [])
        evidence: list[Exchange] = [p.exchange for p in (times[:2] or pages[:3])]
        ctx.expect(
            len(times) == 1,
            target.lister,
            f"in pages of {size} an object comes {len(times)} times",
            obj.created,
            *evidence,
            subject="missed" if not times else "repeated",
        )


def _fits(
    ctx: CheckContext,
    lister: ir.Operation,
    number: int,
    page: ListPage,
    size: int,
    wrong: str,
    fits: bool,
) -> bool:
    ctx.expect(
        fits,
        lister,
        f"page {number} in pages of {size} holds {len(page.items)} items",
        page.exchange,
        subject=wrong,
        rule="page-size",
    )
    return fits


def _sizes(
    ctx: CheckContext, lister: ir.Operation, pages: list[ListPage], size: int, total: int
) -> None:
    for index, page in enumerate(pages):
        last = index == len(pages) - 1
        fits = len(page.items) <= size if last else len(page.items) == size
        wrong = "too many" if len(page.items) > size else "too few"
        if not _fits(ctx, lister, index + 1, page, size, wrong, fits):
            return
    ctx.expect(
        len(pages) >= -(-total // size),
        lister,
        f"{total} items in pages of {size} end after {len(pages)} pages",
        pages[-1].exchange,
        subject="too few pages",
    )


def _numbers(
    ctx: CheckContext, target: Paged, pages: list[ListPage], size: int, least: int
) -> None:
    """`least` objects are there for certain, even when the pages ended before showing them."""
    paging = target.pagination
    count = max(sum(len(p.items) for p in pages), least)
    for index, page in enumerate(pages):
        wanted: list[tuple[str, tuple[str, ...] | None, Json]] = [
            ("page size", paging.page_size, size),
            ("total of items", paging.total_items, count),
            ("total of pages", paging.total_pages, max(1, -(-count // size))),
        ]
        if paging.style is PaginationStyle.PAGE:
            wanted.append(("page number", paging.number, paging.first + index))
        if paging.has_more is not None:
            wanted.append(("mark of more", paging.has_more, index < len(pages) - 1))
        for name, path, value in wanted:
            if path is None:
                continue
            shown = page.exchange.at(path)
            ctx.expect(
                same(shown, value),
                target.lister,
                f"page {index + 1} of {len(pages)} in pages of {size} gives the {name} "
                f"as {show(shown)}, it is {show(value)}",
                page.exchange,
                subject=".".join(path),
                rule="page-numbers",
            )


@collection_check("page-default", needs=Paged.of)
def page_default(ctx: CheckContext, target: Paged) -> None:
    """Without parameters: the first page, in the default size."""
    collection = target.collection
    lister = target.lister
    paging = target.pagination
    sizes = [
        schemas.facets(ctx.api.schemas, p.schema).default
        for p in lister.parameters
        if p.name == paging.size
    ]
    default = sizes[0] if sizes and isinstance(sizes[0], int) else None
    objects = _several(ctx, collection, min(default + 1, 31) if default is not None else 3)
    plain = ctx.lists.page(collection)
    if default is not None and default < 31:
        ctx.expect(
            len(plain.items) == default,
            lister,
            f"the default page size is {default}, a list of at least {len(objects)} "
            f"shows {len(plain.items)} items",
            plain.exchange,
            subject=target.size,
        )
        shown = plain.exchange.at(paging.page_size) if paging.page_size else default
        ctx.expect(
            same(shown, default),
            lister,
            f"without parameters the page size is given as {show(shown)}, its default is {default}",
            plain.exchange,
            subject=target.size,
        )
    if paging.style is PaginationStyle.PAGE and paging.page is not None:
        first = ctx.lists.page(collection, [(paging.page, str(paging.first))])
        ids = [id_of(collection, i) for i in plain.items]
        firsts = [id_of(collection, i) for i in first.items]
        mine = {t.id for t in objects}
        ctx.expect(
            [i for i in ids if i in mine] == [i for i in firsts if i in mine],
            lister,
            "the list without parameters is not its first page",
            plain.exchange,
            first.exchange,
            subject=paging.page,
        )
        number = plain.exchange.at(paging.number) if paging.number else paging.first
        ctx.expect(
            same(number, paging.first),
            lister,
            f"without parameters the page number is given as {show(number)}",
            plain.exchange,
            subject=paging.page,
        )


@collection_check("past-the-end", needs=Counted.of)
def past_the_end(ctx: CheckContext, target: Counted) -> None:
    """The pages after the last hold nothing; a refusal is in order too."""
    paged = target.paged
    collection, lister, paging = paged.collection, paged.lister, paged.pagination
    objects = _several(ctx, collection, 3)
    query = narrow_to(ctx, collection, objects)
    whole, _ = ctx.lists.all_items(collection, query)
    size = 2
    if paging.style is PaginationStyle.PAGE:
        beyond = [-(-len(whole) // size) + paging.first, paging.first + len(whole) + 1000]
    else:
        beyond = [len(whole), len(whole) + 1000]
    for number in beyond:
        exchange = ctx.executor.call(
            lister,
            ctx.objects.parent_path(collection),
            query=[*query, (paged.size, str(size)), (target.number, str(number))],
        )
        items = exchange.at(lister.payload)
        count = len(items) if isinstance(items, list) else "no"
        ctx.expect(
            exchange.refused or (exchange.ok and items == []),
            lister,
            f"{target.number}={number} is past the end and shows {count} items",
            exchange,
            subject=target.number,
        )
        total = exchange.at(paging.total_items) if paging.total_items else len(whole)
        if exchange.ok:
            ctx.expect(
                same(total, len(whole)),
                lister,
                f"past the end the total is given as {show(total)}, it is {len(whole)}",
                exchange,
                subject="total",
            )


@collection_check("order-stable", needs=Listable.of)
def order_stable(ctx: CheckContext, target: Listable) -> None:
    """The list asked for twice shows this run's objects in the same order."""
    collection = target.collection
    objects = _several(ctx, collection, 5)
    first, one = ctx.lists.all_items(collection)
    second, two = ctx.lists.all_items(collection)
    before = [id_of(collection, i) for i in of(collection, first, objects)]
    after = [id_of(collection, i) for i in of(collection, second, objects)]
    if sorted(map(str, before)) != sorted(map(str, after)):
        raise Inconclusive("the list misses objects")
    ctx.expect(
        before == after,
        target.lister,
        "the same list comes in another order",
        *one[:1],
        *two[:1],
    )
