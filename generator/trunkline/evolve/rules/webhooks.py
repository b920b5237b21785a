"""Requests that the service makes: webhooks and callbacks. Directions are turned round."""

from __future__ import annotations

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.rules import bodies, parameters, responses
from trunkline.evolve.table import CHECK, KEEP_PROMISE, SAFE, B, C, D, rule, text

A = Area.WEBHOOK
K = "webhook"
CB = "callback"
UNHEARD = "Receivers wait for something that no longer comes."
UNPROVED = "Receivers that check the signature refuse what comes."

ADDED = rule(A, K, "added", "the webhook {name} was added", C, C, SAFE)
REMOVED = rule(A, K, "removed", "the webhook {name} was removed", B, B, UNHEARD, KEEP_PROMISE)
METHOD = rule(
    A,
    "method",
    "changed",
    "{name} comes with {now}, not {was}",
    B,
    C,
    "Receivers listen for the old method.",
    KEEP_PROMISE,
)
SIGNED = rule(
    A, "signature", "added", "{name} is signed in {header} now", C, C, SAFE, "Check the signature."
)
UNSIGNED = rule(
    A,
    "signature",
    "removed",
    "{name} is no longer signed in {header}",
    B,
    B,
    UNPROVED,
    KEEP_PROMISE,
)
SIGNED_OTHERWISE = rule(
    A,
    "signature",
    "changed",
    "{name} is signed with {now}, not {was}",
    B,
    B,
    UNPROVED,
    KEEP_PROMISE,
)
DEPRECATED = rule(A, K, "deprecated", "the webhook {name} is deprecated now", C, C, SAFE)
DESCRIPTION = text(A, K, "description-changed", "the description of {name} changed")
CALLBACK_ADDED = rule(A, CB, "added", "the callback {name} was added", C, C, SAFE)
CALLBACK_REMOVED = rule(
    A, CB, "removed", "the callback {name} was removed", B, B, UNHEARD, KEEP_PROMISE
)
CALLBACK_MOVED = rule(
    A,
    CB,
    "moved",
    "the callback {name} goes to {now}, not {was}",
    B,
    D,
    "What callers gave as the address is not where it goes.",
    CHECK,
)

RULES: tuple[Rule, ...] = (
    ADDED,
    REMOVED,
    METHOD,
    SIGNED,
    UNSIGNED,
    SIGNED_OTHERWISE,
    DEPRECATED,
    DESCRIPTION,
    CALLBACK_ADDED,
    CALLBACK_REMOVED,
    CALLBACK_MOVED,
)


def compare(context: Context) -> None:
    """Webhooks by name (and by method, where one name has several)."""
    _compare(context, context.old.webhooks, context.new.webhooks, None)


def compare_callbacks(context: Context, old: ir.Operation, new: ir.Operation, place: Place) -> None:
    """Callbacks of one operation."""
    _compare(context, old.callbacks, new.callbacks, place)


def _compare(
    context: Context,
    old: tuple[ir.Webhook, ...],
    new: tuple[ir.Webhook, ...],
    place: Place | None,
) -> None:
    rows = (ADDED, REMOVED) if place is None else (CALLBACK_ADDED, CALLBACK_REMOVED)
    before, after = _keyed(old), _keyed(new)
    for key, was in before.items():
        if key in after:
            _webhook(context, was, after[key], _at(place, was))
        else:
            context.add(rows[1], _at(place, was), was.operation.origin, None, name=was.name)
    for key, now in after.items():
        if key not in before:
            context.add(rows[0], _at(place, now), None, now.operation.origin, name=now.name)


def _keyed(webhooks: tuple[ir.Webhook, ...]) -> dict[tuple[str, str], ir.Webhook]:
    """By name, and by method only where a name stands for several requests."""
    names = [w.name for w in webhooks]
    return {(w.name, w.operation.method if names.count(w.name) > 1 else ""): w for w in webhooks}


def _at(place: Place | None, webhook: ir.Webhook) -> Place:
    if place is None:
        return Place(f"webhook {webhook.name}")
    return Place(place.subject, (*place.path, f"callback {webhook.name}"))


def _webhook(context: Context, old: ir.Webhook, new: ir.Webhook, place: Place) -> None:
    was, now = old.operation, new.operation

    def add(row: Rule, **args: object) -> None:
        context.add(row, place, was.origin, now.origin, name=old.name, **args)

    if was.method != now.method:
        add(METHOD, was=was.method.upper(), now=now.method.upper())
    if old.expression != new.expression:
        add(CALLBACK_MOVED, was=old.expression or "unsaid", now=new.expression or "unsaid")
    if old.signature is None or new.signature is None:
        if new.signature is not None:
            add(SIGNED, header=new.signature.header)
        elif old.signature is not None:
            add(UNSIGNED, header=old.signature.header)
    elif old.signature != new.signature:
        add(SIGNED_OTHERWISE, was=_signature(old.signature), now=_signature(new.signature))
    if now.deprecated and not was.deprecated:
        add(DEPRECATED)
    if (was.description or "").split() != (now.description or "").split():
        add(DESCRIPTION)
    parameters.compare_webhook(context, was, now, place)
    bodies.compare(context, Area.WEBHOOK_REQUEST, was, now, place)
    responses.compare(context, Area.WEBHOOK_RESPONSE, was, now, place)


def _signature(signature: ir.Signature) -> str:
    return f"{signature.algorithm} in {signature.encoding} in {signature.header}"
