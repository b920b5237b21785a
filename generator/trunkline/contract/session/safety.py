"""Each request is classified before it is sent: what does not name an object of this run is left.

- *reads*: a safe method (RFC 9110, 9.2.1), or a POST that only asks (`/things/search`).
- *own*: every path parameter that names an object is bound to one made in this run, or to an id
  that is known not to be there; so is what the body refers to, where its names tell.
- *foreign*: everything else. Whole collections, bulk, resets, singletons, objects of other people.

Foreign requests are not sent, on any host, unless they were asked for by name.
"""

from __future__ import annotations

import enum
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeAlias
from urllib.parse import parse_qsl, unquote

from trunkline import ir
from trunkline.contract.model import (
    REFERENCES,
    Collection,
    fill,
    nameless,
    pattern_of,
    variables,
)
from trunkline.ir import Action, Json, RpcEvidence
from trunkline.semantics.questions import is_query

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
INVENTED_METHOD = "TRUNKLINE"
"""A method that no server carries out."""
_READING = frozenset({Action.LIST, Action.RETRIEVE})


Look: TypeAlias = Callable[[str], bool]
"""Asks the server whether there is no item at a path."""


class Effect(enum.Enum):
    """What a request can do to the server."""

    READS = "reads"
    OWN = "own"
    FOREIGN = "foreign"


class ForeignRequestError(Exception):
    """The request would act on what this run did not make; it was not sent."""

    def __init__(self, label: str) -> None:
        super().__init__(f"{label} acts on what this run did not make")
        self.label = label


@dataclass(frozen=True, slots=True)
class _Place:
    """A path variable that names an object: the template up to it, and its collection."""

    template: str
    name: str
    collection: Collection | None


