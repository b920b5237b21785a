"""Carries out the faults that were asked for, on one request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from trunkline.emulator.admin.fault_rules import FaultRule, FaultRules
from trunkline.emulator.app.handler import Handler
from trunkline.emulator.http.asgi import AsgiScope, Send, reply
from trunkline.emulator.http.messages import (
    HttpError,
    HttpRequest,
    HttpResponse,
    RawHeaders,
    ValidationError,
)


@dataclass(frozen=True, slots=True)
class FaultInjector:
    """Responds to requests that the rules may spoil. `note` remembers what was responded."""

    rules: FaultRules
    handler: Handler
    note: Callable[[HttpRequest, HttpResponse], None]

    async def respond(self, request: HttpRequest, scope: AsgiScope, send: Send) -> None:
        """Send a response; the first rule that strikes counts, latency excepted, which adds to
        it."""
        chosen = await self._chosen(request)
        transport = _transport(scope)
        if chosen is not None and chosen.kind == "drop" and transport is not None:
            transport.abort()
            await asyncio.sleep(0.01)
            return
        if chosen is not None and chosen.kind == "status":
            response = self._failed(request, chosen)
        else:
            response = self.handler.handle(request)
        if chosen is not None and chosen.kind == "malformed":
            response = replace(response, body=response.body[:-1] + b",")
        if chosen is not None and chosen.kind == "truncate" and transport is not None:
            await break_off(response, scope, send)
            return
        self.note(request, response)
        await reply(send, response)

    async def _chosen(self, request: HttpRequest) -> FaultRule | None:
        path = request.raw_path.decode("latin-1")
        for rule in self.rules.active:
            if rule.strikes(request.method, path):
                if rule.kind != "latency":
                    return rule
                await asyncio.sleep(rule.seconds)
        return None

    def _failed(self, request: HttpRequest, rule: FaultRule) -> HttpResponse:
        headers: RawHeaders = []
        if rule.retry_after is not None:
            headers.append((b"retry-after", str(rule.retry_after).encode()))
        problem = ValidationError("A fault was asked for", "fault")
        return self.handler.failed(request, HttpError((rule.status,), problem, headers=headers))


def _transport(scope: AsgiScope) -> asyncio.Transport | None:
    """The connection itself; None where another server than ours carries the application."""
    found: asyncio.Transport | None = (
        scope.get("extensions", {}).get("trunkline", {}).get("transport")
    )
    return found


async def break_off(response: HttpResponse, scope: AsgiScope, send: Send) -> None:
    """Send half of the body under the whole body's length, and end the connection; the head alone
    would be a whole response where there is no body, and is not sent."""
    transport = _transport(scope)
    if not response.body and transport is not None:
        transport.abort()
        await asyncio.sleep(0.01)
        return
    headers = [
        (b"content-type", response.media_type or b"application/json"),
        (b"content-length", str(max(len(response.body), 2)).encode()),
    ]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    half = response.body[: len(response.body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": True})
    if transport is not None:
        transport.close()
