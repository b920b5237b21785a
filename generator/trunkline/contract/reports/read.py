"""A report read back from its JSON lines, and several put together."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from trunkline.contract.engine import RULES
from trunkline.contract.model import (
    Acceptance,
    EvidenceStep,
    Finding,
    HandedOn,
    Level,
    OperationCoverage,
    RunReport,
    Source,
    Timeline,
    UnitResult,
    UnitVerdict,
    from_json,
)
from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError
from trunkline.position import Position

Key = tuple[str, str, str]


def read_report(path: Path) -> RunReport:
    """The report in a file of JSON lines; `TrunklineError` with a position for anything else."""
    try:
        # Text may hold line separators of Unicode as they are: only line feeds end a line.
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise _refused(path, 1, f"cannot be read: {reason}") from error
    return parse_report(text, path)


def parse_report(text: str, path: Path) -> RunReport:
    """The report in JSON lines that came from `path`."""
    records = list(_records(text, path))
    if not records or records[0][1].get("kind") != "run":
        raise _refused(path, 1, "no report: its first line is not of the kind 'run'")
    if records[-1][1].get("kind") != "summary":
        raise _refused(path, records[-1][0], "the report has no end: its run was killed")
    line, record = records[0]
    try:
        report = RunReport(
            record["api"], record["title"], record["base_url"], record["seed"], record["profile"]
        )
        report.setup = tuple(record.get("setup", ()))
        report.labels = dict(record.get("labels", {}))
        report.spec = str(record.get("spec", ""))
        report.command = str(record.get("command", ""))
        defects = record.get("defects")
        report.defects = None if defects is None else tuple(map(str, defects))
        part, parts = record.get("shard", (1, 1))
        report.shard = (int(part), int(parts))
        known: dict[Key, Finding] = {}
        for line, record in records:  # noqa: B007  # the line is told where it fails
            if record["kind"] in {"violation", "accepted", "gap", "hint"}:
                violation = _violation(record)
                known[violation.key] = violation
                report.findings.add(violation)
                if record["kind"] != "accepted":
                    continue
                report.accepted[violation.key] = Acceptance(**record["acceptance"])
        for line, record in records:  # noqa: B007
            if record["kind"] == "unit":
                report.results.append(_result(record, known))
        line, record = records[-1]
        for name in (
            "requests",
            "seconds",
            "cases",
            "fuzzed",
            "notes",
            "left",
            "left_out",
            "spent",
        ):
            setattr(report, name, record[name])
        report.usual_budget = bool(record.get("usual_budget"))
        report.interrupted, report.unreachable = record["interrupted"], record["unreachable"]
        report.mismatch = record["mismatch"]
        report.coverage = from_json(record["coverage"])
        if (timeline := record.get("timeline")) is not None:
            report.timeline = Timeline.from_json(timeline)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _refused(path, line, f"not a line of a report ({error})") from error
    return report


def _records(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise _refused(path, number, "not JSON") from error
        if not isinstance(record, dict) or not isinstance(record.get("kind"), str):
            raise _refused(path, number, "no object with a kind")
        yield number, record


def _refused(path: Path, line: int, message: str) -> TrunklineError:
    found = Diagnostic(
        Code.REPORT_FILE,
        message,
        Position(str(path), line, 1),
        hint="reports are written by `trunkline test … --json FILE`",
    )
    return TrunklineError([found], ExitCode.USAGE)


def _violation(record: Mapping[str, Any]) -> Finding:
    fields = {field.name for field in dataclasses.fields(Finding)}
    plain: dict[str, Any] = {
        k: v for k, v in record.items() if k in fields - {"steps", "before", "sources"}
    }
    if plain["rule"] not in RULES:
        raise ValueError(f"there is not a rule {plain['rule']!r}")
    made = Finding(plain["rule"], plain["operation"], plain["subject"], plain["message"])
    for name, value in plain.items():
        setattr(made, name, tuple(value) if isinstance(value, list) else value)
    made.level = Level(record["level"])
    made.steps = tuple(map(_step, record["steps"]))
    made.before = tuple(map(_step, record.get("before", ())))
    made.sources = tuple(
        Source(s["position"], s["pointer"], tuple(s["cited"])) for s in record["sources"]
    )
    return made


def _step(record: Mapping[str, Any]) -> EvidenceStep:
    made = EvidenceStep(**{k: v for k, v in record.items() if k != "hands_on"})
    return dataclasses.replace(
        made,
        headers=tuple((str(n), str(v)) for n, v in made.headers),
        shown=tuple((str(n), str(v)) for n, v in made.shown),
        hands_on=tuple(HandedOn(**one) for one in record.get("hands_on", ())),
    )


def _result(record: Mapping[str, Any], known: Mapping[Key, Finding]) -> UnitResult:
    if record["check"] not in RULES:
        raise ValueError(f"there is no check {record['check']!r}")
    keys = [tuple(key) for key in record["findings"]]
    return UnitResult(
        record["id"],
        record["check"],
        record["target"],
        UnitVerdict(record["verdict"]),
        record["seconds"],
        record["tried"],
        record["reason"],
        [known[key] for key in keys if key in known],
    )


def is_of_receiver(report: RunReport) -> bool:
    """Whether the suite played the service, and a receiver was what it tested."""
    return bool(report.results) and all(r.unit.endswith("/receiver") for r in report.results)


def merge(reports: Sequence[RunReport]) -> RunReport:
    """One report of several runs of one API: shards, or the same on several servers.

    A usage error for reports of different APIs, profiles or seeds, and for shards of which one is
    missing or there twice: what they found together would not be what one run finds. Seconds are
    those of the longest run, as the runs are thought to have gone on side by side.
    """
    first = reports[0]
    for other in reports[1:]:
        for what in ("api", "title", "profile", "seed"):
            if getattr(other, what) != getattr(first, what):
                raise TrunklineError.usage(
                    Code.BAD_VALUE,
                    f"reports of different runs: {what} {getattr(first, what)!r} and "
                    f"{getattr(other, what)!r}",
                    hint="merge the shards of one run",
                )
    _check_shards(reports)
    urls = dict.fromkeys(r.base_url for r in reports)
    made = RunReport(first.api, first.title, " ".join(urls), first.seed, first.profile, first.setup)
    made.spec, made.defects, made.command = first.spec, first.defects, first.command
    results: dict[str, UnitResult] = {}
    for report in reports:
        found = [f for f in report.findings.all if f.key not in report.accepted]
        made.findings.extend([dataclasses.replace(f) for f in found])
        made.accepted.update(report.accepted)
        for result in report.results:
            known = results.get(result.unit)
            if known is None or _ORDER[result.verdict] < _ORDER[known.verdict]:
                results[result.unit] = result
        for name, entry in report.coverage.items():
            made.coverage.setdefault(name, OperationCoverage()).add(entry)
        made.timeline.add(report.timeline)
        made.requests += report.requests
        made.cases += report.cases
        made.fuzzed += report.fuzzed
        made.seconds = max(made.seconds, report.seconds)
        made.spent = made.spent or report.spent
        made.usual_budget = made.usual_budget or report.usual_budget
        made.labels.update(report.labels)
        made.interrupted = made.interrupted or report.interrupted
        made.unreachable = made.unreachable or report.unreachable
        made.mismatch = made.mismatch or report.mismatch
    made.results = list(results.values())
    made.notes = list(dict.fromkeys(note for r in reports for note in r.notes))
    for report in reports:
        for name, count in report.left_out.items():
            made.left_out[name] = made.left_out.get(name, 0) + count
    made.left = list(dict.fromkeys(address for r in reports for address in r.left))
    return made


def _check_shards(reports: Sequence[RunReport]) -> None:
    """Refuse a set of shards that is not whole; whole runs (on several servers) are no shards."""
    counts = {report.shard[1] for report in reports}
    if counts == {1}:
        return
    if len(counts) > 1:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            "shards of different runs: of " + " and of ".join(map(str, sorted(counts))),
            hint="merge the shards of one run",
        )
    count = counts.pop()
    seen = Counter(report.shard[0] for report in reports)
    wrong = [f"{part}/{count} is missing" for part in range(1, count + 1) if part not in seen]
    wrong += [f"{part}/{count} is there {times} times" for part, times in seen.items() if times > 1]
    if wrong:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            f"not the shards of one run: {', '.join(wrong)}",
            hint=f"give each of the {count} reports of `trunkline test … --shard N/{count}` once",
        )


_ORDER = {
    verdict: place
    for place, verdict in enumerate(
        (
            UnitVerdict.FAILED,
            UnitVerdict.PASSED,
            UnitVerdict.NOT_TRIED,
            UnitVerdict.NOT_APPLICABLE,
            UnitVerdict.NOT_REACHED,
        )
    )
}
