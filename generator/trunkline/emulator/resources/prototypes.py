"""New objects made by copying one. What every new object of a resource has is worked out once for
each set of members that requests send, and a creation only fills in what differs: to the same end
as making the object step by step, in a fifth of the steps. Where what a member becomes depends on
another, there is no prototype."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from trunkline.emulator.resources.compiled import CompiledOperation
from trunkline.emulator.resources.identifiers import Identifiers
from trunkline.emulator.resources.projection import (
    Detail,
    Layout,
    LazyRandom,
    Projection,
    is_flat,
)
from trunkline.emulator.resources.resource_plan import ResourcePlan
from trunkline.ir import ABSENT, Absent, Json, Schema

_MEMBERS = 64
"""More in one body make no prototype,"""
_LONGEST = 16 * 1024
"""nor do longer bodies, in bytes: the names of their members are kept."""
_KNOWN = 1024
"""Sets of members that are known, of all operations together."""

_Names: TypeAlias = tuple[str, frozenset[str]]
"""An operation, and the members of a body that was sent to it."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A member that a request sets: its schema there, and where the object is shown."""

    name: str
    asked: Schema
    shown: Schema


@dataclass(frozen=True, slots=True)
class Prototype:
    """A new object but for what differs between two that are sent the same members. `document` has
    the members in the order of the schema, those that differ as null."""

    document: Mapping[str, Json]
    sent: tuple[_Sent, ...]
    """Members that are what the request says."""
    times: tuple[tuple[Callable[[datetime], Json], tuple[str, ...]], ...]
    """How the time of creation is written, and the members that hold it so."""
    made: tuple[tuple[str, Detail], ...]
    """Members that are made up for each object."""
    further_ids: tuple[tuple[str, Identifiers], ...]


class _NoPrototype(Exception):  # noqa: N818  # an answer, not a failure
    """What new objects are like depends on more than the names of what is sent."""


class Prototypes:
    """The prototypes of one API's resources."""

    def __init__(self, projection: Projection) -> None:
        self._projection = projection
        self._known: dict[_Names, Prototype | None] = {}
        self._met: set[_Names] = set()
        """Sets of members that were sent once. A prototype costs more than an object made step by
        step: those that are never sent again, as when somebody sends all sorts, have none."""

    def of(
        self, compiled: CompiledOperation, plan: ResourcePlan, body: Json | Absent, size: int
    ) -> Prototype | None:
        """What the operation makes of bodies, of `size` bytes, with the members of this one; None
        where there is no saying."""
        if not isinstance(body, dict) or len(body) > _MEMBERS or size > _LONGEST:
            return None
        names = (compiled.operation.id, frozenset(body))
        found = self._known.get(names, ABSENT)
        if not isinstance(found, Absent):
            return found
        if len(self._met) >= _KNOWN:
            self._known.clear()
            self._met.clear()
        if names not in self._met:
            self._met.add(names)
            return None
        try:
            found = _Making(self._projection, compiled, plan, names[1]).prototype()
        except _NoPrototype:
            found = None
        self._known[names] = found
        return found

    def copied(
        self,
        prototype: Prototype,
        body: Mapping[str, Json],
        now: datetime,
        number: int,
        rng: LazyRandom,
    ) -> dict[str, Json] | None:
        """A new object, without an id unless one was sent; None where it has to be made step by
        step after all."""
        document = dict(prototype.document)
        for sent in prototype.sent:
            value = body[sent.name]
            if isinstance(value, dict) or (isinstance(value, list) and not is_flat(value)):
                if prototype.made:
                    return None  # both may be random, and their order counts
                value = self._inside(sent, value, rng)
            document[sent.name] = value
        for write, names in prototype.times:
            written = write(now)
            for name in names:
                document[name] = written
        for name, detail in prototype.made:
            found = self._projection.missing(name, detail, rng, 0)
            if found:
                document.update(found)
            else:
                del document[name]
        for name, identifiers in prototype.further_ids:
            if name in document:
                document[name] = identifiers.make(number)
        return document

    def _inside(self, sent: _Sent, value: Json, rng: LazyRandom) -> Json:
        """A value that has others inside, as it is kept."""
        accepted = self._projection.accepted(sent.asked, value, inside=True)
        whole = self._projection.with_defaults(sent.asked, accepted)
        return self._projection.filled(sent.shown, whole, rng, 1)


