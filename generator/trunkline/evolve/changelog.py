"""A changelog entry for the users of the package: what they must do first, then what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from trunkline.evolve.change import Area, Change, Direction, Place, Verdict
from trunkline.evolve.grouping import grouped
from trunkline.evolve.render.words import code, escape, plural
from trunkline.evolve.table import NOTHING
from trunkline.position import Position

SECTIONS = ("Breaking", "Take care", "Added", "Deprecated", "Removed", "Changed", "Documentation")
MOST = 3
"""Places named before the rest is counted."""

_ADVICE = {
    "security-scope-added": "Ask for tokens that have it.",
    "response-status-success-removed": "Expect the other responses.",
    "response-body-removed": "Do not read it.",
    "response-status-error-body-removed": "Read the body as a mapping.",
    "response-status-error-class-changed": "Import the new class.",
    "operation-resource-changed": "Call it there.",
    "operation-resource-separated": "Call it there.",
    "operation-id-renamed-method": "Call the new method.",
    "model-renamed": "Import the new name.",
    "model-made-up-name-changed": "Import the new name.",
    "model-removed": "Do not import it.",
}
"""Rule → what users of the package can do, where the words of the rule do not say it."""


def changelog(
    changes: Iterable[Change],
    version: str,
    *,
    method: Callable[[str], str] | None = None,
    model: Callable[[str], str | None] | None = None,
    attribute: Callable[[Position], str | None] | None = None,
) -> str:
    """Markdown: a heading with the version, and the changes by what they ask of the reader.

    `method` turns a place's subject (`GET /calls`) into what users call (`client.calls.list`), and
    `model` the name of a schema into its class; None where it has none, and a change of its name
    is nothing to the reader. `attribute` turns the position of a property into `Call.since`, which
    readers know it by where it is received. Descriptions of what is received are counted, not
    listed.
    """
    sections: dict[str, list[str]] = {name: [] for name in SECTIONS}
    reworded = 0
    for change in grouped(changes):
        if change.rule.documentation and change.rule.direction is Direction.RECEIVED:
            reworded += 1
            continue
        said = _with_classes(change, model) if model else change
        if said is not None:
            places = _places(said, method or (lambda subject: subject), attribute)
            sections[section(change)].append(_entry(said, places))
    if reworded:
        sections["Documentation"].append(
            f"- {plural(reworded, 'description')} of what is received changed."
        )
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
    if change.verdict is Verdict.BREAKING:
        return "Breaking"
    if change.verdict is Verdict.DANGEROUS:
        return "Take care"
    words = set(rule.action.split("-"))
    if words & {"deprecated", "undeprecated"}:
        return "Deprecated"
    if words & {"added", "allowed", "listed"}:
        return "Added"
    if words & {"removed", "dropped"}:
        return "Removed"
    return "Changed"


def _places(
    change: Change,
    method: Callable[[str], str],
    attribute: Callable[[Position], str | None] | None,
) -> list[str]:
    """What the reader calls the places of a change; after the first few, how many more."""
    if attribute is not None and change.rule.direction is Direction.RECEIVED:
        for position in (change.old, change.new):
            found = attribute(position) if position is not None else None
            if found is not None:
                return [code(found)]
    places = [_place(place, method) for place in change.places[:MOST]]
    if len(change.places) > MOST:
        places.append(f"{len(change.places) - MOST} more")
    return places


def _entry(change: Change, places: list[str]) -> str:
    text = escape(change.message)
    hint = ""
    if change.verdict is not Verdict.COMPATIBLE and change.rule.remedy != NOTHING:
        hint = f" {_migration(change)}"
    return f"- {', '.join(places)}: {text}.{hint}"


def _with_classes(change: Change, model: Callable[[str], str | None]) -> Change | None:
    """The change of a model in names of the package; None where it has no class."""
    if change.rule.area is not Area.MODEL:
        return change
    places = []
    for place in change.places:
        names = [model(name) for name in place.path]
        if None in names:
            return None
        places.append(Place(place.subject, tuple(filter(None, names))))
    named = {key: model(value) or value for key, value in change.particulars}
    return replace(change, message=change.rule.message.format(**named), places=tuple(places))


def _place(place: Place, method: Callable[[str], str]) -> str:
    return " › ".join((code(method(place.subject)), *map(code, place.path)))


def _migration(change: Change) -> str:
    """What users of the package can do; the rule's remedy speaks to whoever changes the API."""
    if change.rule.id in _ADVICE:
        return _ADVICE[change.rule.id]
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
