"""Which objects are jobs: made by a request in a state that means "not yet", and brought by the
server itself to one that means "done"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from trunkline import ir
from trunkline.ir import Action
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.schemas import items, members, read_only, resolve

_NAMES: Final = frozenset({"status", "state"})
_WAITING: Final = frozenset(
    {"pending", "queued", "enqueued", "inqueue", "waiting", "notstarted", "submitted", "started"}
    | {"inprogress", "running", "processing", "working", "validating"}
)
_DONE: Final = frozenset(
    {"completed", "complete", "succeeded", "success", "successful", "done", "finished"}
)

_SHARES: Final = frozenset(
    {"progress", "percent", "percentage", "percentcomplete", "percentdone", "progresspercent"}
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How a job tells how far it is."""

    path: Path
    """Where an object holds its state."""
    begun: str
    """The state of a new object: the first listed that means "not yet"."""
    waiting: frozenset[str]
    """All states that mean "not yet"."""
    done: str
    """The first listed state that means "done"."""
    beside: tuple[tuple[Path, ir.Json, ir.Json], ...] = ()
    """Members that say the same by a flag or a share: each with what it is at first, and when the
    job is done."""


def progress(api: ir.Api, resource: ir.Resource, item: ir.Schema) -> Progress | None:
    """How the objects of a resource, which look like `item`, tell how far they are. None where
    they are no jobs: nothing creates them or shows them, their state lists no word for "not yet"
    or none for "done", a request can set it, or what happens is declared beside the description.
    """
    shown = {Action.RETRIEVE, Action.LIST} & resource.operations.keys()
    if api.behaviour is not None or Action.CREATE not in resource.operations or not shown:
        return None
    for name, member in members(api.schemas, item).items():
        shape = resolve(api.schemas, member.schema).shape
        if _plain(name) not in _NAMES or not isinstance(shape, ir.Enumeration):
            continue
        values = [value for value in shape.values if isinstance(value, str)]
        waiting = [value for value in values if _plain(value) in _WAITING]
        done = [value for value in values if _plain(value) in _DONE]
        if waiting and done and _plain(name) not in sent_names(api, resource):
            beside = tuple(_beside(api, resource, item))
            return Progress((name,), waiting[0], frozenset(waiting), done[0], beside)
    return None


def _beside(
    api: ir.Api, resource: ir.Resource, item: ir.Schema
) -> Iterator[tuple[Path, ir.Json, ir.Json]]:
    sent = sent_names(api, resource)
    for name, member in members(api.schemas, item).items():
        shape = resolve(api.schemas, member.schema).shape
        plain = _plain(name).removeprefix("is")
        if plain in sent or _plain(name) in sent:
            continue
        if isinstance(shape, ir.Boolean) and plain in _DONE:
            yield (name,), False, True
        if isinstance(shape, ir.Integer | ir.Number) and plain in _SHARES:
            whole = 1 if shape.maximum == 1 else 100
            if shape.maximum is None or shape.maximum >= whole:
                yield (name,), 0, whole


def sent_names(api: ir.Api, resource: ir.Resource) -> set[str]:
    """What requests about objects of a resource can set, names as they are compared."""
    places = tuple(p for p in (resource.collection_path, resource.item_path) if p)
    found: set[str] = set()
    for operation in api.operations:
        about = operation.resource == resource.name or operation.path.startswith(places)
        for content in operation.body.contents if about and operation.body is not None else ():
            if content.schema is not None:
                found.update(_settable(api.schemas, content.schema, 2))
    return found


def _settable(schemas: Mapping[str, ir.Schema], schema: ir.Schema, levels: int) -> Iterator[str]:
    inner = items(schemas, schema) or schema
    for name, member in members(schemas, inner).items():
        if not read_only(schemas, member.schema):
            yield _plain(name)
            if levels:
                yield from _settable(schemas, member.schema, levels - 1)


def _plain(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower())
