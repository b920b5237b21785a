"""The table of checks: code that holds a server to rules, each typed by the target it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeAlias, TypeVar

from trunkline import ir
from trunkline.contract.engine.context import CheckContext
from trunkline.contract.engine.registry import RULES
from trunkline.contract.model import Collection

Subject: TypeAlias = Collection | ir.Operation | ir.RpcMethod | ir.Webhook
"""What of a description a check can be about."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A check together with its target, and the operations that the target is about."""

    run: Callable[[CheckContext], None]
    operations: tuple[ir.Operation, ...]


_Target = TypeVar("_Target")


@dataclass(frozen=True, slots=True)
class Check:
    """Code that holds a server to rules: `id` first, and others it tells apart on the way.

    `bind` gives the code together with the target made for it; None where the check does not apply
    to a subject: the description lacks what it needs.
    """

    id: str
    rules: tuple[str, ...]
    bind: Callable[[ir.Api, Subject], Bound | None]
    writes: bool
    convention: bool
    """What good servers do though no description can say it: full profile, or asked for."""
    description: str


CHECKS: dict[str, Check] = {}


def collection_check(
    *rules: str,
    needs: Callable[[Collection], _Target | None],
    writes: bool = True,
    convention: bool = False,
) -> Callable[[Callable[[CheckContext, _Target], None]], Callable[[CheckContext, _Target], None]]:
    """Enter a check about a collection under its first rule's id."""

    def target(api: ir.Api, subject: Subject) -> _Target | None:
        del api
        return needs(subject) if isinstance(subject, Collection) else None

    return _entering(rules, target, writes, convention)


def operation_check(
    *rules: str,
    needs: Callable[[ir.Api, ir.Operation], _Target | None],
    writes: bool = True,
    convention: bool = False,
) -> Callable[[Callable[[CheckContext, _Target], None]], Callable[[CheckContext, _Target], None]]:
    """Enter a check about single operations under its first rule's id."""

    def target(api: ir.Api, subject: Subject) -> _Target | None:
        return needs(api, subject) if isinstance(subject, ir.Operation) else None

    return _entering(rules, target, writes, convention)


def method_check(
    *rules: str, needs: Callable[[ir.Api, ir.RpcMethod], _Target | None], writes: bool = True
) -> Callable[[Callable[[CheckContext, _Target], None]], Callable[[CheckContext, _Target], None]]:
    """Enter a check about single JSON-RPC methods under its first rule's id."""

    def target(api: ir.Api, subject: Subject) -> _Target | None:
        return needs(api, subject) if isinstance(subject, ir.RpcMethod) else None

    return _entering(rules, target, writes, convention=False)


def webhook_check(
    *rules: str, needs: Callable[[ir.Api, ir.Webhook], _Target | None], writes: bool = True
) -> Callable[[Callable[[CheckContext, _Target], None]], Callable[[CheckContext, _Target], None]]:
    """Enter a check about what the service sends, under its first rule's id."""

    def target(api: ir.Api, subject: Subject) -> _Target | None:
        return needs(api, subject) if isinstance(subject, ir.Webhook) else None

    return _entering(rules, target, writes, convention=False)


def _entering(
    rules: tuple[str, ...],
    target: Callable[[ir.Api, Subject], _Target | None],
    writes: bool,
    convention: bool,
) -> Callable[[Callable[[CheckContext, _Target], None]], Callable[[CheckContext, _Target], None]]:
    def enter(
        function: Callable[[CheckContext, _Target], None],
    ) -> Callable[[CheckContext, _Target], None]:
        def bind(api: ir.Api, subject: Subject) -> Bound | None:
            made = target(api, subject)
            if made is None:
                return None
            return Bound(lambda ctx: function(ctx, made), tuple(_operations(made)))

        if rules[0] in CHECKS or not all(r in RULES for r in rules):
            raise ValueError(f"check {rules[0]} entered twice, or for rules not in the table")
        description = " ".join((function.__doc__ or "").split())
        CHECKS[rules[0]] = Check(rules[0], rules, bind, writes, convention, description)
        return function

    return enter


def _operations(target: object) -> Iterator[ir.Operation]:
    """The operations that a target names."""
    if isinstance(target, ir.Operation):
        yield target
    elif isinstance(target, tuple):
        for part in target:
            yield from _operations(part)
    elif is_dataclass(target) and not isinstance(target, Collection | ir.RpcMethod | ir.Webhook):
        for one in fields(target):
            yield from _operations(getattr(target, one.name))
