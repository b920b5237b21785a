"""Findings of a report sent again to a server: the one that was tested, or another."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Sequence

from trunkline.contract import Finding, Profile, RunReport
from trunkline.contract.receiver import ReceiverConfig, run_receiver
from trunkline.contract.runner import Replayed, ReplayedStep, chosen, replay
from trunkline.diagnostics import Code, TrunklineError
from trunkline.pipeline.load import load_api
from trunkline.pipeline.testing import RunOptions, Target, client_names, run_config, target_server


def findings_of(report: RunReport, wanted: Sequence[str]) -> list[Finding]:
    """The findings that `wanted` names, by id, rule or operation; one of each cause without any.

    A usage error for a name that the report does not have.
    """
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


def replay_receiver(
    report: RunReport,
    findings: Sequence[Finding],
    config: ReceiverConfig,
) -> list[Replayed]:
    """What became of findings about a receiver: their webhooks are sent again, as events of now.

    The very bytes of a report would tell nothing: a receiver may take what it has seen for a
    repetition, and what is old for a forgery. `config` says where to, as for a run; a webhook that
    has no address there goes where the report says. Raises `TrunklineError` where nobody answers.
    """
    webhooks = {webhook.operation.id: webhook for webhook in config.api.webhooks}
    again: dict[str, RunReport] = {}
    replayed = []
    for finding in findings:
        webhook = webhooks.get(finding.operation)
        if webhook is None:
            raise TrunklineError.usage(
                Code.BAD_VALUE, f"the description has no webhook {finding.operation!r} any more"
            )
        if webhook.name not in again:
            url = config.url_of(webhook) or finding.steps[-1].url.partition("?")[0]
            again[webhook.name] = run_receiver(
                dataclasses.replace(
                    config,
                    urls={webhook.name: url},
                    seed=report.seed,
                    profile=Profile(report.profile),
                    salt=uuid.uuid4().hex,
                )
            )
        replayed.append(_of_receiver(finding, webhook.name, again[webhook.name]))
    return replayed


def _of_receiver(finding: Finding, webhook: str, report: RunReport) -> Replayed:
    """The verdict on one finding, from a run of its webhook."""
    now = next((one for one in report.findings.all if one.key == finding.key), None)
    before = finding.steps[-1]
    if now is not None:
        last = now.steps[-1]
        step = ReplayedStep(f"{last.method} {last.url}", before.status, last.status, last.answer)
        return Replayed(finding, True, now.message, (step,))
    stopped = next((r.reason for r in report.results if r.reason), report.unreachable)
    how = f"{webhook} could not be tried: {stopped}" if stopped else f"{webhook} was sent again"
    return Replayed(finding, bool(stopped), how, ())
