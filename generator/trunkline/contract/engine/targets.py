"""What checks need of a description: each target holds it, so that a check never has to ask.

A target is made once, by the planner; `of` returns None where the description lacks something.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from trunkline import ir
from trunkline.contract.model import Collection, is_conditional, takes_json_patch, variables
from trunkline.semantics import credentials, media, responses, schemas
from trunkline.semantics.jsonvalue import Path


def _creates(collection: Collection) -> tuple[ir.Operation, ir.Schema] | None:
    """How objects are made by a body that is JSON or a form: the operation and the body's schema.

    None where nothing can be done with them afterwards: that POST is an action, not a creation.
    """
    if collection.creator is None or collection.created is None or not collection.keeps:
        return None
    return collection.creator, collection.created


def _names(known: Mapping[str, ir.Schema], schema: ir.Schema, path: Path) -> bool:
    """Whether a schema has a property at a path by name, not only room for it."""
    for name in path:
        member = schemas.members(known, schema).get(name)
        if member is None:
            return False
        schema = member.schema
    return True


def _identifies(target: Creatable) -> bool:
    """Whether the response to create may hold the object's id by what is documented."""
    known = target.collection.api.schemas
    shown = responses.object_schema(known, target.creator)
    if shown is None:
        return any(responses.has_json(r) for r in responses.successes(target.creator))
    id_path = target.collection.id_path[len(target.collection.wrapper) :]
    if _names(known, shown, id_path):
        return True
    shape = schemas.resolve(known, shown).shape
    return isinstance(shape, ir.Anything) or (isinstance(shape, ir.Object) and not shape.properties)


@dataclass(frozen=True, slots=True)
class Creatable:
    """Objects can be made, by a request with a JSON body."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema

    @classmethod
    def of(cls, collection: Collection) -> Creatable | None:
        """The target, where the description has what it needs."""
        made = _creates(collection)
        return cls(collection, *made) if made is not None else None

    @classmethod
    def identified(cls, collection: Collection) -> Creatable | None:
        """One whose response may hold the object's id by what is documented."""
        target = cls.of(collection)
        return target if target is not None and _identifies(target) else None

    @classmethod
    def unique(cls, collection: Collection) -> Creatable | None:
        """One with properties that must be unique."""
        return cls.of(collection) if collection.resource.unique else None


@dataclass(frozen=True, slots=True)
class Readable:
    """Objects can be made and read back."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    retriever: ir.Operation

    @classmethod
    def of(cls, collection: Collection) -> Readable | None:
        """The target, where the description has what it needs."""
        made, retriever = _creates(collection), collection.retriever
        if made is None or retriever is None:
            return None
        # Where no JSON is described, a file may be shown for any name.
        if responses.payload_schema(collection.api.schemas, retriever) is None:
            return None
        return cls(collection, *made, retriever)


@dataclass(frozen=True, slots=True)
class Updatable:
    """Objects can be made, updated with a JSON body, and read back."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    retriever: ir.Operation
    updater: ir.Operation
    updated: ir.Schema

    @classmethod
    def of(cls, collection: Collection) -> Updatable | None:
        """The target, where the description has what it needs."""
        readable = Readable.of(collection)
        if readable is None or collection.updater is None or collection.updated is None:
            return None
        return cls(
            collection,
            readable.creator,
            readable.created,
            readable.retriever,
            collection.updater,
            collection.updated,
        )


