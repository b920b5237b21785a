"""Paths that say what is done: `/notes/create`, `/notes/{id}/update`, `/notes/get/{id}`,
`/notes.info?note=…`.

They are read as operations of one resource where at least two of them agree on it, or one with
paths that name nothing but objects. A word alone says too little: `/link/token/create` may be all
there is of tokens, and `/teams/{id}/remove` may remove somebody from a team.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from trunkline import ir
from trunkline.ir import Action
from trunkline.lower.bodyshape import BodyShapes, plain
from trunkline.lower.lists import Lists
from trunkline.lower.paths import Segment, Template
from trunkline.lower.words import singular, words
from trunkline.semantics.responses import sent_schema, success_schema
from trunkline.semantics.schemas import read_only

Name = tuple[str, ...]

_CREATES: Final = frozenset({"add", "create", "insert", "new"})
_LISTS: Final = frozenset({"all", "getall", "index", "list", "listall"})
_SHOWS: Final = frozenset(
    {"describe", "details", "fetch", "get", "info", "read", "retrieve", "show", "view"}
)
_CHANGES: Final = frozenset({"change", "edit", "modify", "patch", "update"})
_DELETES: Final = frozenset({"delete", "destroy", "erase", "remove"})
VERBS: Final = _CREATES | _LISTS | _SHOWS | _CHANGES | _DELETES
"""Words of paths that are done to objects of what stands before them, as plain names."""

_BEFORE: Final = frozenset({"create", "delete", "get", "list", "remove", "update"})
"""Those that may begin a word which ends with what they are done to: `createNote`."""
_MARKS: Final = frozenset({"read", "view"})
"""Words that a POST says of an object to mark it, and not to be shown it."""
_STATES: Final = frozenset({"all", "index"})
"""Words that are no verbs: of a POST they say what something is done to."""
_ASIDE: Final = frozenset(
    {"accesstoken", "apikey", "comment", "etag", "force", "reason", "token", "version"}
)
"""Properties of a request that do not tell which object is meant, or what of it."""
_IDS: Final = ("id", "uuid", "guid", "sid")
_ITEM: Final = frozenset({Action.RETRIEVE, Action.UPDATE, Action.REPLACE, Action.DELETE})
_CHANGING: Final = frozenset({Action.UPDATE, Action.REPLACE})
_TELLING: Final = frozenset({Action.CREATE, Action.LIST, Action.RETRIEVE})
_VERB_AT_END: Final = re.compile(r"[/.:][^/.:{}]+(\.(php|aspx?|jsp|do|json))?(?=$|/\{[^{}]*\}$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What an operation does, as its path says it."""

    resource: Name
    action: Action
    plain_path: str
    """The path without the word."""
    key: ir.ObjectKey | None = None
    """What names the object, where the path does not."""


@dataclass(frozen=True, slots=True)
class _Split:
    """A path without its verb, and whether it names one object. `added`: what the word with the
    verb says beside it."""

    base: tuple[Segment, ...]
    verb: str
    is_item: bool
    added: str = ""


