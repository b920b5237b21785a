"""Objects of a check's own making: created, read, changed, deleted, and noted for deletion."""

from __future__ import annotations

from collections.abc import Mapping

from trunkline import ir
from trunkline.contract.engine.bodies import BodyBuilder, CreatedObject
from trunkline.contract.engine.executor import UNSET, Executor, Unset
from trunkline.contract.engine.verdicts import Inconclusive
from trunkline.contract.model import Collection, Exchange, variables
from trunkline.contract.session import Actor, Session
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, media
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.schemas import Leaf


class Objects:
    """The objects of one check on one target."""

    def __init__(self, session: Session, executor: Executor, bodies: BodyBuilder) -> None:
        self._session = session
        self._executor = executor
        self._bodies = bodies
        self._parents: dict[tuple[str, Actor], CreatedObject] = {}

    # --------------------------------------------------------------- creating

    def try_create(
        self,
        collection: Collection,
        body: Json | Unset,
        *,
        actor: Actor = Actor.ME,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[Exchange, CreatedObject | None]:
        """Try to create; what was made is noted and deleted after the check."""
        creator = required(collection.creator, "create")
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
    ) -> CreatedObject:
        """Create an object, or raise `Inconclusive`."""
        body = self._bodies.of(collection, properties, full=full)
        exchange, obj = self.try_create(collection, body, actor=actor)
        if obj is None:
            raise Inconclusive(f"create answered {exchange.status}")
        return obj

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
        value = exchange.at(creator.payload) if exchange.ok else None
        if not isinstance(value, dict):
            return None
        identity = jsonvalue.get(value, collection.id_path)
        if not isinstance(identity, str | int) or isinstance(identity, bool):
            return None
        address = {**parent, collection.resource.id_parameter or "": str(identity)}
        self._session.note(collection, address, actor)
        sent = body if isinstance(body, dict) else {}
        return CreatedObject(collection, address, actor, sent, exchange, value)

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
                for name in variables(collection.resource.collection_path or "")
                if name != collection.resource.id_parameter
            ]
            if needed:
                raise Inconclusive(f"nothing known to fill {needed[0]} with")
            return {}
        if not self._session.config.writes:
            return self._existing(collection.parent)
        key = (collection.parent.name, actor)
        if key not in self._parents:
            self._parents[key] = self.create(collection.parent, actor=actor)
        return dict(self._parents[key].address)

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
        return {
            parameter.name: self._executor.text_of(parameter)
            for parameter in operation.parameters
            if parameter.location is ir.ParameterLocation.PATH
        }

    def _existing(self, collection: Collection) -> dict[str, str]:
        """The address of an object that is there already: only for reading."""
        lister = required(collection.lister, "list")
        parent = self.parent_path(collection)
        items = self._executor.call(lister, parent).at(lister.payload)
        identity = id_of(collection, items[0]) if isinstance(items, list) and items else None
        if identity is None:
            raise Inconclusive("no object to try it on")
        return {**parent, collection.resource.id_parameter or "": identity}

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
        value = exchange.at(operation.payload)
        if not exchange.ok or not isinstance(value, dict):
            raise Inconclusive(f"retrieve answered {exchange.status}")
        return value, exchange

    def change(
        self, obj: CreatedObject, properties: Mapping[Path, Json], *, bare: bool = False
    ) -> Exchange:
        """Update it: `properties`, and what the update's body requires, as it is now."""
        operation = required(obj.collection.updater, "update")
        body: dict[str, Json] = {}
        schema = obj.collection.updated
        if schema is not None:
            if not bare:
                body = self._bodies.required_now(obj, schema)
            for path, value in properties.items():
                self._bodies.put_beside(obj, schema, body, path, value)
        return self._executor.call(operation, obj.address, body=body, actor=obj.actor)

    def delete(self, obj: CreatedObject) -> Exchange:
        """Delete it, as its owner."""
        operation = required(obj.collection.deleter, "delete")
        exchange = self._executor.call(operation, obj.address, actor=obj.actor)
        if exchange.ok:
            self._session.forget(obj.collection, obj.address)
        return exchange


def required(operation: ir.Operation | None, name: str) -> ir.Operation:
    """The operation; `Inconclusive` where there is none."""
    if operation is None:
        raise Inconclusive(f"there is no operation to {name}")
    return operation


def id_of(collection: Collection, item: Json) -> str | None:
    """An item's id as text."""
    value = jsonvalue.get(item, collection.id_path)
    return None if value is None or isinstance(value, dict | list) else str(value)
