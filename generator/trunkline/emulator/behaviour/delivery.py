"""Events on their way to those who subscribed: signed, repeated until accepted."""

from __future__ import annotations

import base64
import hmac
from collections import deque
from datetime import datetime, timedelta

from trunkline.emulator.behaviour.pending import DELIVERIES, delivery_from, delivery_record
from trunkline.emulator.behaviour.services import ScriptServices
from trunkline.emulator.behaviour.values import ScriptValues, public
from trunkline.emulator.hooks.outgoing import Delivery, OutgoingRequest
from trunkline.emulator.http.jsontext import dump
from trunkline.ir import Json, Signature
from trunkline.ir.behaviour import Events
from trunkline.semantics.jsonvalue import get

_KEPT = 500
_HASHES = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})


def sign(body: bytes, secret: str, algorithm: str, encoding: str) -> str:
    """The HMAC of a body; unknown algorithms are SHA-256."""
    name = algorithm if algorithm in _HASHES else "sha256"
    digest = hmac.new(secret.encode(), body, name).digest()
    return digest.hex() if encoding == "hex" else base64.b64encode(digest).decode("ascii")


class Deliveries:
    """Makes deliveries of events and carries them out."""

    def __init__(self, script: ScriptServices, events: Events) -> None:
        self._script = script
        self._events = events
        self._objects = script.objects
        webhooks = script.services.api.webhooks
        self._signatures: dict[str, Signature | None] = {w.name: w.signature for w in webhooks}
        self.log: deque[Delivery] = deque(maxlen=_KEPT)

    def clear(self) -> None:
        """Forget what was sent."""
        self.log.clear()

    def emit(self, account: str, event: str, data: Json, to: Json = None) -> None:
        """Send an event to all of the account who subscribed to it, and to the address `to`.

        `to` is text, or a subscription that is not kept (a mapping with the same members).
        """
        where = self._events.subscriptions
        subscriptions = self._subscriptions(account, event)
        if isinstance(to, dict):
            subscriptions.append(to)
        elif isinstance(to, str) and to:
            subscriptions.append({where.endpoint[-1]: to})
        for subscription in subscriptions:
            url = get(subscription, where.endpoint)
            if not isinstance(url, str):
                continue
            algorithm, secret = get(subscription, where.algorithm), get(subscription, where.secret)
            signature = self._signatures.get(event)
            given = algorithm if isinstance(algorithm, str) and where.algorithm else None
            delivery = Delivery(
                event=event,
                id=f"{self._script.services.seed:x}{self._objects.tick():015x}",
                account=account,
                hook=subscription,
                url=url,
                data=public(data),
                algorithm=(given or (signature.algorithm if signature else "sha256")).lower(),
                secret=secret if isinstance(secret, str) and where.secret and secret else None,
            )
            found = [delivery]
            for hook in self._script.services.hooks:
                found = hook.emitted(found, self._subscriptions)
            for one in found:
                self.log.append(one)
                self._wait(one, self._script.timers.now())

    def _wait(self, delivery: Delivery, due: datetime) -> None:
        """Try again at an instant, also when the server has been started again by then."""
        self._script.timers.at_time(due, lambda: self._start(delivery))
        self._keep(delivery, due)

    def _keep(self, delivery: Delivery, due: datetime | None = None) -> None:
        self._script.pending.keep(DELIVERIES, delivery.id, delivery_record(delivery, due))

    def restore(self) -> None:
        """Go on with what was kept: what waits is tried when it is due."""
        for id_, record in self._script.pending.kept(DELIVERIES):
            try:
                delivery, due = delivery_from(id_, record)
            except ValueError:
                continue
            if len(self.log) == self.log.maxlen:
                self._script.pending.drop(DELIVERIES, self.log[0].id)
            self.log.append(delivery)
            if delivery.state == "waiting":
                self._wait(delivery, due or self._script.timers.now())

    def _subscriptions(self, account: str, event: str) -> list[dict[str, Json]]:
        where = self._events.subscriptions
        return [
            subscription
            for subscription in self._objects.list_documents(account, where.resource)
            if get(subscription, where.type) == event
            and all(get(subscription, tuple(k.split("."))) == v for k, v in where.active.items())
        ]

    def _start(self, delivery: Delivery) -> None:
        self._script.tasks.start(self._attempt(delivery, self._script.timers.now()))

    def outgoing(self, delivery: Delivery, now: datetime) -> OutgoingRequest:
        """What one attempt sends."""
        values = ScriptValues(self._objects, delivery.account, now)
        bound: dict[str, Json] = {
            "event": delivery.event,
            "id": delivery.id,
            "try": delivery.tries,
            "hook": delivery.hook,
            "data": delivery.data,
        }
        document = {k: values.of(v, bound) for k, v in self._events.body.items()}
        for hook in self._script.services.hooks:
            document = hook.event_body(delivery, document)
        body = dump(document)
        headers = {"Content-Type": "application/json", "User-Agent": "trunkline-emulator"}
        for name, value in self._events.headers.items():
            text = values.of(value, bound)
            if text is not None:
                headers[name] = str(text)
        signature = self._signatures.get(delivery.event)
        if signature is not None and delivery.secret is not None:
            headers[signature.header] = sign(
                body, delivery.secret, delivery.algorithm, signature.encoding
            )
        found = OutgoingRequest(delivery.url, body, headers)
        for hook in self._script.services.hooks:
            found = hook.sending(delivery, signature, found)
        return found

    async def _attempt(self, delivery: Delivery, now: datetime) -> None:
        outgoing = self.outgoing(delivery, now)
        delivery.body = outgoing.body
        reply = await self._script.outbound.post(
            outgoing.url, outgoing.body, outgoing.headers, self._events.timeout
        )
        delivery.attempts.append((now, reply.status, reply.reason))
        if reply.accepted:
            delivery.state = "accepted"
            self._keep(delivery)
            return
        delays: list[float] = list(self._events.delays)
        wait = delays[len(delivery.attempts) - 1] if len(delivery.attempts) <= len(delays) else None
        if reply.reason.startswith("not sent"):
            wait = None
        for hook in self._script.services.hooks:
            wait = hook.repeating(delivery, wait)
        if wait is None:
            delivery.state = "given up"
            self._keep(delivery)
            return
        delivery.state = "waiting"
        delivery.tries += 1
        self._wait(delivery, now + timedelta(seconds=wait))
