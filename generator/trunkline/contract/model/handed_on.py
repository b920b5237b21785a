"""What one response hands on to later requests: ids, cursors, entity tags.

A reproduction is sent again to a server that makes its objects anew: their ids are others then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, unquote_plus, urlsplit

from trunkline.contract.model.exchange import Exchange, Request, variable_mark
from trunkline.ir import Json
from trunkline.semantics.jsonvalue import parsed

REFERENCES = ("_id", "_uuid", "Id", "_ids", "_uuids", "Ids")
"""How properties end that hold ids of other objects."""
_TELLING = 8
"""Characters from which on a string is taken for the same wherever it stands."""
_VALUE = re.compile(r"[A-Za-z0-9._~:@-]+")
"""What needs no quoting in a path, a query, a JSON string or a shell."""
_KEY = re.compile(r"[A-Za-z0-9_-]+")
_NOT_FIRST = frozenset('][{},"' + " ")
_CONDITIONS = frozenset({"if-match", "if-none-match"})
_KEYED = "|".join(REFERENCES)


@dataclass(frozen=True, slots=True)
class HandedOn:
    """A value that a response shows and a later request names."""

    name: str
    """The variable of a shell that holds it."""
    value: str
    """As it was."""
    source: str
    """`body`, `location` (its last segment) or `etag`."""
    key: str = ""
    """The property of the body."""
    place: int = 1
    """Of the scalars of that name in the body, in its order, which one; from 1."""

    def read(self, headers: Mapping[str, str], body: bytes) -> str | None:
        """The value in another response, header names in lower case; None where it is not."""
        if self.source == "etag":
            return headers.get("etag")
        if self.source == "location":
            return _located(headers)
        found = [text for key, text, _ in _scalars(parsed(body)) if key == self.key]
        return found[self.place - 1] if len(found) >= self.place else None

    @property
    def filter(self) -> str:
        """The command of a POSIX shell that reads it from the output of `curl -i`."""
        if self.source == "etag":
            return r"sed -n 's/^[Ee][Tt][Aa][Gg]: *//p' | tr -d '\r'"
        if self.source == "location":
            return r"sed -n 's|^[Ll]ocation: .*/\([^/?[:space:]]*\).*|\1|p'"
        other = '[^]["{}, ]'
        return (
            f"""grep -o '"{self.key}" *: *"*{other}{other}*' | """
            f"""sed -n '{self.place}s/^"{self.key}" *: *"*//p'"""
        )


def handed_on(exchange: Exchange, identity: str | None = None) -> Iterator[HandedOn]:
    """What a response shows that a later request may name, names of variables to be given.

    `identity` is the id of what the request made, which may be as short as it likes.
    """
    if not exchange.ok:
        return
    seen: dict[str, int] = {}
    told: set[str] = set()
    for key, text, is_name in _scalars(parsed(exchange.body)):
        seen[key] = seen.get(key, 0) + 1
        long = is_name and len(text) >= _TELLING
        if (long or text == identity) and text not in told and _fits(key, text):
            told.add(text)
            yield HandedOn("", text, "body", key, seen[key])
    located = _located(exchange.headers)
    if located is not None and located not in told and _VALUE.fullmatch(located):
        yield HandedOn("", located, "location")
    if etag := exchange.headers.get("etag"):
        yield HandedOn("", etag, "etag")


def _fits(key: str, text: str) -> bool:
    return _KEY.fullmatch(key) is not None and _VALUE.fullmatch(text) is not None


def put(request: Request, values: Mapping[HandedOn, str], *, quoted: bool = True) -> Request:
    """The request with other values in the places of those handed on; what does not name any is
    the same object. `quoted`: values are percent-encoded where they stand in the address."""
    for handed, new in values.items():
        request = _put(request, handed, new, quoted=quoted)
    return request


def variables_for(handed: Mapping[str, HandedOn]) -> dict[HandedOn, str]:
    """What stands in a request for the variables of a shell (see `Secrets.shell`)."""
    return {one: variable_mark(one.name) for one in handed.values()}


def _put(request: Request, handed: HandedOn, new: str, *, quoted: bool) -> Request:
    if handed.source == "etag":
        headers = {
            name: new if name.lower() in _CONDITIONS and value == handed.value else value
            for name, value in request.headers.items()
        }
        return request if headers == request.headers else replace(request, headers=headers)
    value = handed.value
    url, body = request.url, request.body
    if value in url:
        url = _in_url(url, value, quote(new, safe="") if quoted else new)
    if body is not None and value.encode() in body:
        body = _in_body(body, value, new)
    if (url, body) == (request.url, request.body):
        return request
    return replace(request, url=url, body=body)


def _in_url(url: str, value: str, new: str) -> str:
    head, mark, query = url.partition("?")
    segments = head.split("/")
    # The scheme and the host stand in the first three.
    segments[3:] = [new if unquote(s) == value else s for s in segments[3:]]
    pairs = query.split("&") if mark else []
    for index, pair in enumerate(pairs):
        name, equals, text = pair.partition("=")
        if equals and unquote_plus(text) == value:
            pairs[index] = f"{name}={new}"
    return "/".join(segments) + mark + "&".join(pairs)


def _in_body(body: bytes, value: str, new: str) -> bytes:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body
    old = re.escape(value)
    if len(value) >= _TELLING:
        text = text.replace(f'"{value}"', f'"{new}"')
    return re.sub(
        rf'("\w*(?:{_KEYED})"\s*:\s*\[?\s*"?|"params"\s*:\s*\[\s*"?){old}(?![\w.-])',
        lambda found: found[1] + new,
        text,
    ).encode()


def _located(headers: Mapping[str, str]) -> str | None:
    location = headers.get("location")
    if not location:
        return None
    return unquote(urlsplit(location).path.rstrip("/").rpartition("/")[2]) or None


def _scalars(value: Json) -> Iterator[tuple[str, str, bool]]:
    """The scalar properties in a body in its order, as `grep` finds them: the name, the text, and
    whether it is a string."""
    stack: list[tuple[str, Json]] = [("", value)]
    while stack:
        key, inner = stack.pop()
        if isinstance(inner, dict):
            stack += reversed(inner.items())
        elif isinstance(inner, list):
            stack += [("", item) for item in reversed(inner)]
        elif key:
            text = inner if isinstance(inner, str) else json.dumps(inner)
            if text and text[0] not in _NOT_FIRST:
                yield key, text, isinstance(inner, str)