class Verbs:
    """Reads such paths of one description."""

    def __init__(self, shapes: BodyShapes, lists: Lists) -> None:
        self._shapes = shapes
        self._lists = lists

    def readings(
        self,
        operations: Iterable[ir.Operation],
        paths: Mapping[str, Template],
        inferred: Mapping[str, tuple[Name, Action]],
    ) -> dict[str, Reading]:
        """By the id of each operation whose path says what is done to a resource; `inferred`: what
        paths say otherwise."""
        known = {operation.id: operation for operation in operations}
        found = {
            id_: reading
            for id_, operation in known.items()
            if (reading := self._reading(operation, paths[operation.path])) is not None
        }
        families: dict[Name, dict[Action, str]] = {}
        for id_, (name, action) in inferred.items():
            if id_ not in found and action is not Action.OTHER:
                families.setdefault(name, {}).setdefault(action, id_)
        named = _one_name(found, families)
        kept: dict[str, Reading] = {}
        for id_, reading in sorted(found.items(), key=lambda f: f[1].action is Action.CREATE):
            # Creations come last: what they show is compared with what the others do.
            reading = replace(reading, resource=named[reading.resource])
            family = families.setdefault(reading.resource, {})
            if not _is_done(reading.action, family) and self._agrees(known, family, known[id_]):
                family[reading.action] = id_
                kept[id_] = reading
        return {
            id_: reading
            for id_, reading in kept.items()
            if len(families[reading.resource]) > 1 and families[reading.resource].keys() & _TELLING
        }

    def _reading(self, operation: ir.Operation, template: Template) -> Reading | None:
        split = _split(template.segments) if "#" not in operation.path else None
        if split is None:
            return None
        verb, nouns = split.verb, Template(split.base).nouns
        if not nouns:
            return None
        without = _VERB_AT_END.sub(f"/{split.added}" if split.added else "", operation.path)
        if split.is_item:
            action = self._item_action(operation, verb, None)
            return None if action is None else Reading(nouns, action, without)
        action = self._collection_action(operation, verb, nouns[-1])
        if action is not None:
            return Reading(nouns, action, without)
        key = self._key(operation, nouns[-1])
        action = self._item_action(operation, verb, key.name) if key is not None else None
        return None if action is None else Reading(nouns, action, without, key)

    def _collection_action(self, operation: ir.Operation, verb: str, noun: str) -> Action | None:
        method = operation.method
        if verb in _CREATES and method in ("post", "put"):
            return Action.CREATE
        asks = method == "get" or (method == "post" and verb not in _MARKS | _STATES)
        if verb in _LISTS | _SHOWS and asks:
            schema = success_schema(operation)
            if schema is None:
                return None
            path = self._lists.items(operation, schema, noun)
            by_ids = self._shapes.map_path(schema, noun) if verb in _LISTS else None
            return Action.LIST if path is not None or by_ids is not None else None
        return None

    def _item_action(self, operation: ir.Operation, verb: str, key: str | None) -> Action | None:
        """What is done to one object; `key` is what the request calls it, where it does."""
        method = operation.method
        if verb in _SHOWS and success_schema(operation) is not None:
            asks = method == "get" or (method == "post" and verb not in _MARKS)
            return Action.RETRIEVE if asks and not self._sent(operation) - {key} else None
        if verb in _CHANGES and method in ("post", "put", "patch"):
            told = self._sent(operation) - {key}
            if not told:
                return None
            return Action.REPLACE if method == "put" and key is None else Action.UPDATE
        if verb in _DELETES and method in ("post", "put", "delete"):
            # What names more than the object says what is removed from it.
            return None if self._sent(operation) - {key} else Action.DELETE
        return None

    def _sent(self, operation: ir.Operation) -> set[str]:
        schema = sent_schema(operation)
        if schema is None:
            return set()
        return {
            name
            for name, member in self._shapes.members(schema).items()
            if not read_only(self._shapes.schemas, member) and plain(name) not in _ASIDE
        }

    def _key(self, operation: ir.Operation, noun: str) -> ir.ObjectKey | None:
        """What names one of `noun`s in a query or a body."""
        own = plain(singular(noun))
        wanted = [*_IDS, *(f"{own}{id_}" for id_ in _IDS), own]
        schema = success_schema(operation)
        path = self._shapes.object_path(schema, noun) if schema is not None else ()
        if path:
            # `channel` names one of `conversations`, where a response shows it as its `channel`.
            wanted += [plain(path[-1]), f"{plain(path[-1])}id"]
        given = list(self._named(operation))
        for name in wanted:
            for key in given:
                if plain(key.name) == name:
                    return key
        return None

    def _named(self, operation: ir.Operation) -> Iterator[ir.ObjectKey]:
        for parameter in operation.parameters:
            if parameter.location is ir.ParameterLocation.QUERY and self._is_plain(
                parameter.schema
            ):
                yield ir.ObjectKey(location=ir.ObjectKeyLocation.QUERY, name=parameter.name)
        schema = sent_schema(operation)
        for name, member in self._shapes.members(schema).items() if schema is not None else ():
            if self._is_plain(member):
                yield ir.ObjectKey(location=ir.ObjectKeyLocation.BODY, name=name)

    def _is_plain(self, schema: ir.Schema) -> bool:
        types = self._shapes.types(schema) - {"null"}
        return bool(types) and types <= {"string", "integer"}

    def _agrees(
        self,
        known: Mapping[str, ir.Operation],
        family: Mapping[Action, str],
        operation: ir.Operation,
    ) -> bool:
        """Whether what is added or inserted is an object of the resource: its response shows one,
        as the others do. What is created is."""
        last = re.split(r"[/.:#]", operation.path.rstrip("/"))[-1]
        if plain(last) not in _CREATES - {"create"}:
            return True
        mine = self._shown(operation, Action.CREATE)
        for action in (Action.LIST, Action.RETRIEVE):
            if action in family and mine is not None:
                theirs = self._shown(known[family[action]], action)
                if theirs is None:
                    continue
                if self._shapes.resolve(mine) is self._shapes.resolve(theirs):
                    return True
                names = self._shapes.members(mine).keys() & self._shapes.members(theirs).keys()
                return 2 * len(names) > len(self._shapes.members(theirs))
        return False

    def _shown(self, operation: ir.Operation, action: Action) -> ir.Schema | None:
        schema = success_schema(operation)
        if schema is None:
            return None
        noun = _noun(operation.path)
        if action is not Action.LIST:
            return self._shapes.at(schema, self._shapes.object_path(schema, noun))
        path = self._lists.items(operation, schema, noun)
        listed = self._shapes.at(schema, path) if path is not None else None
        return self._shapes.element(listed) if listed is not None else None


