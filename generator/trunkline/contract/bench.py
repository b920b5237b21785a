"""The test bench of one law on one target: calls, objects of its own making, verdicts."""

from __future__ import annotations

import enum
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from trunkline import ir
from trunkline.contract import conformance, security, shapes
from trunkline.contract.exchange import Exchange, Request, dig
from trunkline.contract.laboratory import Actor, Laboratory
from trunkline.contract.rules import RULES
from trunkline.contract.shapes import Path
from trunkline.contract.surface import Collection, fill, variables
from trunkline.contract.values import UnbuildableError, Values
from trunkline.contract.violation import Findings, Source, Step, Violation
from trunkline.ir import Json


class BlockedError(Exception):
    """The law could not be tried: a step before it failed. Another law reports that step."""


class _Nothing(enum.Enum):
    NOTHING = 0


NOTHING = _Nothing.NOTHING
"""No body at all, as opposed to null."""


@dataclass(eq=False)
class Thing:
    """An object that this run made. `address` fills the path of the item, parents included."""

    collection: Collection
    address: dict[str, str]
    actor: Actor
    sent: dict[str, Json]
    created: Exchange
    value: dict[str, Json]
    """As the answer to its creation showed it."""

    @property
    def id(self) -> str:
        """Its own id."""
        return self.address[self.collection.resource.id_parameter or ""]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list."""

    items: list[Json]
    exchange: Exchange


Query = Sequence[tuple[str, str]]


class Bench:
    """What a law works with; made anew for every law and target."""

    def __init__(self, laboratory: Laboratory, law: str, target: str, rng: random.Random) -> None:
        self.lab = laboratory
        self.api = laboratory.api
        self.oracle = laboratory.oracle
        self.full = laboratory.full
        self.rng = rng
        self.law = law
        self.target = target
        self.findings = Findings()
        self.values = Values(self.api, self.oracle, rng, laboratory.fresh)
        self.tried = 0
        """Statements about the server that were put to the test."""
        self._parents: dict[tuple[str, Actor], Thing] = {}

    # ---------------------------------------------------------------- calling

    def call(
        self,
        operation: ir.Operation,
        address: Mapping[str, str] | None = None,
        *,
        query: Query = (),
        body: Json | _Nothing = NOTHING,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        actor: Actor = Actor.ME,
        method: str | None = None,
        carried: security.Carried | None = None,
        malformed: bool = False,
        conform: bool = True,
        plain_query: str | None = None,
    ) -> Exchange:
        """Call an operation; the answer is held to the description at once.

        `address` fills the path. `carried` replaces the actor's credentials. `malformed` says that
        the request breaks HTTP's own rules, so that answers no description lists are in order.
        `plain_query` is put into the address as it is. Without `conform` the request may not
        reach the operation at all: nothing is compared.
        """
        used = method or operation.method.upper()
        if not self.lab.config.writes and used not in {"GET", "HEAD", "OPTIONS"}:
            raise BlockedError("nothing is written on this server")
        content: bytes | None = raw
        sent: dict[str, str] = {"Accept": "application/json"}
        if not isinstance(body, _Nothing):
            content = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
            sent["Content-Type"] = _media_type(operation)
        sent.update(self._required_headers(operation))
        sent.update(headers or {})
        path = fill(operation.path, dict(address or {}))
        exchange = self.lab.send(
            used,
            path,
            query=(*self._required_query(operation, query), *query),
            headers=sent,
            body=content,
            carried=carried if carried is not None else self.lab.credential(operation, actor),
            operation=operation.id,
            plain_query=plain_query,
        )
        if conform and (method is None or method == operation.method.upper()):
            self._conform(operation, exchange, malformed=malformed)
        return exchange

    def _required_query(self, operation: ir.Operation, given: Query) -> list[tuple[str, str]]:
        names = {name for name, _ in given}
        return [
            (p.name, self._text_of(p))
            for p in operation.parameters
            if p.required and p.location is ir.ParameterLocation.QUERY and p.name not in names
        ]

    def _required_headers(self, operation: ir.Operation) -> dict[str, str]:
        return {
            p.name: self._text_of(p)
            for p in operation.parameters
            if p.required and p.location is ir.ParameterLocation.HEADER
        }

    def _text_of(self, parameter: ir.Parameter) -> str:
        try:
            return to_text(self.values.one(parameter.schema))
        except UnbuildableError as error:
            raise BlockedError(f"no value for parameter {parameter.name}") from error

    def _conform(self, operation: ir.Operation, exchange: Exchange, *, malformed: bool) -> None:
        for fault in conformance.check(self.oracle, operation, exchange, malformed=malformed):
            self.report(
                fault.rule,
                operation,
                fault.message,
                exchange,
                subject=fault.subject,
                origins=(fault.origin,) if fault.origin else (),
            )

    # --------------------------------------------------------------- verdicts

    def violation(
        self,
        operation: ir.Operation,
        message: str,
        *exchanges: Exchange,
        subject: str = "",
        origins: Sequence[ir.Origin] = (),
        rule: str | None = None,
    ) -> None:
        """Record that the law is broken (or another rule it tells apart, `rule`)."""
        self.report(
            rule or self.law, operation, message, *exchanges, subject=subject, origins=origins
        )

    def report(
        self,
        rule: str,
        operation: ir.Operation,
        message: str,
        *exchanges: Exchange,
        subject: str = "",
        origins: Sequence[ir.Origin] = (),
    ) -> None:
        """Record a violation of any rule of the table."""
        assert rule in RULES, rule
        secrets = self.lab.secrets
        self.findings.add(
            Violation(
                rule,
                operation.id,
                subject,
                secrets.hide(message),
                tuple(Step.of(e, secrets) for e in exchanges),
                tuple(Source.of(o) for o in (*origins, operation.origin)),
            )
        )

    def expect(self, condition: bool) -> bool:
        """Count one statement put to the test, and hand its truth on."""
        self.tried += 1
        return condition

    # ---------------------------------------------------------------- objects

    def body(
        self,
        collection: Collection,
        members: Mapping[Path, Json] | None = None,
        *,
        full: bool = False,
    ) -> dict[str, Json]:
        """A create request's body, with `members` set to given values."""
        if collection.created is None:
            return {}
        try:
            made = self.values.body(collection.created, full=full)
        except UnbuildableError as error:
            raise BlockedError(str(error)) from error
        for path, value in (members or {}).items():
            self.put(collection.created, made, path, value)
        return made

    def put(self, schema: ir.Schema, into: dict[str, Json], path: Path, value: Json) -> None:
        """Set the member at `path`, objects on the way made with what they require."""
        at = into
        for index, name in enumerate(path[:-1]):
            inner = at.get(name)
            if not isinstance(inner, dict):
                around = shapes.descend(self.api, schema, path[: index + 1])
                inner = {}
                if around is not None:
                    try:
                        built = self.values.one(around)
                    except UnbuildableError as error:
                        raise BlockedError(str(error)) from error
                    inner = built if isinstance(built, dict) else {}
                at[name] = inner
            at = inner
        at[path[-1]] = value

    def attempt(
        self,
        collection: Collection,
        body: Json | _Nothing,
        *,
        actor: Actor = Actor.ME,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[Exchange, Thing | None]:
        """Try to create; what was made is noted and deleted after the law."""
        creator = self._have(collection.creator, "create")
        above = self.above(collection, actor)
        exchange = self.call(creator, above, body=body, actor=actor, headers=headers)
        return exchange, self.adopt(collection, exchange, body, actor, above)

    def adopt(
        self,
        collection: Collection,
        exchange: Exchange,
        body: Json | _Nothing,
        actor: Actor,
        above: Mapping[str, str],
    ) -> Thing | None:
        """The object that a create request made, noted for deletion; None when it made none."""
        creator = self._have(collection.creator, "create")
        if not exchange.ok:
            return None
        value = exchange.at(creator.payload)
        if not isinstance(value, dict):
            return None
        identity = dig(value, collection.id_path)
        if not isinstance(identity, str | int) or isinstance(identity, bool):
            return None
        address = {**above, collection.resource.id_parameter or "": str(identity)}
        self.lab.note(collection, address, actor)
        sent = body if isinstance(body, dict) else {}
        return Thing(collection, address, actor, sent, exchange, value)

    def create(
        self,
        collection: Collection,
        members: Mapping[Path, Json] | None = None,
        *,
        full: bool = False,
        actor: Actor = Actor.ME,
    ) -> Thing:
        """Create an object or give up the law."""
        exchange, thing = self.attempt(
            collection, self.body(collection, members, full=full), actor=actor
        )
        if thing is None:
            raise BlockedError(f"create answered {exchange.status}")
        return thing

    def above(self, collection: Collection, actor: Actor = Actor.ME) -> dict[str, str]:
        """Path parameters of the collection itself: an object of its parent's, made once a law."""
        if collection.parent is None:
            needed = [
                name
                for name in variables(collection.resource.collection_path or "")
                if name != collection.resource.id_parameter
            ]
            if needed:
                raise BlockedError(f"nothing known to fill {needed[0]} with")
            return {}
        if not self.lab.config.writes:
            return self._someone(collection.parent)
        key = (collection.parent.name, actor)
        if key not in self._parents:
            self._parents[key] = self.create(collection.parent, actor=actor)
        return dict(self._parents[key].address)

    def retrieve(self, thing: Thing) -> Exchange:
        """Read it, as its owner."""
        operation = self._have(thing.collection.retriever, "retrieve")
        return self.call(operation, thing.address, actor=thing.actor)

    def read(self, thing: Thing) -> tuple[dict[str, Json], Exchange]:
        """Its value now, or give up the law."""
        operation = self._have(thing.collection.retriever, "retrieve")
        exchange = self.retrieve(thing)
        value = exchange.at(operation.payload)
        if not exchange.ok or not isinstance(value, dict):
            raise BlockedError(f"retrieve answered {exchange.status}")
        return value, exchange

    def change(self, thing: Thing, members: Mapping[Path, Json], *, bare: bool = False) -> Exchange:
        """Update it: `members`, and what the update's body requires, as it is now."""
        operation = self._have(thing.collection.updater, "update")
        body: dict[str, Json] = {}
        schema = thing.collection.updated
        if schema is not None:
            if not bare:
                body = self.required_now(thing, schema)
            for path, value in members.items():
                self.put_beside(thing, schema, body, path, value)
        return self.call(operation, thing.address, body=body, actor=thing.actor)

    def put_beside(
        self,
        thing: Thing,
        schema: ir.Schema,
        body: dict[str, Json],
        path: Path,
        value: Json,
    ) -> None:
        """Set a nested member with its present neighbours, so that merging makes no difference."""
        if len(path) > 1 and path[0] not in body:
            around = shapes.descend(self.api, schema, path[:1])
            shown = thing.value.get(path[0])
            if around is not None and isinstance(shown, dict):
                body[path[0]] = self._writable(around, shown)
        self.put(schema, body, path, value)

    def _writable(self, schema: ir.Schema, shown: Mapping[str, Json]) -> dict[str, Json]:
        kept: dict[str, Json] = {}
        for name, member in shapes.properties(self.api, schema).items():
            if name not in shown or shapes.facets(self.api, member.schema).read_only:
                continue
            value = shown[name]
            if isinstance(value, dict) and shapes.properties(self.api, member.schema):
                value = self._writable(member.schema, value)
            if self.oracle.accepts(member.schema, value):
                kept[name] = value
        return kept

    def required_now(self, thing: Thing, schema: ir.Schema) -> dict[str, Json]:
        """What an update's body requires, with the values the object has."""
        body: dict[str, Json] = {}
        for name, member in shapes.properties(self.api, schema).items():
            if not member.required or shapes.facets(self.api, member.schema).read_only:
                continue
            if name in thing.value and self.oracle.accepts(member.schema, thing.value[name]):
                body[name] = thing.value[name]
            elif name in thing.sent:
                body[name] = thing.sent[name]
            else:
                try:
                    body[name] = self.values.one(member.schema)
                except UnbuildableError as error:
                    raise BlockedError(str(error)) from error
        return body

    def delete(self, thing: Thing) -> Exchange:
        """Delete it, as its owner."""
        operation = self._have(thing.collection.deleter, "delete")
        exchange = self.call(operation, thing.address, actor=thing.actor)
        if exchange.ok:
            self.lab.forget(thing.collection, thing.address)
        return exchange

    def _have(self, operation: ir.Operation | None, name: str) -> ir.Operation:
        if operation is None:
            raise BlockedError(f"there is no operation to {name}")
        return operation

    def address_of(self, operation: ir.Operation) -> dict[str, str]:
        """Path parameters of any operation: of an object made for it where its collection is known.

        Gives the law up when a parameter cannot be filled.
        """
        names = variables(operation.path)
        if not names:
            return {}
        for collection in self.lab.collections:
            if operation not in collection.operations():
                continue
            if collection.resource.id_parameter not in names:
                return self.above(collection)
            if self.lab.config.writes and collection.creator is not None:
                return self.create(collection).address
            return self._someone(collection)
        address = {}
        for parameter in operation.parameters:
            if parameter.location is ir.ParameterLocation.PATH:
                address[parameter.name] = self._text_of(parameter)
        return address

    def _someone(self, collection: Collection) -> dict[str, str]:
        """The address of an object that is there already: only for reading."""
        above = self.above(collection)
        items = self.page(collection, above=above).items
        identity = self.identity(collection, items[0]) if items else None
        if identity is None:
            raise BlockedError("no object to try it on")
        return {**above, collection.resource.id_parameter or "": identity}

    def adopt_stray(
        self, operation: ir.Operation, exchange: Exchange, above: Mapping[str, str]
    ) -> None:
        """Note what a request made that should have been refused."""
        for collection in self.lab.collections:
            if collection.creator == operation:
                self.adopt(collection, exchange, NOTHING, Actor.ME, above)

    def stray(self, collection: Collection, item: Json, actor: Actor = Actor.ME) -> None:
        """Note an object of this run's that turned up in a list."""
        identity = self.identity(collection, item)
        if identity is not None:
            above = self.above(collection, actor)
            address = {**above, collection.resource.id_parameter or "": identity}
            self.lab.note(collection, address, actor)

    def referred(self, collection: Collection, leaf: shapes.Leaf) -> Collection | None:
        """The collection whose ids `leaf` holds, by its name: `profile_id` → `profiles`."""
        name = leaf.path[-1]
        for suffix in ("_id", "_uuid", "Id"):
            stem = name.removesuffix(suffix)
            if stem != name and stem:
                for other in self.lab.collections:
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
        """One page, or give up the law."""
        lister = self._have(collection.lister, "list")
        exchange = self.call(
            lister,
            above if above is not None else self.above(collection, actor),
            query=query,
            actor=actor,
        )
        found = exchange.at(lister.payload)
        if not exchange.ok or not isinstance(found, list):
            raise BlockedError(f"list answered {exchange.status}")
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
        """Every page in order; gives the law up beyond `most` pages."""
        from trunkline.contract.paging import following

        lister = self._have(collection.lister, "list")
        above = self.above(collection, actor)
        paging = lister.pagination
        wanted = size if size is not None else self.largest_page(lister)
        sized = [(paging.size, str(wanted))] if paging and paging.size and wanted else []
        step: list[tuple[str, str]] = []
        for _ in range(most):
            page = self.page(collection, (*query, *sized, *step), above=above, actor=actor)
            yield page
            after = following(paging, page.exchange, page.items, step, wanted) if paging else None
            if after is None:
                return
            step = after
        raise BlockedError(f"the list does not end within {most} pages")

    def everything(
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

    def identity(self, collection: Collection, item: Json) -> str | None:
        """An item's id as text."""
        value = dig(item, collection.id_path)
        return None if value is None or isinstance(value, dict | list) else str(value)


def to_text(value: Json) -> str:
    """A scalar as query strings and headers carry it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(to_text(v) for v in value)
    return str(value)


def segment(text: str) -> str:
    """Text percent-encoded as one path segment."""
    return quote(text, safe="")


def _media_type(operation: ir.Operation) -> str:
    if operation.body is not None:
        content = shapes.json_content(operation.body.contents)
        if content is not None:
            return content.media_type
    return "application/json"


__all__ = ["NOTHING", "Bench", "BlockedError", "Page", "Request", "Thing", "segment", "to_text"]
