"""Runs the suite: every check on everything it is about, Schemathesis' phases, tidying up."""

from __future__ import annotations

import json
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace

from trunkline.contract.engine import CheckContext, Inconclusive, NotApplicable
from trunkline.contract.fuzzing import EVERY_PHASE, run_phases
from trunkline.contract.model import (
    SCHEMATHESIS,
    Coverage,
    Exchange,
    Finding,
    RunConfig,
    RunReport,
    UnitResult,
    UnitVerdict,
)
from trunkline.contract.runner.plan import Unit, fuzzed_operations, tellable, units
from trunkline.contract.session import (
    Actor,
    BudgetSpentError,
    CleanupLog,
    Client,
    ForeignRequestError,
    HarRecorder,
    LoginError,
    NoResponseError,
    RequestMeter,
    Session,
    TargetMismatch,
    UnsendableRequestError,
)
from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError

SMOKE_PHASES = ("examples", "fuzzing", "stateful")
"""The coverage phase is left to the full profile: the checks try the same bounds in less time."""

_SAME_WORDS = frozenset({"response-schema", "content-type-documented", "headers-documented"})
"""Rules that every response is held to: what one operation breaks, checks and phases both see."""
_CHECKS_SHARE = 0.6
"""Of the seconds of a limited run, until it is Schemathesis' turn; what is left is the checks'."""
_HANGS = 3
"""Requests in a row without a response after which the server counts as gone."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands."""

    done: int
    total: int
    doing: str
    requests: int
    violations: int


Listener = Callable[[Progress], None]


class _MismatchError(Exception):
    """The description is not this server's, or it does not know the caller."""


class _UnreachableError(Exception):
    """The server answers no more."""


def run(config: RunConfig, listener: Listener | None = None) -> RunReport:
    """Hold the server to every check that applies, within the budget; always tidies up.

    Raises `TrunklineError` (exit code 3) when nobody listens at the address at all, and for a
    configuration that makes no sense (exit code 2). A server that goes away in the middle ends
    the run with `Report.unreachable`. Ctrl-C ends it with `Report.interrupted`.
    """
    with open_session(config, stoppable=True) as session:
        report = Runner(session, listener or (lambda _progress: None)).run()
    if lost := len(config.api.operations) - len(tellable(config.api).operations):
        report.notes.append(f"{lost} operations have # or ? in their paths, where a path ends")
    return report


@contextmanager
def open_session(config: RunConfig, *, stoppable: bool = False) -> Iterator[Session]:
    """A session on a server that answers; everything it made is deleted on leaving.

    `stoppable`: from the first moment on, SIGINT and SIGTERM end it at the next request of a check.
    """
    config.validate()
    config = replace(config, api=tellable(config.api))
    with ExitStack() as stack:
        meter = RequestMeter(config.budget)
        if stoppable:
            stack.enter_context(_stopping(meter))
        client = stack.enter_context(Client(config.budget, meter))
        cleanup_log = CleanupLog(config.cleanup_log, config.base_url)
        session = Session(config, client, cleanup_log, meter)
        if config.har is not None:
            recorder = stack.enter_context(HarRecorder(config.har, session.secrets))
            client.observers.append(recorder.watch)
        reach(session)
        stack.callback(cleanup_log.close)
        stack.callback(session.clean_up)
        cleanup_log.adopt()
        cleanup_log.begin(session.marker)
        with meter.free():
            _sweep(session)
        session.clean_up()
        yield session


def _sweep(session: Session) -> None:
    """Note what a killed run created in its last moment: objects with a text that has its mark."""
    if not session.cleanup.log.markers or not session.config.writes:
        return
    rng = random.Random(0)  # noqa: S311  # draws nothing that matters
    ctx = CheckContext.open(session, "answers", rng)
    for collection in session.collections:
        if collection.lister is None or collection.parent is not None:
            continue
        for actor in (Actor.ME, Actor.OTHER) if session.has_other else (Actor.ME,):
            with suppress(Inconclusive, NoResponseError):
                items, _ = ctx.lists.all_items(collection, actor=actor)
                for item in items:
                    text = json.dumps(item)
                    if any(marker in text for marker in session.cleanup.log.markers):
                        ctx.objects.note_listed(collection, item, actor)
    session.rpc.sweep(session.cleanup.log.markers)