@dataclass(frozen=True, slots=True)
class Replaceable:
    """Objects can be made, replaced by a JSON body, and read back."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    retriever: ir.Operation
    replacer: ir.Operation
    replaced: ir.Schema

    @classmethod
    def of(cls, collection: Collection) -> Replaceable | None:
        """The target, where the description has what it needs."""
        readable, replacer = Readable.of(collection), collection.replacer
        replaced = responses.request_schema(replacer) if replacer is not None else None
        if readable is None or replacer is None or replaced is None:
            return None
        return cls(
            collection, readable.creator, readable.created, readable.retriever, replacer, replaced
        )


@dataclass(frozen=True, slots=True)
class Puttable:
    """Objects are written by PUT with a JSON body, and can be read back at the same address."""

    collection: Collection
    retriever: ir.Operation
    replacer: ir.Operation
    replaced: ir.Schema

    @classmethod
    def of(cls, collection: Collection) -> Puttable | None:
        """The target, where the description has what it needs."""
        retriever, replacer = collection.retriever, collection.replacer
        replaced = responses.request_schema(replacer) if replacer is not None else None
        if retriever is None or replacer is None or replaced is None:
            return None
        if variables(retriever.path) != variables(replacer.path) or not variables(replacer.path):
            return None
        return cls(collection, retriever, replacer, replaced)

    @classmethod
    def beside_create(cls, collection: Collection) -> Puttable | None:
        """One whose objects are made by a request of their own."""
        return cls.of(collection) if _creates(collection) is not None else None

    @classmethod
    def making(cls, collection: Collection) -> Puttable | None:
        """One whose objects may be made by PUT: there is no other way, or 201 is described."""
        target = cls.of(collection)
        if target is None:
            return None
        says = any(r.status == "201" for r in target.replacer.responses)
        return target if says or collection.creator is None else None


@dataclass(frozen=True, slots=True)
class Deletable:
    """Objects can be made and deleted."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    deleter: ir.Operation

    @classmethod
    def of(cls, collection: Collection) -> Deletable | None:
        """The target, where the description has what it needs."""
        made, deleter = _creates(collection), collection.deleter
        return cls(collection, *made, deleter) if made is not None and deleter else None

    @classmethod
    def read_back(cls, collection: Collection) -> Deletable | None:
        """One whose objects can be read as well."""
        return cls.of(collection) if collection.retriever is not None else None


@dataclass(frozen=True, slots=True)
class Listable:
    """Objects can be made and listed."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    lister: ir.Operation

    @classmethod
    def of(cls, collection: Collection) -> Listable | None:
        """The target, where the description has what it needs."""
        made, lister = _creates(collection), collection.lister
        if made is None or lister is None or not collection.shows_ids:
            return None
        return cls(collection, *made, lister)

    @classmethod
    def filtered(cls, collection: Collection) -> Listable | None:
        """One whose list can be filtered."""
        target = cls.of(collection)
        return target if target is not None and target.lister.filters else None


@dataclass(frozen=True, slots=True)
class Nested:
    """Objects can be made below others, which can be made too."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    parent: Collection

    @classmethod
    def of(cls, collection: Collection) -> Nested | None:
        """The target, where the description has what it needs."""
        made, parent = _creates(collection), collection.parent
        if made is None or parent is None or Creatable.of(parent) is None:
            return None
        return cls(collection, *made, parent)

    @classmethod
    def read_back(cls, collection: Collection) -> NestedReadable | None:
        """One whose objects can be read as well."""
        nested, retriever = cls.of(collection), collection.retriever
        if nested is None or retriever is None:
            return None
        return NestedReadable(nested.collection, nested.parent, retriever)

    @classmethod
    def listed(cls, collection: Collection) -> NestedListable | None:
        """One whose objects can be listed as well."""
        nested, lister = cls.of(collection), collection.lister
        if nested is None or lister is None:
            return None
        return NestedListable(nested.collection, nested.parent, lister)


@dataclass(frozen=True, slots=True)
class NestedReadable:
    """Objects can be made below others, and read there."""

    collection: Collection
    parent: Collection
    retriever: ir.Operation


@dataclass(frozen=True, slots=True)
class NestedListable:
    """Objects can be made below others, and listed there."""

    collection: Collection
    parent: Collection
    lister: ir.Operation


@dataclass(frozen=True, slots=True)
class Conditional:
    """Objects can be made and read, and changed only as they were seen."""

    collection: Collection
    changers: tuple[ir.Operation, ...]

    @classmethod
    def of(cls, collection: Collection) -> Conditional | None:
        """The target, where the description has what it needs."""
        found = (collection.replacer, collection.updater, collection.deleter)
        changers = tuple(o for o in found if o is not None and is_conditional(o))
        alters = any(o.method != "delete" for o in changers)
        return cls(collection, changers) if alters and Readable.of(collection) else None


