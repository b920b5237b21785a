"""What a run does: checks applied to what they are about, cut into shards."""

from __future__ import annotations

import gc
import hashlib
import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from trunkline import ir
from trunkline.contract.checks import CHECKS, Check
from trunkline.contract.engine import RULES, Bound, Family, Subject
from trunkline.contract.model import Selection, Shard, collections


@dataclass(frozen=True, slots=True)
class Unit:
    """One check on one target: what is run, reported and reproduced by itself."""

    check: Check
    subject: Subject
    bound: Bound
    """The check together with the target made for it."""

    @property
    def name(self) -> str:
        """What the target is called."""
        return self.subject.id if isinstance(self.subject, ir.Operation) else self.subject.name

    @property
    def id(self) -> str:
        """`outbound_voice_profiles/update-visible`."""
        return f"{self.name}/{self.check.id}"

    def rng(self, seed: int) -> random.Random:
        """Its own source of randomness: units do not disturb each other."""
        return random.Random(f"{seed}:{self.id}")  # noqa: S311  # reproducible on purpose

    def in_shard(self, shard: Shard) -> bool:
        """Whether it belongs to this part of a run."""
        return _part(self.id, shard)


def _part(name: str, shard: Shard) -> bool:
    """Whether `name` falls into this part of a run: the same on every machine."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:8]) % shard.count == shard.index - 1


def fuzzed_operations(api: ir.Api, shard: Shard) -> frozenset[str]:
    """Ids of the operations that Schemathesis runs on in this part.

    Those of a resource, and of the resources inside it, stay together: its state machines go
    from one to the other.
    """
    return frozenset(o.id for o in api.operations if _part((o.resource or (o.path,))[0], shard))


def tellable(api: ir.Api) -> ir.Api:
    """The API without the operations that no path can mean: what stands after `#` is not sent, and
    what stands after `?` is no part of it, so that they are another operation once they arrive."""
    lost = {o.id for o in api.operations if "#" in o.path or "?" in o.path}
    if not lost:
        return api
    resources = [
        replace(r, operations={a: i for a, i in r.operations.items() if i not in lost})
        for r in api.resources
    ]
    return replace(
        api,
        operations=tuple(o for o in api.operations if o.id not in lost),
        resources=tuple(r for r in resources if r.operations),
    )


def units(
    api: ir.Api,
    *,
    only: Iterable[str] = (),
    writes: bool = True,
    conventions: bool = False,
    shard: Shard | None = None,
    selection: Selection | None = None,
) -> list[Unit]:
    """Every check on everything it is about.

    `only`: rules to hold to; empty for all, those that are conventions only with `conventions`.
    """
    wanted = set(only)
    subjects = list(_subjects(api))
    with _nothing_is_garbage():
        found = [
            Unit(check, subject, bound)
            for check in sorted(CHECKS.values(), key=_turn)
            if (writes or not check.writes)
            and (
                wanted & {check.id, *check.rules} if wanted else conventions or not check.convention
            )
            for subject in subjects
            if (bound := check.bind(api, subject)) is not None and _is_chosen(bound, selection, api)
        ]
    return [u for u in found if shard is None or u.in_shard(shard)]


@contextmanager
def _nothing_is_garbage() -> Iterator[None]:
    """What is made in here stays: looking for garbage in it takes longer than making it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


_TURNS = (
    Family.CRUD,
    Family.RPC,
    Family.SECURITY,
    Family.PATCH,
    Family.CONTRACT,
    Family.LISTS,
    Family.FILTERS,
    Family.SORTING,
    Family.PROTOCOL,
    Family.OWNED,
    Family.ROBUSTNESS,
    Family.VALIDATION,
    Family.WEBHOOKS,
    Family.RECEIVER,
    Family.IDEMPOTENCY,
    Family.CONCURRENCY,
)
"""What tells most about an operation in the fewest requests comes first: time may run out."""


def _turn(check: Check) -> int:
    return _TURNS.index(RULES[check.id].family)


def _is_chosen(bound: Bound, selection: Selection | None, api: ir.Api) -> bool:
    """Whether a check is about a chosen operation, and needs none that is excluded.

    Objects are made by operations that were not chosen as well: there is nothing to test without.
    """
    if selection is None or not (selection.include or selection.exclude):
        return True
    needed = bound.operations
    if not needed and api.rpc is not None:
        needed = tuple(o for o in api.operations if o.id == api.rpc.operation)
    about = [o for o in needed if o.method != "post"] or needed
    return any(map(selection.chooses, about)) and not any(map(selection.excludes, needed))


def _subjects(api: ir.Api) -> Iterator[Subject]:
    carrier = api.rpc.operation if api.rpc else None
    yield from collections(api)
    yield from (o for o in api.operations if o.id != carrier)
    yield from api.rpc.methods if api.rpc else ()
    yield from api.webhooks
