"""The JSON documents of a resource: what a request may set, defaults, merging, completion."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

from trunkline.emulator.sampling import NoValue, Sampler
from trunkline.emulator.shapes import item, members, read_only, resolve, write_only
from trunkline.emulator.validation import Direction, Validators
from trunkline.ir import ABSENT, Absent, Api, Array, Json, Object, Property, Schema, Union


class Documents:
    """Operations on documents, guided by schemas. Arguments are never changed in place."""

    def __init__(self, api: Api, validators: Validators, sampler: Sampler) -> None:
        self._api = api
        self._validators = validators
        self._sampler = sampler

    def accepted(self, schema: Schema, value: Json) -> Json:
        """The part of a request body that counts: read-only members and members nobody described
        are left out, as the services do. Members of maps are kept."""
        if isinstance(value, list):
            inner = item(self._api, schema)
            return [self.accepted(inner, v) for v in value] if inner is not None else value
        if not isinstance(value, dict):
            return value
        chosen = self.alternative(schema, value, "request")
        known = {prop.name: prop for prop in members(self._api, chosen)}
        extra, patterned = self._beyond(chosen, bool(known))
        result: dict[str, Json] = {}
        for name, member in value.items():
            prop = known.get(name)
            if prop is not None:
                if not read_only(self._api, prop):
                    result[name] = self.accepted(prop.schema, member)
            elif patterned:
                result[name] = member
            elif extra is not None:
                result[name] = self.accepted(extra, member)
        return result

    def with_defaults(self, schema: Schema, value: Json) -> Json:
        """`value` with the documented defaults of absent members, in nested objects that are
        present too."""
        if isinstance(value, list):
            inner = item(self._api, schema)
            return [self.with_defaults(inner, v) for v in value] if inner is not None else value
        if not isinstance(value, dict):
            return value
        result = dict(value)
        for prop in members(self._api, self.alternative(schema, value, "request")):
            if prop.name in result:
                result[prop.name] = self.with_defaults(prop.schema, result[prop.name])
            elif not read_only(self._api, prop):
                default = self.default(prop)
                if default is not ABSENT:
                    result[prop.name] = self.with_defaults(prop.schema, default)
        return result

    def default(self, prop: Property) -> Json | Absent:
        """The default of a property, `ABSENT` if there is none."""
        default = prop.schema.meta.default
        if default is ABSENT:
            default = resolve(self._api, prop.schema).meta.default
        return default

    def alternative(self, schema: Schema, value: Json, direction: Direction) -> Schema:
        """The member of a union that the value fits; the schema itself when it is no union."""
        target = resolve(self._api, schema)
        shape = target.shape
        if not isinstance(shape, Union):
            return target
        if shape.discriminator is not None and isinstance(value, dict):
            name = shape.discriminator.mapping.get(str(value.get(shape.discriminator.property)))
            if name is not None:
                return self.alternative(self._api.schemas[name], value, direction)
        fits = self._validators.fits
        for part in shape.members:
            if fits(part, value, direction):
                return self.alternative(part, value, direction)
        return target

    def visible(self, schema: Schema, value: Json) -> Json:
        """`value` without write-only members, and without members that the answer's schema does
        not know. Members of maps are kept."""
        if isinstance(value, list):
            inner = item(self._api, schema)
            return [self.visible(inner, v) for v in value] if inner is not None else value
        if not isinstance(value, dict):
            return value
        chosen = self.alternative(schema, value, "response")
        known = {prop.name: prop for prop in members(self._api, chosen)}
        extra, patterned = self._beyond(chosen, bool(known))
        result: dict[str, Json] = {}
        for name, member in value.items():
            prop = known.get(name)
            if prop is not None:
                if not write_only(self._api, prop):
                    result[name] = self.visible(prop.schema, member)
            elif patterned:
                result[name] = member
            elif extra is not None:
                result[name] = self.visible(extra, member)
        return result

    def _beyond(self, schema: Schema, some_known: bool) -> tuple[Schema | None, bool]:
        """The schema of members that are not named (None: they do not count), and whether any
        may be there (maps of unknown shape, patterned names)."""
        shape = resolve(self._api, schema).shape
        if not isinstance(shape, Object):
            return None, not some_known
        if shape.pattern_properties:
            return None, True
        if shape.properties and shape.open:
            return None, False
        return shape.additional, False

    def complete(self, schema: Schema, value: Json, rng: random.Random) -> Json:
        """`value` with everything an answer requires, and defaults; valid wherever that can be
        reached, the members given kept as far as they fit."""
        value = self._filled(schema, self.visible(schema, value), rng, 0)
        if self._validators.fits(schema, value, "response"):
            return value
        if isinstance(value, dict):
            value = self._repaired(schema, value, rng)
            if self._validators.fits(schema, value, "response"):
                return value
        try:
            sampled = self._sampler.sample(schema, rng)
        except NoValue:
            return value
        if not (isinstance(sampled, dict) and isinstance(value, dict)):
            return sampled
        for name, member in value.items():
            attempt = {**sampled, name: member}
            if self._validators.fits(schema, attempt, "response"):
                sampled = attempt
        return sampled

    def _filled(self, schema: Schema, value: Json, rng: random.Random, depth: int) -> Json:
        if isinstance(value, list):
            inner = item(self._api, schema)
            if inner is None:
                return value
            return [self._filled(inner, v, rng, depth + 1) for v in value]
        if not isinstance(value, dict) or depth > 32:
            return value
        result: dict[str, Json] = {}
        fits = self._validators.fits
        chosen = self.alternative(schema, value, "response")
        for prop in members(self._api, chosen):
            if prop.name in value:
                result[prop.name] = self._filled(prop.schema, value[prop.name], rng, depth + 1)
                continue
            if write_only(self._api, prop):
                continue
            default = self.default(prop)
            if default is not ABSENT and fits(prop.schema, default, "response"):
                result[prop.name] = self._filled(prop.schema, default, rng, depth + 1)
            elif prop.required:
                try:
                    result[prop.name] = self._sampler.sample(prop.schema, rng)
                except NoValue:
                    continue
        return {**result, **{name: value[name] for name in value if name not in result}}

    def _repaired(
        self, schema: Schema, value: dict[str, Json], rng: random.Random
    ) -> dict[str, Json]:
        result = dict(value)
        for _ in range(3):
            faults = self._validators.faults(schema, result, "response")
            names = {
                fault.pointer.split("/")[1].replace("~1", "/").replace("~0", "~")
                for fault in faults
                if fault.pointer
            }
            if not names:
                return result
            props = {p.name: p for p in members(self._api, schema)}
            for name in sorted(names):
                prop = props.get(name)
                result.pop(name, None)
                if prop is not None and prop.required:
                    try:
                        result[name] = self._sampler.sample(prop.schema, rng)
                    except NoValue:
                        continue
        return result


def merge(old: Json, change: Json) -> Json:
    """`old` changed as PATCH means it: members given are set, null included; objects are merged
    member by member; arrays and scalars replaced; absent members stay."""
    if not isinstance(old, dict) or not isinstance(change, dict):
        return change
    result = dict(old)
    for name, value in change.items():
        result[name] = merge(old[name], value) if name in old else value
    return result


def list_of(api: Api, schema: Schema) -> bool:
    """Whether a schema describes an array."""
    return isinstance(resolve(api, schema).shape, Array)


def first(values: Iterable[Json], fits: Callable[[Json], bool]) -> Json:
    """The first value that fits, else None."""
    return next((value for value in values if fits(value)), None)
