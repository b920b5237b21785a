"""All that a run sent and received, as an HTTP Archive (HAR 1.2), secrets taken out."""

from __future__ import annotations

import base64
import datetime
import json
import threading
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import TextIO
from urllib.parse import parse_qsl, urlsplit

from trunkline.contract.model import SHOWN_BODY, Exchange, Secrets
from trunkline.version import __version__

_UNKNOWN = -1


class HarRecorder:
    """Writes each exchange as it comes, so that a killed run leaves what it had."""

    def __init__(self, path: Path, secrets: Secrets) -> None:
        self._path = path
        self._file: TextIO | None = None
        self._first = True
        self._lock = threading.Lock()
        self._secrets = secrets

    def __enter__(self) -> HarRecorder:
        self._file = self._path.open("w", encoding="utf-8", errors="backslashreplace")
        creator = {"name": "Trunkline", "version": __version__}
        head = json.dumps({"version": "1.2", "creator": creator})[:-1]
        self._file.write(f'{{"log": {head}, "entries": [\n')
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._file is not None
        self._file.write("\n]}}\n")
        self._file.close()

    def watch(self, exchange: Exchange) -> None:
        """Write one exchange; it has just ended."""
        assert self._file is not None
        ended = datetime.datetime.now(datetime.UTC)
        started = ended - datetime.timedelta(seconds=exchange.seconds)
        entry = json.dumps(self._entry(exchange, started), ensure_ascii=False)
        with self._lock:
            self._file.write(entry if self._first else f",\n{entry}")
            self._first = False

    def _entry(self, exchange: Exchange, started: datetime.datetime) -> dict[str, object]:
        took = round(exchange.seconds * 1000, 3)
        return {
            "startedDateTime": started.isoformat(timespec="milliseconds"),
            "time": took,
            "request": self._request(exchange),
            "response": self._response(exchange),
            "cache": {},
            "timings": {"send": 0, "wait": took, "receive": 0},
        }

    def _request(self, exchange: Exchange) -> dict[str, object]:
        request = exchange.request
        query = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
        shown: dict[str, object] = {
            "method": request.method,
            "url": self._secrets.hide(request.url),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self._pairs(list(request.headers.items())),
            "queryString": self._pairs(query),
            "headersSize": _UNKNOWN,
            "bodySize": len(request.body or b""),
        }
        if request.body is not None:
            kind = next((v for n, v in request.headers.items() if n.lower() == "content-type"), "")
            text = request.body[:SHOWN_BODY].decode("utf-8", "backslashreplace")
            shown["postData"] = {"mimeType": kind, "text": self._secrets.hide(text)}
        return shown

    def _response(self, exchange: Exchange) -> dict[str, object]:
        content: dict[str, object] = {
            "size": len(exchange.body),
            "mimeType": exchange.headers.get("content-type", ""),
        }
        body = exchange.body[:SHOWN_BODY]
        try:
            content["text"] = self._secrets.hide(body.decode())
        except UnicodeDecodeError:
            hidden = self._secrets.hide(body.decode("latin-1")).encode("latin-1", "replace")
            content |= {"text": base64.b64encode(hidden).decode(), "encoding": "base64"}
        return {
            "status": exchange.status,
            "statusText": _phrase(exchange.status),
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": self._pairs(list(exchange.headers.items())),
            "content": content,
            "redirectURL": self._secrets.hide(exchange.headers.get("location", "")),
            "headersSize": _UNKNOWN,
            "bodySize": len(exchange.body),
        }

    def _pairs(self, pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
        return [{"name": name, "value": self._secrets.hide(value)} for name, value in pairs]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
