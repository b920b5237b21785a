"""What the suite finds: a rule broken, the evidence, and who says that it is one."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from trunkline import ir
from trunkline.contract.model.exchange import Exchange, Request, Secrets


class Level(enum.StrEnum):
    """How much a finding weighs."""

    VIOLATION = "violation"
    """The server breaks its description, or what no description can allow."""
    GAP = "gap"
    """The description leaves out a refusal that servers conventionally give."""
    HINT = "hint"
    """The description cannot decide it; good servers do otherwise."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the description, and the documents behind it."""

    position: str
    pointer: str
    cited: tuple[str, ...]

    @classmethod
    def of(cls, origin: ir.Origin) -> Source:
        """From an origin of the intermediate representation."""
        return cls(str(origin.position), origin.pointer, tuple(map(str, origin.provenance)))

    def __str__(self) -> str:
        who = f" ({'; '.join(self.cited)})" if self.cited else ""
        return f"{self.position}{who}"


@dataclass(frozen=True, slots=True)
class EvidenceStep:
    """One exchange of a reproduction, secrets taken out."""

    curl: str
    status: int
    """0: no whole response came."""
    answer: str
    call: str = ""
    """The same as a call of the generated client; empty where the client cannot send it."""
    method: str = ""
    url: str = ""
    body: str | None = None
    media_type: str = ""
    """The response's."""

    @classmethod
    def of(
        cls, exchange: Exchange, secrets: Secrets, call: Callable[[Request], str] | None = None
    ) -> EvidenceStep:
        """From a recorded exchange."""
        answer = exchange.show_body(secrets)
        return cls.sent(
            exchange.request, secrets, call, exchange.status, answer, exchange.media_type
        )

    @classmethod
    def sent(
        cls,
        request: Request,
        secrets: Secrets,
        call: Callable[[Request], str] | None,
        status: int,
        answer: str,
        media_type: str = "",
    ) -> EvidenceStep:
        """From a request and what is left of its response, secrets taken out of that already."""
        body = request.body
        return cls(
            request.curl(secrets),
            status,
            answer,
            secrets.hide(call(request)) if call is not None else "",
            request.method,
            secrets.hide(request.url),
            None if body is None else secrets.hide(body.decode("utf-8", "backslashreplace")),
            media_type,
        )


@dataclass(slots=True)
class Finding:
    """One finding. Two with the same `key` are the same fault seen twice."""

    rule: str
    operation: str
    subject: str
    """The member, parameter or header concerned; empty when it is the operation as a whole."""
    message: str
    steps: tuple[EvidenceStep, ...] = ()
    sources: tuple[Source, ...] = ()
    times: int = field(default=1, compare=False)
    level: Level = Level.VIOLATION

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it one finding."""
        return self.rule, self.operation, self.subject


class Findings:
    """Violations in the order found, each fault once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], Finding] = {}

    def add(self, violation: Finding) -> None:
        """Record one; a fault already known is only counted, its shorter evidence kept."""
        known = self._found.get(violation.key)
        if known is None:
            self._found[violation.key] = violation
            return
        known.times += 1
        if violation.steps and len(violation.steps) < len(known.steps):
            known.steps = violation.steps
            known.message = violation.message

    def extend(self, violations: Sequence[Finding]) -> None:
        """Record several."""
        for violation in violations:
            self.add(violation)

    @property
    def all(self) -> list[Finding]:
        """Everything found."""
        return list(self._found.values())

    def __len__(self) -> int:
        return len(self._found)
