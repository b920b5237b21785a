"""Sends the reproductions of a report again, and says which findings are still there.

What a step needs is made anew: ids and entity tags come from the responses of now, the texts that
mark a run's objects are new ones. Only what the suite itself would send is sent (`session.safety`),
and what was made is deleted.
"""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import unquote

from trunkline import ir
from trunkline.contract.engine import UNSET, CheckContext, Inconclusive
from trunkline.contract.model import (
    EvidenceStep,
    Exchange,
    Finding,
    HandedOn,
    Request,
    RunConfig,
    RunReport,
    Secrets,
    pattern_of,
    put,
    variables,
)
from trunkline.contract.runner.plan import Unit, units
from trunkline.contract.runner.run import open_session, run_unit
from trunkline.contract.session import (
    Actor,
    ForeignRequestError,
    NoResponseError,
    Session,
    UnsendableRequestError,
)
from trunkline.ir import Json
from trunkline.semantics.jsonvalue import parsed

_MARKED = re.compile(r"tl[0-9a-f]{8}\d{4}")
"""The texts that a run makes up (`Session.fresh`)."""
_WRITTEN_AGAIN = frozenset({"content-length", "host"})
_PASSING = frozenset({"date", "content-length", "etag", "last-modified", "location"})
"""Headers of responses whose values are others every time."""
_CHANGING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|.*\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.*", re.IGNORECASE
)
"""Strings that a server makes anew for every object: UUIDs and moments."""


@dataclass(frozen=True, slots=True)
class ReplayedStep:
    """One request, sent again; `status` 0 and an empty body where no response came."""

    request: str
    """Method and address, secrets taken out."""
    before: int
    """The status in the report."""
    status: int
    answer: str
    reason: str = ""
    """Why it was not sent, or got no response."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of one finding."""

    finding: Finding
    fails: bool
    how: str
    """What that is concluded from."""
    steps: tuple[ReplayedStep, ...]


def replay(config: RunConfig, report: RunReport, findings: Sequence[Finding]) -> list[Replayed]:
    """Send the reproductions of `findings`, each on objects of its own.

    A finding is still there where every response comes as the report has it, apart from what a
    server makes anew. Where one is another, the check that found it decides. Raises
    `TrunklineError` when nobody answers at the address.
    """
    found = []
    with open_session(config, stoppable=True) as session:
        for finding in findings:
            replayed = _Replay(session, report).run(finding)
            session.clean_up()
            found.append(_decided(session, report, replayed))
    return found


def _decided(session: Session, report: RunReport, replayed: Replayed) -> Replayed:
    """The verdict; where the responses do not tell, what the check says now."""
    if replayed.fails:
        return replayed
    again = list(_units(session, report, replayed.finding))
    if not again:
        return replace(replayed, how=f"{replayed.how}; no check tries it alone")
    for unit in again:
        result = run_unit(session, unit)
        same = [f for f in result.findings if f.key == replayed.finding.key]
        if same:
            return replace(replayed, fails=True, how=f"{unit.id} finds it again: {same[0].message}")
        if result.reason:
            how = f"{replayed.how}; {unit.id} could not be tried: {result.reason}"
            return replace(replayed, how=how)
    return replace(replayed, how=f"{replayed.how}; {again[0].id} holds")


def _units(session: Session, report: RunReport, finding: Finding) -> Iterator[Unit]:
    """The checks that found it, on the targets where they did."""
    wanted = {r.unit: r.check for r in report.results if finding.key in {f.key for f in r.findings}}
    writes = session.config.writes
    for unit in units(session.api, only=tuple(wanted.values()), writes=writes) if wanted else ():
        if unit.id in wanted:
            yield unit


