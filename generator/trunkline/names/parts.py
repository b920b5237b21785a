"""Long modules of models, and what can be told apart in them.

Models that refer to each other in a circle have to share a module, and so have those that
operations name, or their place would depend on who else names them. What they are made of refers to
none of them: it stands in modules of its own below, gathered by the first words of the class that
alone is made of it. So imports lead downwards only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trunkline.names.scope import Scope
from trunkline.names.sizes import LONG
from trunkline.names.words import snake, words


def taken_apart(
    lines: Mapping[str, int],
    homes: Mapping[str, str],
    edges: Mapping[str, list[str]],
    entries: Iterable[str],
    classes: Mapping[str, str],
    scope: Scope,
) -> dict[str, str]:
    """Schema name → module, with what long modules are made of in further ones.

    `lines` says how long each schema's class is, `homes` where it stands now; `entries` are those
    that operations name, `classes` the names of those that become classes; `scope` hands out names
    of modules.
    """
    members: dict[str, list[str]] = {}
    for name, module in homes.items():
        members.setdefault(module, []).append(name)
    outside = set(entries)
    for name, targets in edges.items():
        outside.update(target for target in targets if homes.get(target) != homes.get(name))
    found = dict(homes)
    for module, inside in members.items():
        if sum(lines[name] for name in inside) > LONG:
            found |= _Module(lines, inside, edges, outside, classes).parts(module, scope)
    return found


class _Module:
    """One module that is too long."""

    def __init__(
        self,
        lines: Mapping[str, int],
        inside: list[str],
        edges: Mapping[str, list[str]],
        entries: set[str],
        classes: Mapping[str, str],
    ) -> None:
        own = set(inside)
        self._lines = lines
        self._classes = classes
        self._edges = {name: [t for t in edges[name] if t in own] for name in inside}
        self._upper = self._above(entries & own)

    def _above(self, entries: set[str]) -> set[str]:
        """What leads to an entry, entries included: they stay where they are."""
        users: dict[str, list[str]] = {name: [] for name in self._edges}
        for name, targets in self._edges.items():
            for target in targets:
                users[target].append(name)
        stack, found = list(entries), set(entries)
        while stack:
            for user in users[stack.pop()]:
                if user not in found:
                    found.add(user)
                    stack.append(user)
        return found

    def parts(self, module: str, scope: Scope) -> dict[str, str]:
        """Module of each schema that moves out of `module`."""
        below = {name: self._below(name) for name in self._edges if name in self._upper}
        groups = list(self._groups([name for name, parts in below.items() if parts], below, 1))
        users: dict[str, set[str]] = {}
        for group, owners in groups:
            for owner in owners:
                for part in below[owner]:
                    users.setdefault(part, set()).add(group)
        names = {
            group: scope.take(_named(module, snake(group)), f"{module} {group}")
            for group, _ in groups
        }
        common = scope.take(f"{module}_common_parts", module)
        return {
            part: names[next(iter(found))] if len(found) == 1 else common
            for part, found in users.items()
        }

    def _below(self, owner: str) -> set[str]:
        """What `owner` is made of, entries and what leads to them left out."""
        stack, found = [owner], set[str]()
        while stack:
            for target in self._edges[stack.pop()]:
                if target not in self._upper and target not in found:
                    found.add(target)
                    stack.append(target)
        return found

    def _groups(
        self, owners: list[str], below: Mapping[str, set[str]], depth: int
    ) -> Iterator[tuple[str, list[str]]]:
        """Owners whose names begin alike, with that beginning: with as few words as keep the parts
        of a group within the limit."""
        alike: dict[str, list[str]] = {}
        for owner in owners:
            beginning = words(self._classes.get(owner, owner))[:depth]
            alike.setdefault(" ".join(beginning), []).append(owner)
        for start, found in alike.items():
            parts = set[str]().union(*(below[owner] for owner in found))
            size = sum(self._lines[part] for part in parts)
            longest = max(len(words(self._classes.get(owner, owner))) for owner in found)
            if size > LONG and len(found) > 1 and depth < longest:
                yield from self._groups(found, below, depth + 1)
            else:
                yield start, found


def _named(module: str, group: str) -> str:
    """The module of what a group of classes in `module` is made of."""
    inside = group == module or group.startswith(f"{module}_")
    return f"{group}_parts" if inside else f"{module}_{group}_parts"
