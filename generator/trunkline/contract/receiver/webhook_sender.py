"""What playing the service needs: valid bodies, right and wrong signatures, judged answers."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from trunkline import ir
from trunkline.contract.model import BoundaryValues, Exchange, Request, UnbuildableError, like
from trunkline.contract.session import Client, NoResponseError
from trunkline.ir import Json
from trunkline.semantics.validators import Validators


class Skip(Exception):  # noqa: N818  # ends one webhook's part, not the run
    """Nothing more can be tried with this webhook."""


class FindingSink(Protocol):
    """Takes what is found."""

    def broken(
        self, rule: str, subject: str, message: str, sent: Exchange | Request, why: str = ""
    ) -> None:
        """Record a violation; `sent` is the request alone where no answer came."""
        ...


def digest(body: bytes, secret: str, algorithm: str, encoding: str) -> str:
    """The HMAC of a body, as base64 or hex."""
    raw = hmac.new(secret.encode(), body, getattr(hashlib, algorithm)).digest()
    return raw.hex() if encoding == "hex" else base64.b64encode(raw).decode("ascii")


@dataclass(slots=True)
class WebhookSession:
    """One webhook, played against one address."""

    api: ir.Api
    webhook: ir.Webhook
    url: str
    client: Client
    sink: FindingSink
    validators: Validators
    values: BoundaryValues
    rng: random.Random
    secret: str | None
    algorithm: str | None
    login: tuple[str, str] | None
    full: bool
    tried: int = 0

    @property
    def commands(self) -> ir.Commands:
        """What makes it a conversation; `Skip` where it is an event."""
        if self.webhook.commands is None:
            raise Skip("this is not a conversation")
        return self.webhook.commands

    @property
    def schema(self) -> ir.Schema | None:
        """What a request's body looks like."""
        body = self.webhook.operation.body
        return body.contents[0].schema if body is not None and body.contents else None

    @property
    def media_type(self) -> str:
        """The body's media type."""
        body = self.webhook.operation.body
        return (
            body.contents[0].media_type
            if body is not None and body.contents
            else ("application/json")
        )

    @property
    def hash(self) -> str:
        """The algorithm agreed on, in lower case."""
        signature = self.webhook.signature
        return (self.algorithm or (signature.algorithm if signature else "sha256")).lower()

    def sample(self, *, full: bool = True) -> dict[str, Json]:
        """A valid body; `Silence` where none can be built."""
        body = self.webhook.operation.body
        for content in body.contents if body is not None else ():
            for example in content.examples.values():
                if isinstance(example, dict) and self.fits(example):
                    return dict(example)
        if self.schema is None:
            return {}
        try:
            made = self.values.one(self.schema, full=full)
        except UnbuildableError as error:
            raise Skip(str(error)) from error
        if not isinstance(made, dict):
            raise Skip("events of this kind are no objects")
        return made

    def fits(self, body: Json) -> bool:
        """Whether a body is as described."""
        return self.schema is None or self.validators.fits(self.schema, body, "request")

    def headers(self, body: Mapping[str, Json]) -> dict[str, str]:
        """Every documented header but the signature, with what a body says where it says it."""
        found = {"Content-Type": self.media_type, "User-Agent": "trunkline"}
        signature = self.webhook.signature
        events = self.api.behaviour.events if self.api.behaviour is not None else None
        for parameter in self.webhook.operation.parameters:
            if parameter.location is not ir.ParameterLocation.HEADER or (
                signature is not None and parameter.name.lower() == signature.header.lower()
            ):
                continue
            told = events is not None and events.headers.get(parameter.name) == "$id"
            identity = body.get(events.identity or "") if events is not None and told else None
            try:
                value = identity if identity is not None else self.values.one(parameter.schema)
            except UnbuildableError:
                continue
            if isinstance(value, str | int):
                found[parameter.name] = str(value)
        return found

    def signature(self, raw: bytes) -> dict[str, str]:
        """The header that signs a body rightly; none where nothing is signed."""
        signature = self.webhook.signature
        if signature is None or self.secret is None:
            return {}
        return {signature.header: digest(raw, self.secret, self.hash, signature.encoding)}

    def post(
        self, raw: bytes, headers: Mapping[str, str], what: str, query: str = ""
    ) -> Exchange | None:
        """Send; None, and a violation, where no whole response comes. Raises `NoAnswerError` when
        nobody listens any more. `query` is added to the address."""
        self.tried += 1
        mark = "&" if "?" in self.url else "?"
        url = f"{self.url}{mark}{query}" if query else self.url
        request = Request(
            method="POST", url=url, headers=dict(headers), body=raw,
            operation=self.webhook.operation.id,
        )  # fmt: skip
        try:
            return self.client.send(request)
        except NoResponseError as error:
            if not error.reached:
                raise
            message = f"{what}: {error.reason}"
            self.sink.broken("receiver-prompt", what, message, request, error.reason)
            return None

    def event(self, body: Mapping[str, Json]) -> bytes:
        """A body as bytes."""
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()

    def deliver(self, body: Mapping[str, Json], what: str) -> Exchange | None:
        """Send a signed event."""
        raw = self.event(body)
        return self.post(raw, {**self.headers(body), **self.signature(raw)}, what)

    def wants(self, rule: str, what: str, sent: Exchange | None, right: bool, came: str) -> bool:
        """Whether a response is right; a violation if not."""
        if sent is None:
            return False
        if not right:
            self.sink.broken(rule, what, f"{what} is {came}", sent)
        return right

    def renewed(self, body: Mapping[str, Json]) -> dict[str, Json]:
        """The same event under an id of its own: one that is known is not looked at again."""
        events = self.api.behaviour.events if self.api.behaviour is not None else None
        name = events.identity if events is not None else None
        known = body.get(name) if name is not None else None
        made = dict(body)
        if name is None or known is None:
            return made
        candidates: list[Json] = [str(uuid.UUID(int=self.rng.getrandbits(128), version=4))]
        if isinstance(known, str):
            candidates.insert(0, like(known, self.rng))
        elif isinstance(known, int):
            candidates.insert(0, known + self.rng.randint(1, 10**6))
        for candidate in candidates:
            if self.fits({**made, name: candidate}):
                made[name] = candidate
                break
        return made

    def accepted(self, rule: str, what: str, sent: Exchange | None) -> bool:
        """A response in the 200s is wanted."""
        if sent is None:
            return False
        return self.wants(rule, what, sent, sent.ok, f"answered with {sent.status}")

    def refused(self, rule: str, what: str, sent: Exchange | None) -> bool:
        """A response in the 400s is wanted."""
        if sent is None:
            return False
        if self.secret and self.secret.encode() in sent.body:
            self.sink.broken(
                "receiver-forged",
                what,
                f"{what} is answered with what events are signed with",
                sent,
            )
        if b"Traceback (most recent call last)" in sent.body:
            message = f"{what} is answered with a traceback"
            self.sink.broken("receiver-malformed", what, message, sent)
        return self.wants(rule, what, sent, sent.refused, f"answered with {sent.status}")
