"""Changes that are known and accepted, each with a reason; one that accepts nothing is an error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostics
from trunkline.evolve.change import Change
from trunkline.evolve.rules import BY_ID
from trunkline.position import Position
from trunkline.source import Node, read


@dataclass(frozen=True, slots=True)
class Waiver:
    """Accepts the changes of one rule, at every place or only where `place` leads."""

    rule: str
    reason: str
    position: Position
    place: str | None = None

    def accepts(self, change: Change) -> bool:
        """Whether the change is of the rule, and felt only at or below `place`."""
        if change.rule.id != self.rule:
            return False
        return self.place is None or all(_within(str(p), self.place) for p in change.places)


@dataclass(frozen=True, slots=True)
class Waived:
    """A change and the waiver that accepts it."""

    change: Change
    waiver: Waiver


def read_waivers(path: Path, diagnostics: Diagnostics) -> tuple[Waiver, ...]:
    """The list under `waivers` of a YAML file: `rule`, `reason`, and perhaps `place`.

    Entries that are not understood, name no rule or give no reason are diagnostics and left out.
    """
    root = read(path, diagnostics).root
    entries = root.get("waivers")
    if entries is None or not isinstance(entries.value, list):
        diagnostics.add(Code.DIFF_WAIVER, "There is no list called `waivers`", root.position, _FORM)
        return ()
    found = [_waiver(entry, diagnostics) for entry in entries.elements()]
    return tuple(waiver for waiver in found if waiver is not None)


_FORM = "An entry has a rule, a reason, and perhaps a place: `{rule: …, place: …, reason: …}`"


def _waiver(entry: Node, diagnostics: Diagnostics) -> Waiver | None:
    rule, reason, place = entry.text("rule"), entry.text("reason"), entry.text("place")
    if rule is None or rule not in BY_ID:
        named = f"No rule is called {rule!r}" if rule else "The waiver names no rule"
        diagnostics.add(Code.DIFF_WAIVER, named, entry.position, _FORM)
        return None
    if reason is None or not reason.strip():
        diagnostics.add(Code.DIFF_WAIVER, "The waiver gives no reason", entry.position, _FORM)
        return None
    for key, value in entry.items():
        if key not in {"rule", "reason", "place"}:
            diagnostics.add(Code.DIFF_WAIVER, f"Unknown key {key!r}", value.key_position, _FORM)
            return None
    return Waiver(rule, reason, entry.position, place)


def apply_waivers(
    changes: Iterable[Change], waivers: Iterable[Waiver], diagnostics: Diagnostics
) -> tuple[tuple[Change, ...], tuple[Waived, ...]]:
    """What remains, and what is accepted. A waiver that accepts nothing is reported as stale."""
    rest: list[Change] = []
    accepted: list[Waived] = []
    given = tuple(waivers)
    used: set[Position] = set()
    for change in changes:
        waiver = next((w for w in given if w.accepts(change)), None)
        if waiver is None:
            rest.append(change)
        else:
            accepted.append(Waived(change, waiver))
            used.add(waiver.position)
    for waiver in given:
        if waiver.position not in used:
            at = f" at {waiver.place}" if waiver.place else ""
            diagnostics.add(
                Code.DIFF_WAIVER_STALE,
                f"No change of {waiver.rule}{at} is left to accept",
                waiver.position,
                "Remove the waiver.",
            )
    return tuple(rest), tuple(accepted)


def _within(place: str, prefix: str) -> bool:
    return place == prefix or place.startswith(f"{prefix} › ")
