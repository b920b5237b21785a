"""What HTTP itself says of a response (RFC 9110), whatever a description says."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from trunkline.contract.model.exchange import Exchange
from trunkline.semantics import media

_READING = frozenset({"GET", "HEAD"})
_WITHOUT_BODY = frozenset({"GET", "HEAD", "DELETE"})
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_DATES = ("date", "last-modified")
_ONE_BYTE = frozenset({"iso8859-1", "iso8859-15", "cp1252"})


def http_problems(exchange: Exchange) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a response by HTTP alone: the rule, what of it, and what was seen."""
    subject, message = _inconsistent(exchange)
    if message:
        yield "status-consistent", subject, message
    for name, message in _malformed(exchange):
        yield "headers-formed", name, message
    if exchange.status == 401 and "www-authenticate" not in exchange.headers:
        yield "challenge-sent", "", "401 without WWW-Authenticate"


def _inconsistent(exchange: Exchange) -> tuple[str, str]:
    """Which status comes with what it cannot come with, and how; empty where none does."""
    status, method = exchange.status, exchange.request.method
    sent = {name.lower() for name in exchange.request.headers}
    if not 100 <= status <= 599:
        return "status", f"there is no status {status}"
    if status == 204 and exchange.headers.get("content-length", "0") != "0":
        return "204", "204 says that nothing follows, Content-Length that something does"
    if status == 205 and exchange.body:
        return "205", "205 with a body"
    if status == 206 and "range" not in sent:
        return "206", "206 to a request without Range"
    if status == 304 and method not in _READING:
        return "304", f"304 to {method}"
    if status == 304 and not sent & {"if-none-match", "if-modified-since"}:
        return "304", "304 to a request that asked for no condition"
    if status == 426 and "upgrade" not in exchange.headers:
        return "426", "426 without Upgrade"
    if status in {413, 415} and method in _WITHOUT_BODY and not exchange.request.body:
        return str(status), f"{status} to {method} without a body"
    return "", ""


def _malformed(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """Headers that HTTP defines and that do not have its form."""
    headers = exchange.headers
    for name in _DATES:
        if name in headers and not _is_date(headers[name]):
            yield name, f"{name.title()}: {headers[name]} is not a date as HTTP writes it"
    after = headers.get("retry-after")
    if after is not None and not (after.strip().isdecimal() or _is_date(after)):
        yield "retry-after", f"Retry-After: {after} is neither seconds nor a date"
    charset = media.parameters(headers.get("content-type", "")).get("charset")
    if charset and exchange.body and not _is_written_in(exchange.body, charset):
        yield "content-type", f"Content-Type says charset={charset}, and the body is not written so"
    etag = headers.get("etag")
    if etag is not None and not _ETAG.fullmatch(etag):
        yield "etag", f"ETag: {etag} is not an entity tag: those stand in quotation marks"


def _is_written_in(body: bytes, charset: str) -> bool:
    """Whether a body is text in a character set, as far as its bytes tell. Of a set that is not
    known here nothing is said.

    Nearly any bytes can be read in a set of one byte for each character: what reads as UTF-8 and
    is more than ASCII was not written in one.
    """
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return True
    as_utf_8 = _reads(body, "utf-8")
    if name in {"utf-8", "ascii"}:
        return as_utf_8 and (name == "utf-8" or body.isascii())
    return name not in _ONE_BYTE or body.isascii() or not as_utf_8


def _reads(body: bytes, charset: str) -> bool:
    try:
        body.decode(charset)
    except UnicodeDecodeError:
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return False
    return True
