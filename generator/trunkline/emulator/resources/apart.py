"""Values that must fit exactly one of several alternatives, where these are described so openly
that an object of one is one of the others as well.

What only the others describe is given a value that is none of theirs: nobody who reads the object
as what it is meant to be looks there.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

from trunkline.emulator.schemas.sampling import NONE
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Json, Reference, Schema, Union
from trunkline.semantics.jsonvalue import Path, get, put

_FEWEST = 2


class Apart:
    """Tells alternatives apart. What was found for one object serves for the next ones."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._known: dict[int, tuple[Union, list[tuple[Schema, list[tuple[Path, Json]]]]]] = {}

    def told(
        self, union: Union, value: dict[str, Json], given: Mapping[str, Json]
    ) -> dict[str, Json] | None:
        """A value like one that fits several alternatives, with all that was `given`, which fits
        one; None where none is found."""
        fitting = [part for part in union.members if self._fits(part, value)]
        if len(fitting) < _FEWEST:
            return None
        if id(union) not in self._known:
            # Holding the union keeps its id from being used again.
            self._known[id(union)] = union, list(self._found(union, fitting, value, given))
        for mine, added in self._known[id(union)][1]:
            found = self._with(union, mine, value, given)
            for path, none in added if found is not None else ():
                assert found is not None
                put(found, path, none)
            if found is not None and [p for p in union.members if self._fits(p, found)] == [mine]:
                return found
        return None

    def _found(
        self,
        union: Union,
        fitting: list[Schema],
        value: dict[str, Json],
        given: Mapping[str, Json],
    ) -> Iterator[tuple[Schema, list[tuple[Path, Json]]]]:
        """The alternatives that can be told from all others, and by what."""
        for mine in fitting:
            start = self._with(union, mine, value, given)
            added = self._against(mine, fitting, start) if start is not None else None
            if added is not None:
                yield mine, added

    def _with(
        self, union: Union, mine: Schema, value: dict[str, Json], given: Mapping[str, Json]
    ) -> dict[str, Json] | None:
        """The value with what says that it is `mine`; None where what was given says that it is
        not."""
        found = copy.deepcopy(value)
        said = union.discriminator
        name = mine.shape.name if isinstance(mine.shape, Reference) else None
        if said is None or name is None:
            return found
        words = [word for word, schema in said.mapping.items() if schema == name]
        if said.property in given and given[said.property] not in words:
            return None
        if words and found.get(said.property) not in words:
            found[said.property] = words[0]
        return found if self._fits(mine, found) else None

    def _against(
        self, mine: Schema, others: list[Schema], value: dict[str, Json]
    ) -> list[tuple[Path, Json]] | None:
        added: list[tuple[Path, Json]] = []
        for other in others:
            if other is mine or not self._fits(other, value):
                continue
            one = next(self._spoiling(mine, other, value), None)
            if one is None:
                return None
            added.append(one)
            put(value, *one)
        return added

    def _spoiling(
        self, mine: Schema, other: Schema, value: dict[str, Json]
    ) -> Iterator[tuple[Path, Json]]:
        """What can be put into a value so that it fits `mine` still, and `other` no longer."""
        for path in self._only(mine, other):
            if get(value, path) is not None:
                continue
            for none in NONE:
                attempt = copy.deepcopy(value)
                put(attempt, path, none)
                if self._fits(mine, attempt) and not self._fits(other, attempt):
                    yield path, none

    def _only(self, mine: Schema, other: Schema) -> Iterator[Path]:
        """What only the other one describes, at most one level down."""
        known, theirs = self._schemas.members(mine), self._schemas.members(other)
        yield from ((name,) for name in theirs if name not in known)
        for name, member in theirs.items():
            inside = known.get(name)
            if inside is None or "object" not in self._schemas.types(inside.schema):
                continue
            below = self._schemas.members(inside.schema)
            yield from (
                (name, inner)
                for inner in self._schemas.members(member.schema)
                if inner not in below
            )

    def _fits(self, schema: Schema, value: Json) -> bool:
        return self._schemas.fits(schema, value, "response")
