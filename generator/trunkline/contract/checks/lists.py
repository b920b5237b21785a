"""What a list holds: everything once, as reading shows it."""

from __future__ import annotations

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
    CreatedObject,
    Family,
    Inconclusive,
    Page,
    PaginationLoop,
    collection_check,
    rule,
)
from trunkline.contract.model import Collection, Exchange, Path, facets, get_path
from trunkline.ir import Json, PaginationStyle

rule(
    "listed-once",
    Family.LISTS,
    "What was created is in the list exactly once",
    "A list that misses or repeats an object is a wrong answer to every question about it.",
)
rule(
    "created-once",
    Family.LISTS,
    "Creating makes one object",
    "The second one is billed, listed and never deleted.",
)
rule(
    "listed-same",
    Family.LISTS,
    "The list shows an object as reading it does",
    "Two views of one object that differ leave clients to guess which is true.",
)


def listable(collection: Collection) -> bool:
    """Whether objects of the collection can be created and listed."""
    return (
        collection.lister is not None
        and collection.creator is not None
        and collection.created is not None
    )


@collection_check("listed-once", "listed-same", "created-once", needs=listable)
def listed_once(ctx: CheckContext, collection: Collection) -> None:
    """Three objects created are each listed once, as reading shows them."""
    lister = collection.lister
    assert lister is not None
    objects = [ctx.create(collection, full=full) for full in (False, True, False)]
    if collection.updater is not None and collection.retriever is not None:
        objects[2].value, _ = ctx.read(objects[2])
        members: dict[Path, Json] = {
            leaf.path: different_value(ctx, leaf, get_path(objects[2].value, leaf.path))
            for leaf in changeable(ctx, collection)
            if len(leaf.path) == 1
        }
        ctx.change(objects[2], members)
    items, seen = ctx.all_items(collection)
    for obj in objects:
        _doubles(ctx, collection, obj, items, seen)
        shown = of(ctx, collection, items, [obj])
        if not ctx.expect(len(shown) == 1):
            ctx.violation(
                lister,
                f"an object just created is in the list {len(shown)} times",
                obj.created,
                *(seen[:1] if len(seen) == 1 else seen[:2]),
                subject="missing" if not shown else "repeated",
            )
            continue
        view, read = ctx.read(obj) if collection.retriever else (obj.value, obj.created)
        listed = shown[0]
        if not isinstance(listed, dict):
            continue
        for path in collection.item_leaves():
            first, *inner = path
            if inner and not isinstance(get_path(listed, path[:-1]), dict):
                continue
            if first not in listed or first not in view:
                continue
            if not ctx.expect(same(get_path(listed, path), get_path(view, path))):
                ctx.violation(
                    lister,
                    f"the list shows {'.'.join(path)} as {show(get_path(listed, path))}, "
                    f"reading shows {show(get_path(view, path))}",
                    obj.created,
                    *seen[:1],
                    read,
                    subject=".".join(path),
                    origins=origin_of(collection, path),
                    rule="listed-same",
                )


def _doubles(
    ctx: CheckContext,
    collection: Collection,
    obj: CreatedObject,
    items: list[Json],
    seen: list[Exchange],
) -> None:
    """No other object has the texts that only this request carried."""
    assert collection.creator is not None
    marks = {
        leaf.path: text
        for leaf in collection.input_leaves(collection.created)
        if isinstance(text := get_path(obj.sent, leaf.path), str)
        and text.startswith(ctx.session.marker)
    }
    if not marks:
        return
    for item in items:
        if ctx.id_of(collection, item) == obj.id:
            continue
        if ctx.expect(any(get_path(item, path) != text for path, text in marks.items())):
            continue
        ctx.violation(
            collection.creator,
            f"one create request made another object too, {ctx.id_of(collection, item)}",
            obj.created,
            *seen[:1],
            rule="created-once",
        )
        ctx.note_listed(collection, item)


rule(
    "pages-partition",
    Family.LISTS,
    "The pages together hold every object once",
    "An object lost between pages is processed by nobody, one repeated is processed twice.",
)
rule(
    "page-size",
    Family.LISTS,
    "A page holds as many items as were asked for",
    "Clients size buffers and loops by it.",
)
rule(
    "page-default",
    Family.LISTS,
    "Without parameters the first page is shown in the default size",
    "Callers who say nothing rely on what is documented.",
)
rule(
    "page-numbers",
    Family.LISTS,
    "What a page says about itself is true",
    "Clients stop at the page the totals tell them.",
)
rule(
    "past-the-end",
    Family.LISTS,
    "Past the last page there is nothing",
    "A page that repeats the last one makes clients loop for ever.",
)
rule(
    "order-stable",
    Family.LISTS,
    "The same list twice comes in the same order",
    "Paging through an order that changes loses items.",
)


