"""JSON lines: one object a line, each with its `kind`; made to be merged by concatenation."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

from trunkline.contract.model import Finding, RunReport


def json_lines(report: RunReport) -> Iterator[str]:
    """`run`, then each `unit`, `violation` and `accepted` one, then `summary`; no line ends."""
    yield _line(
        kind="run",
        api=report.api,
        title=report.title,
        base_url=report.base_url,
        seed=report.seed,
        profile=report.profile,
        setup=report.setup,
        shard=report.shard,
        labels=report.labels,
        spec=report.spec,
        command=report.command,
        defects=report.defects,
    )
    for result in report.results:
        yield _line(
            kind="unit",
            id=result.unit,
            check=result.check,
            target=result.target,
            verdict=result.verdict.value,
            reason=result.reason,
            tried=result.tried,
            seconds=result.seconds,
            findings=[f.key for f in result.findings],
        )
    for violation in report.violations:
        yield _line(kind="violation", **as_dict(violation))
    for gap in report.gaps:
        yield _line(kind="gap", **as_dict(gap))
    for hint in report.hints:
        yield _line(kind="hint", **as_dict(hint))
    for violation in report.findings.all:
        if (acceptance := report.accepted.get(violation.key)) is not None:
            given = dataclasses.asdict(acceptance)
            yield _line(kind="accepted", **as_dict(violation), acceptance=given)
    yield _line(
        kind="summary",
        violations=len(report.violations),
        gaps=len(report.gaps),
        hints=len(report.hints),
        cases=report.cases,
        fuzzed=report.fuzzed,
        requests=report.requests,
        seconds=report.seconds,
        coverage={name: dataclasses.asdict(seen) for name, seen in report.coverage.items()},
        timeline=dataclasses.asdict(report.timeline),
        notes=report.notes,
        left=report.left,
        left_out=report.left_out,
        spent=report.spent,
        usual_budget=report.usual_budget,
        interrupted=report.interrupted,
        unreachable=report.unreachable,
        mismatch=report.mismatch,
        exit_code=int(report.exit_code),
    )


def as_dict(violation: Finding) -> dict[str, object]:
    """A violation as JSON has it."""
    return {"id": violation.id, **dataclasses.asdict(violation)}


def _line(**members: object) -> str:
    return json.dumps(members, ensure_ascii=False)
