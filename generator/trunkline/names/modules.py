"""Which module a model lives in: that of the one resource that uses it, else `shared`.

Whatever a shared model refers to is shared too, so modules of resources import `shared` and never
each other: no circle can arise.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from typing import Final

from trunkline.ir import Api
from trunkline.names.scope import Scope
from trunkline.names.walk import references
from trunkline.names.words import snake

SHARED: Final = "shared"


def assign(
    api: Api, roots: Iterable[tuple[str, Iterable[str]]], classes: Iterable[str]
) -> Mapping[str, str]:
    """Schema name → module. `roots` pairs a resource with the schemas its operations name."""
    edges = {name: list(references(schema)) for name, schema in api.schemas.items()}
    users: dict[str, set[str]] = {name: set() for name in api.schemas}
    order: list[str] = []
    for resource, starts in roots:
        if resource not in order:
            order.append(resource)
        stack = [name for name in starts if name in users]
        while stack:
            name = stack.pop()
            if resource in users[name]:
                continue
            users[name].add(resource)
            stack.extend(target for target in edges[name] if target in users)
    _complete(edges, users)
    # Importing a submodule binds its name in the package: it must not hide a builtin there.
    scope = Scope({"shared", *vars(builtins)})
    modules = {name: scope.take(snake(name, empty="resource"), name) for name in order}
    return {
        name: modules[next(iter(users[name]))] if len(users[name]) == 1 else SHARED
        for name in classes
    }


def _complete(edges: Mapping[str, list[str]], users: dict[str, set[str]]) -> None:
    """Models that no operation uses count as shared, with all they refer to."""
    stack = [name for name, found in users.items() if not found]
    unused = {"", " "}
    seen: set[str] = set()
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        users[name] |= unused
        stack.extend(target for target in edges[name] if target in users)
