"""Objects of a check's own making: created, read, changed, deleted, and noted for deletion."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from trunkline import ir
from trunkline.contract.engine.bodies import BodyBuilder, CreatedObject
from trunkline.contract.engine.executor import UNSET, Executor, Unset
from trunkline.contract.engine.verdicts import Inconclusive
from trunkline.contract.model import Collection, Exchange, pattern_of, plain_name, variables
from trunkline.contract.session import Actor, ForeignRequestError, Session
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, media
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.schemas import Leaf


@dataclass(slots=True)
class Written:
    """The objects of a collection that a check made, those that it deleted, and when last."""

    there: set[str] = field(default_factory=set[str])
    gone: set[str] = field(default_factory=set[str])
    last: float = 0.0

    def note(self, identity: str, *, there: bool) -> None:
        """An object was created, or deleted."""
        (self.there if there else self.gone).add(identity)
        if not there:
            self.there.discard(identity)
        self.last = time.monotonic()


class Objects:
    """The objects of one check on one target."""

    def __init__(self, session: Session, executor: Executor, bodies: BodyBuilder) -> None:
        self._session = session
        self._executor = executor
        self._bodies = bodies
        self._parents: dict[tuple[str, Actor], CreatedObject] = {}
        self._watched: set[str] = set()
        self._written: dict[tuple[str, Actor], Written] = {}
        self._referenced: dict[tuple[str, Actor], str | None] = {}
        bodies.reference = self.reference

    # --------------------------------------------------------------- creating

    def try_create(
        self,
        collection: Collection,
        body: Json | Unset,
        *,
        actor: Actor = Actor.ME,
        headers: Mapping[str, str] | None = None,
        parent: Mapping[str, str] | None = None,
    ) -> tuple[Exchange, CreatedObject | None]:
        """Try to create; what was made is noted and deleted after the check."""
        creator = required(collection.creator, "create")
        if parent is None:
            parent = self.parent_path(collection, actor)
        exchange = self._executor.call(creator, parent, body=body, actor=actor, headers=headers)
        return exchange, self.adopt(collection, exchange, body, actor, parent)

    def create(
        self,
        collection: Collection,
        properties: Mapping[Path, Json] | None = None,
        *,
        full: bool = False,
        actor: Actor = Actor.ME,
        parent: Mapping[str, str] | None = None,
    ) -> CreatedObject:
        """Create an object, or raise `Inconclusive`."""
        body = self._bodies.of(collection, properties, full=full, actor=actor)
        exchange, obj = self.try_create(collection, body, actor=actor, parent=parent)
        if obj is None:
            raise Inconclusive(f"create answered {exchange.status}")
        return obj

    def own(self, collection: Collection, address: Mapping[str, str]) -> None:
        """Whatever is found at this address is this run's."""
        self._session.safety.made(collection, address)

    def adopt(
        self,
        collection: Collection,
        exchange: Exchange,
        body: Json | Unset,
        actor: Actor,
        parent: Mapping[str, str],
    ) -> CreatedObject | None:
        """The object that a create request made, noted for deletion; None when it made none."""
        creator = required(collection.creator, "create")
        if not exchange.ok:
            return None
        value = collection.shown(exchange, creator)
        identity = jsonvalue.get(value, collection.id_path)
        located = self._located(collection, exchange)
        if not isinstance(identity, str | int) or isinstance(identity, bool):
            identity = located
        if identity is None:
            return None
        address = {**parent, collection.resource.id_parameter or "": str(identity)}
        address |= _told_by(collection, value, address)
        self._session.note(collection, address, actor)
        shown_by: ir.Operation | None = creator
        if not isinstance(value, dict) or not value:
            value, shown_by = self._shown_at(collection, address, actor), None
        sent = body if isinstance(body, dict) else {}
        self.written(collection, actor).note(str(identity), there=True)
        return CreatedObject(collection, address, actor, sent, exchange, value, shown_by)

    def _located(self, collection: Collection, exchange: Exchange) -> str | None:
        """The id in the `Location` of a response, where that is the path of an item."""
        location = exchange.headers.get("location")
        template = collection.resource.item_path
        if not location or template is None:
            return None
        base = urlsplit(self._session.config.base_url)
        there = urlsplit(urljoin(exchange.request.url, location))
        if (there.scheme, there.netloc) != (base.scheme, base.netloc):
            return None
        path = there.path.removeprefix(base.path.rstrip("/")).rstrip("/")
        match = pattern_of(template).fullmatch(path)
        names = variables(template)
        parameter = collection.resource.id_parameter
        if match is None or parameter not in names:
            return None
        return unquote(match.group(names.index(parameter) + 1))

    def _shown_at(
        self, collection: Collection, address: Mapping[str, str], actor: Actor
    ) -> dict[str, Json]:
        """An object that a create request has not shown; {} where it cannot be read."""
        if collection.retriever is None:
            return {}
        exchange = self._executor.call(collection.retriever, address, actor=actor)
        value = collection.shown(exchange, collection.retriever) if exchange.ok else None
        return value if isinstance(value, dict) else {}

    def written(self, collection: Collection, actor: Actor) -> Written:
        """What this check has created and deleted in a collection."""
        return self._written.setdefault((collection.name, actor), Written())

    def note_created(
        self, operation: ir.Operation, exchange: Exchange, parent: Mapping[str, str]
    ) -> None:
        """Note what a request made that should have been refused."""
        for collection in self._session.collections:
            if collection.creator == operation:
                self.adopt(collection, exchange, UNSET, Actor.ME, parent)

    def note_listed(self, collection: Collection, item: Json, actor: Actor = Actor.ME) -> None:
        """Note an object of this run's that turned up in a list."""
        identity = id_of(collection, item)
        if identity is not None:
            parent = self.parent_path(collection, actor)
            address = {**parent, collection.resource.id_parameter or "": identity}
            self._session.note(collection, address, actor)

    def send_raw(
        self, operation: ir.Operation, address: Mapping[str, str], raw: bytes | None
    ) -> Exchange:
        """Send these very bytes as the body (None: no body at all); note what that made."""
        content = media.json_content(operation.body.contents) if operation.body else None
        typed = (
            {"Content-Type": media.concrete(content.media_type)}
            if content and raw is not None
            else {}
        )
        exchange = self._executor.call(operation, address, raw=raw, headers=typed, malformed=True)
        self.note_created(operation, exchange, address)
        return exchange

    # -------------------------------------------------------------- addresses

    def parent_path(self, collection: Collection, actor: Actor = Actor.ME) -> dict[str, str]:
        """Path parameters of the collection itself: of a parent object, made once per check."""
        if collection.parent is None:
            needed = [
                name
                for name in variables(
                    collection.resource.collection_path or collection.resource.item_path or ""
                )
                if name != collection.resource.id_parameter
            ]
            if needed:
                raise Inconclusive(f"nothing known to fill {needed[0]} with")
            return {}
        if not self._session.config.writes:
            return collection.under(self._existing(collection.parent))
        key = (collection.parent.name, actor)
        if key not in self._parents:
            self._parents[key] = self.create(collection.parent, actor=actor)
        return collection.under(self._parents[key].address)

    def address_of(self, operation: ir.Operation) -> dict[str, str]:
        """Path parameters of any operation: of an object made for it where its collection is known.

        Raises `Inconclusive` when a parameter cannot be filled.
        """
        names = variables(operation.path)
        if not names:
            return {}
        for collection in self._session.collections:
            if operation not in collection.operations():
                continue
            if collection.resource.id_parameter not in names:
                return self.parent_path(collection)
            if self._session.config.writes and collection.creator is not None:
                return self.create(collection).address
            return self._existing(collection)
        return self._made_up(operation) | self._within(operation)

    def _made_up(self, operation: ir.Operation) -> dict[str, str]:
        return {
            parameter.name: self._executor.text_of(parameter)
            for parameter in operation.parameters
            if parameter.location is ir.ParameterLocation.PATH
        }

    def _within(self, operation: ir.Operation) -> dict[str, str]:
        """What a path says up to the last object of this run's that it can name."""
        places = list(self._session.safety.places(operation.path))
        for place in reversed(places):
            collection = place.collection
            if collection is None or collection.creator is None or not self._session.config.writes:
                continue
            with contextlib.suppress(Inconclusive, ForeignRequestError):
                made = self.create(collection).address
                template = collection.resource.item_path or place.template
                texts = [made[name] for name in variables(template)]
                return dict(zip(variables(place.template), texts, strict=True))
        return {}

    def _existing(self, collection: Collection) -> dict[str, str]:
        """The address of an object that is there already: only for reading."""
        lister = required(collection.lister, "list")
        parent = self.parent_path(collection)
        items = self._executor.call(lister, parent).at(lister.payload)
        first = collection.wrap(items[0]) if isinstance(items, list) and items else None
        identity = id_of(collection, first)
        if identity is None:
            raise Inconclusive("no object to try it on")
        return {**parent, collection.resource.id_parameter or "": identity}

    def reference(self, name: str, actor: Actor) -> str | None:
        """The id of an object of this run's that a property of this name refers to, made once."""
        collection = self._session.safety.referenced(name)
        if collection is None or not self._session.config.writes:
            return None
        key = (collection.name, actor)
        if key not in self._referenced:
            self._referenced[key] = None  # while it is made: it may refer to its own kind
            with contextlib.suppress(Inconclusive, ForeignRequestError):
                self._referenced[key] = self.create(collection, actor=actor).id
        return self._referenced[key]

    def referenced_collection(self, collection: Collection, leaf: Leaf) -> Collection | None:
        """The other collection whose ids `leaf` holds, by its name: `profile_id` → `profiles`."""
        found = self._session.safety.referenced(leaf.path[-1])
        return found if found is not collection else None

    # ---------------------------------------------------- reading and changing

    def retrieve(self, obj: CreatedObject) -> Exchange:
        """Read it, as its owner."""
        operation = required(obj.collection.retriever, "retrieve")
        return self._executor.call(operation, obj.address, actor=obj.actor)

    def read(self, obj: CreatedObject) -> tuple[dict[str, Json], Exchange]:
        """Its value now, or `Inconclusive`."""
        operation = required(obj.collection.retriever, "retrieve")
        exchange = self.retrieve(obj)
        value = obj.collection.shown(exchange, operation)
        if not exchange.ok or not isinstance(value, dict):
            raise Inconclusive(f"retrieve answered {exchange.status}")
        if obj.collection.counted and obj.collection.name not in self._watched:
            self._watched.add(obj.collection.name)
            again = obj.collection.shown(self.retrieve(obj), operation)
            if isinstance(again, dict):
                obj.collection.note_moving(value, again)
        return value, exchange

    def change(
        self, obj: CreatedObject, properties: Mapping[Path, Json], *, bare: bool = False
    ) -> Exchange:
        """Update it: `properties`, and what the update's body requires, as it is now."""
        operation = required(obj.collection.updater, "update")
        body = self._changing(obj, properties, bare=bare)
        return self._executor.call(operation, obj.address, body=body, actor=obj.actor)

    def can_change(self, obj: CreatedObject, properties: Mapping[Path, Json]) -> bool:
        """Whether an update of these properties and nothing else fits its schema: an object inside
        may have to be given whole."""
        schema = obj.collection.updated
        body = self._changing(obj, properties, bare=False)
        return schema is None or self._session.validators.fits(schema, body, "request")

    def _changing(
        self, obj: CreatedObject, properties: Mapping[Path, Json], *, bare: bool
    ) -> dict[str, Json]:
        body: dict[str, Json] = {}
        schema = obj.collection.updated
        if schema is not None:
            if not bare:
                body = self._bodies.required_now(obj, schema)
            for path, value in properties.items():
                self._bodies.put_beside(obj, schema, body, path, value)
        return body

    def delete(self, obj: CreatedObject) -> Exchange:
        """Delete it, as its owner."""
        operation = required(obj.collection.deleter, "delete")
        exchange = self._executor.call(operation, obj.address, actor=obj.actor)
        if exchange.ok:
            self._session.forget(obj.collection, obj.address)
            self.written(obj.collection, obj.actor).note(obj.id, there=False)
        return exchange


def _told_by(collection: Collection, value: Json, address: Mapping[str, str]) -> dict[str, str]:
    """What an object says of its address beside its id, where only several parameters name it."""
    missing = [n for n in variables(collection.resource.item_path or "") if n not in address]
    shown = jsonvalue.get(value, collection.wrapper)
    known = {plain_name(name): v for name, v in shown.items()} if isinstance(shown, dict) else {}
    return {
        name: str(told)
        for name in missing
        if isinstance(told := known.get(plain_name(name)), str | int) and not isinstance(told, bool)
    }


def required(operation: ir.Operation | None, name: str) -> ir.Operation:
    """The operation; `Inconclusive` where there is none."""
    if operation is None:
        raise Inconclusive(f"there is no operation to {name}")
    return operation


def id_of(collection: Collection, item: Json) -> str | None:
    """An item's id as text."""
    value = jsonvalue.get(item, collection.id_path)
    return None if value is None or isinstance(value, dict | list) else str(value)
