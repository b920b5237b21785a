"""The comparison: operations paired, then everything in them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from trunkline import ir
from trunkline.evolve.change import Area, Change, Place
from trunkline.evolve.context import Context
from trunkline.evolve.normalise import normalised
from trunkline.evolve.rules import (
    bodies,
    info,
    models,
    operations,
    parameters,
    responses,
    rpc,
    security,
    servers,
    webhooks,
)


def compare(old: ir.Api, new: ir.Api, *, today: datetime.date | None = None) -> tuple[Change, ...]:
    """What changed between two versions of an API, in the order of the old description.

    `today` decides whether announced ends have come (default: the current day, UTC). The result
    holds every change, compatible ones included; nothing is dropped and nothing is said twice.
    """
    same = normalised(old, new)
    new = same.api
    context = Context(old, new, today or datetime.datetime.now(datetime.UTC).date())
    if same.base_path is not None:
        servers.moved(context, same.base_path)
    info.compare(context)
    servers.compare(context, (old.servers, old.origin), (new.servers, new.origin), Place("the API"))
    security.compare_schemes(context)
    pairs, removed, added = pair(old.operations, new.operations)
    for was, now in pairs:
        _operation(context, was, now)
    for operation in removed:
        operations.removed(context, operation)
    for operation in added:
        operations.added(context, operation)
    webhooks.compare(context)
    rpc.compare(context)
    models.compare(context)
    return context.changes()


Pairs = list[tuple[ir.Operation, ir.Operation]]


def pair(
    old: Iterable[ir.Operation], new: Iterable[ir.Operation]
) -> tuple[Pairs, list[ir.Operation], list[ir.Operation]]:
    """Operations of one method and path, then those of one `operationId`; removed; added.

    Names of path parameters do not count, unless two paths differ by them alone.
    """
    removed, added = list(old), list(new)
    pairs: Pairs = []
    for key in (_exact, _address, _name):
        index = {key(operation): operation for operation in added if key(operation)}
        left = []
        for was in removed:
            now = index.pop(key(was), None) if key(was) else None
            if now is None:
                left.append(was)
            else:
                pairs.append((was, now))
        taken = {id(now) for _, now in pairs}
        removed, added = left, [operation for operation in added if id(operation) not in taken]
    return pairs, removed, added


def _exact(operation: ir.Operation) -> str:
    return f"{operation.method} {operation.path}"


def _address(operation: ir.Operation) -> str:
    return f"{operation.method} {operations.segments(operation.path)}"


def _name(operation: ir.Operation) -> str:
    return operation.id if operation.named else ""


def _operation(context: Context, old: ir.Operation, new: ir.Operation) -> None:
    place = Place(operations.label(old))
    operations.compare(context, old, new)
    if old.servers != new.servers:
        was = old.servers or context.old.servers
        now = new.servers or context.new.servers
        servers.compare(context, (was, old.origin), (now, new.origin), place)
    parameters.compare(context, old, new, place)
    bodies.compare(context, Area.REQUEST, old, new, place)
    responses.compare(context, Area.RESPONSE, old, new, place)
    security.compare(context, old, new, place)
    webhooks.compare_callbacks(context, old, new, place)
