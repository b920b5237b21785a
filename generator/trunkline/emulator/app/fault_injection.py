"""Carries out the faults that were asked for, on one request."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from trunkline.emulator.admin.fault_rules import FaultRule
from trunkline.emulator.http.asgi import Scope, Send, reply
from trunkline.emulator.http.messages import Answer, Fault, RawHeaders, Refusal, Request

if TYPE_CHECKING:
    from trunkline.emulator.app.application import Emulator


async def with_faults(emulator: Emulator, request: Request, scope: Scope, send: Send) -> None:
    """Answer a request that the fault rules may spoil; the first rule that strikes counts,
    latency excepted, which adds to it."""
    path = request.raw_path.decode("latin-1")
    chosen: FaultRule | None = None
    for rule in emulator.faults:
        if rule.strikes(request.method, path):
            if rule.kind == "latency":
                await asyncio.sleep(rule.seconds)
            else:
                chosen = rule
                break
    if chosen is not None and chosen.kind == "status":
        headers: RawHeaders = []
        if chosen.retry_after is not None:
            headers.append((b"retry-after", str(chosen.retry_after).encode()))
        fault = Fault("A fault was asked for", "fault")
        refusal = Refusal((chosen.status,), fault, headers=headers)
        matched = emulator.matched(request)
        answer = emulator.errors.answer(matched.operation if matched else None, refusal)
        await _note_and_send(emulator, request, send, answer)
        return
    transport = scope.get("extensions", {}).get("trunkline", {}).get("transport")
    if chosen is not None and chosen.kind == "drop" and transport is not None:
        transport.abort()
        await asyncio.sleep(0.01)
        return
    answer = emulator.handle(request)
    if chosen is not None and chosen.kind == "malformed":
        answer = replace(answer, body=answer.body[:-1] + b",")
    if chosen is not None and chosen.kind == "truncate" and transport is not None:
        await _truncated(answer, send)
        transport.close()
        return
    await _note_and_send(emulator, request, send, answer)


async def _note_and_send(emulator: Emulator, request: Request, send: Send, answer: Answer) -> None:
    emulator.journal.note(emulator.clock.now(), request, answer)
    await reply(send, answer)


async def _truncated(answer: Answer, send: Send) -> None:
    """Half of the body under the whole body's length."""
    headers = [
        (b"content-type", answer.media_type or b"application/json"),
        (b"content-length", str(max(len(answer.body), 2)).encode()),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    half = answer.body[: len(answer.body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": True})
