"""One edit made in many places is told once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from trunkline.evolve.change import Change

LEAST: Final = 3
"""Changes of one kind from which on they are one entry: a pair is easier to read apart."""


def grouped(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, those that say the same of the same part of several schemas as one.

    Such a change has all their places and the positions of the first.
    """
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        tails = frozenset(place.path[-1:] for place in change.places)
        key = (change.rule.id, change.message, change.verdict, change.python, tails)
        groups.setdefault(key, []).append(change)
    found: list[Change] = []
    for group in groups.values():
        if len(group) < LEAST:
            found += group
        else:
            places = dict.fromkeys(place for change in group for place in change.places)
            found.append(replace(group[0], places=tuple(places)))
    return tuple(found)
