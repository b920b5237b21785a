"""Runs the suite: every law on everything it is about, Schemathesis' phases, tidying up."""

from __future__ import annotations

import json
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.engine import Bench, BlockedError
from trunkline.contract.fuzzing import EVERY_PHASE, run_phases
from trunkline.contract.model import (
    SCHEMATHESIS,
    Collection,
    Coverage,
    Outcome,
    Report,
    RunConfig,
    Verdict,
)
from trunkline.contract.runner.plan import Unit, fuzzed_operations, units
from trunkline.contract.session import (
    Actor,
    BudgetSpentError,
    Client,
    Journal,
    Laboratory,
    Meter,
    NoAnswerError,
    Recognition,
)
from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError

SMOKE_PHASES = ("examples", "fuzzing", "stateful")
"""The coverage phase is left to the full profile: the laws try the same bounds in less time."""

_HANGS = 3
"""Requests in a row without an answer after which the server counts as gone."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands."""

    done: int
    total: int
    doing: str
    requests: int
    violations: int


Listener = Callable[[Progress], None]


class _StrangerError(Exception):
    """The description is not this server's, or it does not know the caller."""


class _UnreachableError(Exception):
    """The server answers no more."""


def run(config: RunConfig, listener: Listener | None = None) -> Report:
    """Hold the server to every law that applies, within the budget; always tidies up.

    Raises `TrunklineError` (exit code 3) when nobody listens at the address at all, and for a
    configuration that makes no sense (exit code 2). A server that goes away in the middle ends
    the run with `Report.unreachable`. Ctrl-C ends it with `Report.interrupted`.
    """
    with session(config, stoppable=True) as laboratory:
        return Runner(laboratory, listener or (lambda progress: None)).run()


@contextmanager
def session(config: RunConfig, *, stoppable: bool = False) -> Iterator[Laboratory]:
    """A laboratory on a server that answers; everything it made is deleted on leaving.

    `stoppable`: from the first moment on, SIGINT and SIGTERM end it at the next request of a law.
    """
    config.validate()
    with ExitStack() as stack:
        meter = Meter(config.budget)
        if stoppable:
            stack.enter_context(_stopping(meter))
        client = stack.enter_context(Client(config.budget, meter))
        journal = Journal(config.journal, config.base_url)
        laboratory = Laboratory(config, client, journal, meter)
        reach(laboratory)
        stack.callback(journal.close)
        stack.callback(_tidy, laboratory)
        journal.adopt()
        journal.begin(laboratory.marker)
        with meter.free():
            _sweep(laboratory)
            laboratory.tidy()
        yield laboratory


def _sweep(laboratory: Laboratory) -> None:
    """Note what a killed run created in its last moment: objects with a text that has its mark."""
    if not laboratory.journal.markers or not laboratory.config.writes:
        return
    rng = random.Random(0)  # noqa: S311  # draws nothing that matters
    bench = Bench(laboratory, "answers", "", rng)
    for collection in laboratory.collections:
        if collection.lister is None or collection.parent is not None:
            continue
        for actor in (Actor.ME, Actor.OTHER) if laboratory.has_other else (Actor.ME,):
            with suppress(BlockedError, NoAnswerError):
                items, _ = bench.everything(collection, actor=actor)
                for item in items:
                    text = json.dumps(item)
                    if any(marker in text for marker in laboratory.journal.markers):
                        bench.stray(collection, item, actor)
    laboratory.rpc.sweep(laboratory.journal.markers)


