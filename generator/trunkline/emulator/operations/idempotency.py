"""A request sent again with its idempotency key is answered again, not done again.

The answer is kept with the objects, and committed together with the change it tells of: no request
is ever done whose answer is not known. Refusals are not kept: what was refused was not done.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from trunkline.emulator.hooks.hooks import Call, Repetition, Seam
from trunkline.emulator.http.messages import Answer, Fault, Refusal
from trunkline.emulator.operations.errors import Errors
from trunkline.emulator.storage.query import Table
from trunkline.emulator.storage.records import Scope
from trunkline.emulator.storage.store import Store
from trunkline.ir import Json

_TABLE: Final = Table("\0answers", ())
"""No resource is called so."""


class Repetitions:
    """The answers to requests that carried a key, for as long as the objects are kept."""

    def __init__(self, store: Store, errors: Errors, seams: Sequence[Seam]) -> None:
        self._store = store
        self._errors = errors
        self._seams = seams

    def answer(self, call: Call, carry_out: Callable[[Call], Answer]) -> Answer:
        """The answer given before, else that of `carry_out`; raises `Refusal` for another request
        with a key that was used."""
        repetition = _of(call)
        for seam in self._seams:
            repetition = seam.repeating_request(call, repetition)
        if repetition is None:
            return carry_out(call)
        scope = Scope(repetition.account, (call.operation.id,))
        known = self._store.get(_TABLE, scope, repetition.key)
        if known is None:
            with self._store.transaction():
                answer = carry_out(call)
                self._store.insert(
                    _TABLE, scope, repetition.key, {"request": repetition.request, **_kept(answer)}
                )
            return answer
        document = known.document
        if document["request"] != repetition.request:
            idempotency = call.operation.idempotency
            assert idempotency is not None
            fault = Fault(
                "The key was used for another request",
                "unique",
                parameter=idempotency.header,
                location="header",
            )
            raise Refusal((409, *self._errors.validation), fault)
        return _restored(document)


def _of(call: Call) -> Repetition | None:
    idempotency = call.operation.idempotency
    if idempotency is None:
        return None
    request = call.request
    key = request.header(idempotency.header.lower().encode("latin-1"))
    if not key:
        return None
    digest = hashlib.sha256()
    for part in (
        request.raw_path,
        request.query,
        request.header(b"content-type") or b"",
        request.body,
    ):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return Repetition(call.account.name, key.decode("latin-1"), digest.hexdigest())


def _kept(answer: Answer) -> dict[str, Json]:
    return {
        "status": answer.status,
        "type": answer.media_type.decode("latin-1") if answer.media_type is not None else None,
        "headers": [[k.decode("latin-1"), v.decode("latin-1")] for k, v in answer.headers],
        "body": base64.b64encode(answer.body).decode("ascii"),
    }


def _restored(document: dict[str, Json]) -> Answer:
    status, kind, headers, body = (document[name] for name in ("status", "type", "headers", "body"))
    assert isinstance(status, int)
    assert isinstance(headers, list)
    assert isinstance(body, str)
    return Answer(
        status,
        base64.b64decode(body),
        kind.encode("latin-1") if isinstance(kind, str) else None,
        [_pair(header) for header in headers],
    )


def _pair(header: Json) -> tuple[bytes, bytes]:
    assert isinstance(header, list)
    name, value = header
    assert isinstance(name, str)
    assert isinstance(value, str)
    return name.encode("latin-1"), value.encode("latin-1")
