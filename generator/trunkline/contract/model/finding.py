"""What the suite finds: a rule broken, the evidence, and who says that it is one."""

from __future__ import annotations

import base64
import enum
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from trunkline import ir
from trunkline.contract.model.exchange import SHOWN_BODY, Exchange, Request, Secrets
from trunkline.contract.model.handed_on import HandedOn


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

    headers: tuple[tuple[str, str], ...] = ()
    """The request's."""
    raw: str | None = None
    """The body in base64, where it is not UTF-8."""
    shown: tuple[tuple[str, str], ...] = ()
    """The response's headers, names in lower case."""
    hands_on: tuple[HandedOn, ...] = ()
    """What of the response later steps name."""

    @classmethod
    def of(
        cls, exchange: Exchange, secrets: Secrets, call: Callable[[Request], str] | None = None
    ) -> EvidenceStep:
        """From a recorded exchange."""
        return cls.sent(exchange.request, secrets, call, exchange)

    @classmethod
    def sent(
        cls,
        request: Request,
        secrets: Secrets,
        call: Callable[[Request], str] | None,
        exchange: Exchange | None,
        *,
        reason: str = "",
        curl: str = "",
        hands_on: Sequence[HandedOn] = (),
    ) -> EvidenceStep:
        """From a request and its response; without one, `reason` says why none came.

        `curl` is the command that is shown, where later steps take values from this one or this
        one from those before.
        """
        body = request.body
        text, raw = None, None
        if body is not None:
            text = secrets.hide(body.decode("utf-8", "backslashreplace"))
            try:
                body.decode()
            except UnicodeDecodeError:
                hidden = secrets.hide(body.decode("utf-8", "surrogateescape"))
                encoded = hidden.encode("utf-8", "surrogateescape")
                raw = base64.b64encode(encoded).decode() if len(body) <= SHOWN_BODY else None
        return cls(
            curl or request.curl(secrets),
            exchange.status if exchange is not None else 0,
            exchange.show_body(secrets) if exchange is not None else secrets.hide(reason),
            secrets.hide(call(request)) if call is not None else "",
            request.method,
            secrets.hide(request.url),
            text,
            exchange.media_type if exchange is not None else "",
            _hidden(request.headers, secrets),
            raw,
            _hidden(exchange.headers, secrets) if exchange is not None else (),
            tuple(hands_on),
        )


def _hidden(headers: Mapping[str, str], secrets: Secrets) -> tuple[tuple[str, str], ...]:
    return tuple((name, secrets.hide(value)) for name, value in headers.items())


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
    before: tuple[EvidenceStep, ...] = ()
    """What made the objects that the steps are about."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it one finding."""
        return self.rule, self.operation, self.subject

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that name it in every report."""
        return hashlib.sha256("\n".join(self.key).encode("utf-8", "surrogatepass")).hexdigest()[:8]


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
            known.steps, known.before = violation.steps, violation.before
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
