"""A request sent again with its idempotency key is answered again, not done again.

The response is kept with the objects, and committed together with the change it tells of: no
request is ever done whose response is not known. Refusals are not kept: what was refused was not
done.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Final

from trunkline.emulator.hooks.call import Call, IdempotentRequest
from trunkline.emulator.http.messages import HttpError, HttpResponse, ValidationError
from trunkline.emulator.operations.services import Services
from trunkline.emulator.storage.query import Table
from trunkline.emulator.storage.records import Scope
from trunkline.ir import Json

_TABLE: Final = Table("\0answers", ())
"""No resource is called so."""


class IdempotencyStore:
    """The responses to requests that carried a key, for as long as the objects are kept."""

    def __init__(self, services: Services) -> None:
        self._store = services.store
        self._errors = services.errors
        self._hooks = services.hooks

    def response(self, call: Call, carry_out: Callable[[Call], HttpResponse]) -> HttpResponse:
        """The response given before, else that of `carry_out`; raises `HttpError` for another
        request with a key that was used."""
        repeated = _of(call)
        for hook in self._hooks:
            repeated = hook.idempotent_request(call, repeated)
        if repeated is None:
            return carry_out(call)
        scope = Scope(repeated.account, (call.operation.id,))
        known = self._store.get(_TABLE, scope, repeated.key)
        if known is None:
            with self._store.transaction():
                response = carry_out(call)
                self._store.insert(
                    _TABLE, scope, repeated.key, {"request": repeated.request, **_kept(response)}
                )
            return response
        document = known.document
        if document["request"] != repeated.request:
            idempotency = call.operation.idempotency
            assert idempotency is not None
            problem = ValidationError(
                "The key was used for another request",
                "unique",
                parameter=idempotency.header,
                location="header",
            )
            raise HttpError((409, *self._errors.validation), problem)
        return _restored(document)


def _of(call: Call) -> IdempotentRequest | None:
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
    return IdempotentRequest(call.account.name, key.decode("latin-1"), digest.hexdigest())


def _kept(response: HttpResponse) -> dict[str, Json]:
    return {
        "status": response.status,
        "type": response.media_type.decode("latin-1") if response.media_type is not None else None,
        "headers": [[k.decode("latin-1"), v.decode("latin-1")] for k, v in response.headers],
        "body": base64.b64encode(response.body).decode("ascii"),
    }


def _restored(document: dict[str, Json]) -> HttpResponse:
    status, kind, headers, body = (document[name] for name in ("status", "type", "headers", "body"))
    assert isinstance(status, int)
    assert isinstance(headers, list)
    assert isinstance(body, str)
    return HttpResponse(
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
