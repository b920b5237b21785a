"""The context of one check on one target: calls, objects of its own making, lists, verdicts."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.engine.bodies import Bodies, CreatedObject
from trunkline.contract.engine.executor import (
    UNSET,
    Inconclusive,
    PaginationLoop,
    Query,
    Unset,
)
from trunkline.contract.model import (
    Collection,
    Exchange,
    Path,
    following,
    get_path,
    shapes,
    variables,
)
from trunkline.contract.session import Actor, Session
from trunkline.ir import Json


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list."""

    items: list[Json]
    exchange: Exchange


class CheckContext(Bodies):
    """What a check works with; made again for every check and target."""

    def __init__(self, session: Session, check: str, target: str, rng: random.Random) -> None:
        super().__init__(session, check, target, rng)
        self._parents: dict[tuple[str, Actor], CreatedObject] = {}

    # ---------------------------------------------------------------- objects

    def try_create(
        self,
        collection: Collection,
        body: Json | Unset,
        *,
        actor: Actor = Actor.ME,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[Exchange, CreatedObject | None]:
        """Try to create; what was made is noted and deleted after the check."""
        creator = self.require(collection.creator, "create")
        above = self.parent_path(collection, actor)
        exchange = self.call(creator, above, body=body, actor=actor, headers=headers)
        return exchange, self.adopt(collection, exchange, body, actor, above)

    def adopt(
        self,
        collection: Collection,
        exchange: Exchange,
        body: Json | Unset,
        actor: Actor,
        above: Mapping[str, str],
    ) -> CreatedObject | None:
        """The object that a create request made, noted for deletion; None when it made none."""
        creator = self.require(collection.creator, "create")
        if not exchange.ok:
            return None
        value = exchange.at(creator.payload)
        if not isinstance(value, dict):
            return None
        identity = get_path(value, collection.id_path)
        if not isinstance(identity, str | int) or isinstance(identity, bool):
            return None
        address = {**above, collection.resource.id_parameter or "": str(identity)}
        self.session.note(collection, address, actor)
        sent = body if isinstance(body, dict) else {}
        return CreatedObject(collection, address, actor, sent, exchange, value)

    def create(
        self,
        collection: Collection,
        members: Mapping[Path, Json] | None = None,
        *,
        full: bool = False,
        actor: Actor = Actor.ME,
    ) -> CreatedObject:
        """Create an object or raise `Inconclusive`."""
        exchange, obj = self.try_create(
            collection, self.body(collection, members, full=full), actor=actor
        )
        if obj is None:
            raise Inconclusive(f"create answered {exchange.status}")
        return obj

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
        if not self.session.config.writes:
            return self._someone(collection.parent)
        key = (collection.parent.name, actor)
        if key not in self._parents:
            self._parents[key] = self.create(collection.parent, actor=actor)
        return dict(self._parents[key].address)

    def retrieve(self, obj: CreatedObject) -> Exchange:
        """Read it, as its owner."""
        operation = self.require(obj.collection.retriever, "retrieve")
        return self.call(operation, obj.address, actor=obj.actor)

    def read(self, obj: CreatedObject) -> tuple[dict[str, Json], Exchange]:
        """Its value now, or raise `Inconclusive`."""
        operation = self.require(obj.collection.retriever, "retrieve")
        exchange = self.retrieve(obj)
        value = exchange.at(operation.payload)
        if not exchange.ok or not isinstance(value, dict):
            raise Inconclusive(f"retrieve answered {exchange.status}")
        return value, exchange

    def change(
        self, obj: CreatedObject, members: Mapping[Path, Json], *, bare: bool = False
    ) -> Exchange:
        """Update it: `members`, and what the update's body requires, as it is now."""
        operation = self.require(obj.collection.updater, "update")
        body: dict[str, Json] = {}
        schema = obj.collection.updated
        if schema is not None:
            if not bare:
                body = self.required_now(obj, schema)
            for path, value in members.items():
                self.put_beside(obj, schema, body, path, value)
        return self.call(operation, obj.address, body=body, actor=obj.actor)

    def delete(self, obj: CreatedObject) -> Exchange:
        """Delete it, as its owner."""
        operation = self.require(obj.collection.deleter, "delete")
        exchange = self.call(operation, obj.address, actor=obj.actor)
        if exchange.ok:
            self.session.forget(obj.collection, obj.address)
        return exchange

    def address_of(self, operation: ir.Operation) -> dict[str, str]:
        """Path parameters of any operation: of an object made for it where its collection is known.

        raises `Inconclusive` when a parameter cannot be filled.
        """
        names = variables(operation.path)
        if not names:
            return {}
        for collection in self.session.collections:
            if operation not in collection.operations():
                continue
            if collection.resource.id_parameter not in names:
                return self.parent_path(collection)
            if self.session.config.writes and collection.creator is not None:
                return self.create(collection).address
            return self._someone(collection)
        address = {}
        for parameter in operation.parameters:
            if parameter.location is ir.ParameterLocation.PATH:
                address[parameter.name] = self.text_of(parameter)
        return address

    def _someone(self, collection: Collection) -> dict[str, str]:
        """The address of an object that is there already: only for reading."""
        above = self.parent_path(collection)
        items = self.page(collection, above=above).items
        identity = self.id_of(collection, items[0]) if items else None
        if identity is None:
            raise Inconclusive("no object to try it on")
        return {**above, collection.resource.id_parameter or "": identity}

    def send_raw(
        self, operation: ir.Operation, address: Mapping[str, str], raw: bytes | None
    ) -> Exchange:
        """Send these very bytes as the body (None: no body at all); note what that made."""
        content = shapes.json_content(operation.body.contents) if operation.body else None
        typed = {"Content-Type": content.media_type} if content and raw is not None else {}
        exchange = self.call(operation, address, raw=raw, headers=typed, malformed=True)
        self.note_created(operation, exchange, address)
        return exchange

    def note_created(
        self, operation: ir.Operation, exchange: Exchange, above: Mapping[str, str]
    ) -> None:
        """Note what a request made that should have been refused."""
        for collection in self.session.collections:
            if collection.creator == operation:
                self.adopt(collection, exchange, UNSET, Actor.ME, above)

    def note_listed(self, collection: Collection, item: Json, actor: Actor = Actor.ME) -> None:
        """Note an object of this run's that turned up in a list."""
        identity = self.id_of(collection, item)
        if identity is not None:
            above = self.parent_path(collection, actor)
            address = {**above, collection.resource.id_parameter or "": identity}
            self.session.note(collection, address, actor)

    def referenced_collection(self, collection: Collection, leaf: shapes.Leaf) -> Collection | None:
        """The collection whose ids `leaf` holds, by its name: `profile_id` → `profiles`."""
        name = leaf.path[-1]
        for suffix in ("_id", "_uuid", "Id"):
            stem = name.removesuffix(suffix)
            if stem != name and stem:
                for other in self.session.collections:
                    last = other.resource.name[-1]
                    if other is not collection and last in {stem, f"{stem}s", f"{stem}es"}:
                        return other
        return None

    # ------------------------------------------------------------------ lists

    def page(
        self,
        collection: Collection,
        query: Query = (),
        *,
        above: Mapping[str, str] | None = None,
        actor: Actor = Actor.ME,
    ) -> Page:
        """One page, or raise `Inconclusive`."""
        lister = self.require(collection.lister, "list")
        exchange = self.call(
            lister,
            above if above is not None else self.parent_path(collection, actor),
            query=query,
            actor=actor,
        )
        found = exchange.at(lister.payload)
        if not exchange.ok or not isinstance(found, list):
            raise Inconclusive(f"list answered {exchange.status}")
        return Page(found, exchange)

    def pages(
        self,
        collection: Collection,
        query: Query = (),
        *,
        size: int | None = None,
        actor: Actor = Actor.ME,
        most: int = 400,
    ) -> Iterator[Page]:
        """Every page in order; `Inconclusive` beyond `most` pages, and where one comes twice."""
        lister = self.require(collection.lister, "list")
        above = self.parent_path(collection, actor)
        paging = lister.pagination
        wanted = size if size is not None else self.largest_page(lister)
        sized = [(paging.size, str(wanted))] if paging and paging.size and wanted else []
        step: list[tuple[str, str]] = []
        before: Page | None = None
        for _ in range(most):
            page = self.page(collection, (*query, *sized, *step), above=above, actor=actor)
            if before is not None and page.items and page.items == before.items:
                raise PaginationLoop((before.exchange, page.exchange))
            before = page
            yield page
            after = following(paging, page.exchange, page.items, step, wanted) if paging else None
            if after is None:
                return
            step = after
        raise Inconclusive(f"the list does not end within {most} pages")

    def all_items(
        self,
        collection: Collection,
        query: Query = (),
        *,
        size: int | None = None,
        actor: Actor = Actor.ME,
    ) -> tuple[list[Json], list[Exchange]]:
        """All items of a list, and the exchanges that showed them."""
        found: list[Json] = []
        seen: list[Exchange] = []
        for page in self.pages(collection, query, size=size, actor=actor):
            found += page.items
            seen.append(page.exchange)
        return found, seen

    def largest_page(self, lister: ir.Operation) -> int | None:
        """The largest page size the description allows; None when it names none."""
        if lister.pagination is None or lister.pagination.size is None:
            return None
        for parameter in lister.parameters:
            if parameter.name == lister.pagination.size:
                shape = shapes.resolve(self.api, parameter.schema).shape
                if isinstance(shape, ir.Integer) and shape.maximum is not None:
                    return int(shape.maximum)
        return None

    def id_of(self, collection: Collection, item: Json) -> str | None:
        """An item's id as text."""
        value = get_path(item, collection.id_path)
        return None if value is None or isinstance(value, dict | list) else str(value)
