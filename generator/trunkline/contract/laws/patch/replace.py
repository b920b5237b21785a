"""Replacing: the whole object, and all of it kept."""

from __future__ import annotations

from trunkline.contract.bench import Bench
from trunkline.contract.exchange import dig, has
from trunkline.contract.laws.common import same, show
from trunkline.contract.rules import Family, collection_law, rule
from trunkline.contract.surface import Collection, body_schema

rule(
    "replace-visible",
    Family.PATCH,
    "What was replaced reads back",
    "A replacement that is answered but not stored is lost.",
)
rule(
    "replace-whole",
    Family.PATCH,
    "Replacing sets the whole object",
    "Members left out of a replacement that survive it cannot be taken away.",
)


def _replaceable(collection: Collection) -> bool:
    return (
        collection.creator is not None
        and collection.created is not None
        and collection.retriever is not None
        and body_schema(collection.replacer) is not None
    )


@collection_law("replace-visible", "replace-whole", needs=_replaceable)
def replace_whole(bench: Bench, collection: Collection) -> None:
    """The fullest object replaced by the smallest: the rest is as after create."""
    replacer = collection.replacer
    assert replacer is not None
    schema = body_schema(replacer)
    assert schema is not None
    thing = bench.create(collection, full=True)
    body = bench.made(schema)
    fresh = bench.create(collection)
    exchange = bench.call(replacer, thing.address, body=body)
    if not bench.expect(exchange.ok):
        bench.violation(
            replacer,
            f"a valid replacement is refused with {exchange.status}",
            thing.created,
            exchange,
            rule="valid-accepted",
        )
        return
    shown, read = bench.read(thing)
    for leaf in collection.input_leaves(schema):
        if not collection.visible(leaf):
            continue
        name = leaf.name
        if has(body, leaf.path):
            wanted = dig(body, leaf.path)
            if not bench.expect(same(dig(shown, leaf.path), wanted)):
                bench.violation(
                    replacer,
                    f"{name} was replaced by {show(wanted)} and reads back as "
                    f"{show(dig(shown, leaf.path))}",
                    thing.created,
                    exchange,
                    read,
                    subject=name,
                    origins=(leaf.schema.meta.origin,),
                )
            continue
        untouched = dig(fresh.value, leaf.path)
        was = dig(thing.value, leaf.path)
        kept = not same(was, untouched) and same(dig(shown, leaf.path), was)
        if not bench.expect(not kept):
            bench.violation(
                replacer,
                f"{name} was left out of a replacement and is still {show(was)}",
                thing.created,
                exchange,
                read,
                subject=name,
                origins=(leaf.schema.meta.origin,),
                rule="replace-whole",
            )
