"""Looking into bodies: members behind references, and the object or list an answer is about."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Final

from trunkline import ir
from trunkline.lower.words import singular, words
from trunkline.semantics.schemas import items, mapped, members, resolve, types

_LISTS: Final = ("data", "items", "results", "records", "entries", "values", "elements", "list")
_ENVELOPES: Final = ("data", "result", "payload", "response", "item", "results", "embedded")
_TELLING: Final = 5
"""Characters of a property that is named by the end of a noun: fewer end too many."""
_BESIDE: Final = frozenset(
    {
        "code",
        "count",
        "error",
        "errors",
        "included",
        "jsonapi",
        "links",
        "message",
        "meta",
        "metadata",
        "object",
        "page",
        "pagination",
        "paging",
        "requestid",
        "status",
        "statuscode",
        "success",
        "total",
        "trace",
        "type",
        "warnings",
    }
)
"""Members of an envelope that are about the answer, not the object."""

_ECHOES: Final = frozenset(
    {"success", "ok", "jsonapi", "requestid", "xrequestid", "traceid", "apiversion"}
)
"""Properties of an envelope that say what the status code and the headers of a response say."""


@functools.lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name without case and punctuation: `Page-Size`, `page_size`, `page[size]` are one."""
    return "".join(words(name)).lower()