def _is_done(action: Action, family: Mapping[Action, str]) -> bool:
    """Whether another operation does that to objects already: what `/update` says beside a PUT is
    done to something inside of them."""
    return action in family or (action in _CHANGING and not _CHANGING.isdisjoint(family))


def _noun(path: str) -> str:
    found = [w for w in re.split(r"[/.:#]", path) if w and "{" not in w and plain(w) not in VERBS]
    return found[-1] if found else ""


def _split(segments: tuple[Segment, ...]) -> _Split | None:
    """A path taken apart at its verb; None where it has none."""
    at = len(segments) - 2 if segments and segments[-1].parameter else len(segments) - 1
    if at < 0 or segments[at].parameter:
        return None
    verb, noun = _spoken(segments[at].text)
    base = segments[:at]
    known = next((s.text for s in reversed(base) if not s.parameter), "")
    added = noun if noun and singular(plain(noun)) != singular(plain(known)) else ""
    if added:
        base = (*base, Segment(added, parameter=False))
    if not verb or not base:
        return None
    if at == len(segments) - 1:
        return _Split(base, verb, base[-1].parameter, added)
    # `/notes/get/{id}`: what stands before is the collection, and not one of its objects.
    return None if base[-1].parameter else _Split(base, verb, True, added)


def _spoken(text: str) -> tuple[str, str]:
    """The verb that a word of a path is or begins with, as a plain name, and what it is done to
    where that is said as well: `getById`, `listNotes`, `create_note`."""
    bare = text.partition(".")[0]  # `create.php`
    whole = plain(bare).removesuffix("byid")
    if whole in VERBS:
        return whole, ""
    parts = list(words(bare))
    if [part.lower() for part in parts[-2:]] == ["by", "id"]:
        del parts[-2:]
    if len(parts) < 2 or parts[0].lower() not in _BEFORE:
        return "", ""
    return parts[0].lower(), "".join([parts[1].lower(), *parts[2:]])


def _one_name(
    found: Mapping[str, Reading], families: Mapping[Name, Mapping[Action, str]]
) -> dict[Name, Name]:
    """What each resource is called: `/note/create` and `/notes/list` are about one, unless both
    say the same of it."""
    spelled: dict[Name, dict[Name, set[Action]]] = {}
    for reading in found.values():
        one = (*reading.resource[:-1], singular(reading.resource[-1]))
        spelled.setdefault(one, {}).setdefault(reading.resource, set()).add(reading.action)
    for name, actions in families.items():
        one = (*name[:-1], singular(name[-1])) if name else name
        if one in spelled:
            spelled[one].setdefault(name, set()).update(actions)
    named: dict[Name, Name] = {}
    for names in spelled.values():
        said = [action for actions in names.values() for action in actions]
        at_odds = len(said) != len(set(said))
        listed = next((n for n, actions in names.items() if Action.LIST in actions), None)
        whole = listed or next((n for n in names if singular(n[-1]) != n[-1]), next(iter(names)))
        named.update({name: name if at_odds else whole for name in names})
    return named