class Safety:
    """Tells what a request may do, from what this run has made and what it has seen."""

    def __init__(
        self, api: ir.Api, collections: Sequence[Collection], *, included: Sequence[str] = ()
    ) -> None:
        self._api = api
        self._collections = collections
        self._included = tuple(included)
        self._lock = threading.Lock()
        self._own: set[str] = set()
        self._absent: set[str] = set()
        self._own_ids: dict[str, set[str]] = {}
        self._calls: set[tuple[tuple[str, ...], str]] = set()
        self._templates = [(o, pattern_of(o.path)) for o in api.operations]
        self._by_item = {nameless(p): c for c in collections if (p := _items_below(c))}
        self._plain = {o.path: o.plain_path for o in api.operations if o.plain_path is not None}
        self.left_out: dict[str, int] = {}
        """Operations that were not called, and how often they would have been."""

    # ------------------------------------------------------------------- knowing

    def made(self, collection: Collection, address: Mapping[str, str]) -> None:
        """An object was made by this run."""
        path = item_template(collection)
        with self._lock:
            if path:
                self._own.add(fill(path, dict(address)))
                self._own.add(fill(_items_below(collection) or path, dict(address)))
            identity = address.get(collection.resource.id_parameter or "")
            if identity is not None:
                self._own_ids.setdefault(collection.name, set()).add(identity)

    def made_by_call(self, resource: tuple[str, ...], identity: Json) -> None:
        """A JSON-RPC method made an object of a resource."""
        with self._lock:
            self._calls.add((resource, str(identity)))

    def nobody(self, item: str) -> None:
        """There cannot be an item at this path: its id was made up for this run."""
        with self._lock:
            self._absent.add(item)

    def owns(self, path: str) -> bool:
        """Whether the item at this path was made by this run."""
        with self._lock:
            return path in self._own

    def own_ids(self, collection: Collection) -> list[str]:
        """The ids of what this run has made in a collection, in order."""
        with self._lock:
            return sorted(self._own_ids.get(collection.name, ()))

    def is_own_id(self, identity: str) -> bool:
        """Whether something that this run made has this id."""
        with self._lock:
            return any(identity in ids for ids in self._own_ids.values())

    # --------------------------------------------------------------- classifying

    def permit(self, method: str, path: str, body: bytes | None, look: Look) -> None:
        """`ForeignRequestError` for a request that is not to be sent.

        `path` is percent-encoded and relative to the base URL.
        """
        described = self.described(method, path)
        label = described[0].id if described else f"{method} {path}"
        effect = self.effect(method, path, body, look)
        if effect is not Effect.FOREIGN or self.includes(method, path, described):
            return
        raise ForeignRequestError(label)

    def effect(self, method: str, path: str, body: bytes | None, look: Look) -> Effect:
        """What a request can do."""
        method = method.upper()
        if method in SAFE_METHODS or method == INVENTED_METHOD:
            return Effect.READS
        described = self.described(method, path)
        if self._api.rpc is not None and any(o.id == self._api.rpc.operation for o in described):
            return self._call_effect(body)
        # Routers differ in which of several templates they take: all of them have to be harmless.
        templates: dict[str, ir.Operation | None] = {o.path: o for o in described}
        if not templates:
            templates = dict.fromkeys(o.path for o in self._at(path))
        if templates and all(o is not None and is_query(o) for o in templates.values()):
            return Effect.READS
        for template, operation in templates.items():
            if not self._is_own(template, operation, path, look):
                return Effect.FOREIGN
        if not templates or not self._refers_to_own(body, look):
            return Effect.FOREIGN
        return Effect.OWN

    def _is_own(self, template: str, operation: ir.Operation | None, path: str, look: Look) -> bool:
        places = list(self.places(template))
        if not places and (operation is None or not self.creates(operation)):
            return False
        return all(self._is_ours(place, template, path, look) for place in places)

    def _is_ours(self, place: _Place, template: str, path: str, look: Look) -> bool:
        item = prefix_at(template, place.template, path)
        if item is None or place.collection is None:
            return False
        with self._lock:
            if {item, self._plainly(template, place, item)} & (self._own | self._absent):
                return True
        retriever = place.collection.retriever
        if retriever is None:
            return False
        if retriever.plain_path is not None or template in self._plain:
            # Nothing is read at a path that says what else is done.
            read = self._where_read(retriever, place, item)
            return read is not None and self._is_absent(read, look)
        if retriever.path.count("/") != place.template.count("/"):
            return False
        return self._is_absent(item, look)

    def _refers_to_own(self, body: bytes | None, look: Look) -> bool:
        """Whether the ids of other objects in a body, as far as their names tell, are our own."""
        for name, identity in references(_parsed(body)):
            collection = self.referenced(name)
            if collection is None:
                continue
            with self._lock:
                if identity in self._own_ids.get(collection.name, ()):
                    continue
            item = item_template(collection)
            if collection.retriever is None or item is None or len(variables(item)) != 1:
                return False
            if not self._is_absent(fill(item, {variables(item)[0]: identity}), look):
                return False
        return True

    def _is_absent(self, item: str, look: Look) -> bool:
        with self._lock:
            if item in self._absent:
                return True
        absent = look(item)
        if absent:
            with self._lock:
                self._absent.add(item)
        return absent

    def _call_effect(self, body: bytes | None) -> Effect:
        """What a JSON-RPC call can do: by the action of its method, and whose object it names."""
        message = _parsed(body)
        rpc = self._api.rpc
        if rpc is None or not isinstance(message, dict):
            return Effect.READS  # not a call: nothing is carried out
        method = next((m for m in rpc.methods if m.name == message.get("method")), None)
        if method is None or method.action in _READING:
            return Effect.READS
        params = message.get("params")
        first = params[0] if isinstance(params, list) and params else None
        if method.action is Action.CREATE:
            return Effect.OWN
        with self._lock:
            own = (method.resource, str(first)) in self._calls
        known = method.evidence is not RpcEvidence.LISTED
        return Effect.OWN if known and own else Effect.FOREIGN

    def leave_out(self, label: str) -> None:
        """Note that a request was not sent."""
        with self._lock:
            self.left_out[label] = self.left_out.get(label, 0) + 1

    # ------------------------------------------------------------ what is described

    def described(self, method: str, path: str) -> list[ir.Operation]:
        """The operations whose template could match a request, literal segments first."""
        found = [o for o, p in self._templates if o.method == method.lower() and p.fullmatch(path)]
        return sorted(found, key=lambda o: len(variables(o.path)))

    def _at(self, path: str) -> Iterator[ir.Operation]:
        return (operation for operation, pattern in self._templates if pattern.fullmatch(path))

    def places(self, template: str) -> Iterator[_Place]:
        """The variables of a path template, each with the collection whose objects it names."""
        for name in variables(template):
            end = template.index(f"{{{name}}}") + len(name) + 2
            prefix = template[:end]
            plain = self._plain_prefix(template, prefix)
            yield _Place(prefix, name, self._by_item.get(nameless(plain)))

    def _plain_prefix(self, template: str, prefix: str) -> str:
        """A prefix of a path template, which ends with a variable, without the word that says what
        is done."""
        plain = self._plain.get(template, template)
        end = 0
        for _ in variables(prefix):
            end = plain.index("}", end) + 1
        return plain[:end]

    @staticmethod
    def _where_read(retriever: ir.Operation, place: _Place, item: str) -> str | None:
        """Where the object is read whose path, saying something else, is `item`."""
        match = pattern_of(place.template).fullmatch(item)
        names = variables(retriever.path)
        if match is None or len(match.groups()) != len(names):
            return None
        return fill(retriever.path, dict(zip(names, map(unquote, match.groups()), strict=True)))

    def _plainly(self, template: str, place: _Place, item: str) -> str:
        """A concrete prefix of a path without the word that says what is done."""
        match = pattern_of(place.template).fullmatch(item)
        values = map(unquote, match.groups()) if match is not None else ()
        told = dict(zip(variables(place.template), values, strict=False))
        return fill(self._plain_prefix(template, place.template), told)

    def creates(self, operation: ir.Operation) -> bool:
        """Whether an operation makes an object, in a collection that shows what it holds.

        A POST that nothing can be read from afterwards is an action, whatever it is called.
        """
        return any(
            c.creator is not None and c.creator.id == operation.id and c.keeps
            for c in self._collections
        )

    def callable(self, operation: ir.Operation) -> bool:
        """Whether there can be a request of the operation that is not foreign."""
        if operation.method.upper() in SAFE_METHODS or self.creates(operation):
            return True
        if is_query(operation):
            return True
        if self.includes(operation.method.upper(), operation.path, [operation]):
            return True
        places = list(self.places(operation.path))
        return bool(places) and all(
            p.collection is not None
            and (p.collection.creator is not None or p.collection.retriever is not None)
            for p in places
        )

    def referenced(self, name: str) -> Collection | None:
        """The collection whose ids a property holds, by its name: `profile_id` → `profiles`."""
        for suffix in REFERENCES:
            stem = name.removesuffix(suffix)
            if stem == name or not stem:
                continue
            for collection in self._collections:
                if collection.resource.name[-1] in _plurals(stem):
                    return collection
        return None

    def includes(self, method: str, path: str, operations: Iterable[ir.Operation]) -> bool:
        """Whether a request was asked for by name: operation id, tag, path, or `METHOD path`."""
        words = {path, f"{method} {path}"}
        for operation in operations:
            words |= {operation.id, operation.path, f"{method} {operation.path}", *operation.tags}
        return any(fnmatchcase(word, wanted) for wanted in self._included for word in words)


