"""A changelog entry for the users of the package: what they must do first, then what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trunkline.evolve.change import Change, Place, Verdict
from trunkline.evolve.render.words import code, escape
from trunkline.evolve.table import NOTHING

SECTIONS = ("Breaking", "Take care", "Added", "Deprecated", "Removed", "Changed", "Documentation")
MOST = 3
"""Places named before the rest is counted."""


def changelog(
    changes: Iterable[Change], version: str, *, method: Callable[[str], str] | None = None
) -> str:
    """Markdown: a heading with the version, and the changes by what they ask of the reader.

    `method` turns a place's subject (`GET /calls`) into what users call (`client.calls.list`).
    """
    sections: dict[str, list[str]] = {name: [] for name in SECTIONS}
    for change in changes:
        sections[section(change)].append(_entry(change, method or (lambda subject: subject)))
    lines = [f"## {version}", ""]
    for name, entries in sections.items():
        if entries:
            lines += [f"### {name}", "", *entries, ""]
    if len(lines) == 2:
        lines += ["Nothing changed.", ""]
    return "\n".join(lines)


def section(change: Change) -> str:
    """Under which heading a change goes."""
    rule = change.rule
    if rule.documentation:
        return "Documentation"
    if rule.verdict is Verdict.BREAKING:
        return "Breaking"
    if rule.verdict is Verdict.DANGEROUS:
        return "Take care"
    words = set(rule.action.split("-"))
    if words & {"deprecated", "undeprecated"}:
        return "Deprecated"
    if words & {"added", "allowed", "listed"}:
        return "Added"
    if words & {"removed", "dropped"}:
        return "Removed"
    return "Changed"


def _entry(change: Change, method: Callable[[str], str]) -> str:
    places = [_place(place, method) for place in change.places[:MOST]]
    if len(change.places) > MOST:
        places.append(f"{len(change.places) - MOST} more")
    text = escape(change.message)
    hint = ""
    if change.verdict is not Verdict.COMPATIBLE and change.rule.remedy != NOTHING:
        hint = f" {_migration(change)}"
    return f"- {', '.join(places)}: {text}.{hint}"


def _place(place: Place, method: Callable[[str], str]) -> str:
    return " › ".join((code(method(place.subject)), *map(code, place.path)))


def _migration(change: Change) -> str:
    """What users of the package can do; the rule's remedy speaks to whoever changes the API."""
    words = set(change.rule.action.split("-"))
    if change.python is Verdict.COMPATIBLE:
        return "Your code still fits; calls through older versions of this package may fail."
    if "required" in words:
        return "Pass it." if change.rule.direction == "sent" else "Expect it."
    if words & {"removed", "unlisted"}:
        return "Stop using it."
    if words & {"renamed", "changed"} and change.http is Verdict.COMPATIBLE:
        return "Use the new name."
    if words & {"optional", "null", "allowed"} or change.rule.kind == "null":
        return "Handle its absence." if change.rule.direction == "received" else "Check the values."
    return "Check what you send." if change.rule.direction == "sent" else "Check what you read."
