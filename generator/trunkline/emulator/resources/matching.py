"""Where the properties of a request body stand in the object that is kept.

Bodies name properties in another case (`FriendlyName`), wrap them (`{"book": {…}}`,
`{"data": {"attributes": {…}}}`), or are flat where the object is wrapped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trunkline.emulator.schemas.names import plain_name
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Json, Schema
from trunkline.semantics.jsonvalue import Path, get, put
from trunkline.semantics.parameters import as_json
from trunkline.semantics.schemas import Member

_LEVELS = 6


@dataclass(frozen=True, slots=True)
class BodyMapping:
    """From the value of a request body to properties of the object that is kept."""

    schemas: Schemas
    item: Schema
    wrapper: Path
    """The object in the body that holds the properties, beside those that stand around it."""
    inside: Path
    """The object of the item that they belong to."""
    typed: bool = False
    """Whether what a body may hold is what the item may hold."""
    same: bool = False
    """Whether bodies name everything as the item does, so that nothing has to be looked up."""

    @property
    def is_identity(self) -> bool:
        """Whether every body is an object of the kind that is kept, as it stands."""
        return self.same and self.typed

    def applied(self, body: Mapping[str, Json]) -> dict[str, Json]:
        """The properties by their names in the item; those that it does not have stay."""
        if self.same:
            return dict(body) if self.typed else self._adapted(self.item, dict(body))
        inner = get(dict(body), self.wrapper)
        if isinstance(inner, list):
            inner = next((one for one in inner if isinstance(one, dict)), None)
        around = {k: v for k, v in body.items() if not self.wrapper or k != self.wrapper[0]}
        found = dict(around)
        if isinstance(inner, dict):
            found = {**around, **inner} if self.wrapper else dict(inner)
        target = self.schemas.descend(self.item, self.inside) or self.item
        renamed = self._renamed(target, found, 0)
        if isinstance(renamed, dict):
            renamed = self._adapted(target, renamed)
        if not self.inside or not isinstance(renamed, dict):
            return renamed if isinstance(renamed, dict) else found
        result: dict[str, Json] = {}
        put(result, self.inside, renamed)
        return result

    def each(self, one: dict[str, Json]) -> dict[str, Json]:
        """The properties of one of the objects that a body lists."""
        return replace(self, wrapper=(), same=False).applied(one)

    def _adapted(self, schema: Schema, value: dict[str, Json]) -> dict[str, Json]:
        """Values in the form that the item has them in: one as a list of one, an id as the object
        that has it, a number as text."""
        known = self.schemas.members(schema)
        return {
            name: self._fitting(known[name].schema, given) if name in known else given
            for name, given in value.items()
        }

    def _fitting(self, schema: Schema, value: Json) -> Json:
        if self.schemas.fits(schema, value, "response"):
            return value
        options: list[Json] = [[value]]
        if isinstance(value, str | int) and not isinstance(value, bool):
            options += [{"id": value}, str(value)]
        if isinstance(value, str):
            options += as_json(value, frozenset({"integer", "number", "boolean"}))
        if isinstance(value, list) and len(value) == 1:
            options.append(value[0])
        return next((o for o in options if self.schemas.fits(schema, o, "response")), value)

    def _renamed(self, schema: Schema, value: Json, depth: int) -> Json:
        if depth > _LEVELS:
            return value
        if isinstance(value, list):
            inner = self.schemas.items(schema)
            return value if inner is None else [self._renamed(inner, v, depth + 1) for v in value]
        if not isinstance(value, dict):
            return value
        known = self.schemas.members(schema)
        if not known:
            return value
        plain = {plain_name(name): name for name in reversed(list(known))}
        result: dict[str, Json] = {}
        for name, given in value.items():
            kept = name if name in known else plain.get(plain_name(name), name)
            if kept != name and kept in value:
                kept = name
            member = known.get(kept)
            if member is not None and isinstance(given, dict | list):
                given = self._renamed(member.schema, given, depth + 1)
            result[kept] = given
        return result


def body_mapping(schemas: Schemas, request: Schema, item: Schema) -> BodyMapping:
    """How a body of the schema `request` tells the properties of `item`."""
    known = _names(schemas.members(item))
    top = schemas.members(request)
    best: tuple[int, Path] = (0, ())
    for path in _objects(schemas, request):
        if plain_name(path[0]) in known and not (path == ("data",) or len(top) == 1):
            continue
        inner = _object_at(schemas, request, path)
        score = _common(schemas, inner, known)
        if score > best[0]:
            best = (score, path)
    own = _common(schemas, request, known)
    if own and (own >= best[0] or not best[1] or plain_name(best[1][0]) in known):
        typed = _typed(schemas, request, item)
        return BodyMapping(schemas, item, (), (), typed, _same(schemas, request, item))
    if best[1]:
        return BodyMapping(schemas, item, best[1], ())
    for path in ((), *_objects(schemas, request)):
        for inside in _objects(schemas, item):
            target = schemas.descend(item, inside)
            names = _names(schemas.members(target)) if target is not None else frozenset()
            if _common(schemas, _object_at(schemas, request, path), names):
                return BodyMapping(schemas, item, path, inside)
    return BodyMapping(schemas, item, (), ())


def _typed(schemas: Schemas, request: Schema, item: Schema) -> bool:
    """Whether the properties of a request are of the types of the item's."""
    known = schemas.members(item)
    return all(
        schemas.types(member.schema) <= schemas.types(known[name].schema)
        for name, member in schemas.members(request).items()
        if name in known
    )


def _same(schemas: Schemas, request: Schema, item: Schema) -> bool:
    """Whether a request names properties as the item does, or has ones that mean nothing to it."""
    mine = {path for path, _ in schemas.walk(item)}
    plain = {tuple(map(plain_name, path)) for path in mine}
    told = [path for path, _ in schemas.walk(request)]
    return all(path in mine or tuple(map(plain_name, path)) not in plain for path in told)


def _object_at(schemas: Schemas, schema: Schema, path: Path) -> Schema | None:
    """The object at a path, or each object of the list there."""
    found = schemas.descend(schema, path)
    return (schemas.items(found) or found) if found is not None else None


def _objects(schemas: Schemas, schema: Schema) -> list[Path]:
    """The paths of the objects inside one, two levels down, the nearer first."""
    found: list[Path] = []
    for name, member in schemas.members(schema).items():
        element = schemas.items(member.schema) or member.schema
        if "object" in schemas.types(element) and schemas.members(element):
            found.append((name,))
    for (name,) in list(found):
        inner = schemas.members(schema)[name].schema
        found += [
            (name, below)
            for below, member in schemas.members(inner).items()
            if "object" in schemas.types(member.schema) and schemas.members(member.schema)
        ]
    return found[:64]


def _names(members: Mapping[str, Member]) -> frozenset[str]:
    return frozenset(map(plain_name, members))


def _common(schemas: Schemas, schema: Schema | None, known: frozenset[str]) -> int:
    if schema is None:
        return 0
    return len(_names(schemas.members(schema)) & known)
