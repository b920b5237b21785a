"""One namespace: hands out names, keeps them apart, and does so alike whatever else is in it."""

from __future__ import annotations

from collections.abc import Iterable

from trunkline.names.words import digest, safe


class Scope:
    """Names already taken. `reserved` ones get an underscore, clashes a digest of the original.

    The digest depends on the thing's own original name alone: other things that come or go later
    do not rename it.
    """

    def __init__(self, reserved: Iterable[str] = (), *, fold: bool = False) -> None:
        self._reserved = frozenset(reserved)
        self._fold = fold
        self._taken: dict[str, str] = {}

    def _key(self, name: str) -> str:
        return name.casefold() if self._fold else name

    def __contains__(self, name: str) -> bool:
        return self._key(name) in self._taken

    def take(self, wanted: str, original: str, *, alternatives: Iterable[str] = ()) -> str:
        """A free name: `wanted`, the first free alternative, or `wanted` with a digest."""
        for candidate in (wanted, *alternatives):
            name = self._safe(candidate)
            if self._key(name) not in self._taken:
                return self._keep(name, original)
        length = 4
        while self._key(name := self._safe(f"{wanted}_{digest(original, length)}")) in self._taken:
            # The same original twice: the caller's own repetition, numbered by a longer digest.
            length += 1
            original += "'"
        return self._keep(name, original)

    def take_all(self, wanted: Iterable[tuple[str, str]]) -> list[str]:
        """Names for pairs of (wanted, original); one that is spelt as wanted comes first."""
        pairs = list(wanted)
        names: dict[int, str] = {}
        order = sorted(range(len(pairs)), key=lambda i: (pairs[i][0] != pairs[i][1], i))
        for index in order:
            names[index] = self.take(*pairs[index])
        return [names[i] for i in range(len(pairs))]

    def _safe(self, name: str) -> str:
        name = safe(name)
        while name in self._reserved:
            name += "_"
        return name

    def _keep(self, name: str, original: str) -> str:
        self._taken[self._key(name)] = original
        return name
