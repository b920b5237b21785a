"""Events on their way to those who subscribed: signed, repeated until accepted."""

from __future__ import annotations

import base64
import hmac
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from trunkline.emulator.behaviour.script_objects import Objects
from trunkline.emulator.behaviour.values import Values, public
from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.schemas.shapes import at
from trunkline.ir import Api, Json, Signature
from trunkline.ir.behaviour import Events

if TYPE_CHECKING:
    from trunkline.emulator.behaviour.engine import Engine

_KEPT = 500
_HASHES = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})


@dataclass(slots=True)
class Delivery:
    """One event for one subscriber. `attempts` are (instant, status or 0, reason)."""

    event: str
    id: str
    account: str
    hook: dict[str, Json]
    url: str
    data: Json
    algorithm: str
    secret: str | None
    tries: int = 0
    state: str = "waiting"
    attempts: list[tuple[datetime, int, str]] = field(
        default_factory=list[tuple[datetime, int, str]]
    )
    body: bytes = b""
    """As sent last."""

    def shown(self) -> Json:
        """For the admin surface."""
        return {
            "event": self.event,
            "id": self.id,
            "account": self.account,
            "url": self.url,
            "state": self.state,
            "attempts": [
                {"at": when.isoformat(), "status": status, "reason": reason}
                for when, status, reason in self.attempts
            ],
        }


@dataclass(slots=True)
class Parcel:
    """One attempt, as it goes out; the base for what defects do to it."""

    url: str
    body: bytes
    headers: dict[str, str]


def sign(body: bytes, secret: str, algorithm: str, encoding: str) -> str:
    """The HMAC of a body; unknown algorithms are SHA-256."""
    name = algorithm if algorithm in _HASHES else "sha256"
    digest = hmac.new(secret.encode(), body, name).digest()
    return digest.hex() if encoding == "hex" else base64.b64encode(digest).decode("ascii")


class Deliveries:
    """Makes deliveries of events and carries them out."""

    def __init__(self, engine: Engine, api: Api, events: Events, objects: Objects) -> None:
        self._engine = engine
        self._events = events
        self._objects = objects
        self._signatures: dict[str, Signature | None] = {w.name: w.signature for w in api.webhooks}
        self.log: deque[Delivery] = deque(maxlen=_KEPT)

    def clear(self) -> None:
        """Forget what was sent."""
        self.log.clear()

    def emit(self, account: str, event: str, data: Json, to: Json = None) -> None:
        """Send an event to all of the account who subscribed to it, and to the address `to`.

        `to` is text, or a subscription that is not kept (a mapping with the same members).
        """
        where = self._events.subscriptions
        hooks = [
            hook
            for hook in self._objects.documents(account, where.resource)
            if at(hook, where.type) == event
            and all(at(hook, tuple(k.split("."))) == v for k, v in where.active.items())
        ]
        if isinstance(to, dict):
            hooks.append(to)
        elif isinstance(to, str) and to:
            hooks.append({where.endpoint[-1]: to})
        for hook in hooks:
            url = at(hook, where.endpoint)
            if not isinstance(url, str):
                continue
            algorithm, secret = at(hook, where.algorithm), at(hook, where.secret)
            signature = self._signatures.get(event)
            given = algorithm if isinstance(algorithm, str) and where.algorithm else None
            delivery = Delivery(
                event=event,
                id=f"{self._engine.emulator.seed:x}{self._objects.tick():015x}",
                account=account,
                hook=hook,
                url=url,
                data=public(data),
                algorithm=(given or (signature.algorithm if signature else "sha256")).lower(),
                secret=secret if isinstance(secret, str) and where.secret and secret else None,
            )
            found = [delivery]
            for seam in self._engine.emulator.seams:
                found = seam.emitted(found)
            for one in found:
                self.log.append(one)
                self._engine.timers.after(0, lambda one=one: self._start(one))  # type: ignore[misc]

    def _start(self, delivery: Delivery) -> None:
        self._engine.background(self._attempt(delivery, self._engine.timers.now()))

    def parcel(self, delivery: Delivery, now: datetime) -> Parcel:
        """What one attempt sends."""
        values = Values(self._objects, delivery.account, now)
        bound: dict[str, Json] = {
            "event": delivery.event,
            "id": delivery.id,
            "try": delivery.tries,
            "hook": delivery.hook,
            "data": delivery.data,
        }
        document = {k: values.of(v, bound) for k, v in self._events.body.items()}
        for seam in self._engine.emulator.seams:
            document = seam.event_body(delivery, document)
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
        found = Parcel(delivery.url, body, headers)
        for seam in self._engine.emulator.seams:
            found = seam.posting(delivery, signature, found)
        return found

    async def _attempt(self, delivery: Delivery, now: datetime) -> None:
        parcel = self.parcel(delivery, now)
        delivery.body = parcel.body
        reply = await self._engine.outside.post(
            parcel.url, parcel.body, parcel.headers, self._events.timeout
        )
        delivery.attempts.append((now, reply.status, reply.reason))
        if reply.accepted:
            delivery.state = "accepted"
            return
        delays: list[float] = list(self._events.delays)
        wait = delays[len(delivery.attempts) - 1] if len(delivery.attempts) <= len(delays) else None
        if reply.reason.startswith("not sent"):
            wait = None
        for seam in self._engine.emulator.seams:
            wait = seam.repeating(delivery, wait)
        if wait is None:
            delivery.state = "given up"
            return
        delivery.state = "waiting"
        delivery.tries += 1
        self._engine.timers.after(wait, lambda: self._start(delivery), since=now)
