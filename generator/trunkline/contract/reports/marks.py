"""What of an answer a finding is about, and what was sent for it: side by side, and marked."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass

from trunkline.contract.model import EvidenceStep, Finding
from trunkline.ir import ABSENT, Absent, Json
from trunkline.semantics.jsonvalue import parsed

_PLACE = "\N{REPLACEMENT CHARACTER}trunkline"
_DEEPEST = 3
"""Envelopes around an object that are looked into."""
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The property that a finding is about: as JSON in the last request that has it, and as JSON
    in the last response; empty where it is not there."""

    name: str
    sent: str
    shown: str


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text, and the part of it that is marked."""

    before: str
    marked: str
    after: str


def mark_of(finding: Finding) -> Mark | None:
    """What was sent and shown of a finding's subject; None where neither has it, or both alike."""
    words = _words(finding)
    if not words or not finding.steps:
        return None
    shown = _at(parsed(finding.steps[-1].answer), words)
    bodies = (parsed(step.body or "") for step in reversed(finding.steps))
    sent = next((v for body in bodies if not isinstance(v := _at(body, words), Absent)), ABSENT)
    if isinstance(shown, Absent) and isinstance(sent, Absent):
        return None
    values = (sent, shown)
    texts = ("" if isinstance(v, Absent) else json.dumps(v, ensure_ascii=False) for v in values)
    mark = Mark(".".join(map(str, words)), *texts)
    return None if mark.sent == mark.shown else mark


def marked(step: EvidenceStep, finding: Finding) -> MarkedText:
    """The answer of a step for people, one property a line, with the finding's subject marked."""
    value = parsed(step.answer)
    try:
        return _marked(value, step, finding)
    except RecursionError:
        return MarkedText(step.answer, "", "")


def _marked(value: Json, step: EvidenceStep, finding: Finding) -> MarkedText:
    if value is None:
        return MarkedText(step.answer, "", "")
    text = json.dumps(value, indent=2, ensure_ascii=False)
    path = _find(value, _words(finding))
    if path is None or step is not finding.steps[-1]:
        return MarkedText(text, "", "")
    lines = text.split("\n")
    with_place = copy.deepcopy(value)
    _put(with_place, path, _PLACE)
    placed = json.dumps(with_place, indent=2, ensure_ascii=False).split("\n")
    start = next(index for index, line in enumerate(placed) if _PLACE in line)
    end = start + 1 + len(lines) - len(placed)
    return MarkedText(
        "".join(f"{line}\n" for line in lines[:start]),
        "\n".join(lines[start:end]),
        "".join(f"\n{line}" for line in lines[end:]),
    )


def _words(finding: Finding) -> tuple[str, ...]:
    """A finding's subject as a path: `200 data.name` and `data.name` are one."""
    first, space, rest = finding.subject.partition(" ")
    subject = rest if space and first.isdecimal() else finding.subject
    return tuple(subject.split(".")) if subject and " " not in subject else ()


def _at(value: Json, words: tuple[str, ...]) -> Json | Absent:
    path = _find(value, words)
    return ABSENT if path is None else _get(value, path)


def _find(value: Json, words: tuple[str, ...], depth: int = 0) -> Path | None:
    """Where the words lead, in the value or in what it is an envelope of."""
    if not words:
        return None
    path = _follow(value, words)
    if path is not None or depth == _DEEPEST or not isinstance(value, dict):
        return path
    for name, inner in value.items():
        found = _find(inner, words, depth + 1) if isinstance(inner, dict) else None
        if found is not None:
            return (name, *found)
    return None


def _follow(value: Json, words: tuple[str, ...]) -> Path | None:
    path: list[str | int] = []
    for word in words:
        if isinstance(value, list) and word == "*" and value:
            path.append(0)
            value = value[0]
        elif isinstance(value, dict) and word in value:
            path.append(word)
            value = value[word]
        else:
            return None
    return tuple(path)


def _steps(value: Json, path: Path) -> Iterator[Json]:
    for key in path:
        yield value
        match value, key:
            case dict(), str():
                value = value[key]
            case list(), int():
                value = value[key]
    yield value


def _get(value: Json, path: Path) -> Json:
    return list(_steps(value, path))[-1]


def _put(value: Json, path: Path, new: str) -> None:
    match list(_steps(value, path))[-2], path[-1]:
        case dict() as members, str(key):
            members[key] = new
        case list() as items, int(place):
            items[place] = new
