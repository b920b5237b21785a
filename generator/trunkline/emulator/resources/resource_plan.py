"""What the server knows about each resource before the first request: the item's schema, who owns
which member, which members are searched."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from trunkline.emulator.resources.identifiers import Identifiers
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.emulator.storage.query import Table
from trunkline.ir import (
    Action,
    Content,
    Json,
    Operation,
    Resource,
    Response,
    Schema,
)
from trunkline.semantics import responses
from trunkline.semantics.addresses import OwnAddress
from trunkline.semantics.jsonvalue import get, put
from trunkline.semantics.media import is_json, json_content
from trunkline.semantics.parameters import EXPRESSION
from trunkline.semantics.progress import Progress
from trunkline.semantics.schemas import descend, items, mapped

Path = tuple[str, ...]
BETWEEN = "\x1f"
"""What stands between the parts of a key of several; never shown."""
UNIQUE = ("id", "uuid", "guid", "sid")
"""What a member is called that no two objects share."""


@dataclass(slots=True)
class ResourcePlan:
    """A resource, ready to serve. `schema` describes an item as responses show it."""

    resource: Resource
    schema: Schema
    table: Table
    identifiers: Identifiers
    id_member: Path | None
    parents: int = 0
    """How many path parameters, the first ones, lead to the collection."""
    parent_names: tuple[tuple[str, ...], ...] = ()
    """What members may be called that hold those parameters, each (`userid` for
    `/users/{id}/keys`); as names are compared."""
    can_be_found: bool = True
    """Whether a list tells which objects there are to whoever knows nothing of them."""
    can_be_made: bool = True
    """Whether some operation makes objects: it creates them, or replacing is described to."""
    is_made_elsewhere: bool = False
    """Whether operations of other resources make objects."""
    located: bool = False
    """Whether the response to creating has a `Location`, which tells the id."""
    mapped: bool = False
    """Whether a list shows objects by their ids, and so tells them."""
    addressed: bool = True
    """Whether an item is read at the path of items, and not only changed or deleted there."""
    keys: tuple[Path | None, ...] = ()
    """The members that the path parameters after those stand for: one for most items, none for
    a single object, several where only together they name an item."""
    key_schemas: tuple[Schema | None, ...] = ()
    """What those path parameters may be, where several name an item."""
    examples: tuple[dict[str, Json], ...] = ()
    """Objects that the description shows."""
    listed: tuple[dict[str, Json], ...] = ()
    """The objects of the first list that the description shows: all there are, where nothing makes
    others."""
    further_ids: dict[str, Identifiers] = field(default_factory=dict)
    """Members that tell an item too, beside those that its path names: no two items share them."""
    id_sent_as: str | None = None
    """What a request that creates an item calls its id, where the item shows it by another name:
    the name that paths give it."""
    progress: Progress | None = None
    """How an item tells how far it is, where it is a job that ends by itself."""
    addresses: tuple[OwnAddress, ...] = ()
    """Where an item tells its own address."""
    initial: dict[Path, Json] = field(default_factory=dict)
    """Members that nobody sends, with the values that a new item begins with."""
    defaults: dict[str, Json] = field(default_factory=dict)
    """Members with the values that creating an object gives those which are not sent."""
    others: tuple[Schema, ...] = ()
    """How other responses show an item, where these require more of it than `schema` does."""
    narrower: dict[str, tuple[Schema, ...]] = field(default_factory=dict)
    """Members of which some responses allow fewer values than the item's own schema."""
    beyond: dict[str, Schema] = field(default_factory=dict)
    """Members that `schema` does not name, and the response of some operation on an item does."""
    created: dict[Path, Callable[[datetime], Json]] = field(default_factory=dict)
    updated: dict[Path, Callable[[datetime], Json]] = field(default_factory=dict)
    counters: tuple[Path, ...] = ()
    not_yet: tuple[Path, ...] = ()
    """Members with the time of what has not happened to an object that is there."""
    constants: dict[Path, Json] = field(default_factory=dict)
    masked: Mapping[str, str] = field(default_factory=dict[str, str])
    """Members that responses show as this text, but for the one to the request that set them."""
    _owned: frozenset[Path] | None = None

    @property
    def is_single(self) -> bool:
        """Whether there is one object for each parent, without an id."""
        operations = self.resource.operations
        return self.resource.id_parameter is None and Action.LIST not in operations

    @property
    def on_demand(self) -> bool:
        """Whether an object exists because somebody asks for it: nothing tells its id, or no
        operation makes one and none tells which there are."""
        if not self.keys:
            return False
        told = self.id_member is not None or self.located or self.mapped
        return not told or not (self.can_be_made or self.can_be_found)

    def address(self, parents: Sequence[str], parts: Sequence[str]) -> str | None:
        """The path of an item below the server's own; None where it has none."""
        path = self.resource.item_path
        known = (*parents, *parts)
        if path is None or not self.addressed or path.count("{") != len(known) or "" in known:
            return None
        values = iter(known)
        return EXPRESSION.sub(lambda _: quote(next(values, ""), safe=""), path)

    def key(self, parts: Sequence[str]) -> str:
        """The id that an object is kept under, from its path parameters."""
        if len(parts) == 1:
            return parts[0]
        # What no member tells cannot distinguish objects.
        told = (p if k else "" for p, k in zip(parts, self.keys, strict=True))
        return BETWEEN.join(part.replace(BETWEEN, "") for part in told)

    def key_parts(self, id_: str) -> tuple[str, ...]:
        """The path parameters of an object, from the id that it is kept under."""
        return tuple(id_.split(BETWEEN)) if len(self.keys) > 1 else (id_,)

    @property
    def owned(self) -> frozenset[Path]:
        """Members that a request cannot set."""
        if self._owned is None:
            mine = {*self.created, *self.updated, *self.counters, *self.constants}
            mine.update(self.not_yet)
            mine.update(address.path for address in self.addresses)
            if self.id_member:
                mine.add(self.id_member)
            if self.progress is not None:
                mine.update((self.progress.path, *(path for path, _, _ in self.progress.beside)))
            self._owned = frozenset(mine)
        return self._owned

    def keep_owned(self, old: dict[str, Json], new: dict[str, Json]) -> None:
        """Bring members that requests cannot set back to what they were, in place."""
        for path in self.owned:
            kept = get(old, path)
            if kept is not None or path in self.not_yet:
                put(new, path, kept)

    def stamp(self, document: dict[str, Json], now: datetime, *, new: bool) -> None:
        """Write the timestamps, and for a new object the counters and constants, in place."""
        times = [*self.updated.items(), *self.created.items()] if new else self.updated.items()
        written: Json = None
        last: Callable[[datetime], Json] | None = None
        for path, write in times:
            if write is not last:
                written, last = write(now), write
            put(document, path, written)
        if new:
            for path in self.counters:
                put(document, path, 0)
            for path, value in self.constants.items():
                put(document, path, value)


