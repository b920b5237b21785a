"""What of an API the checks are about: collections with their operations, and single operations."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from trunkline import ir
from trunkline.contract.model.exchange import Exchange
from trunkline.ir import Action, Json
from trunkline.semantics import jsonvalue, media, responses, schemas
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.progress import Progress, progress
from trunkline.semantics.schemas import KnownMembers, Leaf

_VARIABLE = re.compile(r"\{([^{}]+)\}")


@dataclass(slots=True)
class ObservedId:
    """What fills the path of an item, as the server has shown it.

    Descriptions seldom say it: an address may take the name that the caller has chosen, though
    objects show an id as well; and a request may make more than one object, and show another's id.
    """

    path: Path | None = None
    """Where objects hold it; None: where the description says."""
    listed: bool = False
    """Whether it has to be looked up in the list: the response to create shows another one."""
    settled: bool = False
    """Whether the server has been asked."""


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A resource whose operations can be called with JSON, with the schemas they exchange."""

    api: ir.Api
    resource: ir.Resource
    lister: ir.Operation | None
    creator: ir.Operation | None
    retriever: ir.Operation | None
    updater: ir.Operation | None
    replacer: ir.Operation | None
    deleter: ir.Operation | None
    created: ir.Schema | None
    """Body of a create request."""
    updated: ir.Schema | None
    """Body of an update request."""
    item: ir.Schema | None
    """One object, as answers show it."""
    parent: Collection | None = None
    """The collection that this one stands below, whatever the parameters of paths are called."""
    wrapper: Path = ()
    """Where request bodies hold the object, as responses do (`("data",)`): views of objects are
    then wrapped alike, so that one path leads to a property in requests and in responses."""
    moving: set[Path] = field(default_factory=set[Path], compare=False, repr=False)
    """Members that change by themselves: the state of a job, and what was seen to. Nothing is
    said about them."""
    progress: Progress | None = None
    """How objects tell how far they are, where they are jobs that end by themselves."""
    observed: ObservedId = field(default_factory=ObservedId, compare=False)
    _leaves: dict[str, dict[Path, Leaf]] = field(
        default_factory=dict[str, dict[Path, Leaf]], compare=False, repr=False
    )
    """By operation: listing the properties of large objects takes long."""
    known: KnownMembers = field(default_factory=dict, compare=False, repr=False)
    """The same for all collections of an API, whose objects may contain each other."""

    @property
    def name(self) -> str:
        """As shown to people: `connections.credential`."""
        return ".".join(self.resource.name)

    @property
    def id_path(self) -> Path:
        """Where an object holds its id."""
        if self.observed.path is not None:
            return (*self.wrapper, *self.observed.path)
        return self.described_id_path

    @property
    def described_id_path(self) -> Path:
        """Where the description says that an object holds its id."""
        return (*self.wrapper, *(self.resource.id_member or ("id",)))

    def wrap(self, value: Json) -> Json:
        """One object as requests write it."""
        for name in reversed(self.wrapper):
            value = {name: value}
        return value

    def shown(self, exchange: Exchange, operation: ir.Operation) -> Json:
        """The object that a response is about, alone or as a list of one; null where it shows
        several, or none."""
        found = exchange.at(operation.payload)
        if isinstance(found, list) and (operation.payload or operation.action is Action.CREATE):
            found = found[0] if len(found) == 1 else None
        return self.wrap(found)

    @property
    def keeps(self) -> bool:
        """Whether something can be done with an object afterwards."""
        return any((self.lister, self.retriever, self.deleter, self.updater, self.replacer))

    def operations(self) -> tuple[ir.Operation, ...]:
        """Those it has."""
        found = (
            self.lister,
            self.creator,
            self.retriever,
            self.updater,
            self.replacer,
            self.deleter,
        )
        return tuple(o for o in found if o is not None)

    @property
    def shows_ids(self) -> bool:
        """Whether objects in lists can be told apart: not where they are described without an id,
        which then is only part of their address."""
        leaves = self.item_leaves()
        return not leaves or self.id_path in leaves

    def note_moving(self, one: Mapping[str, Json], other: Mapping[str, Json]) -> None:
        """Learn from two reads in a row which numbers move by themselves."""
        for path in self.counted:
            left, right = jsonvalue.get(dict(one), path), jsonvalue.get(dict(other), path)
            if left != right:
                self.moving.add(path)

    @cached_property
    def counted(self) -> tuple[Path, ...]:
        """The numbers that the server alone sets, the id aside: ages, counters, what is left."""
        inputs = {
            leaf.path
            for schema in (self.created, self.updated)
            for leaf in self.input_leaves(schema)
        }
        return tuple(
            path
            for path, leaf in self.item_leaves().items()
            if path not in inputs
            and path != self.id_path
            and schemas.types(self.api.schemas, leaf.schema) & {"integer", "number"}
        )

    def under(self, above: Mapping[str, str]) -> dict[str, str]:
        """The address of an object of the parent collection, as this collection's paths name it."""
        if self.parent is None:
            return dict(above)
        theirs = variables(self.parent.resource.item_path or "")
        ours = variables(self.resource.collection_path or self.resource.item_path or "")
        return {to: above[name] for name, to in zip(theirs, ours, strict=False) if name in above}

    def named_in(self, template: str, address: Mapping[str, str]) -> dict[str, str]:
        """The address of an item, as another path that begins like the item's names it."""
        theirs = variables(self.resource.item_path or template)
        return {
            to: address[name]
            for name, to in zip(theirs, variables(template), strict=False)
            if name in address
        }

    def item_leaves(self) -> dict[Path, Leaf]:
        """What a response shows of one object."""
        return self._leaves_of("", self.item)

    def leaves_shown_by(self, operation: ir.Operation) -> dict[Path, Leaf]:
        """What a response of this very operation shows of an object: often only its id."""
        if operation is self.retriever:
            return self.item_leaves()
        return self._leaves_of(operation.id, self.response_of(operation))

    def _leaves_of(self, key: str, schema: ir.Schema | None) -> dict[Path, Leaf]:
        known = self._leaves.get(key)
        if known is None:
            found = (
                schemas.leaves(self.api.schemas, schema, known=self.known)
                if schema is not None
                else ()
            )
            if self.wrapper:
                found = [replace(leaf, path=(*self.wrapper, *leaf.path)) for leaf in found]
            known = {leaf.path: leaf for leaf in found}
            self._leaves[key] = known
        return known

    def input_leaves(self, schema: ir.Schema | None) -> list[Leaf]:
        """The members of a request that the caller may set."""
        if schema is None:
            return []
        found = []
        form = self.is_form(schema)  # only texts are certain to arrive as they were meant
        for leaf in schemas.leaves(self.api.schemas, schema, known=self.known):
            chain = (*leaf.parents, leaf.schema)
            if form and (len(leaf.path) > 1 or self._is_nested(leaf)):
                continue
            if not any(schemas.read_only(self.api.schemas, s) for s in chain):
                found.append(leaf)
        return found

    def replaced_leaves(self, schema: ir.Schema | None) -> list[Leaf]:
        """The members of a replacement that are the caller's to decide: not the id, and nothing
        that creating leaves to the server though the replacement repeats it (`createdOn`)."""
        created = {leaf.path for leaf in self.input_leaves(self.created)}
        return [
            leaf
            for leaf in self.input_leaves(schema)
            if leaf.path != self.id_path and (not created or leaf.path in created)
        ]

    def _is_nested(self, leaf: Leaf) -> bool:
        known = self.api.schemas
        item = schemas.items(known, leaf.schema)
        kinds = schemas.types(known, leaf.schema) | (schemas.types(known, item) if item else set())
        return "object" in kinds

    def is_form(self, schema: ir.Schema | None) -> bool:
        """Whether a body of this schema, of a create or update request, is sent as a form."""
        by = {id(self.created): self.creator, id(self.updated): self.updater}.get(id(schema))
        contents = by.body.contents if by is not None and by.body is not None else ()
        return schema is not None and media.form_content(contents) is not None

    def visible(self, leaf: Leaf, by: ir.Operation | None = None) -> bool:
        """Whether every response shows what was written to this member: `by` an operation, or where
        one object is read. What only some alternatives have is not in every one."""
        shown = self.counterpart(leaf, by)
        return leaf.always and shown is not None and shown.always

    def counterpart(self, leaf: Leaf, by: ir.Operation | None = None) -> Leaf | None:
        """The member of a response that shows what was written; None where there is none."""
        found = (self.leaves_shown_by(by) if by is not None else self.item_leaves()).get(leaf.path)
        if found is None or schemas.write_only(self.api.schemas, leaf.schema):
            return None
        return None if schemas.write_only(self.api.schemas, found.schema) else found

    def keyed(self, path: Path) -> Iterator[ir.Schema]:
        """The schemas of path parameters of an item that are called like the member at `path`."""
        if len(path) != len(self.wrapper) + 1:
            return
        for operation in (self.retriever, self.updater, self.replacer, self.deleter):
            for parameter in operation.parameters if operation is not None else ():
                in_path = parameter.location is ir.ParameterLocation.PATH
                if in_path and plain_name(parameter.name) == plain_name(path[-1]):
                    yield parameter.schema

    def response_of(self, by: ir.Operation | None) -> ir.Schema | None:
        """The schema of the object that a response of `by` shows, or reading it."""
        if by is None or by is self.retriever:
            return self.item
        if by is self.lister:
            return None  # it tells which objects there are, and each is looked for there
        return responses.object_schema(self.api.schemas, by)


