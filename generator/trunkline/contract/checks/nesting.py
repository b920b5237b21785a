"""Objects below others: each is reached, listed and made below its own parent only."""

from __future__ import annotations

from trunkline.contract.checks.comparison import differences, is_missing, unknown
from trunkline.contract.engine import (
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    Nested,
    NestedListable,
    NestedReadable,
    collection_check,
    id_of,
    rule,
)
from trunkline.contract.model import Collection

rule(
    "parent-exact",
    Family.CRUD,
    "An object is reached below its own parent only",
    "Whoever may see one parent must not reach what is below the others.",
    "Look objects up by the whole key: the parent's id and their own.",
)
rule(
    "parent-listed",
    Family.LISTS,
    "The list below a parent holds what is below that parent, and nothing else",
    "A list that forgets its parent shows everybody's data.",
    "Restrict the query to the parent that the path names.",
)
rule(
    "parent-missing",
    Family.CRUD,
    "Nothing can be created below a parent that does not exist",
    "What is created there can be found by nobody, and is never cleaned up.",
    "Load the parent first, and answer 404 without one.",
)


def _two_parents(ctx: CheckContext, above: Collection) -> tuple[CreatedObject, CreatedObject]:
    one, two = ctx.objects.create(above), ctx.objects.create(above)
    if one.id == two.id:
        raise Inconclusive("two parents have one id")
    return one, two


@collection_check("parent-exact", needs=Nested.read_back)
def parent_exact(ctx: CheckContext, target: NestedReadable) -> None:
    """An object made below one parent is not found, changed or deleted below another."""
    collection = target.collection
    one, two = _two_parents(ctx, target.parent)
    obj = ctx.objects.create(collection, full=True, parent=collection.under(one.address))
    obj.value, _ = ctx.objects.read(obj)
    elsewhere = {**obj.address, **collection.under(two.address)}
    exchange = ctx.executor.call(target.retriever, elsewhere)
    shown = collection.shown(exchange, target.retriever)
    # Ids may be counted below each parent: another object with the same one is no mistake.
    if exchange.ok and isinstance(shown, dict) and differences(collection, obj.value, shown):
        raise Inconclusive("below the other parent is an object with the same id")
    ctx.expect(
        not exchange.ok,
        target.retriever,
        f"an object below {one.id} is also read below {two.id}, answered {exchange.status}",
        obj.created,
        exchange,
    )
    if collection.deleter is None or exchange.ok:
        return
    # Whatever the server finds there is this run's own: nobody else has anything below it.
    ctx.objects.own(collection, elsewhere)
    deleted = ctx.executor.call(collection.deleter, elsewhere)
    again = ctx.objects.retrieve(obj)
    ctx.expect(
        not deleted.ok or again.ok,
        collection.deleter,
        f"an object below {one.id} is deleted below {two.id}, answered {deleted.status}",
        obj.created,
        deleted,
        again,
    )


@collection_check("parent-listed", needs=Nested.listed)
def parent_listed(ctx: CheckContext, target: NestedListable) -> None:
    """What is made below one parent is in its list, and does not appear in another's."""
    collection = target.collection
    one, two = _two_parents(ctx, target.parent)
    before, _ = ctx.lists.all_items(collection, parent=collection.under(two.address))
    obj = ctx.objects.create(collection, full=True, parent=collection.under(one.address))
    items, pages = ctx.lists.all_items(collection, parent=collection.under(two.address))
    known = {id_of(collection, item) for item in before}
    ctx.expect(
        obj.id not in {id_of(collection, item) for item in items} - known,
        target.lister,
        f"an object below {one.id} is listed below {two.id}",
        obj.created,
        *pages,
    )


@collection_check("parent-missing", needs=Nested.of)
def parent_missing(ctx: CheckContext, target: Nested) -> None:
    """Creating below a parent whose id was never given out answers 404."""
    collection = target.collection
    above = ctx.objects.create(target.parent)
    nowhere = unknown(ctx, above)
    body = ctx.bodies.of(collection)
    exchange, _ = ctx.objects.try_create(collection, body, parent=collection.under(nowhere))
    ctx.expect(
        is_missing(exchange.status) or exchange.refused,
        target.creator,
        f"creating below {nowhere[target.parent.resource.id_parameter or '']}, which does not "
        f"exist, is answered with {exchange.status}",
        above.created,
        exchange,
    )
