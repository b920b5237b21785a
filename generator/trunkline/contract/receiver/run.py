"""The other direction: the suite plays the service, and holds a user's own server to what it must
do with events and conversations."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from trunkline import ir
from trunkline.contract.checks import receiver_rules
from trunkline.contract.engine import RULES
from trunkline.contract.model import (
    BoundaryValues,
    Budget,
    EvidenceStep,
    Exchange,
    Finding,
    Findings,
    OperationCoverage,
    Profile,
    Request,
    RunReport,
    Secrets,
    Source,
    UnitResult,
    UnitVerdict,
    is_loopback,
)
from trunkline.contract.receiver.conversations import try_conversation
from trunkline.contract.receiver.events import try_event
from trunkline.contract.receiver.webhook_sender import FindingSink, Skip, WebhookSession
from trunkline.contract.session import BudgetSpentError, Client, NoResponseError, RequestMeter
from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError
from trunkline.semantics.validators import Validators

EVENTS = "events"
"""The name that stands for every webhook that is not a conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverConfig:
    """A run against a user's own server.

    `urls` maps names of webhooks, `events` for all that are no conversations, and `""` for
    everything else, to addresses. `login` is name and password of conversations.
    """

    api: ir.Api
    name: str
    urls: Mapping[str, str]
    secret: str | None = None
    algorithm: str | None = None
    login: tuple[str, str] | None = None
    seed: int = 0
    profile: Profile = Profile.SMOKE
    budget: Budget = field(default_factory=Budget)
    allow_writes: bool = False
    salt: str = ""
    """Makes other ids and values than the seed alone: a receiver may remember those of a run."""

    def url_of(self, webhook: ir.Webhook) -> str | None:
        """Where a webhook is sent; None: it is not tried."""
        if webhook.name in self.urls:
            return self.urls[webhook.name]
        if webhook.commands is None and EVENTS in self.urls:
            return self.urls[EVENTS]
        return self.urls.get("")

    def validate(self) -> None:
        """Raise a usage error for what makes no sense."""
        names = {w.name for w in self.api.webhooks}
        if not names:
            raise TrunklineError.usage(
                Code.BAD_VALUE, f"{self.name} describes nothing that the service sends"
            )
        for name, url in self.urls.items():
            if name not in {*names, EVENTS, ""}:
                raise TrunklineError.usage(
                    Code.BAD_VALUE,
                    f"there is no webhook {name!r}",
                    hint=f"known: {EVENTS}, {', '.join(sorted(names))}",
                )
            parts = urlsplit(url)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise TrunklineError.usage(
                    Code.BAD_VALUE,
                    f"receiver {url!r} is not an http or https address",
                    hint="for example http://127.0.0.1:8000/hooks",
                )
            if parts.username or parts.password:
                raise TrunklineError.usage(
                    Code.BAD_VALUE, "the receiver's address must hold no credentials"
                )
            if not is_loopback(url) and not self.allow_writes:
                raise TrunklineError.usage(
                    Code.BAD_VALUE,
                    f"{parts.hostname} is not on this machine, and forged events may do harm",
                    hint="--allow-writes sends them all the same",
                )
        signed = [w for w in self.api.webhooks if w.signature is not None and self.url_of(w)]
        if signed and not self.secret:
            raise TrunklineError.usage(
                Code.BAD_VALUE,
                f"{signed[0].name} is signed: the secret is missing",
                hint="--secret, or TRUNKLINE_WEBHOOK_SECRET",
            )