def plain_name(name: str) -> str:
    """A name whatever its style: `template_key`, `templateKey` and `Template-Key` alike."""
    return name.replace("_", "").replace("-", "").lower()


def nameless(path: str) -> str:
    """A path template whatever its parameters are called."""
    return _VARIABLE.sub("{}", path)


def variables(path: str) -> list[str]:
    """The names of a path's parameters, in order."""
    return _VARIABLE.findall(path)


def takes_json_patch(operation: ir.Operation) -> bool:
    """Whether a body can be a list of changes (RFC 6902)."""
    return media.JSON_PATCH in _kinds(operation)


def only_json_patch(operation: ir.Operation) -> bool:
    """Whether a body is a list of changes (RFC 6902), and nothing else."""
    return _kinds(operation) == {media.JSON_PATCH}


def _kinds(operation: ir.Operation) -> set[str]:
    contents = operation.body.contents if operation.body is not None else ()
    return {media.essence(content.media_type) for content in contents}


def pattern_of(path: str) -> re.Pattern[str]:
    """What a concrete, percent-encoded path matches; one group for each parameter."""
    parts = re.split(r"\{[^{}]+\}", path)
    return re.compile("([^/]*)".join(map(re.escape, parts)))


def fill(path: str, values: dict[str, str]) -> str:
    """`path` with its parameters replaced, each percent-encoded as one segment."""
    from urllib.parse import quote

    return _VARIABLE.sub(lambda m: quote(values.get(m.group(1), ""), safe=""), path)


