"""Answering from a recording, offline."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote_to_bytes

from trunkline import ir
from trunkline.emulator.http.messages import HttpRequest, RawHeaders
from trunkline.emulator.http.redaction import Redaction
from trunkline.emulator.http.routing import base_path, origin
from trunkline.proxy import har
from trunkline.proxy.recording import Recorded, read_recording, to_bytes, to_text
from trunkline.proxy.server import Answer, answering, origin_form, serve_connections, told
from trunkline.semantics.media import MediaKind, kind

_BOUNDARY = re.compile(r"--([^\r\n]{1,70})\r?\n")
Key = tuple[str, str, tuple[tuple[str, str], ...], str]
"""What a request must share with a recorded one to be given its response."""


def key(recorded: Recorded) -> Key:
    """Method, path, parameters in any order, and what the body says, however it is written."""
    path = "/".join(quote(unquote_to_bytes(s), safe="") for s in recorded.path.split("/"))
    query = sorted(parse_qsl(recorded.query, keep_blank_values=True, encoding="latin-1"))
    return recorded.method, path, tuple(query), _said(recorded)


def _said(recorded: Recorded) -> str:
    """A body with its members in order, and with no boundary of its own."""
    body = recorded.request_body
    names = dict(reversed([(name.lower(), value) for name, value in recorded.request_headers]))
    if kind(names.get("content-type", "application/json")) is MediaKind.FORM:
        return repr(sorted(parse_qsl(body, keep_blank_values=True, encoding="latin-1")))
    try:
        return json.dumps(json.loads(body), sort_keys=True)
    except (ValueError, RecursionError):
        pass
    bounds = _BOUNDARY.match(body)
    return body.replace(bounds[1], "boundary") if bounds else body


class Replayer:
    """Gives each request the response it was given when it was recorded; the same request again
    gets the next one, and after the last one the last one again."""

    def __init__(self, api: ir.Api, recorded: Iterable[Recorded]) -> None:
        self._base = base_path(api)
        self._redaction = Redaction(api)
        self._responses: dict[Key, deque[Recorded]] = {}
        for exchange in recorded:
            self._responses.setdefault(key(exchange), deque()).append(exchange)

    def handle(self, request: HttpRequest) -> Answer:
        """The recorded answer; 501 with a reason when there is none."""
        request.raw_path = origin_form(request.raw_path)
        path = request.raw_path.decode("latin-1")
        if not path.startswith(self._base + "/") and path != self._base:
            return _none(request, f"the API is below {self._base}/")
        asked = key(self._asked(request))
        responses = self._responses.get(asked)
        if not responses and asked[0] == "HEAD":
            responses = self._responses.get(("GET", *asked[1:]))
        if not responses:
            return _none(request, self._why(asked))
        recorded = responses.popleft() if len(responses) > 1 else responses[0]
        headers = _here(recorded.headers, request.header(b"host"))
        return Answer(recorded.status, headers, to_bytes(recorded.body), recorded.reason)

    def _why(self, asked: Key) -> str:
        """What of a request is in the recording, and what is not."""
        there = [known for known in self._responses if known[1] == asked[1]]
        if not there:
            return "nothing of that path is in the recording"
        methods = sorted({known[0] for known in there})
        if asked[0] not in methods:
            return f"it is in the recording with {', '.join(methods)} alone"
        if any(known[0] == asked[0] and known[2] == asked[2] for known in there):
            return "it is in the recording with another body"
        return "it is in the recording with other query parameters"

    def _asked(self, request: HttpRequest) -> Recorded:
        hide = self._redaction
        return Recorded(
            method=request.method,
            path=request.raw_path.decode("latin-1").removeprefix(self._base),
            query=hide.query(request.query.decode("latin-1")),
            request_headers=[
                [n.decode("latin-1"), v.decode("latin-1")] for n, v in request.headers
            ],
            request_body=to_text(hide.body(request.body, request.header(b"content-type"))),
            status=0,
            headers=[],
            body="",
            deviations=[],
        )


def _none(request: HttpRequest, why: str) -> Answer:
    what = f"{request.method} {request.raw_path.decode('latin-1')}"
    return told(501, f"{what} is not in the recording so: {why}")


def _here(headers: list[list[str]], host: bytes | None) -> RawHeaders:
    """Headers as they are sent; links, which are recorded as paths, with this server's address."""
    found: RawHeaders = []
    for name, value in headers:
        raw = value.encode("latin-1", "replace")
        if name.lower() == "link" and host:
            raw = raw.replace(b"</", b"<http://" + host + b"/")
        found.append((name.encode("latin-1", "replace"), raw))
    return found


def replay(
    api: ir.Api,
    recording: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    on_ready: Callable[[str], None],
) -> None:
    """Serve a recording until SIGTERM or SIGINT; `on_ready` is given the URL.

    Either JSON lines of `--proxy` or, where it ends in `.har`, an archive of any program.
    `TrunklineError` when the file cannot be read, or something in it is not a recorded exchange.
    """
    if recording.suffix == har.SUFFIX:
        base, own = base_path(api), origin(api)
        hide = Redaction(api)
        found = read_recording(recording, lambda text: har.exchanges(text, base, own, hide))
    else:
        found = read_recording(recording)
    talk = answering(Replayer(api, found).handle)
    serve_connections(talk, host, port, lambda origin: on_ready(origin + base_path(api)))
