"""Which module a model lives in.

What one resource uses is in that resource's module, what several use is in `shared`. A model that
no operation uses goes where all that it refers to is, or to `other`. Modules of resources import
`shared` alone and nothing imports `other`, so no circle can arise. Long modules are taken apart;
what is still too long stands in several files, which together are one module.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from trunkline.ir import Api
from trunkline.names.files import in_files
from trunkline.names.parts import taken_apart
from trunkline.names.scope import Scope
from trunkline.names.sizes import sizes
from trunkline.names.words import snake
from trunkline.semantics.schemas import references

SHARED: Final = "shared"
OTHER: Final = "other"


class Place(NamedTuple):
    """A module, and the file of it that a class stands in: "" where the module is one file."""

    module: str
    file: str


def assign(
    api: Api, roots: Iterable[tuple[str, Iterable[str]]], classes: Mapping[str, str]
) -> Mapping[str, Place]:
    """Where the class of each schema stands.

    `roots` pairs a resource with the schemas its operations name, `classes` a schema with the name
    of its class.
    """
    edges = {
        name: [target for target in references(schema) if target in api.schemas]
        for name, schema in api.schemas.items()
    }
    users: dict[str, set[str]] = {name: set() for name in api.schemas}
    order: list[str] = []
    entries: set[str] = set()
    for resource, starts in roots:
        if resource not in order:
            order.append(resource)
        stack = [name for name in starts if name in users]
        entries.update(stack)
        while stack:
            name = stack.pop()
            if resource in users[name]:
                continue
            users[name].add(resource)
            stack.extend(edges[name])
    # Importing a submodule binds its name in the package: it must not hide a builtin there.
    scope = Scope({SHARED, OTHER, *vars(builtins)})
    modules = {name: scope.take(snake(name, empty="resource"), name) for name in order}
    homes = {
        name: modules[next(iter(found))] if len(found) == 1 else SHARED
        for name, found in users.items()
        if found
    }
    placed = {name: homes.get(name) or _unused(name, edges, homes) for name in api.schemas}
    lines = sizes(api, classes)
    placed = taken_apart(lines, placed, edges, entries, classes, scope)
    files = in_files(lines, {name: placed[name] for name in classes}, classes)
    return {name: Place(placed[name], files.get(name, "")) for name in classes}


def _unused(start: str, edges: Mapping[str, list[str]], homes: Mapping[str, str]) -> str:
    """The module for a model that no operation uses."""
    stack, seen, found = [start], {start}, set[str]()
    while stack:
        for target in edges.get(stack.pop(), ()):
            if target in homes:
                found.add(homes[target])
            elif target not in seen:
                seen.add(target)
                stack.append(target)
    found.discard(SHARED)
    if not found:
        return SHARED
    return found.pop() if len(found) == 1 else OTHER
