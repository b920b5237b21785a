"""`trunkline validate`: the OpenAPI specification first, then the rules of our own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from trunkline import ir
from trunkline.diagnostics import (
    CATALOGUE,
    Diagnostic,
    Diagnostics,
    ExitCode,
    Severity,
    TrunklineError,
)
from trunkline.lower import lower
from trunkline.lower.behaviour import with_behaviour
from trunkline.openapi import Description, load
from trunkline.overlay import read_description
from trunkline.rules import (
    description_missing,
    direction,
    empty_range,
    enum_type,
    example_misfit,
    impossible,
    missing_security,
    mixed_naming,
    no_failure,
    no_success,
    operation_id,
    refusals,
    required_unknown,
    similar_names,
    tag_unknown,
    unchecked_format,
    unreachable,
    whitespace,
)
from trunkline.rules.own import own_rules
from trunkline.rules.rule import Context, Rule
from trunkline.rules.waivers import Waiver, load_waivers, stale
from trunkline.source import Document

RULES: Final[tuple[Rule, ...]] = tuple(
    module.RULE
    for module in (
        operation_id,
        description_missing,
        unreachable,
        example_misfit,
        whitespace,
        unchecked_format,
        no_failure,
        no_success,
        similar_names,
        mixed_naming,
        required_unknown,
        direction,
        enum_type,
        empty_range,
        tag_unknown,
        missing_security,
        refusals,
        impossible,
    )
)
"""In the order of their codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """What was found in one description; waived findings stand apart, with their waiver."""

    name: str
    diagnostics: tuple[Diagnostic, ...]
    waived: tuple[tuple[Diagnostic, Waiver], ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is an error; warnings may be there."""
        return not any(d.severity is Severity.ERROR for d in self.diagnostics)

    def narrowed(self, select: Collection[str], ignore: Collection[str]) -> ValidationReport:
        """The same about codes that begin with one of `select` (all without any), and with none of
        `ignore`."""

        def wanted(found: Diagnostic) -> bool:
            code = found.code.value
            chosen = not select or code.startswith(tuple(select))
            return chosen and not code.startswith(tuple(ignore))

        return replace(
            self,
            diagnostics=tuple(filter(wanted, self.diagnostics)),
            waived=tuple((found, waiver) for found, waiver in self.waived if wanted(found)),
        )

    @staticmethod
    def fails(found: Diagnostic, *, warnings: bool) -> bool:
        """Whether a finding makes the command fail: an error, or `warnings` too."""
        return warnings or found.severity is Severity.ERROR

    def to_json(self) -> dict[str, Any]:
        """The report for machines (`trunkline validate --json`)."""
        return {
            "description": self.name,
            "ok": self.ok,
            "diagnostics": [_plain(d) for d in self.diagnostics],
            "waived": [{**_plain(d), "reason": waiver.reason} for d, waiver in self.waived],
        }


def _plain(diagnostic: Diagnostic) -> dict[str, Any]:
    position = diagnostic.position
    return {
        "rule": str(diagnostic.code),
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "why": CATALOGUE[diagnostic.code].why,
        "hint": diagnostic.hint,
        "file": position.file if position else None,
        "line": position.line if position else None,
        "column": position.column if position else None,
    }


def validate(
    path: str | Path, opened: Callable[[Diagnostics], Document] | None = None
) -> ValidationReport:
    """Check the description at `path`: validity, what `lower` finds, then every rule.

    The rules run only over what is valid. What ends the run early, a file that does not parse, is
    in the report like the rest; raised is only `TrunklineError` for a file that cannot be read.
    `opened` reads what is not a file here.
    """
    diagnostics = Diagnostics()
    try:
        document = opened(diagnostics) if opened else read_description(Path(path), diagnostics)
        description = load(document, diagnostics, validate=True)
        api = lower(description, diagnostics)
        with_behaviour(api, str(path), diagnostics)
    except TrunklineError as error:
        if error.exit_code is ExitCode.USAGE:
            raise
        return ValidationReport(name=str(path), diagnostics=tuple(error.diagnostics))
    if diagnostics.errors:
        return ValidationReport(name=str(path), diagnostics=tuple(diagnostics))
    waivers = load_waivers(Path(path), diagnostics)
    waived = check(description, waivers, diagnostics, (*RULES, *own_rules()), api=api)
    return ValidationReport(name=str(path), diagnostics=tuple(diagnostics), waived=tuple(waived))


def check(
    description: Description,
    waivers: Iterable[Waiver],
    diagnostics: Diagnostics,
    rules: Iterable[Rule] = RULES,
    *,
    api: ir.Api | None = None,
) -> list[tuple[Diagnostic, Waiver]]:
    """Run `rules` over a description; answer what was waived, and by what. `api` is what was
    lowered from it, if that was done."""
    context = Context(description, api)
    listed = list(waivers)
    used: set[Waiver] = set()
    waived: list[tuple[Diagnostic, Waiver]] = []
    for rule in rules:
        for finding in rule.check(context):
            node = finding.node
            inside = node.file is context.root.file
            waiver = next(
                (w for w in listed if inside and w.accepts(rule.code, node.pointer)), None
            )
            if waiver is None:
                diagnostics.add(rule.code, finding.message, node.key_position, finding.hint)
            else:
                used.add(waiver)
                waived.append((Diagnostic(rule.code, finding.message, node.key_position), waiver))
    stale(listed, used, diagnostics)
    return waived
