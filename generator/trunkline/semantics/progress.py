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
from trunkline.semantics.responses import object_schema
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


_ENDS: Final = frozenset({"response", "result", "output"})
_FAILS: Final = frozenset({"error", "errors", "failure"})
"""Members of a job that a flag alone tells the end of: what came of it."""

State = str | bool | int | float


@dataclass(frozen=True, slots=True)
class Progress:
    """How a job tells how far it is."""

    path: Path
    """Where an object holds its state."""
    begun: State
    """The state of a new object: the first listed that means "not yet"; false, or nothing of it."""
    waiting: frozenset[State]
    """All states that mean "not yet", as far as they can be listed."""
    done: State
    """The first listed state that means "done"; true, or all of it."""
    beside: tuple[tuple[Path, ir.Json, ir.Json], ...] = ()
    """Members that say the same by a flag or a share: each with what it is at first, and when the
    job is done."""
    results: tuple[Path, ...] = ()
    """Members that hold what came of it, once the job is done."""
    failures: tuple[Path, ...] = ()
    """Members that say why it failed: not there in one that did not."""
    is_share: bool = False
    """Whether the state is how much of the job is done."""

    def waits(self, state: ir.Json) -> bool:
        """Whether a state means "not yet"."""
        if self.is_share and isinstance(self.done, int | float):
            return isinstance(state, int | float) and state < self.done
        return isinstance(state, str | bool | int | float) and state in self.waiting


def progress(api: ir.Api, resource: ir.Resource, item: ir.Schema) -> Progress | None:
    """How the objects of a resource, which look like `item`, tell how far they are. None where
    they are no jobs: nothing creates them or shows them, no state, flag or share says "not yet" and
    "done", a request can set it, or what happens is declared beside the description.
    """
    shown = {Action.RETRIEVE, Action.LIST} & resource.operations.keys()
    made = Action.CREATE in resource.operations or makers(api, resource)
    if api.behaviour is not None or not made or not shown:
        return None
    beside = tuple(_beside(api, resource, item))
    found = _by_state(api, resource, item, beside)
    if found is not None:
        return found
    known = {_plain(name): name for name in members(api.schemas, item)}
    if known.keys() & _NAMES:
        return None  # its states are other ones, and say more than a flag
    sent = sent_names(api, resource)
    results = tuple((known[name],) for name in sorted(_ENDS & known.keys() - sent))
    failures = tuple((known[name],) for name in sorted(_FAILS & known.keys() - sent))
    flags = [told for told in beside if told[2] is True]
    shares = [told for told in beside if told[2] is not True]
    # A flag alone may be somebody's to raise: of a task, whoever does it.
    if flags and (results or shares or failures):
        path, _, _ = flags[0]
        others = tuple(told for told in beside if told[0] != path)
        return Progress(path, False, frozenset({False}), True, others, results, failures)
    for path, begun, done in shares:
        others = tuple(told for told in beside if told[0] != path)
        if isinstance(begun, int) and isinstance(done, int):
            waiting = frozenset({begun})
            return Progress(path, begun, waiting, done, others, results, failures, is_share=True)
    return None


def _by_state(
    api: ir.Api,
    resource: ir.Resource,
    item: ir.Schema,
    beside: tuple[tuple[Path, ir.Json, ir.Json], ...],
) -> Progress | None:
    for name, member in members(api.schemas, item).items():
        shape = resolve(api.schemas, member.schema).shape
        if _plain(name) not in _NAMES or not isinstance(shape, ir.Enumeration):
            continue
        values = [value for value in shape.values if isinstance(value, str)]
        waiting = [value for value in values if _plain(value) in _WAITING]
        done = [value for value in values if _plain(value) in _DONE]
        if waiting and done and _plain(name) not in sent_names(api, resource):
            return Progress((name,), waiting[0], frozenset(waiting), done[0], beside)
    return None


def makers(api: ir.Api, resource: ir.Resource) -> tuple[ir.Resource, ...]:
    """The resources of which nothing but a creation is described, and what that shows are the
    objects of `resource`, which nothing else makes: `POST /exports` responds with one of
    `/operations/{name}`."""
    reader = resource.operations.get(Action.RETRIEVE)
    if reader is None or Action.CREATE in resource.operations:
        return ()
    if resource.id_parameter is None or resource.parent_parameters:
        return ()
    shown = object_schema(api.schemas, api.operation(reader))
    if shown is None:
        return ()
    wanted = resolve(api.schemas, shown)
    found: list[ir.Resource] = []
    for other in api.resources:
        if set(other.operations) != {Action.CREATE}:
            continue
        made = object_schema(api.schemas, api.operation(other.operations[Action.CREATE]))
        if made is not None and resolve(api.schemas, made) is wanted:
            found.append(other)
    return tuple(found)


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
    made = [other.collection_path for other in makers(api, resource)]
    places = tuple(p for p in (resource.collection_path, resource.item_path, *made) if p)
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
