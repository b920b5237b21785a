"""The JSON documents of a resource: what a request may set, defaults, merging, completion."""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from trunkline import pointer
from trunkline.emulator.resources.apart import Apart
from trunkline.emulator.schemas.sampling import NONE, NoValue, Sampler
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import ABSENT, Absent, Api, Direction, Enumeration, Json, Object, Schema, Union
from trunkline.semantics.schemas import Member

_DEEP = 32
_ATTEMPTS = 64
"""At a value that fits one alternative and no other."""
_REFERRING = frozenset({"id", "uuid", "key", "sid"})
"""Members by which an object inside another refers to one that is elsewhere."""
_KINDS = frozenset({"type", "kind", "object"})
"""Members that say, beside one of those, what it is that is referred to."""


@dataclass(slots=True)
class Detail:
    """A property with everything worked out that is asked of it again and again."""

    schema: Schema
    read_only: bool
    write_only: bool
    required: bool
    default: Json | Absent
    shown_default: Json | Absent
    """The default, if a response may show it."""
    constant: Json | Absent
    """What every response that lacks it is given: a `shown_default` without anything inside."""
    is_made: bool
    """Whether a response that lacks it is given something that is made each time."""


@dataclass(slots=True)
class Layout:
    """An object's members by name; `extra` is the schema of members that are not named (None: they
    do not count), `patterned`: any may be there. `defaults`: of those that a request may set."""

    members: dict[str, Detail]
    extra: Schema | None
    patterned: bool
    defaults: tuple[tuple[str, Schema, Json], ...] = ()


class LazyRandom:
    """A random state that is only made when somebody asks for it."""

    def __init__(self, *parts: object) -> None:
        self._parts = parts
        self._made: random.Random | None = None

    @property
    def is_used(self) -> bool:
        """Whether somebody asked for it."""
        return self._made is not None

    def get(self) -> random.Random:
        """The state: always the same one for the same parts."""
        if self._made is None:
            self._made = random.Random(":".join(map(str, self._parts)))  # noqa: S311  # no secrets
        return self._made


