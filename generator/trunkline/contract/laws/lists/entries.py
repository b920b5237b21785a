"""What a list holds: everything once, as reading shows it."""

from __future__ import annotations

from trunkline.contract.bench import Bench, Thing
from trunkline.contract.exchange import Exchange, dig
from trunkline.contract.laws.common import another, changeable, of, origin_of, same, show
from trunkline.contract.rules import Family, collection_law, rule
from trunkline.contract.shapes import Path
from trunkline.contract.surface import Collection
from trunkline.ir import Json

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


@collection_law("listed-once", "listed-same", "created-once", needs=listable)
def listed_once(bench: Bench, collection: Collection) -> None:
    """Three objects created are each listed once, as reading shows them."""
    lister = collection.lister
    assert lister is not None
    things = [bench.create(collection, full=full) for full in (False, True, False)]
    if collection.updater is not None and collection.retriever is not None:
        things[2].value, _ = bench.read(things[2])
        members: dict[Path, Json] = {
            leaf.path: another(bench, leaf, dig(things[2].value, leaf.path))
            for leaf in changeable(bench, collection)
            if len(leaf.path) == 1
        }
        bench.change(things[2], members)
    items, seen = bench.everything(collection)
    for thing in things:
        _doubles(bench, collection, thing, items, seen)
        shown = of(bench, collection, items, [thing])
        if not bench.expect(len(shown) == 1):
            bench.violation(
                lister,
                f"an object just created is in the list {len(shown)} times",
                thing.created,
                *(seen[:1] if len(seen) == 1 else seen[:2]),
                subject="missing" if not shown else "repeated",
            )
            continue
        view, read = bench.read(thing) if collection.retriever else (thing.value, thing.created)
        listed = shown[0]
        if not isinstance(listed, dict):
            continue
        for path in collection.item_leaves():
            first, *inner = path
            if inner and not isinstance(dig(listed, path[:-1]), dict):
                continue
            if first not in listed or first not in view:
                continue
            if not bench.expect(same(dig(listed, path), dig(view, path))):
                bench.violation(
                    lister,
                    f"the list shows {'.'.join(path)} as {show(dig(listed, path))}, "
                    f"reading shows {show(dig(view, path))}",
                    thing.created,
                    *seen[:1],
                    read,
                    subject=".".join(path),
                    origins=origin_of(collection, path),
                    rule="listed-same",
                )


def _doubles(
    bench: Bench,
    collection: Collection,
    thing: Thing,
    items: list[Json],
    seen: list[Exchange],
) -> None:
    """No other object has the texts that only this request carried."""
    assert collection.creator is not None
    marks = {
        leaf.path: text
        for leaf in collection.input_leaves(collection.created)
        if isinstance(text := dig(thing.sent, leaf.path), str) and text.startswith(bench.lab.marker)
    }
    if not marks:
        return
    for item in items:
        if bench.identity(collection, item) == thing.id:
            continue
        if bench.expect(any(dig(item, path) != text for path, text in marks.items())):
            continue
        bench.violation(
            collection.creator,
            f"one create request made another object too, {bench.identity(collection, item)}",
            thing.created,
            *seen[:1],
            rule="created-once",
        )
        bench.stray(collection, item)
