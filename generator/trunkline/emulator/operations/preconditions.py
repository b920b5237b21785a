"""Entity tags, and requests that depend on them (RFC 9110, sections 8.8.3 and 13)."""

from __future__ import annotations

import hashlib

from trunkline.emulator.hooks.call import Call
from trunkline.emulator.http.messages import HttpError, HttpResponse, ValidationError
from trunkline.emulator.storage.records import Row


def entity_tag(row: Row) -> bytes:
    """The tag of an object as it is kept: another with every change."""
    return b'"%b"' % hashlib.blake2b(row.text, digest_size=8).hexdigest().encode()


def check_change(call: Call, row: Row | None) -> None:
    """Raise `HttpError` with 412 when a change is only wanted of another state."""
    if not call.compiled.conditional:
        return
    wanted = call.request.header(b"if-match")
    if wanted is not None and (row is None or not _names(wanted, entity_tag(row), weak=False)):
        raise HttpError((412,), ValidationError("The object has another tag", "If-Match"))
    unwanted = call.request.header(b"if-none-match")
    if unwanted is not None and row is not None and _names(unwanted, entity_tag(row), weak=True):
        raise HttpError((412,), ValidationError("The object is there already", "If-None-Match"))


def not_modified(call: Call, row: Row) -> HttpResponse | None:
    """304 for a caller who has the object as it is."""
    if not call.compiled.conditional:
        return None
    known = call.request.header(b"if-none-match")
    tag = entity_tag(row)
    if known is None or not _names(known, tag, weak=True):
        return None
    return HttpResponse(304, b"", None, [(b"etag", tag)])


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
