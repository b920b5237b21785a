"""Events: what the service sends to those who subscribed to it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable

from trunkline import ir
from trunkline.contract.checks.comparison import same, schema_error, show
from trunkline.contract.checks.triggers import (
    PATIENCE,
    SECRET,
    algorithms,
    pass_time,
    reach,
    run_trigger,
    scalars,
    subscribed,
    unsubscribed,
)
from trunkline.contract.engine import CheckContext, EventTarget, Family, rule, webhook_check
from trunkline.contract.model import Exchange
from trunkline.contract.session import Actor, Listener, ReceivedRequest, serve_callbacks
from trunkline.ir import Json
from trunkline.semantics.media import essence

rule(
    "event-sent",
    Family.WEBHOOKS,
    "An event that was subscribed to is sent",
    "Whoever waits for an event that never comes waits for ever.",
    "Send events from the place where the state changes, not from one caller of it.",
)
rule(
    "event-signed",
    Family.WEBHOOKS,
    "An event is signed over its very bytes, with the secret and the algorithm agreed on",
    "A receiver that checks, as it must, throws away what is signed otherwise.",
    "Write the body once, sign these bytes with the subscription's algorithm, send these bytes.",
)
rule(
    "event-body",
    Family.WEBHOOKS,
    "An event fits its schema, and its documented headers are there",
    "Receivers are generated from the schema: what breaks it breaks them.",
    "Build the event from the schema, and set the documented headers.",
)
rule(
    "event-true",
    Family.WEBHOOKS,
    "An event tells of the object that it is about",
    "Data of something else makes the receiver do the wrong thing to the wrong object.",
    "Fill the event from the object that changed, after the change.",
)
rule(
    "event-repeated",
    Family.WEBHOOKS,
    "An event that is not accepted is sent again, with the same id and the next count",
    "Servers are restarted; what is sent only once is lost, and what does not tell that it is a "
    "repetition is done twice.",
    "Keep an event until it is accepted; repeat it with its id, and count the repetitions.",
)
rule(
    "event-once",
    Family.WEBHOOKS,
    "An event that was accepted is not sent again, and two events have two ids",
    "A receiver that is told twice charges twice.",
    "Mark an event as accepted before anything else can pick it up.",
)
rule(
    "event-private",
    Family.WEBHOOKS,
    "An event is sent to subscribers of its own account only",
    "Anything else hands one customer's data to another.",
    "Select subscriptions by the account of the object.",
)
rule(
    "event-ended",
    Family.WEBHOOKS,
    "Who has unsubscribed is not told any more",
    "Endpoints that were given up belong to somebody else one day.",
    "Look subscriptions up when an event is sent, not when it is planned.",
)


def _verifies(heard: ReceivedRequest, signature: ir.Signature, algorithm: str, secret: str) -> bool:
    given = heard.headers.get(signature.header.lower(), "")
    digest = hmac.new(secret.encode(), heard.raw, getattr(hashlib, algorithm)).digest()
    wanted = digest.hex() if signature.encoding == "hex" else base64.b64encode(digest).decode()
    return hmac.compare_digest(given.strip().encode(), wanted.encode())


class _Event:
    """One event's check at work."""

    def __init__(self, ctx: CheckContext, target: EventTarget, evidence: list[Exchange]) -> None:
        self.ctx = ctx
        self.target = target
        self.webhook = target.webhook
        self.events = target.events
        self.evidence = evidence

    def hold(self, holds: bool, rule_id: str, message: str) -> bool:
        return self.ctx.expect(
            holds,
            self.webhook.operation,
            f"{self.webhook.name}: {message}",
            *self.evidence[-2:],
            rule=rule_id,
            subject=self.webhook.name,
        )

    def id(self, heard: ReceivedRequest) -> Json:
        """Which event it is."""
        return heard.object.get(self.events.identity or "")

    def well_formed(self, heard: ReceivedRequest) -> None:
        """Body and headers."""
        operation = self.webhook.operation
        content = operation.body.contents[0] if operation.body else None
        if content is not None and content.schema is not None:
            media = essence(heard.headers.get("content-type", ""))
            self.hold(media == content.media_type, "event-body", f"the Content-Type is {media!r}")
            wrong = schema_error(self.ctx, content.schema, heard.json, "request")
            self.hold(not wrong, "event-body", f"the body breaks its schema {wrong}")
        signature = self.webhook.signature
        promised = {name.lower() for name in self.events.headers}
        for parameter in operation.parameters:
            name = parameter.name.lower()
            signs = signature is not None and name == signature.header.lower()
            if parameter.location is ir.ParameterLocation.HEADER and not signs:
                always = parameter.required or name in promised
                self.hold(
                    name in heard.headers or not always,
                    "event-body",
                    f"the header {parameter.name} is missing",
                )

    def signed(self, heard: ReceivedRequest, algorithm: str) -> None:
        """Header, algorithm, bytes."""
        signature = self.webhook.signature
        if signature is None:
            return
        given = heard.headers.get(signature.header.lower())
        if self.hold(
            given is not None, "event-signed", f"the header {signature.header} is missing"
        ):
            self.hold(
                _verifies(heard, signature, algorithm, SECRET),
                "event-signed",
                f"{signature.header} is not the {algorithm} of the body: {given}",
            )


