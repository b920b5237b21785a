"""The objects that a description shows in its examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from trunkline.emulator.resources.resource_plan import UNIQUE, best_content, success
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Action, Json, Operation, Schema
from trunkline.semantics.jsonvalue import get


class ShownObjects:
    """Finds them, as far as they fit."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas

    def examples(
        self, schema: Schema, operations: Mapping[Action, Operation]
    ) -> Iterator[dict[str, Json]]:
        """The objects in the examples of lists and items, as far as they fit."""
        for action in (Action.LIST, Action.RETRIEVE):
            operation = operations.get(action)
            for example in self._shown_in(operation) if operation is not None else ():
                yield from self._fitting(schema, example)

    def listed(
        self,
        schema: Schema,
        operations: Mapping[Action, Operation],
    ) -> tuple[dict[str, Json], ...]:
        """The objects of the first list shown, each with what reading it shows beside."""
        listing = operations.get(Action.LIST)
        for example in self._shown_in(listing) if listing is not None else ():
            found = list(self._fitting(schema, example))
            if found and isinstance(example, list | dict):
                reading = operations.get(Action.RETRIEVE)
                read = [
                    one
                    for shown in (self._shown_in(reading) if reading is not None else ())
                    for one in self._fitting(schema, shown)
                ]
                return tuple(self._more_of(schema, one, read) for one in found)
        return ()

    def _more_of(
        self, schema: Schema, one: dict[str, Json], read: Sequence[dict[str, Json]]
    ) -> dict[str, Json]:
        for name in (name for name in UNIQUE if name in one):
            for other in read:
                more = {**other, **one}
                same = other.get(name) == one[name]
                if same and self._schemas.fits(schema, more, "response"):
                    return more
        return one

    def _shown_in(self, operation: Operation) -> Iterator[Json]:
        """What the examples of a response show: of the media type, then of its schemas."""
        content = best_content(success(operation)[1])
        if content is None:
            return
        path = operation.payload
        if operation.action is Action.LIST and operation.pagination is not None:
            path = operation.pagination.items
        yield from (get(example, path) for example in content.examples.values())
        schema = content.schema if operation.action is Action.LIST else None
        inside = self._schemas.descend(schema, path) if schema is not None else None
        for place, way in ((schema, path), (inside, ())):
            if place is not None:
                target = self._schemas.resolve(place)
                given = (
                    *place.meta.examples,
                    *(target.meta.examples if target is not place else ()),
                )
                yield from (get(example, way) for example in given)

    def _fitting(self, schema: Schema, shown: Json) -> Iterator[dict[str, Json]]:
        for one in shown if isinstance(shown, list) else [shown]:
            if isinstance(one, dict) and self._schemas.fits(schema, one, "response"):
                yield one
