"""Exchanges as HTTP Archive 1.2, the form that browsers and other proxies write and read."""

from __future__ import annotations

import base64
import contextlib
import http
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from trunkline.emulator.http.redaction import Redaction
from trunkline.ir import Json
from trunkline.proxy.addresses import Addresses
from trunkline.proxy.recording import Recorded, kept_cookie, put, taken, to_bytes, to_text

SUFFIX = ".har"
_END = "\n]}}\n"
_KNOWN = len(_END) + 1
"""Bytes at the end that tell whether there are entries."""
_DECODED = {
    "content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive",
    "trailer",
}  # fmt: skip
"""Headers that are not true of a body as an archive has it."""


class HarWriter:
    """Adds exchanges to an archive, which is whole after every one of them."""

    def __init__(self, descriptor: int, upstream: str) -> None:
        self._upstream = upstream
        self._file = descriptor
        size = os.fstat(descriptor).st_size
        end = taken(descriptor, max(0, size - _KNOWN), _KNOWN).decode("utf-8", "replace")
        if size and not end.endswith(_END):
            raise ValueError("it is no archive that trunkline has written")
        if not size:
            creator = {"name": "trunkline", "version": version("trunkline")}
            head = json.dumps({"version": "1.2", "creator": creator})[:-1]
            end = f'{{"log": {head}, "entries": [{_END}'
            put(descriptor, 0, end.encode())
        self._any = not end.endswith(f"[{_END}")

    def write(self, recorded: Recorded) -> None:
        """Add one exchange."""
        entry = json.dumps(_entry(recorded, self._upstream), ensure_ascii=False)
        end = os.fstat(self._file).st_size - len(_END)
        try:
            text = (",\n" if self._any else "\n") + entry + _END
            put(self._file, end, text.encode())
        except OSError:
            with contextlib.suppress(OSError):
                put(self._file, end, _END.encode())  # as it was before
            raise
        self._any = True


def _entry(recorded: Recorded, upstream: str) -> dict[str, Json]:
    query = f"?{recorded.query}" if recorded.query else ""
    request: dict[str, Json] = {
        "method": recorded.method,
        "url": upstream + recorded.path + query,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _named(recorded.request_headers),
        "queryString": _named(parse_qsl(recorded.query, keep_blank_values=True)),
        "headersSize": -1,
        "bodySize": len(to_bytes(recorded.request_body)),
    }
    if recorded.request_body:
        media_type = _header(recorded.request_headers, "content-type")
        request["postData"] = {"mimeType": media_type, "text": recorded.request_body}
    media_type = _header(recorded.headers, "content-type")
    size = len(to_bytes(recorded.body))
    content: dict[str, Json] = {"size": size, "mimeType": media_type, "text": recorded.body}
    if recorded.body.startswith("base64:"):
        content |= {"text": recorded.body.removeprefix("base64:"), "encoding": "base64"}
    return {
        "startedDateTime": recorded.started or datetime.now(UTC).isoformat(),
        "time": recorded.seconds * 1000,
        "request": request,
        "response": {
            "status": recorded.status,
            "statusText": recorded.reason or _phrase(recorded.status),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": _named(recorded.headers),
            "content": content,
            "redirectURL": _header(recorded.headers, "location"),
            "headersSize": -1,
            "bodySize": size,
        },
        "cache": {},
        "timings": {"send": 0, "wait": recorded.seconds * 1000, "receive": 0},
        "_path": recorded.path,  # what is below the server's base path
        "_deviations": list(recorded.deviations),
    }


def _named(pairs: list[list[str]] | list[tuple[str, str]]) -> list[Json]:
    return [{"name": name, "value": value} for name, value in pairs]


def _header(headers: list[list[str]], name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _phrase(status: int) -> str:
    try:
        return http.HTTPStatus(status).phrase
    except ValueError:
        return ""


def exchanges(text: str, base: str, origin: str, hide: Redaction) -> Iterator[Recorded]:
    """The exchanges of an archive that are below an API's base path, oldest first, secrets taken
    out; `ValueError`, `KeyError` or `TypeError` where it is none.

    A browser's archive has everything that a page has loaded: where it has something of the API's
    own `origin`, that is what is meant.
    """
    found = []
    for entry in json.loads(text)["log"]["entries"]:
        url = urlsplit(entry["request"]["url"])
        path = entry.get("_path")
        if path is None and (url.path == base or url.path.startswith(base + "/")):
            path = url.path.removeprefix(base)
        if path is not None and entry["response"]["status"]:
            found.append((f"{url.scheme}://{url.netloc}", path, entry))
    own = any(there == origin and "_path" not in entry for there, _, entry in found)
    for there, path, entry in found:
        if not own or there == origin or "_path" in entry:
            yield _exchange(entry, path, base, hide)


def _exchange(entry: dict[str, Any], path: str, base: str, hide: Redaction) -> Recorded:
    request, response = entry["request"], entry["response"]
    url = urlsplit(request["url"])
    content = response["content"]
    body = content.get("text") or ""
    if content.get("encoding") == "base64":
        body = to_text(base64.b64decode(body))
    sent, media_type = _sent(request.get("postData") or {})
    bare = request["method"] == "HEAD" or response["status"] == 304
    addresses = Addresses(url._replace(path=url.path.removesuffix(path)), base)
    return Recorded(
        method=request["method"],
        path=quote(path, safe="/%:@!$&'()*+,;=~-._"),
        query=hide.query(url.query),
        request_headers=[["content-type", media_type.decode("latin-1")]] if media_type else [],
        request_body=to_text(hide.body(sent, media_type)),
        status=response["status"],
        headers=list(_kept(response["headers"], addresses, bare=bare)),
        body=body,
        deviations=[],
        reason=response.get("statusText") or "",
    )


def _kept(
    headers: list[dict[str, str]], addresses: Addresses, *, bare: bool
) -> Iterator[list[str]]:
    """Headers as they are played back; some programs write several of a name as lines of one."""
    for header in headers:
        name = header["name"]
        lower = name.lower()
        told = bare and lower == "content-length"  # of a body that is not there
        if (lower in _DECODED and not told) or name.startswith(":"):
            continue
        for value in header["value"].splitlines():
            if lower == "set-cookie":
                yield [name, kept_cookie(value, addresses, hidden=False)]
                continue
            raw = [(name.encode("latin-1", "replace"), value.encode("latin-1", "replace"))]
            yield [name, addresses.recorded(raw)[0][1].decode("latin-1")]


def _sent(data: dict[str, Json]) -> tuple[bytes, bytes | None]:
    media_type = data.get("mimeType")
    text = data.get("text")
    params = data.get("params")
    if not text and isinstance(params, list):
        pairs = [(str(p["name"]), str(p.get("value", ""))) for p in params if isinstance(p, dict)]
        text = urlencode(pairs)
    named = media_type.encode("latin-1", "replace") if isinstance(media_type, str) else None
    return to_bytes(text) if isinstance(text, str) else b"", named