@dataclass(frozen=True, slots=True)
class JsonPatched:
    """Objects can be made and read, and changed by a JSON Patch."""

    collection: Collection
    patcher: ir.Operation

    @classmethod
    def of(cls, collection: Collection) -> JsonPatched | None:
        """The target, where the description has what it needs."""
        patcher = collection.updater
        if patcher is None or not takes_json_patch(patcher) or Readable.of(collection) is None:
            return None
        return cls(collection, patcher)


@dataclass(frozen=True, slots=True)
class Paged:
    """Objects can be made, and listed in pages of a size that the caller chooses."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    lister: ir.Operation
    pagination: ir.Pagination
    size: str
    """The name of the parameter that says how many items a page holds."""

    @classmethod
    def of(cls, collection: Collection) -> Paged | None:
        """The target, where the description has what it needs."""
        listable = Listable.of(collection)
        pagination = listable.lister.pagination if listable is not None else None
        if listable is None or pagination is None or pagination.size is None:
            return None
        if pagination.location is not ir.PageLocation.QUERY:
            return None
        return cls(
            collection,
            listable.creator,
            listable.created,
            listable.lister,
            pagination,
            pagination.size,
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """A paged list whose pages have numbers, or offsets: any of them can be asked for."""

    paged: Paged
    number: str
    """The name of the parameter that says which page."""

    @classmethod
    def of(cls, collection: Collection) -> Counted | None:
        """The target, where the description has what it needs."""
        paged = Paged.of(collection)
        if paged is None or paged.pagination.page is None:
            return None
        styles = {ir.PaginationStyle.PAGE, ir.PaginationStyle.OFFSET}
        return cls(paged, paged.pagination.page) if paged.pagination.style in styles else None


@dataclass(frozen=True, slots=True)
class Sortable:
    """Objects can be made, and listed in an order that the caller chooses."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    lister: ir.Operation
    sort: ir.Sort

    @classmethod
    def of(cls, collection: Collection) -> Sortable | None:
        """The target, where the description has what it needs."""
        listable = Listable.of(collection)
        if listable is None or listable.lister.sort is None:
            return None
        sort = listable.lister.sort
        keys = {
            value: ((*collection.wrapper, *path), descending)
            for value, (path, descending) in sort.keys.items()
        }
        return cls(
            collection,
            listable.creator,
            listable.created,
            listable.lister,
            replace(sort, keys=keys),
        )


@dataclass(frozen=True, slots=True)
class Idempotent:
    """Objects can be made under a key that the caller chooses."""

    collection: Collection
    creator: ir.Operation
    created: ir.Schema
    header: str
    """The header that the key travels in."""

    @classmethod
    def of(cls, collection: Collection) -> Idempotent | None:
        """The target, where the description has what it needs."""
        made = _creates(collection)
        if made is None or made[0].idempotency is None:
            return None
        return cls(collection, *made, made[0].idempotency.header)


@dataclass(frozen=True, slots=True)
class Addressed:
    """An object is read by its id, in a collection that is not inside another."""

    collection: Collection
    retriever: ir.Operation
    parameter: str
    """The path parameter that is the id."""

    @classmethod
    def of(cls, collection: Collection) -> Addressed | None:
        """The target; None where a GET is of the only object, or of a list."""
        retriever, name = collection.retriever, collection.resource.id_parameter
        if retriever is None or name is None or collection.parent is not None:
            return None
        if name not in variables(retriever.path):
            return None
        api = collection.api
        shown = responses.payload_schema(api.schemas, retriever)
        # Where no JSON is described a file may be shown for any name, and lists have no ids.
        if shown is None or schemas.items(api.schemas, shown) is not None:
            return None
        return cls(collection, retriever, name)


# ------------------------------------------------------------------------------ operations


@dataclass(frozen=True, slots=True)
class TakesJson:
    """An operation that takes a JSON body."""

    operation: ir.Operation
    body: ir.RequestBody
    content: ir.Content
    schema: ir.Schema

    @classmethod
    def of(cls, api: ir.Api, operation: ir.Operation) -> TakesJson | None:
        """The target, where the description has what it needs."""
        del api
        if operation.body is None:
            return None
        content = media.json_content(operation.body.contents)
        if content is None or content.schema is None:
            return None
        return cls(operation, operation.body, content, content.schema)

    @classmethod
    def must(cls, api: ir.Api, operation: ir.Operation) -> TakesJson | None:
        """One whose body is required."""
        target = cls.of(api, operation)
        return target if target is not None and target.body.required else None