class _Making:
    """How one prototype is made: what creating does to a body, and then to the document, with the
    names alone."""

    def __init__(
        self,
        projection: Projection,
        compiled: CompiledOperation,
        plan: ResourcePlan,
        names: frozenset[str],
    ) -> None:
        mapping = compiled.mapping
        individual = (
            plan.parents, plan.others, plan.narrower, plan.id_sent_as, len(plan.keys) > 1,
            mapping is not None and not mapping.is_identity, compiled.several, compiled.one_each,
            plan.addresses and plan.address((), ["id"] * len(plan.keys)) is None,
        )  # fmt: skip
        if compiled.request_schema is None or any(individual):
            raise _NoPrototype
        self._projection = projection
        self._plan = plan
        self._request = self._layout(compiled.request_schema)
        self._response = self._layout(plan.schema)
        self._id = None if plan.id_member is None else _name(plan.id_member)
        self._initial = {_name(path): value for path, value in plan.initial.items()}
        self._fixed: dict[str, Json] = dict.fromkeys(map(_name, plan.counters), 0)
        self._fixed |= {_name(path): value for path, value in plan.constants.items()}
        times = {_name(path): write for path, write in (plan.updated | plan.created).items()}
        self._times = {name: write for name, write in times.items() if name not in self._fixed}
        self._addresses = {_name(address.path) for address in plan.addresses}
        owned = {_name(path) for path in plan.owned} - {self._id}
        accepted = self._accepted(names)
        self._sent = accepted - owned
        self._defaults = {
            name: projection.with_defaults(inner, value)
            for name, inner, value in self._request.defaults
            if name not in accepted and name not in owned
        }
        if self._sent & self._initial.keys() or self._id in self._defaults:
            raise _NoPrototype

    def _layout(self, schema: Schema) -> Layout:
        target, union = self._projection.resolved(schema)
        if union is not None:
            raise _NoPrototype
        return self._projection.layout(target)

    def _accepted(self, names: frozenset[str]) -> frozenset[str]:
        """Which members of a body count."""
        layout = self._request
        if (layout.patterned or layout.extra is not None) and not layout.members.keys() >= names:
            raise _NoPrototype
        known = layout.members
        return frozenset(name for name in names if name in known and not known[name].read_only)

    def prototype(self) -> Prototype:
        """The prototype; raises `_NoPrototype`."""
        known = {name: v for name, v in self._initial.items() if self._defaults.get(name) is None}
        known = {**self._defaults, **dict.fromkeys(self._times), **self._fixed, **known}
        differ = {*self._sent, *self._times, *self._addresses}
        if self._id is not None:
            differ.add(self._id)
        self._check_shown({*known, *differ})
        document: dict[str, Json] = {}
        made: list[tuple[str, Detail]] = []
        for name, detail in self._response.members.items():
            if name in differ:
                if not detail.write_only:
                    document[name] = None
            elif name in known:
                if not detail.write_only:
                    document[name] = self._filled(detail, known[name])
            elif detail.constant is not ABSENT:
                document[name] = detail.constant
            elif detail.is_made:
                found = self._made(name, detail)
                if found is None:
                    made.append((name, detail))
                document |= {name: None} if found is None else found
        ids = self._plan.further_ids.items()
        return Prototype(
            document=document,
            sent=tuple(
                _Sent(n, self._request.members[n].schema, self._response.members[n].schema)
                for n in document
                if n in self._sent
            ),
            times=self._written(document),
            made=tuple(made),
            further_ids=tuple((n, i) for n, i in ids if n not in known and n not in differ),
        )

    def _check_shown(self, names: set[str]) -> None:
        """Members that the schema of an item does not name are somewhere else, or anywhere."""
        unnamed = names - self._response.members.keys()
        layout = self._response
        if unnamed & self._plan.beyond.keys() or (
            unnamed and (layout.patterned or layout.extra is not None)
        ):
            raise _NoPrototype

    def _made(self, name: str, detail: Detail) -> dict[str, Json] | None:
        """A member that the server makes; None where it makes another for each object."""
        if isinstance(detail.shown_default, Absent):
            return None
        rng = LazyRandom()
        found = self._projection.missing(name, detail, rng, 0)
        return None if rng.is_used else found

    def _filled(self, detail: Detail, value: Json) -> Json:
        if not isinstance(value, (dict, list)):
            return value
        rng = LazyRandom()
        filled = self._projection.filled(detail.schema, value, rng, 1)
        if rng.is_used:
            raise _NoPrototype
        return filled

    def _written(
        self, document: Mapping[str, Json]
    ) -> tuple[tuple[Callable[[datetime], Json], tuple[str, ...]], ...]:
        """The ways of writing the time, with the members that are written so."""
        found: dict[Callable[[datetime], Json], list[str]] = {}
        for name, write in self._times.items():
            if name in document:
                found.setdefault(write, []).append(name)
        return tuple((write, tuple(names)) for write, names in found.items())


def _name(path: tuple[str, ...]) -> str:
    """The name of a member of the object itself; what is inside of others is not looked at here."""
    if len(path) != 1:
        raise _NoPrototype
    return path[0]