def _paged(collection: Collection) -> bool:
    paging = collection.lister.pagination if collection.lister else None
    return listable(collection) and paging is not None and paging.size is not None


def _several(ctx: CheckContext, collection: Collection, count: int) -> list[CreatedObject]:
    return [ctx.create(collection) for _ in range(count)]


@collection_check("pages-partition", "page-size", "page-numbers", needs=_paged)
def pages_partition(ctx: CheckContext, collection: Collection) -> None:
    """Walk the list in small pages: sizes, numbers and totals agree, each object comes once."""
    lister = collection.lister
    assert lister is not None
    objects = _several(ctx, collection, 11 if ctx.full else 7)
    query = narrow_to(ctx, collection, objects)
    assert lister.pagination is not None
    first = ctx.page(collection, [*query, (str(lister.pagination.size), "2")])
    _fits(ctx, lister, 1, first, 2, "too many", len(first.items) <= 2)
    try:
        whole, _ = ctx.all_items(collection, query)
    except PaginationLoop as error:
        _endless(ctx, lister, error)
        return
    for size in (1, 2, 3, 5) if ctx.full else (2, 3):
        if len(whole) // size > 100:
            continue
        try:
            pages = list(ctx.pages(collection, query, size=size))
        except PaginationLoop as error:
            _endless(ctx, lister, error)
            return
        _partition(ctx, collection, objects, pages, size)
        _sizes(ctx, lister, pages, size, len(whole))
        _numbers(ctx, lister, pages, size, len(objects))


def _endless(ctx: CheckContext, lister: ir.Operation, error: PaginationLoop) -> None:
    ctx.expect(False)
    ctx.violation(
        lister, "the next page shows the same items again", *error.exchanges, subject="repeated"
    )


def _partition(
    ctx: CheckContext,
    collection: Collection,
    objects: list[CreatedObject],
    pages: list[Page],
    size: int,
) -> None:
    assert collection.lister is not None
    listed: dict[str, list[Page]] = {}
    for page in pages:
        for item in page.items:
            listed.setdefault(ctx.id_of(collection, item) or "", []).append(page)
    for obj in objects:
        times = listed.get(obj.id, [])
        if ctx.expect(len(times) == 1):
            continue
        evidence: list[Exchange] = [p.exchange for p in (times[:2] or pages[:3])]
        ctx.violation(
            collection.lister,
            f"in pages of {size} an object comes {len(times)} times",
            obj.created,
            *evidence,
            subject="missed" if not times else "repeated",
        )


def _fits(
    ctx: CheckContext,
    lister: ir.Operation,
    number: int,
    page: Page,
    size: int,
    wrong: str,
    fits: bool,
) -> bool:
    if not ctx.expect(fits):
        ctx.violation(
            lister,
            f"page {number} in pages of {size} holds {len(page.items)} items",
            page.exchange,
            subject=wrong,
            rule="page-size",
        )
    return fits


