"""Objects of a check's own making: created, read, changed, deleted, and noted for deletion."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from trunkline import ir
from trunkline.contract.engine.bodies import BodyBuilder, CreatedObject
from trunkline.contract.engine.executor import UNSET, Executor, Unset
from trunkline.contract.engine.verdicts import Inconclusive
from trunkline.contract.model import Collection, Exchange, pattern_of, plain_name, variables
from trunkline.contract.session import SAFE_METHODS, Actor, ForeignRequestError, Session
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, media, responses
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.schemas import Leaf

_PATIENCE = 3.0
"""Seconds that a job is given to make an object."""
_PAUSE = 0.02
"""Seconds before a job is asked again; twice as long each time, up to a half."""


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
        self._parents: dict[tuple[str, Actor], dict[str, str]] = {}
        self._watched: set[str] = set()
        self._making: set[tuple[str, Actor]] = set()
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
        sent = body if isinstance(body, dict) else {}
        job = self._job(collection, exchange)
        if job is not None:
            # What is shown is the job that makes the object, and not the object.
            value, identity = {}, self._made_by(collection, *job, actor)
        else:
            identity = self._identity(collection, exchange, value, sent, actor, parent)
        if identity is None:
            return None
        address = {**parent, collection.resource.id_parameter or "": identity}
        address |= _told_by(collection, value, address)
        self._session.note(collection, address, actor, exchange)
        shown_by: ir.Operation | None = creator
        if collection.observed.listed:
            # The response shows another object than the one that the list shows.
            value, shown_by = {}, collection.lister
        elif not isinstance(value, dict) or not value:
            value, shown_by = self._shown_at(collection, address, actor), None
        self.written(collection, actor).note(identity, there=True)
        made = CreatedObject(collection, address, actor, sent, exchange, value, shown_by)
        shown = text_of_id(jsonvalue.get(value, collection.described_id_path))
        if shown is not None and shown != identity:
            made.shown_address = {**address, collection.resource.id_parameter or "": shown}
            self._session.safety.made(collection, made.shown_address)
        return made

    def _identity(
        self,
        collection: Collection,
        exchange: Exchange,
        value: Json,
        sent: dict[str, Json],
        actor: Actor,
        parent: Mapping[str, str],
    ) -> str | None:
        """What fills the path of an object that was just made.

        The first time, the server is asked whether that leads to it; where it does not, and one of
        the names that the request gave does, that is what items are called here.
        """
        observed = self._session.observed(collection)
        creator = required(collection.creator, "create")
        if responses.shows_id_alone(self._session.api.schemas, creator):
            told = text_of_id(exchange.at(creator.payload))
            # A number may be another than the id: how many rows were written.
            if collection.retriever is None or told is None:
                return None
            return told if self._leads(collection, told, actor, parent) else None
        told = text_of_id(jsonvalue.get(value, collection.id_path))
        if observed.path is not None:
            told = told or text_of_id(jsonvalue.get(sent, collection.id_path))
        told = told or self._located(collection, exchange)
        if observed.listed:
            return id_of(collection, self._listed(collection, sent, actor, parent)) or told
        if observed.settled or not self._session.config.writes:
            return told
        observed.settled = True
        if collection.retriever is not None:
            if told is not None and self._leads(collection, told, actor, parent):
                return told
            for path, name in _names(collection, value, sent):
                if name != told and self._leads(collection, name, actor, parent):
                    observed.path = path
                    self._session.observed(collection)
                    if told is not None:
                        self._executor.hint(
                            collection.retriever,
                            f"objects are found by their {path[-1]}, {name}, and not by the id "
                            f"that the response shows, {told}",
                            exchange,
                        )
                    return name
        elif collection.lister is not None:
            listed = id_of(collection, self._listed(collection, sent, actor, parent))
            if listed is not None and listed != told:
                observed.listed = True
                self._session.observed(collection)
                return listed
        return told

    def _leads(
        self, collection: Collection, identity: str, actor: Actor, parent: Mapping[str, str]
    ) -> bool:
        """Whether an object can be read under an id."""
        retriever = required(collection.retriever, "retrieve")
        address = {**parent, collection.resource.id_parameter or "": identity}
        return self._executor.call(retriever, address, actor=actor, conform=False).ok

    def _listed(
        self,
        collection: Collection,
        sent: Mapping[str, Json],
        actor: Actor,
        parent: Mapping[str, str],
    ) -> Json:
        """The object with a name that the request gave, as the list shows it; None without one.

        Of several with one name it is the one that was not known yet.
        """
        lister = required(collection.lister, "list")
        answer = self._executor.call(lister, parent, actor=actor, conform=False)
        items = answer.at(lister.payload) if answer.ok else None
        given = {(path[-1], text) for path, text in _texts(dict(sent))}
        found = [
            item
            for item in (items if isinstance(items, list) else [])
            if isinstance(item, dict) and given & {(k, v) for k, v in item.items() if is_text(v)}
        ]
        known = set(self._session.safety.own_ids(collection))
        new = [item for item in map(collection.wrap, found) if id_of(collection, item) not in known]
        return new[0] if len(new) == 1 else None

    def _job(
        self, collection: Collection, exchange: Exchange
    ) -> tuple[ir.Operation, dict[str, str]] | None:
        """What tells how far the making of an object is, where 202 names it in `Location`: an
        operation and its address. None where that is the object itself."""
        path = self._led_to(exchange) if exchange.status == 202 else None
        if path is None or self._located(collection, exchange) is not None:
            return None
        for operation in self._session.api.operations:
            match = pattern_of(operation.path).fullmatch(path)
            if match is not None and operation.method == "get":
                names = variables(operation.path)
                return operation, dict(zip(names, map(unquote, match.groups()), strict=True))
        return None

    def _made_by(
        self, collection: Collection, tells: ir.Operation, address: dict[str, str], actor: Actor
    ) -> str | None:
        """The id of what a job has made, asked for until it has come to its end or patience has:
        where the job sends its caller, or what a property called like the object holds."""
        end, pause = time.monotonic() + _PATIENCE, _PAUSE
        while True:
            shown = self._executor.call(tells, address, actor=actor, conform=False)
            told = self._located(collection, shown)
            value = shown.at(tells.payload) if shown.ok else None
            for name, one in value.items() if isinstance(value, dict) else ():
                if told is None and self._session.safety.referenced(name) is collection:
                    told = text_of_id(one)
            if told is not None or time.monotonic() > end or shown.refused:
                return told
            time.sleep(pause)
            pause = min(2 * pause, 0.5)

    def _led_to(self, exchange: Exchange) -> str | None:
        """The path in the `Location` of a response, below the server's own address."""
        location = exchange.headers.get("location")
        if not location:
            return None
        base = urlsplit(self._session.config.base_url)
        there = urlsplit(urljoin(exchange.request.url, location))
        if (there.scheme, there.netloc) != (base.scheme, base.netloc):
            return None
        return there.path.removeprefix(base.path.rstrip("/")).rstrip("/")

    def _located(self, collection: Collection, exchange: Exchange) -> str | None:
        """The id in the `Location` of a response, where that is the path of an item."""
        path, template = self._led_to(exchange), collection.resource.item_path
        if path is None or template is None:
            return None
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
                self.adopt(collection, exchange, _sent(exchange), Actor.ME, parent)

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

    def parent_path(
        self, collection: Collection, actor: Actor = Actor.ME, *, reading: bool = False
    ) -> dict[str, str]:
        """Path parameters of the collection itself: of a parent object, made once per check.

        `reading`: nothing is changed below it, so that an object that is there already will do.
        """
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
        key = (collection.parent.name, actor)
        # What cannot be deleted is not made for every check anew.
        kept = self._parents if _is_deletable(collection.parent) else self._session.parents
        if key not in kept:
            kept[key] = self._item(collection.parent, actor, reading=reading)
        return collection.under(kept[key])

    def _item(
        self, collection: Collection, actor: Actor = Actor.ME, *, reading: bool
    ) -> dict[str, str]:
        """The address of an object: one of this run's; for reading also one that is there."""
        made: Inconclusive | ForeignRequestError
        if not self._session.config.writes:
            return self._existing(collection)
        try:
            return self.create(collection, actor=actor).address
        except (Inconclusive, ForeignRequestError) as error:
            if not reading:
                raise
            made = error
        try:
            return self._existing(collection)
        except Inconclusive:
            raise made from None

    def address_of(self, operation: ir.Operation) -> dict[str, str]:
        """Path parameters of any operation: of an object made for it where its collection is known.

        Raises `Inconclusive` when a parameter cannot be filled.
        """
        names = variables(operation.path)
        if not names:
            return {}
        reading = operation.method.upper() in SAFE_METHODS
        for collection in self._session.collections:
            if operation not in collection.operations():
                continue
            if collection.resource.id_parameter not in names:
                return self.parent_path(collection, reading=reading)
            if reading and collection.creator is None and collection.lister is None:
                # Nothing says which there are: what is asked of any address is asked all the same.
                break
            return self._item(collection, reading=reading)
        return self._made_up(operation) | self._within(operation, reading=reading)

    def _made_up(self, operation: ir.Operation) -> dict[str, str]:
        return {
            parameter.name: self._executor.text_of(parameter)
            for parameter in operation.parameters
            if parameter.location is ir.ParameterLocation.PATH
        }

    def _within(self, operation: ir.Operation, *, reading: bool) -> dict[str, str]:
        """What a path says up to the last object that it can name: of this run's, for reading also
        one that is there."""
        places = list(self._session.safety.places(operation.path))
        for place in reversed(places):
            collection = place.collection
            if collection is None or not (collection.creator or (reading and collection.lister)):
                continue
            with contextlib.suppress(Inconclusive, ForeignRequestError):
                if collection.creator is not None and self._session.config.writes:
                    made = self.create(collection)
                    return collection.named_in(place.template, made.shown_address or made.address)
                if reading:
                    return collection.named_in(place.template, self._existing(collection))
        return {}

    def _existing(self, collection: Collection) -> dict[str, str]:
        """The address of an object that is there already: only for reading."""
        lister = required(collection.lister, "list")
        parent = self.parent_path(collection, reading=True)
        items = self._executor.call(lister, parent).at(lister.payload)
        first = collection.wrap(items[0]) if isinstance(items, list) and items else None
        identity = id_of(collection, first)
        if identity is None:
            raise Inconclusive("no object to try it on")
        return {**parent, collection.resource.id_parameter or "": identity}

    def reference(self, name: str, actor: Actor, new: bool = False) -> str | None:
        """The id of an object of this run's that a property of this name refers to, made once, or
        another one each time."""
        collection = self._session.safety.referenced(name)
        if collection is None or not self._session.config.writes:
            return None
        key = (collection.name, actor)
        if (new and key not in self._making) or key not in self._referenced:
            self._making.add(key)
            self._referenced[key] = None  # while it is made: it may refer to its own kind
            with contextlib.suppress(Inconclusive, ForeignRequestError):
                self._referenced[key] = self.create(collection, actor=actor).id
            self._making.discard(key)
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


def _sent(exchange: Exchange) -> Json | Unset:
    """The body of a request, as far as it is JSON."""
    try:
        value: Json = json.loads(exchange.request.body or b"")
    except (ValueError, RecursionError):
        return UNSET
    return value


def _is_deletable(collection: Collection) -> bool:
    """Whether objects of a collection can be deleted again."""
    return collection.deleter is not None


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


def text_of_id(value: Json) -> str | None:
    """An id as paths write it; None for what cannot be one."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def is_text(value: Json) -> bool:
    """Whether a value is a string that can tell an object from others."""
    return isinstance(value, str) and value != ""


def _texts(value: Json, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The strings in an object, and where they are."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*path, name))
    elif isinstance(value, str) and value:
        yield path, value


def _names(
    collection: Collection, value: Json, sent: Mapping[str, Json]
) -> Iterator[tuple[Path, str]]:
    """What a caller may have called an object: strings that the request gave it by a short way."""
    depth = len(collection.wrapper)
    for path, text in _texts(dict(sent)):
        if len(path) == depth + 1 and jsonvalue.get(value, path) in (None, text):
            yield path[depth:], text