def success(operation: Operation) -> tuple[int, Response | None]:
    """The status and response with which the operation succeeds; a redirection where nothing else
    is described."""
    found = responses.success(operation)
    if found is None:
        found = next((r for r in operation.responses if r.status.startswith("3")), None)
    return (200, None) if found is None else (responses.status_code(found), found)


def best_content(response: Response | None) -> Content | None:
    """The media type a response is written in when the client does not mind: JSON if there is
    one."""
    if response is None or not response.contents:
        return None
    return json_content(response.contents) or response.contents[0]


def item_schema(schemas: Mapping[str, Schema], operation: Operation) -> Schema | None:
    """The schema of the object (of a list: of each object) in the operation's success response."""
    _, response = success(operation)
    content = best_content(response)
    if content is None or content.schema is None or not is_json(content.media_type):
        return None
    schema: Schema | None = content.schema
    path = operation.payload
    if operation.action is Action.LIST and operation.pagination is not None:
        path = operation.pagination.items
    schema = descend(schemas, content.schema, path)
    if schema is None:
        return None
    element = mapped(schemas, schema) if operation.mapped else items(schemas, schema)
    # What is made or read may be shown as a list of one.
    listed = operation.action is Action.LIST or (element is not None and path != ())
    return element if listed else schema


def wrapped_in(schemas: Schemas, outer: Schema, inner: Schema) -> tuple[str, bool] | None:
    """The member of `outer` that holds an object of the schema `inner`, and whether in a list;
    None where there is none, or `outer` is the object itself."""
    target = schemas.resolve(inner)
    if schemas.resolve(outer) is target:
        return None
    for name, member in schemas.members(outer).items():
        if schemas.resolve(member.schema) is target:
            return name, False
        element = schemas.items(member.schema)
        if element is not None and schemas.resolve(element) is target:
            return name, True
    return None


def seeded(*parts: object) -> random.Random:
    """A random state that depends on the parts alone."""
    return random.Random(":".join(map(str, parts)))  # noqa: S311  # values, not secrets