def reads_json(api: ir.Api, operation: ir.Operation) -> ir.Operation | None:
    """A GET that responds with JSON."""
    del api
    shown = any(media.json_content(r.contents) for r in operation.responses if r.is_success)
    return operation if operation.method == "get" and shown else None


def queried(api: ir.Api, operation: ir.Operation) -> ir.Operation | None:
    """A GET with query parameters."""
    del api
    places = {p.location for p in operation.parameters}
    return operation if operation.method == "get" and ir.ParameterLocation.QUERY in places else None


def first_at_path(api: ir.Api, operation: ir.Operation) -> ir.Operation | None:
    """The first operation at its path: checks about the path are tried with it."""
    return operation if _first(api, operation) is operation else None


def _first(api: ir.Api, operation: ir.Operation) -> ir.Operation:
    return next(o for o in api.operations if o.path == operation.path)


def first_of_all(api: ir.Api, operation: ir.Operation) -> ir.Operation | None:
    """The first operation: checks about no operation in particular are tried with it."""
    return operation if api.operations[0] is operation else None


def asks_for_credentials(api: ir.Api, operation: ir.Operation) -> ir.Operation | None:
    """An operation that asks for credentials that a caller can have."""
    if not credentials.is_required(operation.security):
        return None
    schemes = {n for n, s in api.security_schemes.items() if credentials.is_secret_known(s)}
    return operation if credentials.satisfied(operation.security, schemes) else None


def guarded_read(api: ir.Api, operation: ir.Operation) -> ir.Operation | None:
    """One of them that reads."""
    return asks_for_credentials(api, operation) if operation.method in {"get", "head"} else None


def guarded_change(api: ir.Api, operation: ir.Operation) -> ir.Operation | None:
    """One of them that changes something."""
    return asks_for_credentials(api, operation) if operation.method not in {"get", "head"} else None


# --------------------------------------------------------------- methods and what is sent


@dataclass(frozen=True, slots=True)
class RpcCall:
    """A JSON-RPC method of which more than the name is documented."""

    method: ir.RpcMethod
    rpc: ir.Rpc
    carrier: ir.Operation
    """The HTTP operation that carries every call."""

    @classmethod
    def any(cls, api: ir.Api, method: ir.RpcMethod) -> RpcCall | None:
        """The target for any method."""
        rpc = api.rpc
        return cls(method, rpc, api.operation(rpc.operation)) if rpc is not None else None

    @classmethod
    def of(cls, api: ir.Api, method: ir.RpcMethod) -> RpcCall | None:
        """The target, where the description has what it needs."""
        return cls.any(api, method) if method.evidence is not ir.RpcEvidence.LISTED else None

    @classmethod
    def first(cls, api: ir.Api, method: ir.RpcMethod) -> RpcCall | None:
        """The first method: checks about no method in particular are tried with it."""
        target = cls.any(api, method)
        return target if target is not None and target.rpc.methods[0] is method else None


@dataclass(frozen=True, slots=True)
class EventTarget:
    """An event, and what is known of how events are sent and what causes this one."""

    webhook: ir.Webhook
    events: ir.Events

    @classmethod
    def of(cls, api: ir.Api, webhook: ir.Webhook) -> EventTarget | None:
        """The target, where the description has what it needs."""
        events = api.behaviour.events if api.behaviour is not None else None
        if webhook.commands is not None or events is None or webhook.name not in events.triggers:
            return None
        return cls(webhook, events)


@dataclass(frozen=True, slots=True)
class ConversationTarget:
    """A conversation, and what is known of how it is begun and ended."""

    webhook: ir.Webhook
    commands: ir.Commands
    rules: ir.Conversation

    @classmethod
    def of(cls, api: ir.Api, webhook: ir.Webhook) -> ConversationTarget | None:
        """The target, where the description has what it needs."""
        if webhook.commands is None or api.behaviour is None:
            return None
        rules = api.behaviour.conversations.get(webhook.name)
        return cls(webhook, webhook.commands, rules) if rules and rules.triggers else None