def collections(api: ir.Api) -> tuple[Collection, ...]:
    """Every resource that has at least one of the standard actions, parents before children."""
    found: dict[tuple[str, ...], Collection] = {}
    known: KnownMembers = {}
    ordered = sorted(api.resources, key=lambda r: len(variables(r.collection_path or "")))
    for resource in ordered:
        if not resource.operations:
            continue
        found[resource.name] = _collection(api, resource, list(found.values()), known)
    return tuple(found[r.name] for r in api.resources if r.name in found)


def _collection(
    api: ir.Api, resource: ir.Resource, above: Sequence[Collection], known: KnownMembers
) -> Collection:
    def operation(action: Action) -> ir.Operation | None:
        name = resource.operations.get(action)
        found = api.operation(name) if name else None
        return found if found is not None and _is_addressed(resource, found) else None

    def shown(by: ir.Operation | None) -> ir.Schema | None:
        if by is None or responses.shows_id_alone(api.schemas, by):
            return None
        return responses.object_schema(api.schemas, by)

    def taken(by: ir.Operation | None) -> ir.Schema | None:
        if by is None or only_json_patch(by):
            return None
        form = media.form_content(by.body.contents) if by.body is not None else None
        return form.schema if form is not None else responses.request_schema(by)

    lister, creator = operation(Action.LIST), operation(Action.CREATE)
    retriever, updater = operation(Action.RETRIEVE), operation(Action.UPDATE)
    replacer = operation(Action.REPLACE)
    item = (
        shown(retriever)
        or shown(creator)
        or (api.schemas.get(resource.schema) if resource.schema else None)
    )
    if item is None and (listed := shown(lister)) is not None:
        item = schemas.items(api.schemas, listed)
    path = resource.collection_path or resource.item_path or ""
    parent = next(
        (
            c
            for c in reversed(above)
            if (above_it := c.resource.items_below)
            and nameless(path).startswith(f"{nameless(above_it)}/")
        ),
        None,
    )
    created, updated = taken(creator), taken(updater)
    wrapper = _wrapper(api, creator, created, item)
    told = progress(api, resource, item) if item is not None else None
    if told is not None:
        beside = tuple(((*wrapper, *path), begun, done) for path, begun, done in told.beside)
        told = replace(told, path=(*wrapper, *told.path), beside=beside)
    return Collection(
        api=api,
        resource=resource,
        lister=lister,
        creator=creator,
        retriever=retriever,
        updater=updater,
        replacer=replacer,
        deleter=operation(Action.DELETE),
        created=created,
        updated=updated,
        item=item,
        parent=parent,
        wrapper=wrapper,
        moving=set() if told is None else {told.path, *(path for path, _, _ in told.beside)},
        progress=told,
        known=known,
    )