class BodyShapes:
    """Schemas with references followed."""

    def __init__(self, schemas: Mapping[str, ir.Schema]) -> None:
        self.schemas = schemas
        self._members: dict[int, tuple[ir.Schema, dict[str, ir.Schema]]] = {}

    def resolve(self, schema: ir.Schema) -> ir.Schema:
        """The schema itself, references followed."""
        return resolve(self.schemas, schema)

    def members(self, schema: ir.Schema) -> dict[str, ir.Schema]:
        """The properties of an object by name: of a union those that all alternatives have."""
        known = self._members.get(id(schema))
        if known is None:
            found = members(self.schemas, schema)
            # Holding the schema keeps its id from being used again.
            known = schema, {name: m.schema for name, m in found.items() if m.always}
            self._members[id(schema)] = known
        return known[1]

    def required(self, schema: ir.Schema) -> set[str]:
        """The properties that every object of this schema has."""
        return {name for name, m in members(self.schemas, schema).items() if m.required}

    def types(self, schema: ir.Schema) -> frozenset[str]:
        """The JSON types that can fit."""
        return types(self.schemas, schema)

    def at(self, schema: ir.Schema, path: tuple[str, ...]) -> ir.Schema | None:
        """The schema of the property at `path`."""
        found: ir.Schema | None = schema
        for name in path:
            found = self.members(found).get(name) if found is not None else None
        return found

    def element(self, schema: ir.Schema) -> ir.Schema | None:
        """What an array's elements are, of several alternatives any; None unless only arrays (and
        null) fit."""
        if self.types(schema) - {"null"} != {"array"}:
            return None
        return items(self.schemas, schema)

    def map_path(self, schema: ir.Schema, noun: str) -> tuple[str, ...] | None:
        """Where objects stand by their ids in the answer of a collection called `noun`: the body
        itself, or its only property that is about them; None: nowhere."""
        if mapped(self.schemas, schema) is not None:
            return ()
        members = self.members(schema)
        maps = [name for name, member in members.items() if mapped(self.schemas, member)]
        named = [name for name in maps if plain(name) in (plain(noun), *_LISTS)]
        found = named or [name for name in maps if self._is_envelope(members, name)]
        return (found[0],) if len(found) == 1 else None

    def each(self, schema: ir.Schema) -> ir.Schema | None:
        """What one object in a list is, or in a map of objects by their ids."""
        return self.element(schema) or mapped(self.schemas, schema)

    def has_lists(self, schema: ir.Schema) -> bool:
        """Whether a response has a list among its properties, or one level below."""
        for member in self.every_member(schema).values():
            if self.element(member) is not None:
                return True
            if any(self.element(m) is not None for m in self.every_member(member).values()):
                return True
        return False

    def is_object(self, schema: ir.Schema) -> bool:
        """Whether values are objects: by shape, or all alternatives are."""
        shape = self.resolve(schema).shape
        if isinstance(shape, ir.Union):
            return all(
                isinstance(self.resolve(m).shape, (ir.Object, ir.Union)) for m in shape.members
            )
        return isinstance(shape, (ir.Object, ir.Intersection))

    def list_path(self, schema: ir.Schema, noun: str) -> tuple[str, ...] | None:
        """Where the list stands in the answer of a collection called `noun`; None: nowhere."""
        if self.element(schema) is not None:
            return ()
        members = self.members(schema)
        arrays = {n: s for n, s in members.items() if self.element(s) is not None}
        for wanted in (plain(noun), *_LISTS):
            for name in arrays:
                if plain(name) == wanted:
                    return (name,)
        objects = [
            n
            for n, s in arrays.items()
            if (each := self.element(s)) is not None
            and self.is_object(each)
            and plain(n) not in _BESIDE
        ]
        if len(objects) == 1 and self._is_envelope(members, objects[0]):
            return (objects[0],)
        for name in members:
            if plain(name) in _ENVELOPES and self.is_object(members[name]):
                inner = self.list_path(members[name], noun)
                if inner is not None:
                    return (name, *inner)
        return None

    def only_list(self, schema: ir.Schema) -> tuple[str, ...] | None:
        """Where the one list of objects stands in a response, whatever it is called; None where
        there are several, or none."""
        found = [
            name
            for name, member in self.members(schema).items()
            if (each := self.element(member)) is not None and self.is_object(each)
        ]
        return (found[0],) if len(found) == 1 else None

    def object_path(self, schema: ir.Schema, noun: str) -> tuple[str, ...]:
        """Where the object stands in the answer about an item of `noun`; `()`: it is the body."""
        members = self.members(schema)
        around = [
            name
            for name, member in members.items()
            if self.is_object(member) and self._is_envelope(members, name)
        ]
        one = plain(singular(noun)) if noun else ""
        for wanted in (*_ENVELOPES, one, plain(noun)):
            for name in around:
                if plain(name) == wanted:
                    return (name,)
        # `orchestration` around one of `event_orchestrations`.
        for name in around:
            if len(plain(name)) >= _TELLING and one.endswith(plain(name)):
                return (name,)
        return ()

    def is_all(self, schema: ir.Schema, path: tuple[str, ...]) -> bool:
        """Whether what is at `path` is all that values of the schema say: every property beside
        it, on the way, always has the same value or repeats what the response says anyway."""
        for name in path:
            members = self.members(schema)
            beside = [n for n in self.every_member(schema) if n != name]
            if name not in members or not all(self._says_nothing(schema, n) for n in beside):
                return False
            schema = members[name]
        return bool(path)

    def every_member(self, schema: ir.Schema) -> dict[str, ir.Schema]:
        """The properties of an object by name, of a union those of any alternative."""
        return {n: m.schema for n, m in members(self.schemas, schema).items()}

    def _says_nothing(self, schema: ir.Schema, name: str) -> bool:
        shape = self.resolve(self.every_member(schema)[name]).shape
        if isinstance(shape, ir.Enumeration) and len(shape.values) == 1:
            return True
        return plain(name) in _ECHOES and not isinstance(shape, ir.Array)

    def _is_envelope(self, members: Mapping[str, ir.Schema], name: str) -> bool:
        others = [n for n in members if n != name]
        return all(plain(n) in _BESIDE or _is_paging(plain(n)) for n in others)

    def scalars(self, schema: ir.Schema) -> Iterator[tuple[str, ir.Schema]]:
        """The properties of an object that are neither objects nor lists."""
        for name, member in self.members(schema).items():
            shape = self.resolve(member).shape
            parts = isinstance(shape, ir.Intersection)
            if parts and self.types(member) & {"object", "array"}:
                continue
            if not isinstance(shape, (ir.Object, ir.Array, ir.Tuple, ir.Nothing)):
                yield name, member


def _is_paging(name: str) -> bool:
    return any(
        part in name
        for part in (
            "page",
            "cursor",
            "next",
            "prev",
            "offset",
            "limit",
            "more",
            "total",
            "count",
            "first",
            "last",
            "marker",
            "start",
            "end",
            "uri",
            "token",
            "metadata",
        )
    ) or name in ("number", "numberofelements", "size", "empty", "sort", "ok")