def run_receiver(
    config: ReceiverConfig, listener: Callable[[int, int, str], None] | None = None
) -> RunReport:
    """Send everything there is to send; `listener` hears how many of how many are done, and what.

    Raises `TrunklineError` (exit code 3) when nobody listens, and for a configuration that makes
    no sense (exit code 2).
    """
    config.validate()
    webhooks = [(w, url) for w in config.api.webhooks if (url := config.url_of(w)) is not None]
    url = next(iter(config.urls.values()))
    report = RunReport(config.name, config.api.title, url, config.seed, config.profile.value)
    meter = RequestMeter(config.budget)
    hidden = {config.secret or "": "$SECRET"}
    if config.login is not None:
        hidden[config.login[1]] = "$PASSWORD"
    sink = _Sink(report, Secrets(hidden))
    with Client(config.budget, meter) as client:
        client.observers.append(sink.count)
        try:
            for index, (webhook, at) in enumerate(webhooks):
                if listener is not None:
                    listener(index, len(webhooks), webhook.name)
                _try(config, webhook, at, client, sink)
        except BudgetSpentError:
            report.spent = True
        except KeyboardInterrupt:
            report.interrupted = True
        except NoResponseError as error:
            if report.requests == 0 and not sink.answered:
                raise TrunklineError(
                    [Diagnostic(Code.UNREACHABLE, f"no answer from {url}: {error.reason}",
                                hint="check the address, and that your server runs")],
                    ExitCode.UNREACHABLE,
                ) from error  # fmt: skip
            report.unreachable = error.reason
    tried = {o.target for o in report.results}
    report.results += [
        UnitResult(f"{w.name}/receiver", _check(w), w.name, UnitVerdict.NOT_REACHED)
        for w, _ in webhooks
        if w.name not in tried
    ]
    report.requests, report.seconds = meter.sent, meter.elapsed
    return report


def _check(webhook: ir.Webhook) -> str:
    return "receiver-accepts" if webhook.commands is None else "receiver-command"


def _try(
    config: ReceiverConfig, webhook: ir.Webhook, url: str, client: Client, sink: _Sink
) -> None:
    started = time.monotonic()
    sink.begin(webhook)
    rng = random.Random(f"{config.seed}:{webhook.name}{config.salt}")  # noqa: S311  # repeats on purpose
    validators = Validators(config.api)
    numbers = iter(range(1, 10**9))
    values = BoundaryValues(config.api, validators, rng, lambda: f"tl{next(numbers):06d}")
    session = WebhookSession(
        config.api, webhook, url, client, sink, validators, values, rng,
        secret=config.secret, algorithm=config.algorithm, login=config.login,
        full=config.profile is Profile.FULL,
    )  # fmt: skip
    result = UnitResult(
        f"{webhook.name}/receiver", _check(webhook), webhook.name, UnitVerdict.PASSED
    )
    try:
        (try_event if webhook.commands is None else try_conversation)(session)
    except Skip as silence:
        result.verdict, result.reason = UnitVerdict.NOT_TRIED, str(silence)
    result.findings = sink.findings.all
    if result.violations:
        result.verdict = UnitVerdict.FAILED
    result.tried, result.seconds = session.tried, time.monotonic() - started
    sink.end(result)


class _Sink(FindingSink):
    """Takes violations for a report."""

    def __init__(self, report: RunReport, secrets: Secrets) -> None:
        self._report = report
        self._secrets = secrets
        self._webhook: ir.Webhook | None = None
        self.findings = Findings()
        self.answered = False

    def begin(self, webhook: ir.Webhook) -> None:
        self._webhook = webhook
        self.findings = Findings()

    def end(self, result: UnitResult) -> None:
        self._report.results.append(result)
        self._report.findings.extend(result.findings)
        self._report.cases += result.tried

    def count(self, exchange: Exchange) -> None:
        self.answered = True
        if self._webhook is not None:
            entry = self._report.coverage.setdefault(
                self._webhook.operation.id, OperationCoverage()
            )
            seen = str(exchange.status)
            entry.statuses[seen] = entry.statuses.get(seen, 0) + 1

    def broken(
        self, rule: str, subject: str, message: str, sent: Exchange | Request, why: str = ""
    ) -> None:
        webhook = self._webhook
        if rule not in RULES or webhook is None:
            raise KeyError(rule)
        if isinstance(sent, Exchange):
            step = EvidenceStep.of(sent, self._secrets)
        else:
            step = EvidenceStep.sent(sent, self._secrets, None, None, reason=why)
        operation = webhook.operation
        self.findings.add(
            Finding(
                rule, operation.id, subject, self._secrets.hide(message), (step,),
                (Source.of(operation.origin),),
            )
        )  # fmt: skip


__all__ = ["EVENTS", "ReceiverConfig", "receiver_rules", "run_receiver"]
