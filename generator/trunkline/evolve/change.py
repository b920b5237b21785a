"""What a comparison finds: verdicts, rules with stable ids, and changes at places."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass

from trunkline.position import Position


class Verdict(enum.StrEnum):
    """What a change does to those who rely on the old description; ordered by `rank`."""

    COMPATIBLE = "compatible"
    """Whoever kept to the old description is served as before."""
    DANGEROUS = "dangerous"
    """The descriptions do not decide it: it breaks some callers, or none."""
    BREAKING = "breaking"
    """Somebody who kept to the old description fails."""

    @property
    def rank(self) -> int:
        """0, 1 or 2, worst last."""
        return list(Verdict).index(self)


class Direction(enum.StrEnum):
    """Who writes the value, seen from the user of the API."""

    SENT = "sent"
    """The user's program: requests, parameters, answers to webhooks."""
    RECEIVED = "received"
    """The service: answers, their headers, webhooks."""
    NEITHER = "neither"


class Area(enum.StrEnum):
    """Where in an API a change is; the first part of a rule's id."""

    INFO = "info"
    OPERATION = "operation"
    PARAMETER = "parameter"
    REQUEST = "request"
    RESPONSE = "response"
    HEADER = "response-header"
    SECURITY = "security"
    SERVER = "server"
    WEBHOOK = "webhook"
    WEBHOOK_PARAMETER = "webhook-parameter"
    WEBHOOK_REQUEST = "webhook-request"
    WEBHOOK_RESPONSE = "webhook-response"
    RPC = "rpc"
    RPC_PARAMETER = "rpc-parameter"
    RPC_RESULT = "rpc-result"
    MODEL = "model"


DIRECTIONS: dict[Area, Direction] = {
    Area.PARAMETER: Direction.SENT,
    Area.REQUEST: Direction.SENT,
    Area.RESPONSE: Direction.RECEIVED,
    Area.HEADER: Direction.RECEIVED,
    Area.WEBHOOK_PARAMETER: Direction.RECEIVED,
    Area.WEBHOOK_REQUEST: Direction.RECEIVED,
    Area.WEBHOOK_RESPONSE: Direction.SENT,
    Area.RPC_PARAMETER: Direction.SENT,
    Area.RPC_RESULT: Direction.RECEIVED,
}
"""The areas that hold schemas, and who writes the values there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One kind of change: area × kind × action × direction.

    `http` is the verdict for anything that speaks the old contract to the new service, `python`
    that for code written against the old package and run with the new one. `message` is a
    template over the change's particulars. `documentation` marks what changes text only.
    """

    id: str
    area: Area
    kind: str
    action: str
    direction: Direction
    http: Verdict
    python: Verdict
    message: str
    why: str
    remedy: str
    documentation: bool = False

    @property
    def verdict(self) -> Verdict:
        """The worse of the two."""
        return max(self.http, self.python, key=lambda verdict: verdict.rank)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a change is felt: `GET /profiles`, then the way in from there."""

    subject: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " › ".join((self.subject, *self.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of the description, and every place where it is felt.

    A schema that forty operations share changes once: `places` has forty entries. `old` and `new`
    are the places in the two descriptions; None where there is nothing to point at.
    """

    rule: Rule
    message: str
    places: tuple[Place, ...]
    old: Position | None = None
    new: Position | None = None
    particulars: tuple[tuple[str, str], ...] = ()
    """What the rule's template was filled with."""
    same_package: bool = False
    """Whether what it concerns in the generated package is the same in both versions."""

    @property
    def id(self) -> str:
        """Eight hexadecimal digits that are the same as long as the change is: for links."""
        said = (self.rule.id, str(self.places[0]), *(f"{k}={v}" for k, v in self.particulars))
        return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]

    @property
    def why(self) -> str:
        """The two verdicts and the reason."""
        verdicts = f"HTTP {self.http}, Python {self.python}: {self.rule.why}"
        return (
            f"{verdicts} The generated package stays as it is." if self.same_package else verdicts
        )

    @property
    def http(self) -> Verdict:
        """For the HTTP contract."""
        return self.rule.http

    @property
    def python(self) -> Verdict:
        """For the Python client."""
        return Verdict.COMPATIBLE if self.same_package else self.rule.python

    @property
    def verdict(self) -> Verdict:
        """The worse of the two."""
        return max(self.http, self.python, key=lambda verdict: verdict.rank)
