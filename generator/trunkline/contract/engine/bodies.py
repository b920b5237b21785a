"""Bodies of requests: valid ones, and those with a property set as a check wants it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.engine.verdicts import Inconclusive
from trunkline.contract.model import BoundaryValues, Collection, Exchange, UnbuildableError
from trunkline.contract.session import Actor
from trunkline.ir import Json
from trunkline.semantics import schemas
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
    """As the response to its creation showed it."""

    @property
    def id(self) -> str:
        """Its own id."""
        return self.address[self.collection.resource.id_parameter or ""]


class BodyBuilder:
    """Builds bodies for one check."""

    def __init__(self, api: ir.Api, validators: Validators, values: BoundaryValues) -> None:
        self._schemas = api.schemas
        self._validators = validators
        self._values = values

    def of(
        self,
        collection: Collection,
        properties: Mapping[Path, Json] | None = None,
        *,
        full: bool = False,
    ) -> dict[str, Json]:
        """A create request's body, with `properties` set to given values."""
        if collection.created is None:
            return {}
        made = self.valid(collection.created, full=full)
        for path, value in (properties or {}).items():
            self.put(collection.created, made, path, value)
        return made

    def valid(self, schema: ir.Schema, *, full: bool = False) -> dict[str, Json]:
        """A valid body, or `Inconclusive`."""
        try:
            return self._values.body(schema, full=full)
        except UnbuildableError as error:
            raise Inconclusive(str(error)) from error

    def _one(self, schema: ir.Schema) -> Json:
        try:
            return self._values.one(schema)
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

    def required_now(self, obj: CreatedObject, schema: ir.Schema) -> dict[str, Json]:
        """What an update's body requires, with the values the object has."""
        body: dict[str, Json] = {}
        for name, member in schemas.members(self._schemas, schema).items():
            if not member.required or schemas.read_only(self._schemas, member.schema):
                continue
            shown = obj.value.get(name)
            if name in obj.value and self._validators.fits(member.schema, shown, "request"):
                body[name] = shown
            elif name in obj.sent:
                body[name] = obj.sent[name]
            else:
                body[name] = self._one(member.schema)
        return body
