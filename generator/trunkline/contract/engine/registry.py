"""The table of rules: stable ids, what each says, why it matters, and the code that tries it."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from trunkline import ir

if TYPE_CHECKING:
    from trunkline.contract.engine.context import CheckContext
    from trunkline.contract.model import Collection


class Family(enum.StrEnum):
    """Rules that belong together; one module or package each."""

    CONTRACT = "contract"
    CRUD = "crud"
    PATCH = "patch"
    OWNED = "owned"
    LISTS = "lists"
    FILTERS = "filters"
    SORTING = "sorting"
    VALIDATION = "validation"
    SECURITY = "security"
    PROTOCOL = "protocol"
    ROBUSTNESS = "robustness"
    IDEMPOTENCY = "idempotency"
    CONCURRENCY = "concurrency"
    RPC = "rpc"
    WEBHOOKS = "webhooks"
    RECEIVER = "receiver"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule's id stands for."""

    id: str
    family: Family
    title: str
    why: str


CollectionCheck: TypeAlias = "Callable[[CheckContext, Collection], None]"
OperationCheck: TypeAlias = "Callable[[CheckContext, ir.Operation], None]"
MethodCheck: TypeAlias = "Callable[[CheckContext, ir.RpcMethod], None]"
WebhookCheck: TypeAlias = "Callable[[CheckContext, ir.Webhook], None]"


@dataclass(frozen=True, slots=True)
class Check:
    """Code that holds a server to rules: `id` first, and others it tells apart on the way.

    Exactly one of `collection`, `operation`, `method` and `webhook` is set. `needs` tells whether
    the check applies.
    """

    id: str
    rules: tuple[str, ...]
    collection: CollectionCheck | None
    operation: OperationCheck | None
    method: MethodCheck | None
    needs: Callable[[object], bool]
    writes: bool
    convention: bool = False
    """What good servers do though no description can say it: full profile, or asked for."""
    webhook: WebhookCheck | None = None


RULES: dict[str, Rule] = {}
CHECKS: dict[str, Check] = {}


def rule(id: str, family: Family, title: str, why: str) -> str:  # noqa: A002  # the field's name
    """Enter a rule; returns its id. Ids are unique and never reused."""
    if id in RULES:
        raise ValueError(f"rule {id} entered twice")
    RULES[id] = Rule(id, family, title, why)
    return id


def collection_check(
    *rules: str,
    needs: Callable[[Collection], bool],
    writes: bool = True,
    convention: bool = False,
) -> Callable[[CollectionCheck], CollectionCheck]:
    """Enter a check about a collection under its first rule's id."""

    def enter(check: CollectionCheck) -> CollectionCheck:
        def applies(target: object) -> bool:
            from trunkline.contract.model import Collection

            return isinstance(target, Collection) and needs(target)

        _enter(Check(rules[0], rules, check, None, None, applies, writes, convention))
        return check

    return enter


def operation_check(
    *rules: str,
    needs: Callable[[ir.Operation], bool],
    writes: bool = True,
    convention: bool = False,
) -> Callable[[OperationCheck], OperationCheck]:
    """Enter a check about single operations under its first rule's id."""

    def enter(check: OperationCheck) -> OperationCheck:
        def applies(target: object) -> bool:
            return isinstance(target, ir.Operation) and needs(target)

        _enter(Check(rules[0], rules, None, check, None, applies, writes, convention))
        return check

    return enter


def method_check(
    *rules: str, needs: Callable[[ir.RpcMethod], bool], writes: bool = True
) -> Callable[[MethodCheck], MethodCheck]:
    """Enter a check about single JSON-RPC methods under its first rule's id."""

    def enter(check: MethodCheck) -> MethodCheck:
        def applies(target: object) -> bool:
            return isinstance(target, ir.RpcMethod) and needs(target)

        _enter(Check(rules[0], rules, None, None, check, applies, writes))
        return check

    return enter


def webhook_check(
    *rules: str, needs: Callable[[ir.Webhook], bool], writes: bool = True
) -> Callable[[WebhookCheck], WebhookCheck]:
    """Enter a check about what the service sends, under its first rule's id. It is held only where
    something is known that makes the service send."""

    def enter(check: WebhookCheck) -> WebhookCheck:
        def applies(target: object) -> bool:
            return isinstance(target, ir.Webhook) and needs(target)

        _enter(Check(rules[0], rules, None, None, None, applies, writes, webhook=check))
        return check

    return enter


def _enter(check: Check) -> None:
    if check.id in CHECKS or not all(r in RULES for r in check.rules):
        raise ValueError(f"check {check.id} entered twice, or for rules not in the table")
    CHECKS[check.id] = check


# Rules that every response is held to, whichever check or phase asked for it.
rule(
    "no-server-error",
    Family.CONTRACT,
    "The server never fails",
    "A status in the 500s means that a request was not handled but crashed; clients retry it, "
    "and what crashes can often be exploited.",
)
rule(
    "status-documented",
    Family.CONTRACT,
    "Every status is documented",
    "Clients handle the statuses they were told about and misread the others.",
)
rule(
    "content-type-documented",
    Family.CONTRACT,
    "Every response has a documented media type",
    "A client chooses how to read a response by its media type.",
)
rule(
    "response-schema",
    Family.CONTRACT,
    "Every body fits its schema",
    "Typed clients are generated from the schema: what breaks it breaks them.",
)
rule(
    "headers-documented",
    Family.CONTRACT,
    "Documented headers are present and fit their schemas",
    "Clients steer by rate-limit, paging and location headers.",
)
rule(
    "errors-discreet",
    Family.CONTRACT,
    "Errors show nothing of the server's inside",
    "Stack traces and file names tell attackers what to try next.",
)
rule(
    "answers",
    Family.CONTRACT,
    "Every request gets a whole HTTP response in time",
    "A request that hangs or breaks off blocks its caller.",
)
rule(
    "valid-accepted",
    Family.VALIDATION,
    "What the description allows is accepted",
    "A valid request that is refused cannot be repaired by its sender.",
)
rule(
    "invalid-rejected",
    Family.VALIDATION,
    "What the description forbids is refused",
    "Bad data that gets in comes back later, to other clients.",
)
