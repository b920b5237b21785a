"""What must be there, what must not, and what must be there once."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline import ir
from trunkline.contract.engine import (
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    collection_check,
    rule,
)
from trunkline.contract.model import (
    Collection,
    Exchange,
    Path,
    UnbuildableError,
    creatable,
    get_path,
    shapes,
)
from trunkline.ir import Json

for _id, _title, _why in (
    (
        "required-enforced",
        "A request without a required member is refused",
        "The object would lack what every reader expects.",
    ),
    (
        "unknown-refused",
        "Members the description forbids are refused",
        "A misspelt member that is ignored is a setting that silently does not hold.",
    ),
    (
        "unique-enforced",
        "A value that must be unique is refused the second time",
        "Two accounts with one name are one account to somebody.",
    ),
    (
        "refused-creates-nothing",
        "A create request that is refused creates nothing",
        "Objects nobody knows of are billed, listed and never deleted.",
    ),
):
    rule(_id, Family.VALIDATION, _title, _why)


def _required(
    ctx: CheckContext, schema: ir.Schema, path: Path = ()
) -> Iterator[tuple[Path, ir.Property]]:
    for name, member in shapes.properties(ctx.api, schema).items():
        if shapes.facets(ctx.api, member.schema).read_only:
            continue
        if member.required:
            yield (*path, name), member
        if len(path) < 3 and shapes.properties(ctx.api, member.schema):
            yield from _required(ctx, member.schema, (*path, name))


@collection_check("required-enforced", needs=creatable)
def required_enforced(ctx: CheckContext, collection: Collection) -> None:
    """Each required member left out, of create and of update."""
    assert collection.creator is not None
    assert collection.created is not None
    for path, member in _required(ctx, collection.created):
        body = ctx.body(collection, full=len(path) > 1)
        if not _remove(body, path):
            continue
        exchange, _ = ctx.try_create(collection, body)
        _missing(ctx, collection.creator, exchange, path, member)
    if collection.updated is None or collection.updater is None:
        return
    obj: CreatedObject | None = None
    for path, member in _required(ctx, collection.updated):
        obj = obj or ctx.create(collection, full=True)
        body = ctx.required_now(obj, collection.updated)
        if not _remove(body, path):
            continue
        exchange = ctx.call(collection.updater, obj.address, body=body)
        _missing(ctx, collection.updater, exchange, path, member)


def _remove(body: dict[str, Json], path: Path) -> bool:
    around = get_path(body, path[:-1])
    return isinstance(around, dict) and around.pop(path[-1], None) is not None


def _missing(
    ctx: CheckContext, operation: ir.Operation, exchange: Exchange, path: Path, member: ir.Property
) -> None:
    if not ctx.expect(not exchange.ok):
        name = ".".join(path)
        ctx.violation(
            operation,
            f"a request without {name} is accepted with {exchange.status}",
            exchange,
            subject=name,
            origins=(member.schema.meta.origin,),
            rule="required-enforced",
        )


def _closed(collection: Collection) -> bool:
    return creatable(collection) and any(
        schema is not None and shapes.is_closed(collection.api, schema)
        for schema in (collection.created, collection.updated)
    )


@collection_check("unknown-refused", needs=_closed)
def unknown_refused(ctx: CheckContext, collection: Collection) -> None:
    """A member nobody described, where the description closes the object."""
    creator = collection.creator
    assert creator is not None
    schema = collection.created
    if schema is not None and shapes.is_closed(ctx.api, schema):
        exchange, _ = ctx.try_create(collection, {**ctx.body(collection), "zzz_unknown": 1})
        if not ctx.expect(not exchange.ok):
            ctx.violation(
                creator,
                f"an unknown member is accepted with {exchange.status}",
                exchange,
                origins=(schema.meta.origin,),
            )
    schema = collection.updated
    if schema is not None and collection.updater and shapes.is_closed(ctx.api, schema):
        obj = ctx.create(collection)
        body = {**ctx.required_now(obj, schema), "zzz_unknown": 1}
        exchange = ctx.call(collection.updater, obj.address, body=body)
        if not ctx.expect(not exchange.ok):
            ctx.violation(
                collection.updater,
                f"an unknown member is accepted with {exchange.status}",
                exchange,
                origins=(schema.meta.origin,),
            )


@collection_check("unique-enforced", needs=lambda c: creatable(c) and bool(c.resource.unique))
def unique_enforced(ctx: CheckContext, collection: Collection) -> None:
    """A second object with the value of the first; and an update towards it."""
    assert collection.creator is not None
    for path in collection.resource.unique:
        leaf = next(
            (x for x in collection.input_leaves(collection.created) if x.path == path), None
        )
        if leaf is None:
            continue
        try:
            value = ctx.values.one(leaf.schema)
        except UnbuildableError:
            continue
        first = ctx.create(collection, {path: value})
        name = ".".join(path)
        exchange, _ = ctx.try_create(collection, ctx.body(collection, {path: value}))
        if not ctx.expect(not exchange.ok):
            ctx.violation(
                collection.creator,
                f"a second object with the same {name} is accepted with {exchange.status}",
                first.created,
                exchange,
                subject=name,
            )
        writable = {leaf.path for leaf in collection.input_leaves(collection.updated)}
        if collection.updater is None or path not in writable:
            continue
        second = ctx.create(collection)
        change = ctx.change(second, {path: value})
        if not ctx.expect(not change.ok):
            ctx.violation(
                collection.updater,
                f"an update to another object's {name} is accepted with {change.status}",
                first.created,
                second.created,
                change,
                subject=name,
            )
        again = ctx.change(first, {path: value})
        if not ctx.expect(not again.refused):
            ctx.violation(
                collection.updater,
                f"an update that keeps its own {name} is refused with {again.status}",
                first.created,
                again,
                subject=f"{name} kept",
            )


@collection_check(
    "refused-creates-nothing",
    needs=lambda c: creatable(c) and c.lister is not None,
)
def refused_creates_nothing(ctx: CheckContext, collection: Collection) -> None:
    """After refusals the list shows no object with the text they carried."""
    assert collection.creator is not None
    assert collection.created is not None
    sent: dict[str, Exchange] = {}
    for leaf in collection.input_leaves(collection.created):
        invalid = next(iter(ctx.values.invalid_examples(leaf.schema)), None)
        if invalid is None:
            continue
        body = ctx.made(collection.created, full=True)
        ctx.put(collection.created, body, leaf.path, invalid.value)
        if ctx.validator.accepts(collection.created, body):
            continue
        marks = [
            v for v in body.values() if isinstance(v, str) and v.startswith(ctx.session.marker)
        ]
        exchange, _ = ctx.try_create(collection, body)
        if exchange.refused:
            sent |= dict.fromkeys(marks, exchange)
    if not sent:
        raise Inconclusive("nothing was refused")
    items, seen = ctx.all_items(collection)
    for item in items:
        texts = item.values() if isinstance(item, dict) else ()
        for text in texts:
            if not ctx.expect(not (isinstance(text, str) and text in sent)):
                assert isinstance(text, str)
                ctx.violation(
                    collection.creator,
                    f"a request refused with {sent[text].status} created an object all the same",
                    sent[text],
                    *seen[:1],
                )
                ctx.note_listed(collection, item)
