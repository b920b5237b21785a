"""Properties in which an object tells its own address: `self`, `_links.self.href`, `url`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from trunkline import ir
from trunkline.ir import Action
from trunkline.semantics.jsonvalue import Path, get
from trunkline.semantics.parameters import EXPRESSION
from trunkline.semantics.progress import sent_names
from trunkline.semantics.schemas import Member, members, read_only, resolve, types
from trunkline.semantics.spelling import plain_name

_SURE: Final = frozenset({"self", "selflink", "selfurl", "selfuri", "selfhref", "resourceuri"})
_LIKELY: Final = frozenset({"href", "uri", "url"})
"""Names of addresses that may be another's: a picture's, a page's."""
_AROUND: Final = frozenset({"links"})
_OWN: Final = re.compile(
    r"\b(this|its own|itself|canonical)\b(?! link| url| can)|\bapi (endpoint|url)\b.*\bretrieve\b"
    r"|\bof the resource\b",
    re.IGNORECASE,
)
_ABSOLUTE: Final = frozenset({"uri", "url", "iri"})


@dataclass(frozen=True, slots=True)
class OwnAddress:
    """Where an object tells its address, and whether with the server's."""

    path: Path
    absolute: bool


def own_addresses(api: ir.Api, resource: ir.Resource, item: ir.Schema) -> tuple[OwnAddress, ...]:
    """Where the objects of a resource, which look like `item`, tell their own address. None where
    they have none that can be read, or a request can set what is called so."""
    reader = resource.operations.get(Action.RETRIEVE)
    if resource.item_path is None or reader is None:
        return ()
    if api.operation(reader).path != resource.item_path:
        return ()
    item_path = re.compile(_pattern(resource.item_path))
    sent = sent_names(api, resource)
    found: list[OwnAddress] = []
    for path, member, sure in _candidates(api.schemas, item):
        free = read_only(api.schemas, member.schema) or not {plain_name(path[0])} & sent
        if not free or "string" not in types(api.schemas, member.schema):
            continue
        shape = resolve(api.schemas, member.schema).shape
        if not isinstance(shape, ir.String):
            continue
        shows = (*_examples(api.schemas, member.schema), *_shown_at(api, resource, path))
        examples = tuple(e for e in shows if isinstance(e, str))
        shown = next((e for e in examples if item_path.search(e)), None)
        if shown is None and not (sure or (not examples and _is_own(api.schemas, member))):
            continue
        whole = shape.format in _ABSOLUTE if shown is None else "://" in shown
        found.append(OwnAddress(path, whole))
    return tuple(found)


def _shown_at(api: ir.Api, resource: ir.Resource, path: Path) -> Iterator[ir.Json]:
    """What examples of whole responses show there."""
    for action in (Action.RETRIEVE, Action.CREATE):
        operation = (
            api.operation(resource.operations[action]) if action in resource.operations else None
        )
        for response in operation.responses if operation is not None else ():
            for content in response.contents if response.is_success else ():
                for example in content.examples.values():
                    yield get(example, (*(operation.payload if operation else ()), *path))


def _candidates(
    schemas: Mapping[str, ir.Schema], item: ir.Schema
) -> Iterator[tuple[Path, Member, bool]]:
    """Properties that may tell it, each with whether its name says so: the object's own, those of
    its links, and where links are objects what is inside."""
    for name, member in members(schemas, item).items():
        plain = plain_name(name)
        if plain in _SURE | _LIKELY:
            yield from _inside(schemas, (name,), member, sure=plain in _SURE)
        if plain in _AROUND:
            for inner, link in members(schemas, member.schema).items():
                if plain_name(inner) in _SURE:
                    yield from _inside(schemas, (name, inner), link, sure=True)


def _inside(
    schemas: Mapping[str, ir.Schema], path: Path, member: Member, *, sure: bool
) -> Iterator[tuple[Path, Member, bool]]:
    if types(schemas, member.schema) - {"null"} != {"object"}:
        yield path, member, sure
        return
    known = members(schemas, member.schema)
    for name in ("href", "url"):
        if name in known:
            yield (*path, name), known[name], sure
            return


def _is_own(schemas: Mapping[str, ir.Schema], member: Member) -> bool:
    """Whether what is said of an address does not say that it is another's."""
    said = member.schema.meta.description or resolve(schemas, member.schema).meta.description
    return said is None or _OWN.search(said) is not None


def _examples(schemas: Mapping[str, ir.Schema], schema: ir.Schema) -> tuple[ir.Json, ...]:
    return (*schema.meta.examples, *resolve(schemas, schema).meta.examples)


def _pattern(path: str) -> str:
    """What an address ends with that is one of these paths."""
    parts = re.split(EXPRESSION.pattern, path)
    return "[^/?#]+".join(map(re.escape, parts[::2])) + r"/?(\.\w+)?\Z"