@contextmanager
def _stopping(meter: Meter) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the run at the next request; a second one ends it where it is."""

    def stop(number: int, frame: object) -> None:
        if meter.stopped:
            raise KeyboardInterrupt
        meter.stopped = True

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tidy(laboratory: Laboratory) -> None:
    with laboratory.meter.free():
        laboratory.tidy()


def reach(laboratory: Laboratory) -> None:
    """Make sure that somebody answers; `TrunklineError` with exit code 3 otherwise."""
    try:
        laboratory.send("GET", "/", headers={"Accept": "*/*"})
    except BudgetSpentError:
        return
    except NoAnswerError as error:
        message = f"no answer from {laboratory.config.base_url}: {error.reason}"
        hint = "check the address, and that the server runs"
        if error.untrusted:
            hint = "SSL_CERT_FILE names the file with the certificate of an authority of your own"
        raise TrunklineError(
            [Diagnostic(Code.UNREACHABLE, message, hint=hint)], ExitCode.UNREACHABLE
        ) from error


def run_unit(laboratory: Laboratory, unit: Unit) -> Outcome:
    """Hold one target to one law; what it made is deleted afterwards.

    Raises `BudgetSpentError`, and `NoAnswerError` when the server cannot be reached at all.
    """
    started = time.monotonic()
    bench = Bench(laboratory, unit.law.id, unit.name, unit.rng(laboratory.config.seed))
    outcome = Outcome(unit.id, unit.law.id, unit.name, Verdict.HELD)
    try:
        if isinstance(unit.target, Collection):
            assert unit.law.collection is not None
            unit.law.collection(bench, unit.target)
        elif isinstance(unit.target, ir.RpcMethod):
            assert unit.law.method is not None
            unit.law.method(bench, unit.target)
        elif isinstance(unit.target, ir.Webhook):
            assert unit.law.webhook is not None
            unit.law.webhook(bench, unit.target)
        else:
            assert unit.law.operation is not None
            unit.law.operation(bench, unit.target)
    except BlockedError as error:
        outcome.verdict, outcome.reason = Verdict.BLOCKED, str(error)
    except NoAnswerError as error:
        if not error.reached:
            raise
        _unanswered(bench, laboratory.api, error)
    finally:
        with laboratory.meter.free():
            laboratory.tidy()
    outcome.violations = bench.findings.all
    if outcome.violations:
        outcome.verdict = Verdict.BROKEN
    outcome.tried, outcome.seconds = bench.tried, time.monotonic() - started
    return outcome


def _unanswered(bench: Bench, api: ir.Api, error: NoAnswerError) -> None:
    """A request that got no whole answer is a violation; its reproduction is the request."""
    from trunkline.contract.model import Step, Violation

    secrets = bench.lab.secrets
    step = Step(error.request.curl(secrets), 0, error.reason)
    operation = error.request.operation or error.request.url
    bench.findings.add(
        Violation("answers", operation, "", f"{error.request.method}: {error.reason}", (step,))
    )


class Runner:
    """One run from its first unit to its report."""

    def __init__(self, laboratory: Laboratory, listener: Listener) -> None:
        self._lab = laboratory
        self._listener = listener
        self._hangs = 0
        config = laboratory.config
        self._report = Report(
            config.name,
            config.api.title,
            config.base_url,
            config.seed,
            config.profile.value,
            laboratory.calls.setup if laboratory.calls is not None else (),
        )
        self._recognition = Recognition(config.api)
        laboratory.client.observers.append(self._recognition.watch)
        self._coverage = Coverage(config.api)
        self._report.coverage = self._coverage.touched
        laboratory.client.observers.append(self._coverage.watch)

    def run(self) -> Report:
        """Everything, in order; whatever ends it early is in the report."""
        report, config = self._report, self._lab.config
        planned = units(
            config.api,
            only=config.only,
            writes=config.writes,
            conventions=self._lab.full,
            shard=config.shard,
        )
        phases = config.phases and not config.only
        # Schemathesis takes about a third of the time that the laws take together.
        weight = max(1, len(planned) // 3) if phases else 0
        total = len(planned) + weight
        done = 0
        if not config.writes:
            report.notes.append("read-only: writing laws need --allow-writes away from loopback")
        try:
            for unit in planned:
                self._tell(done, total, unit.id)
                self._coverage.law = unit.law.id
                self._take(run_unit(self._lab, unit))
                done += 1
                if not config.only and (verdict := self._recognition.verdict):
                    raise _StrangerError(verdict)
            if phases:
                self._phases(done, total)
                done += weight
        except BudgetSpentError:
            report.spent = True
        except NoAnswerError as error:
            report.unreachable = error.reason
        except _UnreachableError as error:
            report.unreachable = str(error)
        except _StrangerError as error:
            report.mismatch = str(error)
        except KeyboardInterrupt:
            report.interrupted = True
        tried = {o.unit for o in report.outcomes}
        report.outcomes += [
            Outcome(u.id, u.law.id, u.name, Verdict.UNTRIED) for u in planned if u.id not in tried
        ]
        self._finish()
        self._tell(done, total, "done")
        return report

    def _take(self, outcome: Outcome) -> None:
        self._report.outcomes.append(outcome)
        self._report.findings.extend(outcome.violations)
        self._report.cases += outcome.tried
        hung = any(v.rule == "answers" for v in outcome.violations)
        self._hangs = self._hangs + 1 if hung else 0
        if self._hangs >= _HANGS:
            raise _UnreachableError(f"{_HANGS} laws in a row got no answer")

    def _phases(self, done: int, total: int) -> None:
        config = self._lab.config
        chosen = fuzzed_operations(config.api, config.shard)
        self._coverage.law = SCHEMATHESIS
        result = run_phases(
            self._lab,
            chosen,
            lambda cases: self._tell(done, total, f"Schemathesis, {cases} cases"),
            EVERY_PHASE if self._lab.full else SMOKE_PHASES,
        )
        self._report.findings.extend(result.findings.all)
        self._report.fuzzed = result.cases
        self._report.cases += result.cases
        self._report.notes += sorted(set(result.errors))
        if self._lab.meter.spent:
            self._report.spent = True

    def _finish(self) -> None:
        with self._lab.meter.free():
            self._lab.tidy()
        # A fault that several laws met is shown with the same evidence wherever it is shown.
        shown = {violation.key: violation for violation in self._report.findings.all}
        for outcome in self._report.outcomes:
            outcome.violations = [shown.get(v.key, v) for v in outcome.violations]
        self._report.left = list(dict.fromkeys(self._lab.left))
        self._report.requests = self._lab.meter.sent
        self._report.seconds = self._lab.meter.elapsed

    def _tell(self, done: int, total: int, doing: str) -> None:
        sent, found = self._lab.meter.sent, len(self._report.findings)
        self._listener(Progress(done, total, doing, sent, found))
