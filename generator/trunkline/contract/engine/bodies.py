"""Bodies of requests: valid ones, and those with a member set as a check wants it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.engine.executor import Caller, Inconclusive
from trunkline.contract.model import Collection, Exchange, Path, UnbuildableError, shapes
from trunkline.contract.session import Actor
from trunkline.ir import Json


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


class Bodies(Caller):
    """A caller that knows what to send."""

    def body(
        self,
        collection: Collection,
        members: Mapping[Path, Json] | None = None,
        *,
        full: bool = False,
    ) -> dict[str, Json]:
        """A create request's body, with `members` set to given values."""
        if collection.created is None:
            return {}
        made = self.made(collection.created, full=full)
        for path, value in (members or {}).items():
            self.put(collection.created, made, path, value)
        return made

    def made(self, schema: ir.Schema, *, full: bool = False) -> dict[str, Json]:
        """A valid body, or `Inconclusive`."""
        try:
            return self.values.body(schema, full=full)
        except UnbuildableError as error:
            raise Inconclusive(str(error)) from error

    def put(self, schema: ir.Schema, into: dict[str, Json], path: Path, value: Json) -> None:
        """Set the member at `path`, objects on the way made with what they require."""
        at = into
        for index, name in enumerate(path[:-1]):
            inner = at.get(name)
            if not isinstance(inner, dict):
                around = shapes.descend(self.api, schema, path[: index + 1])
                inner = {}
                if around is not None:
                    try:
                        built = self.values.one(around)
                    except UnbuildableError as error:
                        raise Inconclusive(str(error)) from error
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
        """Set a nested member with its present neighbours, so that merging makes no difference."""
        if len(path) > 1 and path[0] not in body:
            around = shapes.descend(self.api, schema, path[:1])
            shown = obj.value.get(path[0])
            if around is not None and isinstance(shown, dict):
                body[path[0]] = self._writable(around, shown)
        self.put(schema, body, path, value)

    def _writable(self, schema: ir.Schema, shown: Mapping[str, Json]) -> dict[str, Json]:
        kept: dict[str, Json] = {}
        for name, member in shapes.properties(self.api, schema).items():
            if name not in shown or shapes.facets(self.api, member.schema).read_only:
                continue
            value = shown[name]
            if isinstance(value, dict) and shapes.properties(self.api, member.schema):
                value = self._writable(member.schema, value)
            if self.validator.accepts(member.schema, value):
                kept[name] = value
        return kept

    def required_now(self, obj: CreatedObject, schema: ir.Schema) -> dict[str, Json]:
        """What an update's body requires, with the values the object has."""
        body: dict[str, Json] = {}
        for name, member in shapes.properties(self.api, schema).items():
            if not member.required or shapes.facets(self.api, member.schema).read_only:
                continue
            if name in obj.value and self.validator.accepts(member.schema, obj.value[name]):
                body[name] = obj.value[name]
            elif name in obj.sent:
                body[name] = obj.sent[name]
            else:
                try:
                    body[name] = self.values.one(member.schema)
                except UnbuildableError as error:
                    raise Inconclusive(str(error)) from error
        return body
