"""Answering from a recording, offline."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from trunkline import ir
from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.emulator.http.redaction import Redaction
from trunkline.emulator.http.routing import base_path
from trunkline.proxy import har
from trunkline.proxy.asgi import serve_handler
from trunkline.proxy.recording import Recorded, read_recording, to_bytes, to_text


class Replayer:
    """Gives each request the response it was given when it was recorded; the same request again
    gets the next one, and after the last one the last one again."""

    def __init__(self, api: ir.Api, recorded: Iterable[Recorded]) -> None:
        self._base = base_path(api).encode()
        self._redaction = Redaction(api)
        self._responses: dict[tuple[str, str, str, str], deque[Recorded]] = {}
        for exchange in recorded:
            self._responses.setdefault(exchange.key, deque()).append(exchange)

    async def handle(self, request: HttpRequest) -> HttpResponse:
        """The recorded answer; 501 with a reason when there is none."""
        responses = self._responses.get(self._key(request))
        if not responses:
            method, path = request.method, request.raw_path.decode("latin-1")
            return HttpResponse(501, dump({"error": f"{method} {path} is not in the recording so"}))
        recorded = responses.popleft() if len(responses) > 1 else responses[0]
        headers = [(n.encode("latin-1"), v.encode("latin-1")) for n, v in recorded.headers]
        return HttpResponse(recorded.status, to_bytes(recorded.body), None, headers)

    def _key(self, request: HttpRequest) -> tuple[str, str, str, str]:
        hide = self._redaction
        return Recorded(
            method=request.method,
            path=request.raw_path.removeprefix(self._base).decode("latin-1"),
            query=hide.query(request.query.decode("latin-1")),
            request_headers=[],
            request_body=to_text(hide.body(request.body, request.header(b"content-type"))),
            status=0,
            headers=[],
            body="",
            deviations=[],
        ).key


def replay(api: ir.Api, recording: Path, *, port: int = 0, on_ready: Callable[[str], None]) -> None:
    """Serve a recording until SIGTERM or SIGINT; `on_ready` is given the URL.

    Either JSON lines of `--proxy` or, where it ends in `.har`, an archive of any program.
    `TrunklineError` when the file cannot be read, or something in it is not a recorded exchange.
    """
    if recording.suffix == har.SUFFIX:
        base = base_path(api)
        found = read_recording(recording, lambda text: har.exchanges(text, base, Redaction(api)))
    else:
        found = read_recording(recording)
    replayer = Replayer(api, found)
    serve_handler(replayer.handle, port, lambda origin: on_ready(origin + base_path(api)))
