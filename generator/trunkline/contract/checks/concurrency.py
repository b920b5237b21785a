"""Several at once: nothing is lost, nothing is made twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from trunkline import ir
from trunkline.contract.checks.comparison import changeable, different_value, of, same, show
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
    creatable,
    get_path,
    identified,
    updatable,
)
from trunkline.ir import Json

rule(
    "updates-kept",
    Family.CONCURRENCY,
    "Updates of different members at the same time are all kept",
    "A read and a write with a gap between lose what came in the gap.",
)
rule(
    "creates-apart",
    Family.CONCURRENCY,
    "Objects created at the same time are all there, each with its own id",
    "Ids drawn without a lock are drawn twice.",
)
rule(
    "unique-raced",
    Family.CONCURRENCY,
    "Of several requests for one unique value at the same time one succeeds",
    "Looking first and writing later lets two in.",
)

_R = TypeVar("_R")


def _together(call: Callable[[dict[str, Json]], _R], bodies: list[dict[str, Json]]) -> list[_R]:
    """What `call` returns for each body, all called at once."""
    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(call, bodies))


@collection_check("updates-kept", needs=updatable)
def updates_kept(ctx: CheckContext, collection: Collection) -> None:
    """Updates of two to six different members, sent together, a few times over."""
    updater = collection.updater
    assert updater is not None
    assert collection.updated is not None
    leaves = [
        leaf for leaf in changeable(ctx, collection) if len(leaf.path) == 1 and not leaf.required
    ][:6]
    if len(leaves) < 2:
        raise Inconclusive("fewer than two optional members to update")
    obj = ctx.create(collection, full=True)
    for _ in range(12 if ctx.full else 6):
        obj.value, _seen = ctx.read(obj)
        wanted = {
            leaf.path: different_value(ctx, leaf, get_path(obj.value, leaf.path)) for leaf in leaves
        }
        bodies = [
            {**ctx.required_now(obj, collection.updated), path[0]: value}
            for path, value in wanted.items()
        ]

        def update(body: dict[str, Json], to: ir.Operation = updater) -> Exchange:
            return ctx.call(to, obj.address, body=body)

        answers = _together(update, bodies)
        shown, read = ctx.read(obj)
        for (path, value), answer in zip(wanted.items(), answers, strict=True):
            if not answer.ok:
                continue
            if not ctx.expect(same(get_path(shown, path), value)):
                ctx.violation(
                    updater,
                    f"of {len(bodies)} updates sent together, that of {path[0]} to {show(value)} "
                    f"is lost: it reads back as {show(get_path(shown, path))}",
                    obj.created,
                    *answers,
                    read,
                )
                return


@collection_check(
    "creates-apart",
    needs=identified,
)
def creates_apart(ctx: CheckContext, collection: Collection) -> None:
    """Objects created together: as many ids, and all in the list."""
    assert collection.creator is not None
    count = 12 if ctx.full else 8
    ctx.parent_path(collection)
    bodies = [ctx.body(collection) for _ in range(count)]
    results = _together(partial(ctx.try_create, collection), bodies)
    objects: list[CreatedObject] = [obj for _, obj in results if obj is not None]
    if len(objects) < count:
        failed = next(e for e, t in results if t is None)
        if ctx.expect(failed.status in {409, 423, 429, 503}):
            raise Inconclusive(f"create answered {failed.status}")
        ctx.violation(
            collection.creator,
            f"of {count} objects created together one is refused with {failed.status}"
            if not failed.ok
            else f"of {count} objects created together one is answered without an id",
            failed,
            subject="refused",
        )
    ids = [t.id for t in objects]
    if not ctx.expect(len(set(ids)) == len(ids)):
        twice = next(i for i in ids if ids.count(i) > 1)
        ctx.violation(
            collection.creator,
            f"two of {count} objects created together have the id {twice}",
            *[t.created for t in objects if t.id == twice],
        )
        return
    if collection.lister is None:
        return
    items, seen = ctx.all_items(collection)
    listed = of(ctx, collection, items, objects)
    if not ctx.expect(len(listed) == len(objects)):
        ctx.violation(
            collection.creator,
            f"of {len(objects)} objects created together the list shows {len(listed)}",
            *seen[:1],
            subject="list",
        )


@collection_check(
    "unique-raced",
    needs=lambda c: creatable(c) and bool(c.resource.unique),
)
def unique_raced(ctx: CheckContext, collection: Collection) -> None:
    """The same unique value in several create requests at once: at most one succeeds."""
    assert collection.creator is not None
    ctx.parent_path(collection)
    for path in collection.resource.unique:
        value = get_path(ctx.body(collection), path)
        if value is None:
            continue
        bodies = [ctx.body(collection, {path: value}) for _ in range(6)]
        results = _together(partial(ctx.try_create, collection), bodies)
        made = [t for _, t in results if t is not None]
        if not ctx.expect(len(made) <= 1):
            ctx.violation(
                collection.creator,
                f"{len(made)} objects with the same {'.'.join(path)} were created together",
                *[t.created for t in made],
                subject=".".join(path),
            )
