"""Findings of a report sent again to a server: the one that was tested, or another."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from trunkline.contract import Finding, Profile, RunReport
from trunkline.contract.reports import is_of_receiver
from trunkline.contract.runner import Replayed, chosen, replay
from trunkline.diagnostics import Code, TrunklineError
from trunkline.pipeline.load import load_api
from trunkline.pipeline.testing import RunOptions, Target, client_names, run_config, target_server


def findings_of(report: RunReport, wanted: Sequence[str]) -> list[Finding]:
    """The findings that `wanted` names, by id, rule or operation; one of each cause without any.

    A usage error for a name that the report does not have, and for a report of a receiver.
    """
    if is_of_receiver(report):
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            "the report is of a receiver: events are signed with the time, and cannot be repeated",
            hint="`trunkline test … --receiver` sends them again",
        )
    findings = chosen(report, wanted)
    for name in wanted:
        if not any(name in {f.id, f.rule, f.operation} for f in findings):
            raise TrunklineError.usage(
                Code.BAD_VALUE,
                f"the report has no finding {name!r}",
                hint="ids stand beside findings, and in the report's JSON lines",
            )
    return findings


def replay_report(
    report: RunReport,
    findings: Sequence[Finding],
    target: Target,
    options: RunOptions,
    spec: str = "",
) -> list[Replayed]:
    """What became of findings of a report.

    Without an address in `target` the server is the one of the report; `spec` is needed where the
    description is not where the report says. Raises `TrunklineError` where nobody answers.
    """
    spec = spec or report.spec or report.api
    if target.base_url is None and target.app is None:
        if report.defects is None:
            target = dataclasses.replace(target, base_url=report.base_url)
        else:
            target = dataclasses.replace(target, defects=(*report.defects, *target.defects))
    options = dataclasses.replace(options, seed=report.seed, profile=Profile(report.profile))
    loaded = load_api(spec)
    plan = client_names(spec, loaded.api)
    with target_server(loaded.api, target, seed=options.seed) as server:
        return replay(run_config(spec, loaded, plan, target, options, server), report, findings)