class Projection:
    """Operations on documents, guided by schemas. Arguments are never changed in place."""

    def __init__(self, api: Api, schemas: Schemas, sampler: Sampler) -> None:
        self._api = api
        self._schemas = schemas
        self._sampler = sampler
        self._apart = Apart(schemas)
        self._targets: dict[int, tuple[Schema, Schema, Union | None]] = {}
        self._layouts: dict[int, tuple[Schema, Layout]] = {}

    def resolved(self, schema: Schema) -> tuple[Schema, Union | None]:
        """What a schema refers to, and what it is a union of if it is one."""
        known = self._targets.get(id(schema))
        if known is None:
            target = self._schemas.resolve(schema)
            union = target.shape if isinstance(target.shape, Union) else None
            known = self._targets[id(schema)] = (schema, target, union)
        return known[1], known[2]

    def layout(self, schema: Schema) -> Layout:
        """What is known of the members of objects; the schema is no union and no reference."""
        known = self._layouts.get(id(schema))
        if known is None:
            # Holding the schema keeps its id from being used again.
            known = self._layouts[id(schema)] = (schema, self._laid_out(schema))
        return known[1]

    def _laid_out(self, schema: Schema) -> Layout:
        found = {prop.name: self._detail(prop) for prop in self._schemas.properties(schema)}
        layout = Layout(found, None, not found)
        shape = self._schemas.resolve(schema).shape
        if isinstance(shape, Object):
            layout.patterned = bool(shape.pattern_properties)
            if not layout.patterned and not (shape.properties and shape.open):
                layout.extra = shape.additional
        layout.defaults = tuple(
            (name, known.schema, known.default)
            for name, known in found.items()
            if not known.read_only and not isinstance(known.default, Absent)
        )
        return layout

    def _detail(self, prop: Member) -> Detail:
        default = self.default(prop)
        shown = default
        if not isinstance(default, Absent) and not self._schemas.fits(
            prop.schema, default, "response"
        ):
            shown = ABSENT
        write_only = self._schemas.write_only(prop.schema)
        is_made = isinstance(shown, (dict, list)) or (isinstance(shown, Absent) and prop.required)
        return Detail(
            schema=prop.schema,
            read_only=self._schemas.read_only(prop.schema),
            write_only=write_only,
            required=prop.required,
            default=default,
            shown_default=shown,
            constant=ABSENT if write_only or isinstance(shown, (dict, list)) else shown,
            is_made=is_made and not write_only,
        )

    def accepted(self, schema: Schema, value: Json, *, inside: bool = False) -> Json:
        """The part of a request body that counts: read-only members and members nobody described
        are left out, as the services do. Members of maps are kept, and the ids of objects
        `inside`, which are references to others, with what those are."""
        if isinstance(value, list):
            items = self._schemas.items(schema)
            if items is None or is_flat(value):
                return value
            return [self.accepted(items, v, inside=inside) for v in value]
        if not isinstance(value, dict):
            return value
        layout = self.layout(self.alternative(schema, value, "request"))
        referring = _REFERRING if inside else frozenset[str]()
        if referring & value.keys():
            referring |= _KINDS
        result: dict[str, Json] = {}
        for name, given in value.items():
            known = layout.members.get(name)
            if known is not None:
                if not known.read_only or name in referring:
                    nested = isinstance(given, (dict, list))
                    if nested:
                        given = self.accepted(known.schema, given, inside=True)
                    result[name] = given
            elif layout.patterned:
                result[name] = given
            elif layout.extra is not None:
                result[name] = self.accepted(layout.extra, given, inside=True)
        return result

    def with_defaults(self, schema: Schema, value: Json) -> Json:
        """`value` with the documented defaults of absent members, in nested objects that are
        present too."""
        if isinstance(value, list):
            inner = None if is_flat(value) else self._schemas.items(schema)
            return [self.with_defaults(inner, v) for v in value] if inner is not None else value
        if not isinstance(value, dict):
            return value
        result = dict(value)
        layout = self.layout(self.alternative(schema, value, "request"))
        for name, given in value.items():
            if isinstance(given, (dict, list)) and (known := layout.members.get(name)) is not None:
                result[name] = self.with_defaults(known.schema, given)
        for name, inner, default in layout.defaults:
            if name not in result:
                nested = isinstance(default, (dict, list))
                result[name] = self.with_defaults(inner, default) if nested else default
        return result

    def default(self, prop: Member) -> Json | Absent:
        """The default of a property, `ABSENT` if there is none."""
        default = prop.schema.meta.default
        if default is ABSENT:
            default = self._schemas.resolve(prop.schema).meta.default
        return default

    def alternative(self, schema: Schema, value: Json, direction: Direction) -> Schema:
        """The alternative of a union that the value fits, of several the one that knows most of
        its members; of none the one that most of its members fit. The schema itself when it is
        not a union."""
        target, shape = self.resolved(schema)
        if shape is None:
            return target
        if shape.discriminator is not None and isinstance(value, dict):
            name = shape.discriminator.mapping.get(str(value.get(shape.discriminator.property)))
            if name is not None:
                return self.alternative(self._api.schemas[name], value, direction)
        fits = self._schemas.fits
        fitting = [part for part in shape.members if fits(part, value, direction)]
        best = (0, 0)
        chosen = fitting[0] if fitting else target
        for part in fitting or shape.members:
            rank = self._rank(part, value, direction, whole=bool(fitting))
            if rank > best:
                best, chosen = rank, part
        return chosen if chosen is target else self.alternative(chosen, value, direction)

    def _rank(
        self, part: Schema, value: Json, direction: Direction, *, whole: bool
    ) -> tuple[int, int]:
        """How many of a value's members fit an alternative, and how many it describes."""
        if not isinstance(value, dict):
            return (0, 0)
        known = self._schemas.members(part)
        named = value.keys() & known.keys()
        if whole:
            return (len(named), len(named))
        fit = sum(self._schemas.fits(known[n].schema, value[n], direction) for n in named)
        return (fit, len(named))

    def deleted_form(self, schema: Schema) -> Schema:
        """Of alternatives the one that says that an object is deleted; else the schema itself."""
        _, union = self.resolved(schema)
        parts = union.members if union is not None else ()
        return next((p for p in parts if "deleted" in self._schemas.members(p)), schema)

    def visible(self, schema: Schema, value: Json) -> Json:
        """`value` without write-only members, and without members that the response's schema does
        not know. Members of maps are kept."""
        if isinstance(value, list):
            inner = None if is_flat(value) else self._schemas.items(schema)
            return [self.visible(inner, v) for v in value] if inner is not None else value
        if not isinstance(value, dict):
            return value
        layout = self.layout(self.alternative(schema, value, "response"))
        result: dict[str, Json] = {}
        for name, given in value.items():
            known = layout.members.get(name)
            if known is not None:
                if not known.write_only:
                    nested = isinstance(given, (dict, list))
                    result[name] = self.visible(known.schema, given) if nested else given
            elif layout.patterned:
                result[name] = given
            elif layout.extra is not None:
                result[name] = self.visible(layout.extra, given)
        return result

    def complete(self, schema: Schema, value: Json, rng: LazyRandom) -> Json:
        """`value` with everything a response requires, and defaults; valid wherever that can be
        reached, the members given kept as far as they fit."""
        given = value
        value = self.filled(schema, given, rng, 0)
        if self._schemas.fits(schema, value, "response"):
            return value
        for attempt in self._mended(schema, value, given, rng):
            value = attempt
            if self._schemas.fits(schema, value, "response"):
                return value
        try:
            sampled = self._sampler.sample(schema, rng.get())
        except NoValue:
            return value
        if not (isinstance(sampled, dict) and isinstance(value, dict)):
            return sampled
        for name, member in value.items():
            attempt = {**sampled, name: member}
            if self._schemas.fits(schema, attempt, "response"):
                sampled = attempt
        return sampled

    def _mended(self, schema: Schema, value: Json, given: Json, rng: LazyRandom) -> Iterator[Json]:
        """Attempts at a value that fits, those that change least first."""
        if not isinstance(value, dict):
            return
        told_apart = self._told_apart(schema, value)
        if told_apart != value:
            yield told_apart
        yield self._set_apart(schema, value, given, rng)
        if told_apart != value:
            yield self._set_apart(schema, told_apart, given, rng)
        repaired = self._repaired(schema, value, rng)
        if repaired != value:
            yield self._set_apart(schema, repaired, given, rng)
        yield repaired

    def filled(
        self, schema: Schema, value: Json, rng: LazyRandom, depth: int, *, seen: bool = False
    ) -> Json:
        """`visible`, and what is missing filled in; `seen`: the value is visible already."""
        if isinstance(value, list):
            inner = None if is_flat(value) else self._schemas.items(schema)
            if inner is None:
                return value
            return [self.filled(inner, v, rng, depth + 1, seen=seen) for v in value]
        if not isinstance(value, dict):
            return value
        target, union = self.resolved(schema)
        if not seen and (union is not None or depth > _DEEP):
            # Which member of the union it is may depend on what is not visible.
            chosen = self.alternative(schema, value, "response")
            return self.filled(chosen, self.visible(chosen, value), rng, depth, seen=True)
        if depth > _DEEP:
            return value
        layout = self.layout(
            target if union is None else self.alternative(schema, value, "response")
        )
        result: dict[str, Json] = {}
        for name, known in layout.members.items():
            if name in value:
                if known.write_only and not seen:
                    continue
                given = value[name]
                if isinstance(given, (dict, list)):
                    given = self.filled(known.schema, given, rng, depth + 1, seen=seen)
                result[name] = given
            elif known.constant is not ABSENT:
                result[name] = known.constant
            elif known.is_made:
                result |= self.missing(name, known, rng, depth)
        if not value.keys() <= layout.members.keys():
            result |= self._unnamed(layout, value, seen=seen)
        return result

    def _unnamed(
        self, layout: Layout, value: dict[str, Json], *, seen: bool
    ) -> Iterator[tuple[str, Json]]:
        """What a response shows of the members that the schema does not name."""
        for name, given in value.items():
            if name not in layout.members:
                if seen or layout.patterned:
                    yield name, given
                elif layout.extra is not None:
                    yield name, self.visible(layout.extra, given)

    def missing(self, name: str, known: Detail, rng: LazyRandom, depth: int) -> dict[str, Json]:
        """A member that the value lacks; empty where it may lack it, or nothing fits."""
        if not isinstance(known.shown_default, Absent):
            return {name: self.filled(known.schema, known.shown_default, rng, depth + 1)}
        if known.required:
            with contextlib.suppress(NoValue):
                sampled = self._sampler.nearest(known.schema, rng.get())
                # Examples leave out what has a default: filled in now, as it would be later.
                filled = self.filled(known.schema, sampled, rng, depth + 1)
                fits = self._schemas.fits(known.schema, filled, "response")
                return {name: filled if fits else sampled}
        return {}

    def _told_apart(self, schema: Schema, value: Json, *, within: bool = False) -> Json:
        """`value` with the members of few values (`type: "user"`) that say which alternative of a
        union it is, where it has none of them."""
        if isinstance(value, list):
            inner = self._schemas.items(schema)
            return [self._told_apart(inner, v) for v in value] if inner is not None else value
        if not isinstance(value, dict):
            return value
        within = within or self.resolved(schema)[1] is not None
        result = dict(value)
        members = self.layout(self.alternative(schema, value, "response")).members
        for name, known in members.items():
            shape = self._schemas.resolve(known.schema).shape
            if name in result:
                result[name] = self._told_apart(known.schema, result[name], within=within)
            elif not within or known.write_only:
                continue
            elif isinstance(shape, Enumeration) and shape.values:
                result[name] = shape.values[0]
        return result

    def _set_apart(self, schema: Schema, value: Json, given: Json, rng: LazyRandom) -> Json:
        """`value` with members that were not `given` chosen so that of alternatives of which it
        must fit exactly one it does."""
        if isinstance(value, list):
            inner = self._schemas.items(schema)
            if inner is None:
                return value
            known = given if isinstance(given, list) and len(given) == len(value) else value
            return [self._set_apart(inner, v, g, rng) for v, g in zip(value, known, strict=True)]
        if not isinstance(value, dict):
            return value
        mine = given if isinstance(given, dict) else {}
        members = self.layout(self.alternative(schema, value, "response")).members
        result = {
            name: self._set_apart(members[name].schema, one, mine.get(name), rng)
            if name in members
            else one
            for name, one in value.items()
        }
        union = self.resolved(schema)[1]
        if union is None or not union.exclusive or self._schemas.fits(schema, result, "response"):
            return result
        attempts = itertools.islice(self._attempts(union, result, mine, rng), _ATTEMPTS)
        found = next((a for a in attempts if self._schemas.fits(schema, a, "response")), None)
        return found or self._apart.told(union, result, mine) or result

    def _attempts(
        self, union: Union, value: dict[str, Json], given: dict[str, Json], rng: LazyRandom
    ) -> Iterator[dict[str, Json]]:
        """Values like one that fits several alternatives: another value for one of its members,
        else a member that only another alternative describes, with what is none of its values."""
        fitting = [part for part in union.members if self._schemas.fits(part, value, "response")]
        if len(fitting) < 2:
            return
        named = {id(part): self._schemas.members(part) for part in fitting}
        fitting.sort(key=lambda p: self._rank(p, given, "response", whole=False), reverse=True)
        for part in fitting:
            for name, known in self.layout(
                self.alternative(part, value, "response")
            ).members.items():
                if name in given or known.write_only:
                    continue
                shape = self._schemas.resolve(known.schema).shape
                options = shape.values if isinstance(shape, Enumeration) else ()
                with contextlib.suppress(NoValue):
                    options = (*options, self._sampler.sample(known.schema, rng.get()))
                yield from ({**value, name: option} for option in options)
        for part in fitting:
            for other in fitting:
                only = [n for n in named[id(other)] if n not in named[id(part)] and n not in given]
                yield from ({**value, name: none} for name in only for none in NONE)

    def _repaired(self, schema: Schema, value: dict[str, Json], rng: LazyRandom) -> dict[str, Json]:
        result = dict(value)
        for _ in range(3):
            problems = self._schemas.problems(schema, result, "response")
            names = {pointer.split(problem.pointer)[0] for problem in problems if problem.pointer}
            if not names:
                return result
            props = {p.name: p for p in self._schemas.properties(schema)}
            for name in sorted(names):
                prop = props.get(name)
                given = result.pop(name, None)
                if prop is not None and isinstance(given, dict):
                    # What is wrong with an object inside is put right there, and the rest kept.
                    inside = self.alternative(prop.schema, given, "response")
                    mended = self._told_apart(inside, self._repaired(inside, given, rng))
                    if self._schemas.fits(prop.schema, mended, "response"):
                        result[name] = mended
                        continue
                if prop is not None and prop.required:
                    try:
                        sampled = self._sampler.sample(prop.schema, rng.get())
                        filled = self.filled(prop.schema, sampled, rng, 1)
                        fits = self._schemas.fits(prop.schema, filled, "response")
                        result[name] = filled if fits else sampled
                    except NoValue:
                        # Something that nothing fits: what there is is better than nothing.
                        if given is not None:
                            result[name] = given
        return result


def is_flat(values: list[Json]) -> bool:
    """Whether there is nothing inside the values, so that there is nothing to look into."""
    for value in values:  # noqa: SIM110  # a generator would cost more than what it saves
        if isinstance(value, (dict, list)):
            return False
    return True


def merge(old: Json, change: Json) -> Json:
    """`old` changed as PATCH means it: members given are set, null included; objects are merged
    member by member; arrays and scalars replaced; absent members stay."""
    if not isinstance(old, dict) or not isinstance(change, dict):
        return change
    result = dict(old)
    for name, value in change.items():
        result[name] = merge(old[name], value) if name in old else value
    return result
