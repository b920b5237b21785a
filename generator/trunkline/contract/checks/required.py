"""What must be there, what must not, and what must be there once."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline import ir
from trunkline.contract.checks.comparison import invalid_values
from trunkline.contract.engine import (
    CheckContext,
    Creatable,
    CreatedObject,
    Family,
    Inconclusive,
    Listable,
    collection_check,
    rule,
)
from trunkline.contract.model import UNKNOWN, Collection, Exchange, UnbuildableError
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, schemas
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.schemas import Member

for _id, _title, _why, _remediation in (
    (
        "required-enforced",
        "A request without a required member is refused",
        "The object would lack what every reader expects.",
        "Refuse requests without the member, or take it out of `required`.",
    ),
    (
        "unknown-refused",
        "Members the description forbids are refused",
        "A misspelt member that is ignored is a setting that silently does not hold.",
        "Refuse members that are not in the schema, or drop `additionalProperties: false`.",
    ),
    (
        "unique-enforced",
        "A value that must be unique is refused the second time",
        "Two accounts with one name are one account to somebody.",
        "Put a unique index on the column; the check before the insert alone can be overtaken.",
    ),
    (
        "refused-creates-nothing",
        "A create request that is refused creates nothing",
        "Objects nobody knows of are billed, listed and never deleted.",
        "Check everything before anything is stored, or store in a transaction.",
    ),
):
    rule(_id, Family.VALIDATION, _title, _why, _remediation)


def _required(
    ctx: CheckContext, schema: ir.Schema, path: Path = ()
) -> Iterator[tuple[Path, Member]]:
    for name, member in schemas.members(ctx.api.schemas, schema).items():
        if schemas.facets(ctx.api.schemas, member.schema).read_only:
            continue
        if member.required:
            yield (*path, name), member
        if len(path) < 3 and schemas.members(ctx.api.schemas, member.schema):
            yield from _required(ctx, member.schema, (*path, name))


@collection_check("required-enforced", needs=Creatable.of)
def required_enforced(ctx: CheckContext, target: Creatable) -> None:
    """Each required member left out, of create and of update."""
    collection = target.collection
    for path, member in _required(ctx, target.created):
        body = ctx.bodies.of(collection, full=len(path) > 1)
        if not _remove(body, path):
            continue
        exchange, _ = ctx.objects.try_create(collection, body)
        _missing(ctx, target.creator, exchange, path, member)
    if collection.updated is None or collection.updater is None:
        return
    obj: CreatedObject | None = None
    for path, member in _required(ctx, collection.updated):
        obj = obj or ctx.objects.create(collection, full=True)
        body = ctx.bodies.required_now(obj, collection.updated)
        if not _remove(body, path):
            continue
        exchange = ctx.executor.call(collection.updater, obj.address, body=body)
        _missing(ctx, collection.updater, exchange, path, member)


def _remove(body: dict[str, Json], path: Path) -> bool:
    around = jsonvalue.get(body, path[:-1])
    return isinstance(around, dict) and around.pop(path[-1], None) is not None


def _missing(
    ctx: CheckContext, operation: ir.Operation, exchange: Exchange, path: Path, member: Member
) -> None:
    name = ".".join(path)
    ctx.expect(
        not exchange.ok,
        operation,
        f"a request without {name} is accepted with {exchange.status}",
        exchange,
        subject=name,
        origins=(member.schema.meta.origin,),
        rule="required-enforced",
    )


def _closed(collection: Collection) -> Creatable | None:
    closed = any(
        schema is not None and schemas.is_closed(collection.api.schemas, schema)
        for schema in (collection.created, collection.updated)
    )
    return Creatable.of(collection) if closed else None


@collection_check("unknown-refused", needs=_closed)
def unknown_refused(ctx: CheckContext, target: Creatable) -> None:
    """A member nobody described, where the description closes the object."""
    collection = target.collection
    creator = target.creator
    if schemas.is_closed(ctx.api.schemas, target.created):
        exchange, _ = ctx.objects.try_create(collection, {**ctx.bodies.of(collection), UNKNOWN: 1})
        ctx.expect(
            not exchange.ok,
            creator,
            f"an unknown member is accepted with {exchange.status}",
            exchange,
            origins=(target.created.meta.origin,),
        )
    schema = collection.updated
    if schema is not None and collection.updater and schemas.is_closed(ctx.api.schemas, schema):
        obj = ctx.objects.create(collection)
        body = {**ctx.bodies.required_now(obj, schema), UNKNOWN: 1}
        exchange = ctx.executor.call(collection.updater, obj.address, body=body)
        ctx.expect(
            not exchange.ok,
            collection.updater,
            f"an unknown member is accepted with {exchange.status}",
            exchange,
            origins=(schema.meta.origin,),
        )


@collection_check("unique-enforced", needs=Creatable.unique)
def unique_enforced(ctx: CheckContext, target: Creatable) -> None:
    """A second object with the value of the first; and an update towards it."""
    collection = target.collection
    for path in collection.resource.unique:
        leaf = next((x for x in collection.input_leaves(target.created) if x.path == path), None)
        if leaf is None:
            continue
        try:
            value = ctx.values.one(leaf.schema)
        except UnbuildableError:
            continue
        first = ctx.objects.create(collection, {path: value})
        name = ".".join(path)
        exchange, _ = ctx.objects.try_create(collection, ctx.bodies.of(collection, {path: value}))
        ctx.expect(
            not exchange.ok,
            target.creator,
            f"a second object with the same {name} is accepted with {exchange.status}",
            first.created,
            exchange,
            subject=name,
        )
        writable = {leaf.path for leaf in collection.input_leaves(collection.updated)}
        if collection.updater is None or path not in writable:
            continue
        second = ctx.objects.create(collection)
        change = ctx.objects.change(second, {path: value})
        ctx.expect(
            not change.ok,
            collection.updater,
            f"an update to another object's {name} is accepted with {change.status}",
            first.created,
            second.created,
            change,
            subject=name,
        )
        again = ctx.objects.change(first, {path: value})
        ctx.expect(
            not again.refused,
            collection.updater,
            f"an update that keeps its own {name} is refused with {again.status}",
            first.created,
            again,
            subject=f"{name} kept",
        )


@collection_check(
    "refused-creates-nothing",
    needs=Listable.of,
)
def refused_creates_nothing(ctx: CheckContext, target: Listable) -> None:
    """After refusals the list shows no object with the text they carried."""
    collection = target.collection
    sent: dict[str, Exchange] = {}
    for leaf in collection.input_leaves(target.created):
        invalid = next(iter(invalid_values(ctx, collection, target.created, leaf)), None)
        if invalid is None:
            continue
        body = ctx.bodies.valid(target.created, full=True)
        ctx.bodies.put(target.created, body, leaf.path, invalid.value)
        if ctx.validators.fits(target.created, body, "request"):
            continue
        marks = [
            v for v in body.values() if isinstance(v, str) and v.startswith(ctx.session.marker)
        ]
        exchange, _ = ctx.objects.try_create(collection, body)
        if exchange.refused:
            sent |= dict.fromkeys(marks, exchange)
    if not sent:
        raise Inconclusive("nothing was refused")
    items, seen = ctx.lists.all_items(collection)
    for item in items:
        values = item.values() if isinstance(item, dict) else ()
        refused = next((sent[v] for v in values if isinstance(v, str) and v in sent), None)
        if not ctx.expect(
            refused is None,
            target.creator,
            "a request that was refused created an object all the same",
            *(() if refused is None else (refused,)),
            *seen[:1],
        ):
            ctx.objects.note_listed(collection, item)