def prefix_at(template: str, prefix: str, path: str) -> str | None:
    """The part of a concrete path that a prefix of its template stands for."""
    count = prefix.count("/") + 1
    if template.count("/") != path.count("/"):
        return None
    return "/".join(path.split("/")[:count])


def references(body: Json) -> Iterator[tuple[str, str]]:
    """Names and values of the properties that look like ids of other objects."""
    if isinstance(body, list):
        for item in body:
            yield from references(item)
    elif isinstance(body, dict):
        for name, value in body.items():
            if not name.endswith(REFERENCES):
                yield from references(value)
                continue
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str | int) and not isinstance(one, bool):
                    yield name, str(one)


def _items_below(collection: Collection) -> str | None:
    return collection.resource.items_below or item_template(collection)


def item_template(collection: Collection) -> str | None:
    """The path template of a collection's items, where there are paths of items."""
    if collection.resource.item_path:
        return collection.resource.item_path
    for operation in (collection.retriever, collection.deleter, collection.updater):
        if operation is not None:
            return operation.path
    return None


def _plurals(word: str) -> set[str]:
    """What a collection of such objects may be called."""
    found = {word, f"{word}s", f"{word}es"}
    for ending, plural in (("y", "ies"), ("f", "ves"), ("fe", "ves")):
        if word.endswith(ending):
            found.add(word.removesuffix(ending) + plural)
    return found


def _parsed(body: bytes | None) -> Json:
    """A body that is JSON, or a form."""
    if not body:
        return None
    try:
        value: Json = json.loads(body)
    except (ValueError, RecursionError):
        pairs = parse_qsl(body.decode("utf-8", "replace"))
        return {name.partition("[")[0]: text for name, text in pairs}
    return value