@webhook_check(
    "event-sent", "event-signed", "event-body", "event-true", "event-repeated", "event-once",
    "event-private", "event-ended", needs=EventTarget.of,
)  # fmt: skip
def events(ctx: CheckContext, target: EventTarget) -> None:
    """Subscribe twice, and another account once; cause the event; accept it at one address, refuse
    it first at the other; unsubscribe and cause it again."""
    reach(ctx)
    evidence: list[Exchange] = []
    check = _Event(ctx, target, evidence)

    def policy(path: str, raw: bytes, before: int) -> tuple[int, bytes]:
        del raw
        return (500, b"") if path == "/refusing" and before == 0 else (204, b"")

    with serve_callbacks(policy) as ears:
        _events(ctx, check, ears, evidence)


def _events(ctx: CheckContext, check: _Event, ears: Listener, evidence: list[Exchange]) -> None:
    name, rules = check.webhook.name, check.events
    signature = check.webhook.signature
    default = signature.algorithm if signature is not None else "sha256"
    others = [a for a in algorithms(ctx, check.target) if a.lower() != default]
    chosen = ctx.rng.choice(others) if others else None
    first = subscribed(ctx, check.target, f"{ears.url}/plain", SECRET, None)
    second = subscribed(ctx, check.target, f"{ears.url}/refusing", SECRET, chosen)
    evidence += [first.exchange, second.exchange]
    others_hook = None
    if ctx.session.has_other:
        others_hook = subscribed(ctx, check.target, f"{ears.url}/other", SECRET, None, Actor.OTHER)
    try:
        exchanges, results = run_trigger(
            ctx, rules.triggers[name], {"unique": ctx.session.fresh(), "url": ears.url}
        )
        evidence += exchanges
        pass_time(ctx, 5)
        about = _about(results)
        plain = ears.wait("/plain", 1, PATIENCE, about)
        if not check.hold(bool(plain), "event-sent", "nothing was sent"):
            return
        if rules.delays and pass_time(ctx, rules.delays[0] + 1):
            ears.wait("/refusing", 2, PATIENCE)
            _repetition(check, ears.at("/refusing"))
        plain, refusing = ears.at("/plain"), ears.at("/refusing")
        for heard in plain:
            check.well_formed(heard)
            check.signed(heard, default)
        for heard in refusing:
            check.signed(heard, (chosen or default).lower())
        _true(check, plain, about)
        ids = [check.id(heard) for heard in plain]
        if rules.identity:
            check.hold(
                len(ids) == len(set(map(show, ids))),
                "event-once",
                f"accepted events came again: {', '.join(map(show, ids))}",
            )
        leaked = ears.at("/other")
        if others_hook is not None:
            told = leaked[0].show() if leaked else ""
            check.hold(not leaked, "event-private", f"another account was told: {told}")
        if unsubscribed(ctx, check.target, first):
            heard_before = len(ears.at("/plain"))
            run_trigger(ctx, rules.triggers[name], {"unique": ctx.session.fresh(), "url": ears.url})
            pass_time(ctx, 5)
            ears.wait("/refusing", len(refusing) + 1, PATIENCE)
            check.hold(
                len(ears.at("/plain")) == heard_before,
                "event-ended",
                "an event was sent after the subscription had ended",
            )
    finally:
        unsubscribed(ctx, check.target, second)
        if others_hook is not None:
            unsubscribed(ctx, check.target, others_hook, Actor.OTHER)


def _repetition(check: _Event, refusing: list[ReceivedRequest]) -> None:
    if not refusing:
        return
    refused = refusing[0]
    again = [h for h in refusing[1:] if same(check.id(h), check.id(refused))]
    counter = check.events.counter
    strange = [h for h in refusing[1:] if (h.object.get(counter or "") or 0) != 0]
    what = "was sent again under another id" if strange else "was never sent again"
    if not check.hold(bool(again), "event-repeated", f"an event that was answered with 500 {what}"):
        return
    if counter is not None:
        before, after = refused.object.get(counter), again[0].object.get(counter)
        right = isinstance(before, int) and isinstance(after, int) and after == before + 1
        check.hold(
            right,
            "event-repeated",
            f"{counter} goes from {show(before)} to {show(after)} at the repetition",
        )


def _about(results: list[Json]) -> Callable[[ReceivedRequest], bool]:
    """Whether an event tells of something that the calls told of."""
    known = set().union(*map(scalars, results))
    return lambda heard: not known or bool(scalars(heard.json) & known)


def _true(
    check: _Event,
    heard: list[ReceivedRequest],
    about: Callable[[ReceivedRequest], bool],
) -> None:
    # Others may be at work under the same account: their events are heard here as well.
    check.hold(
        any(map(about, heard)), "event-true", f"it is not about what was done: {heard[0].show()}"
    )
    for one in heard:
        told = one.object.get("type")
        if told is not None:
            check.hold(told == check.webhook.name, "event-true", f"it calls itself {show(told)}")
