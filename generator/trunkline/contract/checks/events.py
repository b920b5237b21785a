"""Events: what the service sends to those who subscribed to it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable

from trunkline import ir
from trunkline.contract.checks.comparison import same, show
from trunkline.contract.checks.triggers import (
    PATIENCE,
    SECRET,
    algorithms,
    carry_out,
    pass_time,
    reach,
    scalars,
    subscribed,
    unsubscribed,
)
from trunkline.contract.engine import Bench, Family, rule, webhook_law
from trunkline.contract.model import Exchange
from trunkline.contract.session import Actor, Heard, Listener, listening
from trunkline.ir import Json

rule(
    "event-sent",
    Family.WEBHOOKS,
    "An event that was subscribed to is sent",
    "Whoever waits for an event that never comes waits for ever.",
)
rule(
    "event-signed",
    Family.WEBHOOKS,
    "An event is signed over its very bytes, with the secret and the algorithm agreed on",
    "A receiver that checks, as it must, throws away what is signed otherwise.",
)
rule(
    "event-body",
    Family.WEBHOOKS,
    "An event fits its schema, and its documented headers are there",
    "Receivers are generated from the schema: what breaks it breaks them.",
)
rule(
    "event-true",
    Family.WEBHOOKS,
    "An event tells of the object that it is about",
    "Data of something else makes the receiver do the wrong thing to the wrong object.",
)
rule(
    "event-repeated",
    Family.WEBHOOKS,
    "An event that is not accepted is sent again, with the same id and the next count",
    "Servers are restarted; what is sent only once is lost, and what does not tell that it is a "
    "repetition is done twice.",
)
rule(
    "event-once",
    Family.WEBHOOKS,
    "An event that was accepted is not sent again, and two events have two ids",
    "A receiver that is told twice charges twice.",
)
rule(
    "event-private",
    Family.WEBHOOKS,
    "An event is sent to subscribers of its own account only",
    "Anything else hands one customer's data to another.",
)
rule(
    "event-ended",
    Family.WEBHOOKS,
    "Who has unsubscribed is not told any more",
    "Endpoints that were given up belong to somebody else one day.",
)


def _verifies(heard: Heard, signature: ir.Signature, algorithm: str, secret: str) -> bool:
    given = heard.headers.get(signature.header.lower(), "")
    digest = hmac.new(secret.encode(), heard.raw, getattr(hashlib, algorithm)).digest()
    wanted = digest.hex() if signature.encoding == "hex" else base64.b64encode(digest).decode()
    return hmac.compare_digest(given.strip().encode(), wanted.encode())


class _Event:
    """One event's law at work."""

    def __init__(self, bench: Bench, webhook: ir.Webhook, evidence: list[Exchange]) -> None:
        self.bench = bench
        self.webhook = webhook
        self.evidence = evidence
        behaviour = bench.api.behaviour
        assert behaviour is not None
        assert behaviour.events is not None
        self.events = behaviour.events

    def broken(self, rule_: str, message: str) -> None:
        self.bench.violation(
            self.webhook.operation,
            f"{self.webhook.name}: {message}",
            *self.evidence[-2:],
            rule=rule_,
            subject=self.webhook.name,
        )

    def id(self, heard: Heard) -> Json:
        """Which event it is."""
        return heard.object.get(self.events.identity or "")

    def well_formed(self, heard: Heard) -> None:
        """Body and headers."""
        operation = self.webhook.operation
        content = operation.body.contents[0] if operation.body else None
        if content is not None and content.schema is not None:
            media = heard.headers.get("content-type", "").partition(";")[0].strip().lower()
            if not self.bench.expect(media == content.media_type):
                self.broken("event-body", f"the Content-Type is {media!r}")
            faults = list(self.bench.oracle.faults(content.schema, heard.json, "request"))
            if not self.bench.expect(not faults):
                path, message = faults[0]
                where = ".".join(map(str, path)) or "its root"
                self.broken("event-body", f"the body breaks its schema at {where}: {message}")
        signature = self.webhook.signature
        promised = {name.lower() for name in self.events.headers}
        for parameter in operation.parameters:
            name = parameter.name.lower()
            signs = signature is not None and name == signature.header.lower()
            if parameter.location is ir.ParameterLocation.HEADER and not signs:
                always = parameter.required or name in promised
                if not self.bench.expect(name in heard.headers or not always):
                    self.broken("event-body", f"the header {parameter.name} is missing")

    def signed(self, heard: Heard, algorithm: str) -> None:
        """Header, algorithm, bytes."""
        signature = self.webhook.signature
        if signature is None:
            return
        given = heard.headers.get(signature.header.lower())
        if not self.bench.expect(given is not None):
            self.broken("event-signed", f"the header {signature.header} is missing")
        elif not self.bench.expect(_verifies(heard, signature, algorithm, SECRET)):
            self.broken(
                "event-signed", f"{signature.header} is not the {algorithm} of the body: {given}"
            )


