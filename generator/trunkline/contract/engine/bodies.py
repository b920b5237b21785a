"""Bodies of requests: valid ones, and those with a property set as a check wants it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.engine.verdicts import Inconclusive
from trunkline.contract.model import (
    BoundaryValues,
    Collection,
    Exchange,
    UnbuildableError,
    has_path,
    plain_name,
)
from trunkline.contract.session import Actor
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, schemas
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.validators import Validators


@dataclass(eq=False)
class CreatedObject:
    """An object that this run made. `address` fills the path of the item, parents included."""

    collection: Collection
    address: dict[str, str]
    actor: Actor
    sent: dict[str, Json]
    created: Exchange
    value: dict[str, Json]
    """As the response to its creation showed it, or reading where that showed nothing."""
    shown_by: ir.Operation | None = None
    """The operation whose response `value` is; None: the one that reads it."""

    shown_address: dict[str, str] | None = None
    """With the id that the response to create showed, where items themselves are found by another
    property: what lies below them may well be found by the id."""

    @property
    def id(self) -> str:
        """Its own id."""
        return self.address[self.collection.resource.id_parameter or ""]


def required_filters(collection: Collection) -> dict[Path, str]:
    """The properties that a list must be restricted by: path → parameter."""
    lister = collection.lister
    if lister is None:
        return {}
    needed = {p.name for p in lister.parameters if p.required}
    filters = {f.parameter: (*collection.wrapper, *f.member) for f in lister.filters}
    for name in needed - filters.keys():
        filters[name] = (*collection.wrapper, name)  # called like a property: most likely that
    return {path: name for name, path in filters.items() if name in needed}


class BodyBuilder:
    """Builds bodies for one check."""

    def __init__(self, api: ir.Api, validators: Validators, values: BoundaryValues) -> None:
        self._schemas = api.schemas
        self._validators = validators
        self._values = values
        self._listed: dict[tuple[str, Path], Json] = {}
        self.reference: Callable[[str, Actor, bool], str | None] = lambda _name, _actor, _new: None
        """The id of an object of this run's for a property of this name, a new one each time if
        wanted; None: not one is known."""

    def of(
        self,
        collection: Collection,
        properties: Mapping[Path, Json] | None = None,
        *,
        full: bool = False,
        actor: Actor = Actor.ME,
    ) -> dict[str, Json]:
        """A create request's body, with `properties` set to given values.

        What it refers to is this run's own, as far as that can be made.
        """
        schema = collection.created
        if schema is None:
            return {}
        made = self.valid(schema, full=full)
        given = dict(properties or {})
        for leaf in collection.input_leaves(schema):
            if leaf.path in given or not has_path(made, leaf.path):
                continue
            if self._values.is_reference(leaf.path[-1], leaf.schema):
                name = leaf.path[-1]
                # What an object is called by can be given away once.
                key = plain_name(name) == plain_name(collection.resource.id_parameter or "")
                own = self.reference(name, actor, key)
                typed: Json = int(own) if own is not None and own.isdecimal() else own
                for value in (own, typed):
                    if value is not None and self._validators.fits(leaf.schema, value, "request"):
                        self.put(schema, made, leaf.path, value)
                        break
        for path in required_filters(collection):
            settable = {x.path: x for x in collection.input_leaves(schema)}
            if path not in settable:
                continue
            if (collection.name, path) not in self._listed:
                there = has_path(made, path)
                value = jsonvalue.get(made, path) if there else self._one(settable[path].schema)
                self._listed[collection.name, path] = value
            given.setdefault(path, self._listed[collection.name, path])
        if collection.is_form(schema):
            self._fill_form(schema, made)
        for path, value in given.items():
            self.put(schema, made, path, value)
        return made

    def _fill_form(self, schema: ir.Schema, made: dict[str, Json]) -> None:
        """Put an item into empty lists, in place: in a form these are not there at all."""
        for name, member in schemas.members(self._schemas, schema).items():
            if made.get(name) == []:
                made[name] = self._one(member.schema, full=True)

    def listed_by(self, collection: Collection) -> list[tuple[str, Json]]:
        """The parameters that a list requires, with the values that created objects have."""
        found: list[tuple[str, Json]] = []
        for path, name in required_filters(collection).items():
            value = self._listed.get((collection.name, path))
            if value is not None:
                found.append((name, value))
        return found

    def valid(self, schema: ir.Schema, *, full: bool = False) -> dict[str, Json]:
        """A valid body, or `Inconclusive`."""
        try:
            return self._values.body(schema, full=full)
        except UnbuildableError as error:
            raise Inconclusive(str(error)) from error

    def _one(self, schema: ir.Schema, *, full: bool = False) -> Json:
        try:
            return self._values.one(schema, full=full)
        except UnbuildableError as error:
            raise Inconclusive(str(error)) from error

    def put(self, schema: ir.Schema, into: dict[str, Json], path: Path, value: Json) -> None:
        """Set the property at `path`, objects on the way made with what they require."""
        at = into
        for index, name in enumerate(path[:-1]):
            inner = at.get(name)
            if not isinstance(inner, dict):
                around = schemas.descend(self._schemas, schema, path[: index + 1])
                built = self._one(around) if around is not None else {}
                inner = built if isinstance(built, dict) else {}
                at[name] = inner
            at = inner
        at[path[-1]] = value

    def put_beside(
        self,
        obj: CreatedObject,
        schema: ir.Schema,
        body: dict[str, Json],
        path: Path,
        value: Json,
    ) -> None:
        """Set a nested property with its present neighbours: merging makes no difference then."""
        if len(path) > 1 and path[0] not in body:
            around = schemas.descend(self._schemas, schema, path[:1])
            shown = obj.value.get(path[0])
            if around is not None and isinstance(shown, dict):
                body[path[0]] = self._writable(around, shown)
        self.put(schema, body, path, value)

    def _writable(self, schema: ir.Schema, shown: Mapping[str, Json]) -> dict[str, Json]:
        kept: dict[str, Json] = {}
        for name, member in schemas.members(self._schemas, schema).items():
            if name not in shown or schemas.read_only(self._schemas, member.schema):
                continue
            value = shown[name]
            if isinstance(value, dict) and schemas.members(self._schemas, member.schema):
                value = self._writable(member.schema, value)
            if self._validators.fits(member.schema, value, "request"):
                kept[name] = value
        return kept

    def _kept(self, schema: ir.Schema, shown: Json) -> dict[str, Json] | None:
        """What a request may repeat of an object that was shown; None where that is not valid."""
        if not isinstance(shown, dict) or not schemas.members(self._schemas, schema):
            return None
        kept = self._writable(schema, shown)
        return kept if self._validators.fits(schema, kept, "request") else None

    def required_now(self, obj: CreatedObject, schema: ir.Schema) -> dict[str, Json]:
        """What an update's body requires, with the values the object has."""
        body: dict[str, Json] = {}
        for name, member in schemas.members(self._schemas, schema).items():
            if not member.required or schemas.read_only(self._schemas, member.schema):
                continue
            shown = obj.value.get(name)
            if name in obj.value and self._validators.fits(member.schema, shown, "request"):
                body[name] = shown
            elif (kept := self._kept(member.schema, shown)) is not None:
                body[name] = kept
            elif name in obj.sent:
                body[name] = obj.sent[name]
            else:
                body[name] = self._one(member.schema)
        return body
