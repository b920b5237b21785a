"""What of an API the checks are about: collections with their operations, and single operations."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.model import shapes
from trunkline.contract.model.shapes import Leaf, Path
from trunkline.ir import Action

_VARIABLE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
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

    @property
    def name(self) -> str:
        """As shown to people: `connections.credential`."""
        return ".".join(self.resource.name)

    @property
    def id_path(self) -> Path:
        """Where an object holds its id."""
        return self.resource.id_member or ("id",)

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

    def item_leaves(self) -> dict[Path, Leaf]:
        """What a response shows of one object."""
        return {leaf.path: leaf for leaf in shapes.leaves(self.api, self.item)} if self.item else {}

    def input_leaves(self, schema: ir.Schema | None) -> list[Leaf]:
        """The members of a request that the caller may set."""
        if schema is None:
            return []
        found = []
        for leaf in shapes.leaves(self.api, schema):
            chain = (*leaf.parents, leaf.schema)
            if not any(shapes.facets(self.api, s).read_only for s in chain):
                found.append(leaf)
        return found

    def visible(self, leaf: Leaf) -> bool:
        """Whether a response shows what was written to this member."""
        shown = self.item_leaves().get(leaf.path)
        return (
            shown is not None
            and not shapes.facets(self.api, leaf.schema).write_only
            and not shapes.facets(self.api, shown.schema).write_only
        )


def creatable(collection: Collection) -> bool:
    """Whether objects can be made, by a request with a JSON body."""
    return collection.creator is not None and collection.created is not None


def identified(collection: Collection) -> bool:
    """Whether objects can be made, and the response may hold their id by what is documented."""
    creator = collection.creator
    if creator is None or not creatable(collection):
        return False
    contents = [c for r in success(creator) for c in r.contents]
    shown = payload_schema(collection.api, creator)
    if shown is None:
        return any(shapes.is_json_media(c.media_type) for c in contents)
    if shapes.descend(collection.api, shown, collection.id_path) is not None:
        return True
    shape = shapes.resolve(collection.api, shown).shape
    return isinstance(shape, ir.Anything) or (isinstance(shape, ir.Object) and not shape.properties)


def addressed(collection: Collection) -> bool:
    """Whether retrieving takes the id of one object: a GET may be of the only one, or of a list."""
    retriever, name = collection.retriever, collection.resource.id_parameter
    if retriever is None or name is None or name not in variables(retriever.path):
        return False
    shown = payload_schema(collection.api, retriever)
    return shown is None or shapes.items(collection.api, shown) is None


def readable(collection: Collection) -> bool:
    """Whether objects can be made and read back."""
    return creatable(collection) and collection.retriever is not None


def updatable(collection: Collection) -> bool:
    """Whether objects can be made, updated with a JSON body, and read back."""
    return readable(collection) and collection.updated is not None


def deletable(collection: Collection) -> bool:
    """Whether objects can be made and deleted."""
    return creatable(collection) and collection.deleter is not None


def body_schema(operation: ir.Operation | None) -> ir.Schema | None:
    """The schema of an operation's JSON request body."""
    if operation is None or operation.body is None:
        return None
    content = shapes.json_content(operation.body.contents)
    return content.schema if content else None


def success(operation: ir.Operation) -> tuple[ir.Response, ...]:
    """The documented answers with a status in the 200s (`default` where there is none)."""
    found = tuple(r for r in operation.responses if r.is_success)
    return found or tuple(r for r in operation.responses if r.status == "default")


def payload_schema(api: ir.Api, operation: ir.Operation | None) -> ir.Schema | None:
    """The schema of what a success is about, its envelope taken off."""
    if operation is None:
        return None
    for response in success(operation):
        content = shapes.json_content(response.contents)
        if content is not None and content.schema is not None:
            return shapes.descend(api, content.schema, operation.payload)
    return None


def variables(path: str) -> list[str]:
    """The names of a path's parameters, in order."""
    return _VARIABLE.findall(path)


def fill(path: str, values: dict[str, str]) -> str:
    """`path` with its parameters replaced, each percent-encoded as one segment."""
    from urllib.parse import quote

    return _VARIABLE.sub(lambda m: quote(values.get(m.group(1), ""), safe=""), path)


def collections(api: ir.Api) -> tuple[Collection, ...]:
    """Every resource that has at least one of the standard actions, parents before children."""
    found: dict[tuple[str, ...], Collection] = {}
    ordered = sorted(api.resources, key=lambda r: len(variables(r.collection_path or "")))
    for resource in ordered:
        if not resource.operations:
            continue
        found[resource.name] = _collection(api, resource, list(found.values()))
    return tuple(found[r.name] for r in api.resources if r.name in found)


def _collection(api: ir.Api, resource: ir.Resource, above: Sequence[Collection]) -> Collection:
    def operation(action: Action) -> ir.Operation | None:
        name = resource.operations.get(action)
        return api.operation(name) if name else None

    lister, creator = operation(Action.LIST), operation(Action.CREATE)
    retriever, updater = operation(Action.RETRIEVE), operation(Action.UPDATE)
    replacer = operation(Action.REPLACE)
    item = (
        payload_schema(api, retriever)
        or payload_schema(api, creator)
        or (api.schemas.get(resource.schema) if resource.schema else None)
    )
    if item is None and (listed := payload_schema(api, lister)) is not None:
        item = shapes.items(api, listed)
    path = resource.collection_path or resource.item_path or ""
    parent = next(
        (
            c
            for c in reversed(above)
            if c.resource.item_path and path.startswith(c.resource.item_path + "/")
        ),
        None,
    )
    return Collection(
        api=api,
        resource=resource,
        lister=lister,
        creator=creator,
        retriever=retriever,
        updater=updater,
        replacer=replacer,
        deleter=operation(Action.DELETE),
        created=body_schema(creator),
        updated=body_schema(updater),
        item=item,
        parent=parent,
    )


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