def _is_event(webhook: ir.Webhook) -> bool:
    return webhook.commands is None


@webhook_law(
    "event-sent", "event-signed", "event-body", "event-true", "event-repeated", "event-once",
    "event-private", "event-ended", needs=_is_event,
)  # fmt: skip
def events(bench: Bench, webhook: ir.Webhook) -> None:
    """Subscribe twice, and another account once; cause the event; accept it at one address, refuse
    it first at the other; unsubscribe and cause it again."""
    reach(bench)
    evidence: list[Exchange] = []
    law = _Event(bench, webhook, evidence)

    def policy(path: str, raw: bytes, before: int) -> tuple[int, bytes]:
        del raw
        return (500, b"") if path == "/refusing" and before == 0 else (204, b"")

    with listening(policy) as ears:
        _events(bench, law, ears, evidence)


def _events(bench: Bench, law: _Event, ears: Listener, evidence: list[Exchange]) -> None:
    name, rules = law.webhook.name, law.events
    signature = law.webhook.signature
    default = signature.algorithm if signature is not None else "sha256"
    others = [a for a in algorithms(bench) if a.lower() != default]
    chosen = bench.rng.choice(others) if others else None
    first = subscribed(bench, name, f"{ears.url}/plain", SECRET, None)
    second = subscribed(bench, name, f"{ears.url}/refusing", SECRET, chosen)
    evidence += [first.exchange, second.exchange]
    others_hook = None
    if bench.lab.has_other:
        others_hook = subscribed(bench, name, f"{ears.url}/other", SECRET, None, Actor.OTHER)
    try:
        exchanges, results = carry_out(
            bench, rules.triggers[name], {"unique": bench.lab.fresh(), "url": ears.url}
        )
        evidence += exchanges
        pass_time(bench, 5)
        about = _about(results)
        plain = ears.wait("/plain", 1, PATIENCE, about)
        if not bench.expect(bool(plain)):
            law.broken("event-sent", "nothing was sent")
            return
        if rules.delays and pass_time(bench, rules.delays[0] + 1):
            ears.wait("/refusing", 2, PATIENCE)
            _repetition(bench, law, ears.at("/refusing"))
        plain, refusing = ears.at("/plain"), ears.at("/refusing")
        for heard in plain:
            law.well_formed(heard)
            law.signed(heard, default)
        for heard in refusing:
            law.signed(heard, (chosen or default).lower())
        _true(bench, law, plain, about)
        ids = [law.id(heard) for heard in plain]
        if rules.identity and not bench.expect(len(ids) == len(set(map(show, ids)))):
            law.broken("event-once", f"accepted events came again: {', '.join(map(show, ids))}")
        leaked = ears.at("/other")
        if others_hook is not None and not bench.expect(not leaked):
            law.broken("event-private", f"another account was told: {leaked[0].show()}")
        if unsubscribed(bench, first):
            heard_before = len(ears.at("/plain"))
            carry_out(bench, rules.triggers[name], {"unique": bench.lab.fresh(), "url": ears.url})
            pass_time(bench, 5)
            ears.wait("/refusing", len(refusing) + 1, PATIENCE)
            if not bench.expect(len(ears.at("/plain")) == heard_before):
                law.broken("event-ended", "an event was sent after the subscription had ended")
    finally:
        unsubscribed(bench, second)
        if others_hook is not None:
            unsubscribed(bench, others_hook, Actor.OTHER)


def _repetition(bench: Bench, law: _Event, refusing: list[Heard]) -> None:
    if not refusing:
        return
    refused = refusing[0]
    again = [h for h in refusing[1:] if same(law.id(h), law.id(refused))]
    counter = law.events.counter
    if not bench.expect(bool(again)):
        strange = [h for h in refusing[1:] if (h.object.get(counter or "") or 0) != 0]
        what = "was sent again under another id" if strange else "was never sent again"
        law.broken("event-repeated", f"an event that was answered with 500 {what}")
        return
    if counter is not None:
        before, after = refused.object.get(counter), again[0].object.get(counter)
        right = isinstance(before, int) and isinstance(after, int) and after == before + 1
        if not bench.expect(right):
            law.broken(
                "event-repeated",
                f"{counter} goes from {show(before)} to {show(after)} at the repetition",
            )


def _about(results: list[Json]) -> Callable[[Heard], bool]:
    """Whether an event tells of something that the calls told of."""
    known = set().union(*map(scalars, results))
    return lambda heard: not known or bool(scalars(heard.json) & known)


def _true(bench: Bench, law: _Event, heard: list[Heard], about: Callable[[Heard], bool]) -> None:
    # Others may be at work under the same account: their events are heard here as well.
    if not bench.expect(any(map(about, heard))):
        law.broken("event-true", f"it is not about what was done: {heard[0].show()}")
    for one in heard:
        told = one.object.get("type")
        if told is not None and not bench.expect(told == law.webhook.name):
            law.broken("event-true", f"it calls itself {show(told)}")