@contextmanager
def _stopping(meter: RequestMeter) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the run at the next request; a second one ends it where it is."""

    def stop(_number: int, _frame: object) -> None:
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


def reach(session: Session) -> None:
    """Make sure that somebody answers; `TrunklineError` with exit code 3 otherwise."""
    try:
        session.send("GET", "/", headers={"Accept": "*/*"})
    except BudgetSpentError:
        return
    except NoResponseError as error:
        message = f"no answer from {session.config.base_url}: {error.reason}"
        hint = "check the address, and that the server runs"
        if error.reached and session.config.base_url.startswith("http://"):
            hint += "; https:// where it speaks TLS"
        if error.untrusted:
            hint = "SSL_CERT_FILE names the file with the certificate of an authority of your own"
        raise TrunklineError(
            [Diagnostic(Code.UNREACHABLE, message, hint=hint)], ExitCode.UNREACHABLE
        ) from error
    try:
        for operation in session.api.operations:
            for actor in Actor:
                session.credential(operation, actor)
    except LoginError as error:
        raise TrunklineError.usage(Code.BAD_VALUE, str(error)) from error


def run_unit(session: Session, unit: Unit) -> UnitResult:
    """Hold one target to one check; what it made is deleted afterwards.

    Raises `BudgetSpentError`, and `NoAnswerError` when the server cannot be reached at all.
    """
    started = time.monotonic()
    ctx = CheckContext.open(session, unit.check.id, unit.rng(session.config.seed))
    result = UnitResult(unit.id, unit.check.id, unit.name, UnitVerdict.PASSED)
    try:
        unit.bound.run(ctx)
    except NotApplicable as error:
        result.verdict, result.reason = UnitVerdict.NOT_APPLICABLE, str(error)
    except (Inconclusive, ForeignRequestError, UnsendableRequestError, LoginError) as error:
        result.verdict, result.reason = UnitVerdict.NOT_TRIED, str(error)
    except NoResponseError as error:
        if not error.reached:
            raise
        _unanswered(ctx, error)
    finally:
        session.clean_up()
    verdicts = ctx.verdicts
    if result.verdict is UnitVerdict.PASSED and not verdicts.tried:
        result.verdict, result.reason = UnitVerdict.NOT_TRIED, "there was nothing to compare"
    config = session.config
    unchosen = {o.id for o in config.api.operations if not config.selection.chooses(o)}
    result.findings = [f for f in verdicts.findings.all if f.operation not in unchosen]
    if result.violations:
        result.verdict = UnitVerdict.FAILED
    result.tried, result.seconds = verdicts.tried, time.monotonic() - started
    return result


def _unanswered(ctx: CheckContext, error: NoResponseError) -> None:
    """A request that got no whole response is a finding; its reproduction is the request."""
    before, steps = ctx.session.reproductions.evidence((), (error.request, error.reason))
    operation = error.request.operation or error.request.url
    message = f"{error.request.method}: {error.reason}"
    ctx.verdicts.findings.add(Finding("answers", operation, "", message, steps, before=before))


def _is_told(finding: Finding, known: set[tuple[str, str]]) -> bool:
    """Whether a finding of Schemathesis' is one of the checks' in other words."""
    return finding.rule in _SAME_WORDS and (finding.rule, finding.operation) in known


class Runner:
    """One run from its first unit to its report."""

    def __init__(self, session: Session, listener: Listener) -> None:
        self._session = session
        self._listener = listener
        self._hangs = 0
        self._noting = threading.Lock()
        config = session.config
        self._report = RunReport(
            config.name,
            config.api.title,
            config.base_url,
            config.seed,
            config.profile.value,
            session.snippets.setup if session.snippets is not None else (),
            (config.shard.index, config.shard.count),
            usual_budget=config.budget.usual,
            labels={o.id: f"{o.method.upper()} {o.path}" for o in config.api.operations},
        )
        self._target_mismatch = TargetMismatch(config.api)
        session.client.observers.append(self._target_mismatch.watch)
        self._coverage = Coverage(config.api)
        self._report.coverage = self._coverage.entry
        session.client.observers.append(self._coverage.watch)
        session.client.observers.append(self._note_call)

    def _note_call(self, exchange: Exchange) -> None:
        if exchange.request.operation is not None:
            with self._noting:
                elapsed = self._session.meter.elapsed
                self._report.timeline.called(exchange.request.operation, elapsed)

    def _note_findings(self, findings: Sequence[Finding]) -> None:
        before = len(self._report.violations)
        self._report.findings.extend(findings)
        new = len(self._report.violations) - before
        with self._noting:
            self._report.timeline.found(new, self._session.meter.elapsed)

    def run(self) -> RunReport:
        """Everything, in order; whatever ends it early is in the report."""
        report, config = self._report, self._session.config
        planned = units(
            config.api,
            only=config.only,
            writes=config.writes,
            conventions=self._session.full,
            shard=config.shard,
            selection=config.selection,
        )
        phases = config.phases and not config.only
        # Schemathesis takes about a third of the time that the checks take together.
        weight = max(1, len(planned) // 3) if phases else 0
        total = len(planned) + weight
        done = 0
        if not config.writes:
            report.notes.append("read-only: writing checks need --allow-writes away from loopback")
        if hopeless := sorted(self._session.unanswerable):
            told = ", ".join(report.labels.get(name, name) for name in hopeless[:5])
            report.notes.append(
                f"no body fits the success that is described for {told}"
                f"{' and others' if hopeless[5:] else ''}: what they answer then is not held "
                "against the server"
            )
        try:
            for unit in planned:
                if phases and self._is_turn_of_phases():
                    self._phases(done, total)
                    done, phases = done + weight, False
                self._tell(done, total, unit.id)
                self._coverage.check = unit.check.id
                self._take(run_unit(self._session, unit))
                done += 1
                if not config.only and (verdict := self._target_mismatch.verdict):
                    raise _MismatchError(verdict)
            if phases:
                self._phases(done, total)
                done += weight
        except BudgetSpentError:
            report.spent = True
        except NoResponseError as error:
            report.unreachable = error.reason
        except _UnreachableError as error:
            report.unreachable = str(error)
        except _MismatchError as error:
            report.mismatch = str(error)
        except KeyboardInterrupt:
            report.interrupted = True
        tried = {o.unit for o in report.results}
        report.results += [
            UnitResult(u.id, u.check.id, u.name, UnitVerdict.NOT_REACHED)
            for u in planned
            if u.id not in tried
        ]
        self._finish()
        self._tell(done, total, "done")
        return report

    def _is_turn_of_phases(self) -> bool:
        """Whether the checks have had their share of the seconds: both kinds get to their turn."""
        seconds = self._session.config.budget.seconds
        return seconds is not None and self._session.meter.elapsed > seconds * _CHECKS_SHARE

    def _take(self, result: UnitResult) -> None:
        self._report.results.append(result)
        self._note_findings(result.findings)
        self._report.cases += result.tried
        hung = any(v.rule == "answers" for v in result.violations)
        self._hangs = self._hangs + 1 if hung else 0
        if self._hangs >= _HANGS:
            raise _UnreachableError(f"{_HANGS} checks in a row got no answer")

    def _phases(self, done: int, total: int) -> None:
        config = self._session.config
        chosen = frozenset(
            o.id for o in config.api.operations if config.selection.chooses(o)
        ) & fuzzed_operations(config.api, config.shard)
        self._coverage.check = SCHEMATHESIS
        result = run_phases(
            self._session,
            chosen,
            lambda cases: self._tell(done, total, f"Schemathesis, {cases} cases"),
            EVERY_PHASE if self._session.full else SMOKE_PHASES,
        )
        known = {(f.rule, f.operation) for f in self._report.findings.all}
        self._note_findings([f for f in result.findings.all if not _is_told(f, known)])
        self._report.fuzzed = result.cases
        self._report.cases += result.cases
        self._report.notes += sorted(set(result.errors))
        if self._session.meter.spent:
            self._report.spent = True

    def _finish(self) -> None:
        self._session.clean_up()
        # A fault that several checks met is shown with the same evidence wherever it is shown.
        shown = {violation.key: violation for violation in self._report.findings.all}
        for result in self._report.results:
            result.findings = [shown.get(f.key, f) for f in result.findings]
        self._report.notes += [
            f"the list of {name} shows what was {'deleted' if gone else 'created'} late: "
            f"{lag:.1f} s were waited"
            for (name, gone), lag in self._session.lags.items()
            if lag
        ]
        self._report.left_out = dict(self._session.safety.left_out)
        self._report.left = list(dict.fromkeys(self._session.cleanup.left))
        self._report.requests = self._session.meter.sent
        self._report.seconds = self._session.meter.elapsed

    def _tell(self, done: int, total: int, doing: str) -> None:
        sent, found = self._session.meter.sent, len(self._report.findings)
        self._listener(Progress(done, total, doing, sent, found))
