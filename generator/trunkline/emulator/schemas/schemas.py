"""Everything that is asked about the schemas of one API, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from trunkline.emulator.http.messages import ValidationError
from trunkline.ir import Api, Direction, Intersection, Json, Object, Schema, Union
from trunkline.semantics import schemas as semantics
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.schemas import Member
from trunkline.semantics.validators import Validators

_LEVELS = 3
_WALKED = 800


class Schemas:
    """What `trunkline.semantics` says about schemas, remembered: schemas that are made on the way
    (a property that several alternatives describe) are the same at every question, and their
    validators are compiled once."""

    def __init__(self, api: Api) -> None:
        self.named: Mapping[str, Schema] = api.schemas
        self._validators = Validators(api)
        # Holding the schema keeps its id from being used again.
        self._members: dict[int, tuple[Schema, Mapping[str, Member]]] = {}
        self._types: dict[int, tuple[Schema, frozenset[str]]] = {}
        self._items: dict[int, tuple[Schema, Schema | None]] = {}

    # Shapes.

    def resolve(self, schema: Schema) -> Schema:
        """The schema behind references."""
        return semantics.resolve(self.named, schema)

    def members(self, schema: Schema) -> Mapping[str, Member]:
        """The properties that an object of this schema can have, by name."""
        schema = self.resolve(schema)
        known = self._members.get(id(schema))
        if known is None:
            known = self._members[id(schema)] = (schema, semantics.members(self.named, schema))
        return known[1]

    def properties(self, schema: Schema) -> Collection[Member]:
        """The properties that an object of this schema can have."""
        return self.members(schema).values()

    def types(self, schema: Schema) -> frozenset[str]:
        """The JSON types that can fit."""
        known = self._types.get(id(schema))
        if known is None:
            known = self._types[id(schema)] = (schema, semantics.types(self.named, schema))
        return known[1]

    def items(self, schema: Schema) -> Schema | None:
        """The schema of an array's items, None when no array fits."""
        known = self._items.get(id(schema))
        if known is None:
            known = self._items[id(schema)] = (schema, semantics.items(self.named, schema))
        return known[1]

    def descend(self, schema: Schema, path: Path) -> Schema | None:
        """The schema of the property at `path`, None where it leads nowhere."""
        for name in path:
            member = self.members(schema).get(name)
            below = member.schema if member is not None else self.additional(schema)
            if below is None:
                return None
            schema = below
        return schema

    def additional(self, schema: Schema) -> Schema | None:
        """The schema of properties that an object does not name, None where there are none."""
        return semantics.additional(self.named, schema)

    def walk(self, schema: Schema) -> list[tuple[Path, Member]]:
        """The properties that an object can have, nested ones included, each with its path: at
        most some hundreds, `_LEVELS` levels down, those of the object itself first.

        Objects that may be one of several types are not entered: their number grows with the
        power of the levels, and nothing they have in common is the server's to fill in.
        """
        found: list[tuple[Path, Member]] = []
        level: list[tuple[Path, Schema]] = [((), schema)]
        for _ in range(_LEVELS):
            below: list[tuple[Path, Schema]] = []
            for path, parent in level:
                for name, member in self.members(parent).items():
                    found.append(((*path, name), member))
                    if len(found) >= _WALKED:
                        return found
                    if self._is_one_object(member.schema):
                        below.append(((*path, name), member.schema))
            level = below
        return found

    def _is_one_object(self, schema: Schema) -> bool:
        shape = self.resolve(schema).shape
        if isinstance(shape, Union):
            objects = [part for part in shape.members if "object" in self.types(part)]
            return len(objects) == 1 and self._is_one_object(objects[0])
        return isinstance(shape, Object | Intersection)

    def nullable(self, schema: Schema) -> bool:
        """Whether null fits, as far as shapes tell."""
        return semantics.nullable(self.named, schema)

    def read_only(self, schema: Schema) -> bool:
        """Whether the server alone sets the value."""
        return semantics.read_only(self.named, schema)

    def write_only(self, schema: Schema) -> bool:
        """Whether the value never appears in a response."""
        return semantics.write_only(self.named, schema)

    # Values.

    def check(self, schema: Schema, direction: Direction) -> Callable[[Json], bool]:
        """A function that tells whether a value fits."""
        return self._validators.check(schema, direction)

    def fits(self, schema: Schema, value: Json, direction: Direction) -> bool:
        """Whether the value fits; formats are checked."""
        return self._validators.fits(schema, value, direction)

    def problems(
        self, schema: Schema, value: Json, direction: Direction = "request"
    ) -> list[ValidationError]:
        """What is wrong with a value, at most twenty errors, each with a JSON pointer."""
        return [
            ValidationError(error.message, error.keyword, pointer=error.pointer)
            for error in self._validators.errors(schema, value, direction)
        ]
