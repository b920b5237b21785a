"""PUT as HTTP has it: it makes what was not there, replaces what was, and may be sent again."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

from trunkline import ir
from trunkline.contract.checks.comparison import different_value, kept, same, show
from trunkline.contract.engine import (
    CheckContext,
    CreatedObject,
    Family,
    Inconclusive,
    Puttable,
    collection_check,
    id_of,
    rule,
)
from trunkline.contract.model import Exchange, has_path, plain_name, variables
from trunkline.contract.session import Actor
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, schemas
from trunkline.semantics.schemas import Leaf

rule(
    "put-created",
    Family.PATCH,
    "A PUT that makes an object says so",
    "By 201 a client knows that there was nothing before: with 200 it takes its new object for "
    "somebody's that it has replaced.",
    "Answer 201 where nothing was at the address before (RFC 9110, section 9.3.4).",
)
rule(
    "put-idempotent",
    Family.PATCH,
    "The same PUT again changes nothing",
    "Clients and proxies send a PUT again without asking when its response is lost.",
    "Store what the body says, whatever was there before: add, count and toggle in a POST.",
)
rule(
    "put-once",
    Family.PATCH,
    "A repeated PUT makes no second object",
    "At one address there is one object: of two, only one can be read, changed and deleted.",
    "Look up the address before anything is stored, and replace what is there.",
)

_NOT_THERE = frozenset({404, 410})
_TRIES = 6
"""Addresses that are made up until nothing is found at one."""


@collection_check(
    "put-created",
    "put-once",
    "put-idempotent",
    "replace-visible",
    "replace-whole",
    "replace-status",
    needs=Puttable.making,
)
def made_by_put(ctx: CheckContext, target: Puttable) -> None:
    """An object made by PUT at an address with nothing, put again, and replaced by the smallest."""
    says_both = {r.status for r in target.replacer.responses if r.is_success} > {"201"}
    fresh, _ = _put_new(ctx, target, ctx.bodies.valid(target.replaced))
    body = _unlike(ctx, target, fresh)
    obj, first = _put_new(ctx, target, body)
    ctx.expect(
        first.status in {201, 202} or not says_both,
        target.replacer,
        f"PUT to an address with nothing made an object, and is answered with {first.status}",
        first,
    )
    if not _reads_back(ctx, target, obj, body, first):
        return
    _again(ctx, target, obj, body)
    least = ctx.bodies.valid(target.replaced)
    _fill_keys(target, least, obj.address)
    replaced = ctx.executor.call(target.replacer, obj.address, body=least)
    if not replaced.ok:
        raise Inconclusive(f"replacing answered {replaced.status}")
    if _reads_back(ctx, target, obj, least, first, replaced):
        _nothing_stays(ctx, target, (obj, fresh), least, replaced)


@collection_check("put-idempotent", needs=Puttable.beside_create)
def put_again(ctx: CheckContext, target: Puttable) -> None:
    """An object made as the description has it, replaced twice by one body."""
    obj = ctx.objects.create(target.collection)
    body = _unlike(ctx, target, obj)
    if not ctx.executor.call(target.replacer, obj.address, body=body).ok:
        raise Inconclusive("a valid replacement is refused")
    _again(ctx, target, obj, body)


# ------------------------------------------------------------------- the steps


def _put_new(
    ctx: CheckContext, target: Puttable, body: dict[str, Json]
) -> tuple[CreatedObject, Exchange]:
    """An object made by PUT where nothing was; what names it is put into the body as well."""
    collection = target.collection
    for _ in range(_TRIES):
        address = _made_up(ctx, target)
        before = ctx.executor.call(target.retriever, address)
        if before.status in _NOT_THERE:
            break
        if not before.ok:
            raise Inconclusive(f"what is not there answers {before.status}")
    else:
        raise Inconclusive("no address is known with nothing at it")
    _fill_keys(target, body, address)
    exchange = ctx.executor.call(target.replacer, address, body=body)
    if not exchange.ok:
        raise Inconclusive(f"PUT to an address with nothing answers {exchange.status}")
    ctx.session.note(collection, address, Actor.ME, exchange)
    made = CreatedObject(collection, address, Actor.ME, body, exchange, {}, target.replacer)
    made.value, _ = ctx.objects.read(made)
    return made, exchange


def _unlike(ctx: CheckContext, target: Puttable, fresh: CreatedObject) -> dict[str, Json]:
    """The fullest body, with other values than those that an object has of itself."""
    body = ctx.bodies.valid(target.replaced, full=True)
    for leaf in _settable(target):
        usual = jsonvalue.get(fresh.value, leaf.path)
        if has_path(body, leaf.path) and same(jsonvalue.get(body, leaf.path), usual):
            other = copy.deepcopy(body)
            ctx.bodies.put(target.replaced, other, leaf.path, different_value(ctx, leaf, usual))
            body = other if ctx.validators.fits(target.replaced, other, "request") else body
    return body


def _made_up(ctx: CheckContext, target: Puttable) -> dict[str, str]:
    collection = target.collection
    above = ctx.objects.parent_path(collection) if collection.parent is not None else {}
    return above | {
        parameter.name: ctx.executor.text_of(parameter)
        for parameter in target.replacer.parameters
        if parameter.location is ir.ParameterLocation.PATH and parameter.name not in above
    }


def _fill_keys(target: Puttable, body: dict[str, Json], address: Mapping[str, str]) -> None:
    """Where a body names its object as the address does, let both say the same."""
    names = {plain_name(name): text for name, text in address.items()}
    known = target.collection.api.schemas
    for leaf in target.collection.input_leaves(target.replaced):
        text = names.get(plain_name(leaf.path[-1]))
        if text is None or not has_path(body, leaf.path):
            continue
        number = "integer" in schemas.types(known, leaf.schema) and text.isdecimal()
        jsonvalue.put(body, leaf.path, int(text) if number else text)


def _settable(target: Puttable) -> Iterator[Leaf]:
    """What a PUT sets, and reading shows."""
    collection = target.collection
    for leaf in collection.input_leaves(target.replaced):
        if collection.visible(leaf):
            yield leaf


def _reads_back(
    ctx: CheckContext,
    target: Puttable,
    obj: CreatedObject,
    body: dict[str, Json],
    *told: Exchange,
) -> bool:
    """Hold what reading shows to what was put."""
    shown, read = ctx.objects.read(obj)
    holds = True
    for leaf in _settable(target):
        if not has_path(body, leaf.path):
            continue
        wanted, now = jsonvalue.get(body, leaf.path), jsonvalue.get(shown, leaf.path)
        holds &= ctx.expect(
            kept(ctx, target.collection, leaf.path, now, wanted),
            target.replacer,
            f"{leaf.name} was put as {show(wanted)} and reads back as {show(now)}",
            *told,
            read,
            subject=leaf.name,
            origins=(leaf.schema.meta.origin,),
            rule="replace-visible",
        )
    return holds


def _again(ctx: CheckContext, target: Puttable, obj: CreatedObject, body: dict[str, Json]) -> None:
    """Send the PUT again that was the last: nothing differs, in the object and in the list."""
    collection, replacer = target.collection, target.replacer
    before, _ = ctx.objects.read(obj)
    later, _ = ctx.objects.read(obj)
    again = ctx.executor.call(replacer, obj.address, body=body)
    if not again.ok:
        # The description does not say whether what is there may be replaced at any time.
        raise Inconclusive(f"the same PUT again answers {again.status}")
    says_replaced = any(r.is_success and r.status != "201" for r in replacer.responses)
    ctx.expect(
        again.status != 201 or not says_replaced,
        replacer,
        "PUT on an object that is there is answered with 201, as if it had been created",
        obj.created,
        again,
        rule="replace-status",
    )
    after, read = ctx.objects.read(obj)
    for leaf in _settable(target):
        was, now = jsonvalue.get(before, leaf.path), jsonvalue.get(after, leaf.path)
        # What was not taken from the body is the server's own: it may be made anew each time.
        if not has_path(body, leaf.path) or not kept(
            ctx, collection, leaf.path, was, jsonvalue.get(body, leaf.path)
        ):
            continue
        if not same(was, jsonvalue.get(later, leaf.path)):
            continue  # it changes by itself
        ctx.expect(
            same(was, now),
            replacer,
            f"the same PUT again changed {leaf.name} from {show(was)} to {show(now)}",
            obj.created,
            again,
            read,
            subject=leaf.name,
            origins=(leaf.schema.meta.origin,),
            rule="put-idempotent",
        )
    count, listed = _listed(ctx, target, obj)
    ctx.expect(
        count < 2,
        replacer,
        f"after the same PUT twice the list shows {count} objects at its address",
        obj.created,
        again,
        *listed,
        subject=collection.name,
        rule="put-once",
    )


def _listed(
    ctx: CheckContext, target: Puttable, obj: CreatedObject
) -> tuple[int, tuple[Exchange, ...]]:
    """How often the list shows an object; 0 where its items do not tell which they are."""
    collection = target.collection
    if collection.lister is None:
        return 0, ()
    above = variables(collection.lister.path)
    if not set(above) <= set(obj.address):
        return 0, ()
    parent = {name: obj.address[name] for name in above}
    if collection.lister.pagination is None:
        # Items that are only the names of objects are told apart as well.
        whole = ctx.executor.call(collection.lister, parent)
        found = whole.at(collection.lister.payload)
        shown = found if whole.ok and isinstance(found, list) else []
        items, seen = [collection.wrap(item) for item in shown], [whole]
    else:
        try:
            items, seen = ctx.lists.all_items(collection, parent=parent)
        except Inconclusive:
            return 0, ()
    named = {name: text for name, text in obj.address.items() if name not in above}
    return sum(_is_at(target, item, named) for item in items), tuple(seen[:1])


def _is_at(target: Puttable, item: Json, named: Mapping[str, str]) -> bool:
    """Whether an item of a list says that it is at this address, by all that names it."""
    collection = target.collection
    inner = jsonvalue.get(item, collection.wrapper)
    if isinstance(inner, str | int):
        return list(named.values()) == [str(inner)]
    known = {plain_name(n): v for n, v in inner.items()} if isinstance(inner, dict) else {}
    for name, text in named.items():
        own = name == collection.resource.id_parameter
        shown = known.get(plain_name(name), id_of(collection, item) if own else None)
        if shown is None or str(shown) != text:
            return False
    return True


def _nothing_stays(
    ctx: CheckContext,
    target: Puttable,
    objects: tuple[CreatedObject, CreatedObject],
    body: dict[str, Json],
    replaced: Exchange,
) -> None:
    """What the body has left out is as in an object that was made without it."""
    obj, fresh = objects
    shown, read = ctx.objects.read(obj)
    for leaf in _settable(target):
        if has_path(body, leaf.path):
            continue
        was, now = jsonvalue.get(obj.value, leaf.path), jsonvalue.get(shown, leaf.path)
        ctx.expect(
            same(was, jsonvalue.get(fresh.value, leaf.path)) or not same(now, was),
            target.replacer,
            f"{leaf.name} was left out of a replacement and is still {show(was)}",
            obj.created,
            replaced,
            read,
            subject=leaf.name,
            origins=(leaf.schema.meta.origin,),
            rule="replace-whole",
        )
