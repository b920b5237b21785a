"""Modules of models in several files, where one would be too long.

The classes of a module may refer to each other as they like, so nothing but their names decides
which file one stands in: those that begin with the same words stand together. A file of its own is
for words that many lines begin with; the others share one. Whether they do is a question of those
classes alone: one that comes or goes moves no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from trunkline.names.scope import Scope
from trunkline.names.sizes import LONG
from trunkline.names.words import snake, words

SHARE: Final = 250
"""Lines, as estimated, that are worth a file of their own; fewer where too many are left over."""
_LEAST: Final = 50
REST: Final = "rest"
_RESERVED: Final = frozenset({"annotations", "date", "datetime", "join"})
"""Importing a file binds its name in the module: it must hide nothing that files import."""


def in_files(
    lines: Mapping[str, int], modules: Mapping[str, str], classes: Mapping[str, str]
) -> dict[str, str]:
    """Schema name → file, for the classes of modules that are longer than one file may be.

    `lines` says how long the class of each schema is, `modules` where it stands, `classes` its
    name.
    """
    members: dict[str, list[str]] = {}
    for name, module in modules.items():
        members.setdefault(module, []).append(name)
    found: dict[str, str] = {}
    for inside in members.values():
        if sum(lines[name] for name in inside) > LONG:
            found |= _Module({name: _lower(classes[name]) for name in inside}, lines).files()
    return found


def _lower(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in words(text))


class _Module:
    """One module that is too long: the words of its classes' names, and their lines."""

    def __init__(self, inside: Mapping[str, tuple[str, ...]], lines: Mapping[str, int]) -> None:
        self._words = inside
        self._lines = lines

    def files(self) -> dict[str, str]:
        """File of each class."""
        scope = Scope(_RESERVED)
        found: dict[str, str] = {}
        for path, names in self._alike(list(self._words), (), ()):
            file = scope.take(snake(" ".join(path), empty=REST), " ".join(path))
            found.update(dict.fromkeys(names, file))
        return found

    def _size(self, names: Iterable[str]) -> int:
        return sum(self._lines[name] for name in names)

    def _alike(
        self, names: list[str], start: tuple[str, ...], path: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], list[str]]]:
        """Classes that share a file, with the words it is called by; all of `names` begin with
        `start`. A word that most of them go on with tells little, and is left out of `path`."""
        total = self._size(names)
        if total <= LONG and path:
            yield path, names
            return
        depth = len(start)
        stems = _by(names, lambda name: " ".join(self._words[name][depth : depth + 1]))
        share, rest = 2 * SHARE, names
        while self._size(rest) > LONG and share > _LEAST:
            share //= 2
            rest = [
                n for stem, alike in stems if not self._has_own(stem, alike, share) for n in alike
            ]
        for stem, alike in stems:
            if self._has_own(stem, alike, share):
                further = path if self._size(alike) > total * 3 / 4 else (*path, stem)
                yield from self._alike(alike, (*start, stem), further)
        if rest:
            yield from self._unlike(rest, start, "")

    def _has_own(self, stem: str, alike: list[str], share: int) -> bool:
        return bool(stem) and len(alike) > 1 and self._size(alike) >= share

    def _unlike(
        self, names: list[str], start: tuple[str, ...], letters: str
    ) -> Iterator[tuple[tuple[str, ...], list[str]]]:
        """Classes that go on unlike after `start`: in one file, or in several by their next
        letters, of which `letters` are shared."""
        parts = _by(
            names,
            lambda name: "".join(self._words[name][len(start) :])[: len(letters) + 1],
        )
        if self._size(names) <= LONG or len(names) == 1 or [key for key, _ in parts] == [letters]:
            yield (*start, REST, letters), names
            return
        for further, alike in parts:
            yield from self._unlike(alike, start, further)


def _by(names: Iterable[str], key: Callable[[str], str]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(key(name), []).append(name)
    return list(found.items())