def _is_addressed(resource: ir.Resource, operation: ir.Operation) -> bool:
    """Whether checks can call an operation of a resource: its path names the object as the item's
    does (a run is kept to its own objects by nothing else)."""
    if operation.mapped:
        return False  # what checks say of lists, they say of lists in order
    if operation.plain_path is None:
        return True
    known = {*variables(resource.item_path or ""), *variables(resource.collection_path or "")}
    return operation.key is None and known.issuperset(variables(operation.path))


def _wrapper(
    api: ir.Api, creator: ir.Operation | None, created: ir.Schema | None, item: ir.Schema | None
) -> Path:
    """Where create requests hold the object, when that is where responses hold it."""
    payload = creator.payload if creator is not None else ()
    if not payload or created is None or item is None:
        return ()
    around = schemas.members(api.schemas, created)
    inside = schemas.descend(api.schemas, created, payload)
    shown = schemas.members(api.schemas, item)
    if inside is None or payload[0] in shown or len(around) > 1:
        return ()
    return payload if schemas.members(api.schemas, inside) else ()


def like(identity: str, rng: random.Random) -> str:
    """Another id of the same form: every digit (hexadecimal where the id is) drawn again."""
    hexadecimal = all(c in "0123456789abcdefABCDEF-" for c in identity) and not identity.isdigit()
    made: list[str] = []
    for index, character in enumerate(identity):
        if character.isdigit():
            made.append(rng.choice("123456789" if index == 0 else "0123456789"))
        elif hexadecimal and character in "abcdef":
            made.append(rng.choice("abcdef"))
        else:
            made.append(character)
    changed = "".join(made)
    return changed if changed != identity else changed[:-1] + ("1" if changed[-1] != "1" else "2")


def is_conditional(operation: ir.Operation) -> bool:
    """Whether a change can be made to depend on the state that was read."""
    return operation.method in {"put", "patch", "delete"} and any(
        p.location is ir.ParameterLocation.HEADER and p.name.lower() == "if-match"
        for p in operation.parameters
    )
