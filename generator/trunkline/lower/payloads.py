"""What responses are about: the object or the list inside an envelope, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from trunkline import ir
from trunkline.ir import Action
from trunkline.lower.bodyshape import BodyShapes, plain
from trunkline.lower.lists import Lists
from trunkline.lower.paths import Template
from trunkline.lower.words import singular
from trunkline.semantics.responses import sent_schema, success_schema
from trunkline.semantics.spelling import plain_one

Name = tuple[str, ...]

_IDS: Final = ("id", "uuid", "guid", "sid")
_OBJECTS: Final = (Action.RETRIEVE, Action.CREATE, Action.UPDATE, Action.REPLACE)


class Payloads:
    """Finds what the responses of one description are about."""

    def __init__(self, shapes: BodyShapes, lists: Lists) -> None:
        self._shapes = shapes
        self._lists = lists

    def found(self, operation: ir.Operation, items: Mapping[Name, ir.Schema]) -> ir.Operation:
        """An operation with its payload; `items`: what objects of resources look like, as far as
        lists or reading tell."""
        schema = success_schema(operation)
        if schema is None:
            return operation
        noun = operation.resource[-1] if operation.resource else ""
        if operation.action is Action.LIST:
            listed = self._lists.items(operation, schema, noun)
            by_ids = self._shapes.map_path(schema, noun) if listed is None else None
            payload = listed or by_ids or ()
            operation = replace(operation, mapped=by_ids is not None)
        else:
            item = items.get(operation.resource)
            acts = operation.action in _OBJECTS
            by_id = self._by_id(operation, schema, item) if acts else None
            if by_id is not None:
                opened = self._shapes.is_all(schema, by_id)
                return replace(operation, payload=by_id, mapped=True, opened=opened)
            payload = self._shapes.object_path(schema, noun)
            if acts and not payload:
                payload = self._listed(operation, schema, item)
                if payload:
                    return replace(operation, payload=payload)  # callers are given the envelope
        opened = self._shapes.is_all(schema, payload)
        return replace(operation, payload=payload, opened=opened)

    def items(self, operations: Iterable[ir.Operation]) -> dict[Name, ir.Schema]:
        """What the objects of resources look like: as their lists show them, else as one is read
        that has an id."""
        listed: dict[Name, ir.Schema] = {}
        read: dict[Name, ir.Schema] = {}
        for operation in operations:
            schema = success_schema(operation)
            if schema is None or not operation.resource:
                continue
            noun = operation.resource[-1]
            if operation.action is Action.LIST:
                path = self._lists.items(operation, schema, noun)
                if path is None:
                    path = self._shapes.map_path(schema, noun) or ()
                place = self._shapes.at(schema, path)
                element = self._shapes.each(place) if place is not None else None
                if element is not None:
                    listed[operation.resource] = element
            elif operation.action is Action.RETRIEVE:
                place = self._shapes.at(schema, self._shapes.object_path(schema, noun))
                if place is not None and self._has_id(place, noun):
                    read[operation.resource] = place
        return read | listed

    def _listed(
        self, operation: ir.Operation, schema: ir.Schema, item: ir.Schema | None
    ) -> tuple[str, ...]:
        """Where the list stands that holds the object which a response is about; `()` where it is
        no list."""
        noun = operation.resource[-1] if operation.resource else ""
        path = self._shapes.only_list(schema)
        place = self._shapes.at(schema, path) if path is not None else None
        element = self._shapes.element(place) if place is not None else None
        if path is None or element is None or self._has_id(schema, noun):
            return ()
        if operation.action is Action.CREATE and not self._is_sent(operation, element):
            return ()  # a question, whose answers are not what was sent
        if item is not None and self._shapes.resolve(element) is self._shapes.resolve(item):
            return path
        # What is created with an id, and nothing beside it that would be somebody else's list.
        alone = self._shapes.list_path(schema, noun) == path
        created = operation.action is Action.CREATE and alone
        return path if created and self._has_id(element, noun) else ()

    def _by_id(
        self, operation: ir.Operation, schema: ir.Schema, item: ir.Schema | None
    ) -> tuple[str, ...] | None:
        """Where the map stands that holds the object which a response is about, by its id."""
        noun = operation.resource[-1] if operation.resource else ""
        path = self._shapes.map_path(schema, noun) if item is not None else None
        place = self._shapes.at(schema, path) if path is not None else None
        held = self._shapes.each(place) if place is not None else None
        if item is None or held is None:
            return None
        return path if self._shapes.resolve(held) is self._shapes.resolve(item) else None

    def _is_sent(self, operation: ir.Operation, item: ir.Schema) -> bool:
        """Whether a body tells properties of an item, itself or in objects and lists inside it; a
        file tells none."""
        body = sent_schema(operation)
        names = set(self._shapes.members(body)) if body is not None else set()
        if body is None or (not names and self._shapes.element(body) is None):
            return True
        for part in [body, *self._shapes.members(body).values()]:
            names |= self._shapes.members(self._shapes.element(part) or part).keys()
        lists = (n for n, m in self._shapes.members(body).items() if self._shapes.element(m))
        known = {plain(name) for name in self._shapes.members(item)} - set(_IDS)
        return bool(known & {*map(plain, names), *map(plain_one, lists)})

    def _has_id(self, schema: ir.Schema, noun: str) -> bool:
        own = plain(singular(noun))
        wanted = {*_IDS, *(f"{own}{id_}" for id_ in _IDS)}
        return any(plain(name) in wanted for name in self._shapes.members(schema))

    def shows(self, operation: ir.Operation, item: ir.Schema) -> bool:
        """Whether a response shows an item, or a list of such."""
        schema = success_schema(operation)
        if schema is None:
            return False
        path = self._shapes.only_list(schema)
        place = self._shapes.at(schema, path) if path is not None else schema
        shown = (self._shapes.element(place) or schema) if place is not None else schema
        return self._shapes.resolve(shown) is self._shapes.resolve(item)


def made_beside(
    operations: Mapping[str, ir.Operation],
    inferred: Mapping[str, tuple[Name, Action]],
    paths: Mapping[str, Template],
    payloads: Payloads,
) -> dict[str, tuple[Name, Action]]:
    """What else than their paths alone say the operations do that make objects beside the others:
    `POST /files/content` makes one of those that `/files/{id}` shows, and what is sent to
    `/files/{id}/content` is done to that one."""
    places = [replace(operations[id_], resource=n, action=a) for id_, (n, a) in inferred.items()]
    items = payloads.items(places)
    holders = {(name, action): id_ for id_, (name, action) in inferred.items()}
    found: dict[str, tuple[Name, Action]] = {}
    for id_, (name, action) in inferred.items():
        template = paths[operations[id_].path]
        above = template.nouns[:-1]
        reader = holders.get((above, Action.RETRIEVE))
        makes = action is Action.CREATE or _uploads(operations[id_], template)
        if not makes or reader is None or (above, Action.CREATE) in holders:
            continue
        home = paths[operations[reader].path]
        beside = home.ends_in_parameter and template.parent.key == home.parent.key
        if not beside or above not in items or not payloads.shows(operations[id_], items[above]):
            continue
        readers = (
            other
            for other in operations.values()
            if other.method == "get" and paths[other.path].nouns == template.nouns
        )
        if any(payloads.shows(other, items[above]) for other in readers):
            continue  # objects are read at an address of another kind
        found[id_] = above, Action.CREATE
        holders[above, Action.CREATE] = id_
        for other, (theirs, does) in inferred.items():
            below = theirs == template.nouns and (
                paths[operations[other].path].parent.key == home.key
            )
            if below and does in (Action.UPDATE, Action.REPLACE):
                found[other] = name, Action.OTHER
    return found


def _uploads(operation: ir.Operation, template: Template) -> bool:
    last = plain(template.nouns[-1]) if template.nouns else ""
    return operation.method == "post" and last == "upload" and not template.ends_in_parameter
