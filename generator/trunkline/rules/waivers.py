"""Findings that are accepted, each with its reason; one that matches nothing is an error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostics, TrunklineError
from trunkline.position import Position
from trunkline.source import Node, read

_KEYS = {"rule", "at", "reason", "in"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """Findings of `rule` at pointers that fit the pattern `at` are accepted."""

    rule: str
    at: str
    reason: str
    position: Position
    descriptions: tuple[str, ...] = ("openapi.yaml",)

    def accepts(self, code: Code, pointer: str) -> bool:
        """Whether it is about this finding."""
        return self.rule == code and (self.at == pointer or fnmatchcase(pointer, self.at))


def load_waivers(path: Path, diagnostics: Diagnostics) -> list[Waiver]:
    """The waivers of the description at `path`: from `waivers.yaml` beside it.

    Descriptions in `history/` share the file of the newest; a waiver is for `openapi.yaml` unless
    `in` names others. Malformed entries are reported and left out.
    """
    folder = path.parent.parent if path.parent.name == "history" else path.parent
    file = folder / "waivers.yaml"
    if not file.is_file():
        return []
    try:
        root = read(file, diagnostics).root
    except TrunklineError as error:
        diagnostics.extend(error.diagnostics)
        return []
    listed = root.get("waivers")
    if listed is None or not isinstance(listed.value, list):
        diagnostics.add(Code.WAIVER, "waivers.yaml needs waivers, a list", root.position)
        return []
    name = path.resolve().relative_to(folder.resolve()).as_posix()
    found = (_waiver(node, diagnostics) for node in listed.elements())
    return [waiver for waiver in found if waiver is not None and name in waiver.descriptions]


def _waiver(node: Node, diagnostics: Diagnostics) -> Waiver | None:
    rule, at, reason = (node.text(key) for key in ("rule", "at", "reason"))
    unknown = [key for key, _ in node.items() if key not in _KEYS]
    if not rule or not at or not at.startswith("#") or not reason or unknown:
        diagnostics.add(
            Code.WAIVER,
            "A waiver has rule, at (a JSON pointer with #), reason and, if need be, in",
            node.position,
        )
        return None
    if len(reason.split()) < 2:
        diagnostics.add(Code.WAIVER, "A waiver needs a reason", node.position)
        return None
    if rule not in set(Code):
        diagnostics.add(Code.WAIVER, f"There is no rule {rule!r}", node.position)
        return None
    within = node.get("in")
    names = tuple(str(n.value) for n in within.elements()) if within is not None else ()
    return Waiver(
        rule=rule,
        at=at[1:],
        reason=" ".join(reason.split()),
        position=node.position,
        descriptions=names or ("openapi.yaml",),
    )


def stale(waivers: Iterable[Waiver], used: set[Waiver], diagnostics: Diagnostics) -> None:
    """Report waivers that accepted nothing."""
    for waiver in waivers:
        if waiver not in used:
            diagnostics.add(
                Code.WAIVER,
                f"Nothing is found by {waiver.rule} at #{waiver.at}: the waiver is stale",
                waiver.position,
                "Remove it.",
            )
