"""What of a report speaks for the description being wrong: exchanges judged as the operation that
they were, without what the suite made up itself and without what is a fault of the server."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from trunkline import ir
from trunkline.contract.engine import RULES, Family
from trunkline.contract.model import (
    EvidenceStep,
    Finding,
    RunReport,
    is_made_up,
    pattern_of,
    shows_inside,
)
from trunkline.ir import Json
from trunkline.semantics import responses, schemas
from trunkline.semantics.jsonvalue import Path, parsed
from trunkline.semantics.validators import Validators

_LONGEST: Final = 100
"""Characters of a name that anybody would give to a property."""
_WRITTEN: Final = frozenset(
    {
        "create-echo", "create-read", "update-visible", "update-echo", "replace-visible",
        "replace-whole", "absent-keeps", "nested-kept", "list-replaces", "text-kept",
        "updates-kept",
    }
)  # fmt: skip
"""Rules that say: what was written has to be shown again."""
_CHECKS: Final = frozenset(
    {
        "type-enforced", "null-rejected", "enum-enforced", "range-enforced", "length-enforced",
        "pattern-enforced", "format-enforced", "items-enforced", "required-enforced",
    }
)  # fmt: skip
"""Rules about what a request is refused for."""
_DOUBTS: Final = frozenset(
    {
        "unknown-missing", "delete-missing", "delete-twice", "delete-gone", "delete-unusable",
        "update-missing", "id-exact", "parent-missing", "parent-exact", "path-refused",
        "auth-missing", "auth-wrong", "auth-malformed", "tenant-read", "tenant-update",
        "tenant-delete",
    }
)  # fmt: skip
"""Rules about what should have been refused: what is answered instead says nothing."""
_CARELESS: Final = 3
"""How many kinds of invalid values an operation takes that checks nothing at all."""


class Evidence:
    """The exchanges of one report, and who speaks in them."""

    def __init__(self, api: ir.Api, report: RunReport) -> None:
        self._api = api
        self._bases = [urlsplit(url).path.rstrip("/") for url in report.base_url.split()]
        self._findings = report.findings.all
        self._operations = {o.id: o for o in api.operations}
        self._sent_names: set[str] = set()
        self._sent: dict[str, list[Json]] = defaultdict(list)
        """Values of properties that no description offers, by name."""
        self._forged: dict[str, list[Json]] = defaultdict(list)
        """Values of properties that a request does not describe, by name."""
        self._validators = Validators(api)
        for finding in self._findings:
            for step in (*finding.before, *finding.steps):
                self._note(step)
        doubts = [f for f in self._findings if f.rule in _DOUBTS and f.steps]
        self._wrong = {_exchange(f.steps[-1]) for f in doubts}
        self._doubtful = {(f.operation, f.steps[-1].status) for f in doubts}
        self._lost = set(self._lost_names())
        self._taken: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for finding in self._findings:
            if finding.rule in _CHECKS:
                self._taken[finding.operation].add((finding.rule, finding.subject))

    # ---------------------------------------------------------- which operation

    def steps(self, finding: Finding, operation: ir.Operation) -> Iterator[EvidenceStep]:
        """The exchanges of a finding that are the operation's own, the others only lead there;
        failures of the server and what shows its inside are none."""
        for step in finding.steps:
            if not 100 <= step.status < 500 or self.is_leak(step):
                continue
            if finding.rule not in _DOUBTS and _exchange(step) in self._wrong:
                continue
            if self.is_of(step, operation):
                yield step

    def is_doubtful(self, operation: ir.Operation, status: int) -> bool:
        """Whether the report says that an operation succeeds where it should not, with a status."""
        return (operation.id, status) in self._doubtful

    def is_of(self, step: EvidenceStep, operation: ir.Operation) -> bool:
        """Whether a request was one of this operation's: of several paths that it fits, the one
        with the fewest variables is meant."""
        if not step.method:
            return True
        if step.method.upper() != operation.method.upper():
            return False
        meant = self._path(step)
        return meant is None or meant == operation.path

    def _path(self, step: EvidenceStep) -> str | None:
        """The described path that a request went to; empty: none of them."""
        path = urlsplit(step.url).path
        bases = [base for base in self._bases if path.startswith(base)] or [""]
        wanted = path.removeprefix(max(bases, key=len))
        same = [o for o in self._api.operations if o.method.upper() == step.method.upper()]
        fitting = {o.path for o in same if pattern_of(o.path).fullmatch(wanted)}
        return min(fitting, key=_openness) if fitting else ""

    @staticmethod
    def is_leak(step: EvidenceStep) -> bool:
        """Whether a response shows the inside of the server."""
        return shows_inside(step.answer)

    def fault(self, finding: Finding) -> str:
        """Why a finding is a fault of the server, whatever the description says; or nothing."""
        failed = [s for s in finding.steps if s.status >= 500]
        if failed and len(failed) == len(finding.steps):
            return f"the server failed with {failed[-1].status}"
        if any(self.is_leak(step) for step in finding.steps):
            return "the response shows the inside of the server"
        if finding.rule in {"owned-on-create", "owned-on-update"}:
            return "callers can set what belongs to the server"
        if finding.rule in _WRITTEN:
            return "what was written is not what is shown: a write is lost or changed"
        family = RULES[finding.rule].family
        if family is Family.SECURITY:
            return "a login or an account is not minded"
        return ""

    # ---------------------------------------------------------- whose value it is

    def _note(self, step: EvidenceStep) -> None:
        body = parsed(step.body or "")
        operation = next((o for o in self._api.operations if self.is_of(step, o)), None)
        schema = responses.request_schema(operation) if operation is not None else None
        known: dict[str, list[ir.Schema]] = defaultdict(list)
        if schema is not None:
            for path, member in schemas.walk(self._api.schemas, schema):
                known[path[-1]].append(member.schema)
        for name, value in _members(body):
            if name not in known:
                self._sent_names.add(name)
                self._forged[name].append(value)
            elif not any(self._validators.fits(one, value, "request") for one in known[name]):
                self._sent[name].append(value)

    def made_up(self, name: str) -> bool:
        """Whether nobody but the suite calls a property so."""
        return name in self._sent_names or is_made_up(name) or len(name) > _LONGEST

    def was_sent(self, path: Path, value: Json) -> bool:
        """Whether the suite itself sent a value that the description did not offer: as such, or
        because invalid values of the property are taken, and come back later."""
        name = _last(path)
        if _among(value, self._sent[name]):
            return True
        return any(
            subject.rpartition(".")[2] == name
            for taken in self._taken.values()
            for _, subject in taken
        )

    def forged(self, path: Path, value: Json) -> bool:
        """Whether the suite set what no request may set, and the server shows it."""
        return _among(value, self._forged[_last(path)])

    def lost(self, step: EvidenceStep, path: Path, value: Json) -> bool:
        """Whether a property is shown otherwise than it was set: by the same request, or by what
        the report says of it elsewhere."""
        return _last(path) in self._lost or _altered(_at(parsed(step.body or ""), path), value)

    def _lost_names(self) -> Iterator[str]:
        for finding in self._findings:
            if finding.rule not in _WRITTEN:
                continue
            path = tuple(finding.subject.split("."))
            bodies = [parsed(s.body or "") for s in (*finding.before, *finding.steps)]
            shown = _at(parsed(finding.steps[-1].answer), path) if finding.steps else None
            sent = [_at(body, path) for body in bodies]
            if not any(one is not None and str(one) == str(shown) for one in sent):
                yield path[-1]

    def unshown(self, path: Path) -> bool:
        """Whether a property that the suite set is shown nowhere."""
        name = _last(path)
        steps = [s for f in self._findings for s in (*f.before, *f.steps)]
        sent = any(_at(parsed(s.body or ""), (name,)) is not None for s in steps)
        return sent and not any(name in parsed_members(s.answer) for s in steps if s.status < 400)

    def careless(self, operation: ir.Operation) -> bool:
        """Whether the server takes anything that is sent to an operation: it checks nothing, and
        what it takes says nothing about what it means to take."""
        taken = self._taken[operation.id]
        kinds = {rule for rule, _ in taken}
        return "type-enforced" in kinds and len(kinds) >= _CARELESS

    @property
    def careless_anywhere(self) -> bool:
        """Whether any operation is careless: what it let in is shown by others."""
        return any(self.careless(o) for o in self._operations.values() if o.id in self._taken)


def _exchange(step: EvidenceStep) -> tuple[str, str, int, str]:
    return step.method, step.url, step.status, step.answer


def _openness(path: str) -> tuple[int, list[bool]]:
    segments = ["{" in segment for segment in path.split("/")]
    return sum(segments), segments


def _among(value: Json, values: list[Json]) -> bool:
    return any(type(one) is type(value) and one == value for one in values)


def _altered(sent: Json, shown: Json) -> bool:
    """Whether a value came back as another one, and not only in another form."""
    return sent is not None and sent != shown and str(sent) != str(shown)


def _last(path: Path) -> str:
    return next((name for name in reversed(path) if name != "*"), "")


def parsed_members(text: str) -> set[str]:
    """The names of all properties in a body of JSON."""
    return {name for name, _ in _members(parsed(text))}


def _members(value: Json) -> Iterator[tuple[str, Json]]:
    """Every property at any depth, with its value."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, Mapping):
            yield from current.items()
            stack.extend(current.values())
        elif isinstance(current, list):
            stack.extend(current)


def _at(value: Json, path: Path) -> Json:
    """What a request says at the path of a response, wrappers of either left out."""
    names = [name for name in path if name != "*"]
    for start in range(len(names)):
        at = value
        for name in names[start:]:
            at = at.get(name) if isinstance(at, dict) else None
        if at is not None:
            return at
    return None


_WORD: Final = re.compile(r"[A-Za-z_][\w.\-]*")


def named_in(answer: str, names: set[str]) -> list[str]:
    """Which of `names` a response speaks of."""
    words = {
        word for found in _WORD.findall(answer) for word in (found, *re.split(r"[.\-]", found))
    }
    return sorted(names & words)
