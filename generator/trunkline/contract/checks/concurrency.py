"""Several at once: nothing is lost, nothing is made twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from trunkline import ir
from trunkline.contract.checks.comparison import changeable, different_value, kept, of, show
from trunkline.contract.engine import (
    CheckContext,
    Creatable,
    CreatedObject,
    Family,
    Inconclusive,
    NotApplicable,
    Updatable,
    collection_check,
    rule,
)
from trunkline.contract.model import Exchange
from trunkline.ir import Json
from trunkline.semantics import jsonvalue
from trunkline.semantics.jsonvalue import Path

rule(
    "updates-kept",
    Family.CONCURRENCY,
    "Updates of different members at the same time are all kept",
    "A read and a write with a gap between lose what came in the gap.",
    "Update only the columns that change, in one statement, or lock the row.",
)
rule(
    "creates-apart",
    Family.CONCURRENCY,
    "Objects created at the same time are all there, each with its own id",
    "Ids drawn without a lock are drawn twice.",
    "Take ids from a sequence, not from what is there plus one.",
)
rule(
    "unique-raced",
    Family.CONCURRENCY,
    "Of several requests for one unique value at the same time one succeeds",
    "Looking first and writing later lets two in.",
    "Leave it to a unique index, and answer its error as the conflict it is.",
)

_R = TypeVar("_R")


def _together(call: Callable[[dict[str, Json]], _R], bodies: list[dict[str, Json]]) -> list[_R]:
    """What `call` returns for each body, all called at once."""
    with ThreadPoolExecutor(len(bodies)) as pool:
        return list(pool.map(call, bodies))


@collection_check("updates-kept", needs=Updatable.of)
def updates_kept(ctx: CheckContext, target: Updatable) -> None:
    """Updates of two to six different members, sent together, a few times over."""
    collection = target.collection
    updater = target.updater
    leaves = [
        leaf for leaf in changeable(ctx, collection) if len(leaf.path) == 1 and not leaf.required
    ][:6]
    if len(leaves) < 2:
        raise NotApplicable("fewer than two optional members to update")
    obj = ctx.objects.create(collection, full=True)
    for _ in range(12 if ctx.full else 6):
        obj.value, _seen = ctx.objects.read(obj)
        wanted = {
            leaf.path: different_value(ctx, leaf, jsonvalue.get(obj.value, leaf.path))
            for leaf in leaves
        }
        bodies = [
            {**ctx.bodies.required_now(obj, target.updated), path[0]: value}
            for path, value in wanted.items()
        ]

        def update(body: dict[str, Json], to: ir.Operation = updater) -> Exchange:
            return ctx.executor.call(to, obj.address, body=body)

        answers = _together(update, bodies)
        shown, read = ctx.objects.read(obj)
        for (path, value), answer in zip(wanted.items(), answers, strict=True):
            if not answer.ok:
                continue
            is_kept = kept(ctx, collection, path, jsonvalue.get(shown, path), value)
            # What is lost or spoilt when nothing meets it as well is another rule's.
            if not is_kept and not _kept_alone(ctx, target, obj, path, value):
                return
            if not ctx.expect(
                is_kept,
                updater,
                f"of {len(bodies)} updates sent together, that of {path[0]} to {show(value)} "
                f"is lost: it reads back as {show(jsonvalue.get(shown, path))}",
                obj.created,
                *answers,
                read,
            ):
                return


def _kept_alone(
    ctx: CheckContext, target: Updatable, obj: CreatedObject, path: Path, value: Json
) -> bool:
    """Whether an update is kept that is sent when no other is."""
    if not ctx.objects.change(obj, {path: value}).ok:
        return False
    shown, _ = ctx.objects.read(obj)
    return kept(ctx, target.collection, path, jsonvalue.get(shown, path), value)


@collection_check(
    "creates-apart",
    needs=Creatable.identified,
)
def creates_apart(ctx: CheckContext, target: Creatable) -> None:
    """Objects created together: as many ids, and all in the list."""
    collection = target.collection
    count = 12 if ctx.full else 8
    ctx.objects.create(collection)
    bodies = [ctx.bodies.of(collection) for _ in range(count)]
    results = _together(partial(ctx.objects.try_create, collection), bodies)
    objects: list[CreatedObject] = [obj for _, obj in results if obj is not None]
    if len(objects) < count:
        failed = next(e for e, t in results if t is None)
        if failed.status in {409, 423, 429, 503}:
            raise Inconclusive(f"create answered {failed.status}")
        ctx.expect(
            False,
            target.creator,
            f"of {count} objects created together one is refused with {failed.status}"
            if not failed.ok
            else f"of {count} objects created together one is answered without an id",
            failed,
            subject="refused",
        )
    ids = [t.id for t in objects]
    twice = next((i for i in ids if ids.count(i) > 1), "")
    if not ctx.expect(
        len(set(ids)) == len(ids),
        target.creator,
        f"two of {count} objects created together have the id {twice}",
        *[t.created for t in objects if t.id == twice],
    ):
        return
    if collection.lister is None:
        return
    items, seen = ctx.lists.all_items(collection)
    listed = of(collection, items, objects)
    ctx.expect(
        len(listed) == len(objects),
        target.creator,
        f"of {len(objects)} objects created together the list shows {len(listed)}",
        *seen[:1],
        subject="list",
    )


@collection_check(
    "unique-raced",
    needs=Creatable.unique,
)
def unique_raced(ctx: CheckContext, target: Creatable) -> None:
    """The same unique value in several create requests at once: at most one succeeds."""
    collection = target.collection
    ctx.objects.parent_path(collection)
    for path in collection.resource.unique:
        value = jsonvalue.get(ctx.bodies.of(collection, full=True), path)
        if value is None:
            continue
        bodies = [ctx.bodies.of(collection, {path: value}) for _ in range(6)]
        results = _together(partial(ctx.objects.try_create, collection), bodies)
        made = [t for _, t in results if t is not None]
        ctx.expect(
            len(made) <= 1,
            target.creator,
            f"{len(made)} objects with the same {'.'.join(path)} were created together",
            *[t.created for t in made],
            subject=".".join(path),
        )