class _Replay:
    """One finding's steps on a server."""

    def __init__(self, session: Session, report: RunReport) -> None:
        self._session = session
        self._base = report.base_url.split(" ")[0].rstrip("/")
        self._values: dict[HandedOn, str] = {}
        self._texts: dict[str, str] = {}

    def run(self, finding: Finding) -> Replayed:
        """Send everything, as far as it goes."""
        done: list[ReplayedStep] = []
        same, how = bool(finding.steps), "the report has no steps"
        for step in (*finding.before, *finding.steps):
            shown, exchange = self._send(step)
            done.append(shown)
            if exchange is None:
                same = same and step.status == 0 and not shown.reason.startswith(_NOT_SENT)
                how = "no response came, as before" if same else f"{shown.request}: {shown.reason}"
                if not same:
                    break
                continue
            self._take(step, exchange)
            if same and (other := self._difference(step, exchange)):
                same, how = False, f"{shown.request}: {other}"
            elif same:
                how = "the same responses came"
        return Replayed(finding, same, how, tuple(done))

    def _send(self, step: EvidenceStep) -> tuple[ReplayedStep, Exchange | None]:
        request = self._request(step)
        path, mark, query = request.url.partition("?")
        if not path.startswith("/"):
            reason = f"{_NOT_SENT}it is at another address than the server"
            return ReplayedStep(f"{step.method} {step.url}", step.status, 0, "", reason), None
        secrets = self._session.secrets
        shown = f"{request.method} {secrets.hide(request.url)}"
        try:
            exchange = self._session.send(
                request.method,
                path,
                headers=request.headers,
                body=request.body,
                operation=request.operation,
                plain_query=query if mark else "",
                attack=True,  # what a caller configured is among the headers of the report
            )
        except (ForeignRequestError, UnsendableRequestError) as error:
            return ReplayedStep(shown, step.status, 0, "", f"{_NOT_SENT}{error}"), None
        except NoResponseError as error:
            if not error.reached:
                raise
            return ReplayedStep(shown, step.status, 0, "", error.reason), None
        answer = exchange.show_body(secrets)
        return ReplayedStep(shown, step.status, exchange.status, answer), exchange

    def _request(self, step: EvidenceStep) -> Request:
        """The request of a step as it is sent now, its address relative to the base URL."""
        session = self._session
        reveal = session.secrets.reveal
        if step.raw is not None:
            hidden = base64.b64decode(step.raw).decode("utf-8", "surrogateescape")
            body: bytes | None = reveal(hidden).encode("utf-8", "surrogateescape")
        else:
            body = None if step.body is None else self._anew(reveal(step.body)).encode()
        request = Request(
            method=step.method,
            url=self._anew(reveal(step.url, quoted=True)),
            headers={
                name: self._anew(reveal(value))
                for name, value in step.headers
                if name.lower() not in _WRITTEN_AGAIN
            },
            body=body,
        )
        request = put(request, self._values)
        url = request.url.removeprefix(self._base)
        described = session.safety.described(step.method, url.partition("?")[0])
        return replace(request, url=url, operation=described[0].id if described else None)

    def _anew(self, text: str) -> str:
        """A text of the run that was, with made-up texts of this run's instead of its own."""

        def replaced(found: re.Match[str]) -> str:
            return self._texts.setdefault(found[0], self._session.fresh())

        return _MARKED.sub(replaced, text)

    def _difference(self, step: EvidenceStep, exchange: Exchange) -> str:
        """How a response is another than the one in the report (`_difference`)."""
        values = {one.value: new for one, new in self._values.items()}

        def expected(text: str) -> str:
            if text in values:
                return values[text]
            return _MARKED.sub(lambda found: self._texts.get(found[0], found[0]), text)

        return _difference(step, exchange, self._session.secrets, expected)

    def _take(self, step: EvidenceStep, exchange: Exchange) -> None:
        """Keep what the response hands on, and note what the request made."""
        for one in step.hands_on:
            value = one.read(exchange.headers, exchange.body)
            if value is not None:
                self._values[one] = value
        session = self._session
        if not exchange.ok or exchange.request.method != "POST":
            return
        actor = (
            Actor.OTHER if any("$OTHER_TOKEN" in value for _, value in step.headers) else Actor.ME
        )
        path = exchange.request.url.removeprefix(session.config.base_url.rstrip("/"))
        path = path.partition("?")[0]
        for operation in session.safety.described("POST", path):
            self._adopt(operation, exchange, path, actor)

    def _adopt(self, operation: ir.Operation, exchange: Exchange, path: str, actor: Actor) -> None:
        session = self._session
        for collection in session.collections:
            if collection.creator is None or collection.creator.id != operation.id:
                continue
            match = pattern_of(operation.path).fullmatch(path)
            values = [unquote(v) for v in match.groups()] if match else []
            parent = dict(zip(variables(operation.path), values, strict=True))
            ctx = CheckContext.open(session, "answers", random.Random(0))  # noqa: S311
            body = parsed(exchange.request.body)
            sent = body if isinstance(body, dict) else UNSET
            with suppress(Inconclusive, ForeignRequestError, NoResponseError):
                ctx.objects.adopt(collection, exchange, sent, actor, parent)


_NOT_SENT = "not sent: "


def _difference(
    step: EvidenceStep, exchange: Exchange, secrets: Secrets, expected: Callable[[str], str]
) -> str:
    """How a response is another than the one in the report; empty where it is the same.

    `expected` turns a text of then into what it is now.
    """
    if exchange.status != step.status:
        return f"{exchange.status} instead of {step.status or 'no response'}"
    stable = {n: v for n, v in step.shown if n not in _PASSING}
    now = {n: secrets.hide(v) for n, v in exchange.headers.items() if n not in _PASSING}
    for name in sorted(stable.keys() ^ now.keys()):
        return f"the header {name} is {'gone' if name in stable else 'new'}"
    for name, value in stable.items():
        if now[name] != value and not any(c.isdigit() for c in value):
            return f"the header {name} is {now[name]!r} instead of {value!r}"
    answer = exchange.show_body(secrets)
    old, new = parsed(step.answer.encode()), parsed(answer.encode())
    if old is None and new is None:
        return "" if expected(step.answer) == answer else "another body"
    at = _other_at(old, new, expected)
    return f"{at or 'the body'} is another" if at is not None else ""


def _other_at(old: Json, new: Json, expected: Callable[[str], str]) -> str | None:
    """The first place where two bodies differ, apart from what is made anew; None without one."""
    if isinstance(old, dict) and isinstance(new, dict):
        if old.keys() != new.keys():
            return next(iter(sorted(old.keys() ^ new.keys())))
        found = ((name, _other_at(old[name], new[name], expected)) for name in old)
        return next((f"{name}.{at}".rstrip(".") for name, at in found if at is not None), None)
    if isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            return ""
        pairs = (_other_at(a, b, expected) for a, b in zip(old, new, strict=True))
        return next((at for at in pairs if at is not None), None)
    if type(old) is not type(new):
        return ""
    if isinstance(old, str) and isinstance(new, str):
        anew = _CHANGING.fullmatch(old) and _CHANGING.fullmatch(new)
        return None if anew or expected(old) == new else ""
    return None if old == new or expected(str(old)) == str(new) else ""


def chosen(report: RunReport, wanted: Sequence[str]) -> list[Finding]:
    """The findings that `wanted` names, by id, rule or operation; one of each cause without any."""
    if not wanted:
        return [cause.example for cause in report.causes]
    return [
        finding
        for finding in report.findings.all
        if any(name in {finding.id, finding.rule, finding.operation} for name in wanted)
    ]