def _sizes(
    ctx: CheckContext, lister: ir.Operation, pages: list[Page], size: int, total: int
) -> None:
    for index, page in enumerate(pages):
        last = index == len(pages) - 1
        fits = len(page.items) <= size if last else len(page.items) == size
        wrong = "too many" if len(page.items) > size else "too few"
        if not _fits(ctx, lister, index + 1, page, size, wrong, fits):
            return
    if not ctx.expect(len(pages) >= -(-total // size)):
        ctx.violation(
            lister,
            f"{total} items in pages of {size} end after {len(pages)} pages",
            pages[-1].exchange,
            subject="too few pages",
        )


def _numbers(
    ctx: CheckContext, lister: ir.Operation, pages: list[Page], size: int, least: int
) -> None:
    """`least` objects are there for certain, even when the pages ended before showing them."""
    paging = lister.pagination
    assert paging is not None
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
            if not ctx.expect(same(shown, value)):
                ctx.violation(
                    lister,
                    f"page {index + 1} of {len(pages)} in pages of {size} gives the {name} "
                    f"as {show(shown)}, it is {show(value)}",
                    page.exchange,
                    subject=".".join(path),
                    rule="page-numbers",
                )


@collection_check("page-default", needs=_paged)
def page_default(ctx: CheckContext, collection: Collection) -> None:
    """Without parameters: the first page, in the default size."""
    lister = collection.lister
    assert lister is not None
    paging = lister.pagination
    assert paging is not None
    sizes = [facets(ctx.api, p.schema).default for p in lister.parameters if p.name == paging.size]
    default = sizes[0] if sizes and isinstance(sizes[0], int) else None
    assert paging.size is not None
    objects = _several(ctx, collection, min(default + 1, 31) if default is not None else 3)
    plain = ctx.page(collection)
    if default is not None and default < 31:
        if not ctx.expect(len(plain.items) == default):
            ctx.violation(
                lister,
                f"the default page size is {default}, a list of at least {len(objects)} "
                f"shows {len(plain.items)} items",
                plain.exchange,
                subject=paging.size,
            )
        shown = plain.exchange.at(paging.page_size) if paging.page_size else default
        if not ctx.expect(same(shown, default)):
            ctx.violation(
                lister,
                f"without parameters the page size is given as {show(shown)}, "
                f"its default is {default}",
                plain.exchange,
                subject=paging.size,
            )
    if paging.style is PaginationStyle.PAGE and paging.page is not None:
        first = ctx.page(collection, [(paging.page, str(paging.first))])
        ids = [ctx.id_of(collection, i) for i in plain.items]
        firsts = [ctx.id_of(collection, i) for i in first.items]
        mine = {t.id for t in objects}
        if not ctx.expect([i for i in ids if i in mine] == [i for i in firsts if i in mine]):
            ctx.violation(
                lister,
                "the list without parameters is not its first page",
                plain.exchange,
                first.exchange,
                subject=paging.page,
            )
        number = plain.exchange.at(paging.number) if paging.number else paging.first
        if not ctx.expect(same(number, paging.first)):
            ctx.violation(
                lister,
                f"without parameters the page number is given as {show(number)}",
                plain.exchange,
                subject=paging.page,
            )


@collection_check(
    "past-the-end",
    needs=lambda c: (
        _paged(c)
        and c.lister is not None
        and c.lister.pagination is not None
        and c.lister.pagination.page is not None
        and c.lister.pagination.style in {PaginationStyle.PAGE, PaginationStyle.OFFSET}
    ),
)
def past_the_end(ctx: CheckContext, collection: Collection) -> None:
    """The pages after the last hold nothing; a refusal is in order too."""
    lister = collection.lister
    assert lister is not None
    paging = lister.pagination
    assert paging is not None
    assert paging.page is not None
    assert paging.size is not None
    objects = _several(ctx, collection, 3)
    query = narrow_to(ctx, collection, objects)
    whole, _ = ctx.all_items(collection, query)
    size = 2
    if paging.style is PaginationStyle.PAGE:
        beyond = [-(-len(whole) // size) + paging.first, paging.first + len(whole) + 1000]
    else:
        beyond = [len(whole), len(whole) + 1000]
    for number in beyond:
        exchange = ctx.call(
            lister,
            ctx.parent_path(collection),
            query=[*query, (paging.size, str(size)), (paging.page, str(number))],
        )
        items = exchange.at(lister.payload)
        if not ctx.expect(exchange.refused or (exchange.ok and items == [])):
            count = len(items) if isinstance(items, list) else "no"
            ctx.violation(
                lister,
                f"{paging.page}={number} is past the end and shows {count} items",
                exchange,
                subject=paging.page,
            )
        total = exchange.at(paging.total_items) if paging.total_items else len(whole)
        if exchange.ok and not ctx.expect(same(total, len(whole))):
            ctx.violation(
                lister,
                f"past the end the total is given as {show(total)}, it is {len(whole)}",
                exchange,
                subject="total",
            )


@collection_check("order-stable", needs=listable)
def order_stable(ctx: CheckContext, collection: Collection) -> None:
    """The list asked for twice shows this run's objects in the same order."""
    assert collection.lister is not None
    objects = _several(ctx, collection, 5)
    first, one = ctx.all_items(collection)
    second, two = ctx.all_items(collection)
    before = [ctx.id_of(collection, i) for i in of(ctx, collection, first, objects)]
    after = [ctx.id_of(collection, i) for i in of(ctx, collection, second, objects)]
    if sorted(map(str, before)) != sorted(map(str, after)):
        raise Inconclusive("the list misses objects")
    if not ctx.expect(before == after):
        ctx.violation(collection.lister, "the same list comes in another order", *one[:1], *two[:1])
