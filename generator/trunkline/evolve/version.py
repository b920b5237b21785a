"""What a set of changes means for the package's version."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable

from trunkline.evolve.change import Change, Verdict


class Bump(enum.StrEnum):
    """The part of the version that must go up."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    NONE = "none"


def version_bump(changes: Iterable[Change], *, package: bool = False) -> Bump:
    """Major when anything breaks, on the wire or in Python; patch when only text changed.

    With `package` only what breaks programs that use the package is major.
    """
    found = list(changes)
    for change in found:
        if (change.python if package else change.verdict) is Verdict.BREAKING:
            return Bump.MAJOR
    if any(not change.rule.documentation for change in found):
        return Bump.MINOR
    return Bump.PATCH if found else Bump.NONE


_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)\Z")


def next_version(version: str, bump: Bump) -> str:
    """The version after `version` (three numbers with dots; else ValueError).

    Below 1.0.0 what breaks raises the second number and everything else the third (Semantic
    Versioning, item 4, as Python packages have it): 1.0.0 is for people to decide.
    """
    match = _VERSION.match(version)
    if match is None:
        raise ValueError(f"not three numbers with dots: {version!r}")
    major, minor, patch = (int(part) for part in match.groups())
    if major == 0 and bump is not Bump.NONE:
        return f"0.{minor + 1}.0" if bump is Bump.MAJOR else f"0.{minor}.{patch + 1}"
    if bump is Bump.MAJOR:
        return f"{major + 1}.0.0"
    if bump is Bump.MINOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}" if bump is Bump.PATCH else version


def enough(published: str, proposed: str, bump: Bump) -> bool:
    """Whether `proposed` goes as far beyond `published` as `bump` asks."""
    was, now = _parts(published), _parts(proposed)
    return now >= _parts(next_version(published, bump)) and now >= was


def _parts(version: str) -> tuple[int, ...]:
    match = _VERSION.match(version)
    if match is None:
        raise ValueError(f"not three numbers with dots: {version!r}")
    return tuple(int(part) for part in match.groups())
