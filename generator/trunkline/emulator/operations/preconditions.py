"""Entity tags, and requests that depend on them (RFC 9110, sections 8.8.3 and 13)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpError, HttpResponse, ValidationError
from trunkline.emulator.storage.records import Row
from trunkline.ir import Json, Operation
from trunkline.semantics.jsonvalue import get


def entity_tag(row: Row) -> bytes:
    """The tag of an object as it is kept: another with every change."""
    return tag_of(row.text)


def tag_of(text: bytes) -> bytes:
    """The tag of what is shown: another for every other text."""
    return b'"%b"' % hashlib.blake2b(text, digest_size=8).hexdigest().encode()


def check_change(call: Call, row: Row | None) -> None:
    """Raise `HttpError` with 412 when a change is only wanted of another state, with 428 when it
    has to say of which: where both that status and `If-Match` are described."""
    if not call.compiled.conditional:
        return
    wanted = call.request.header(b"if-match")
    told = wanted is not None or call.request.header(b"if-none-match") is not None
    if row is not None and not told and _asks_for_state(call.operation):
        raise HttpError((428,), ValidationError("If-Match is required", "If-Match"))
    if wanted is not None and (row is None or not _names(wanted, entity_tag(row), weak=False)):
        raise HttpError((412,), ValidationError("The object has another tag", "If-Match"))
    unwanted = call.request.header(b"if-none-match")
    if unwanted is not None and row is not None and _names(unwanted, entity_tag(row), weak=True):
        raise HttpError((412,), ValidationError("The object is there already", "If-None-Match"))


def _asks_for_state(operation: Operation) -> bool:
    named = any(p.name.lower() == "if-match" for p in operation.parameters)
    return named and any(r.status == "428" for r in operation.responses)


def not_modified(call: Call, row: Row) -> HttpResponse | None:
    """304 for a caller who has the object as it is."""
    tag = entity_tag(row) if call.compiled.conditional else None
    return _unchanged(call, tag, row)


def tagged(call: Call, shown: HttpResponse) -> HttpResponse:
    """A list with the tag of what is shown; 304 for a caller who has it."""
    if not call.compiled.conditional:
        return shown
    tag = tag_of(shown.body)
    unchanged = _unchanged(call, tag, None)
    if unchanged is not None:
        return unchanged
    return replace(shown, headers=[*shown.headers, (b"etag", tag)])


def changed_at(call: Call, row: Row) -> datetime | None:
    """When an object was last changed, to the second, where it says so."""
    plan = call.compiled.resource
    for path in (*plan.updated, *plan.created) if plan is not None else ():
        found = _instant(get(row.document, path))
        if found is not None:
            return found
    return None


def _instant(value: Json) -> datetime | None:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value // (1000 if value > 10**11 else 1), UTC)
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except (ValueError, OverflowError, OSError):
        return None
    if found is None:
        return None
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found.replace(microsecond=0)


def _unchanged(call: Call, tag: bytes | None, row: Row | None) -> HttpResponse | None:
    headers = [(b"etag", tag)] if tag is not None else []
    known = call.request.header(b"if-none-match")
    if known is not None:  # a date is only looked at where no tag is given
        same = tag is not None and _names(known, tag, weak=True)
        return HttpResponse(304, b"", None, headers) if same else None
    since = call.request.header(b"if-modified-since") if call.compiled.dated else None
    changed = changed_at(call, row) if since is not None and row is not None else None
    if since is None or changed is None:
        return None
    try:
        seen = parsedate_to_datetime(since.decode("latin-1"))
    except ValueError:
        return None
    if seen.tzinfo is None or changed > seen:
        return None
    return HttpResponse(304, b"", None, headers)


def _names(header: bytes, tag: bytes, *, weak: bool) -> bool:
    """Whether a list of tags (or `*`) names this one; weak tags only where they may."""
    if header.strip() == b"*":
        return True
    for one in header.split(b","):
        found = one.strip()
        if weak:
            found = found.removeprefix(b"W/")
        if found == tag:
            return True
    return False
