"""A server that ends connections without a word after a few requests, as proxies do with those
that are kept for long; keys and values are kept on it."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

REQUESTS = 3
"""On one connection."""
_LONGEST = 200

_VALUE = {
    "type": "object",
    "required": ["value"],
    "properties": {"value": {"type": "string", "maxLength": _LONGEST}},
}
_ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}


def _json(description, schema):
    return {"description": description, "content": {"application/json": {"schema": schema}}}


_WRONG = {status: _json("What is wrong.", _ERROR) for status in ("400", "404", "405", "415", "422")}
DESCRIPTION = {
    "openapi": "3.0.3",
    "info": {"title": "Keys and values", "version": "1"},
    "security": [],
    "paths": {
        "/values": {
            "get": {
                "operationId": "listKeys",
                "responses": {
                    "200": _json("The keys.", {"type": "array", "items": {"type": "string"}}),
                    **_WRONG,
                },
            }
        },
        "/values/{key}": {
            "parameters": [
                {
                    "name": "key",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "pattern": "^[a-z0-9]{1,40}$"},
                }
            ],
            "get": {
                "operationId": "getValue",
                "responses": {"200": _json("It.", _VALUE), **_WRONG},
            },
            "put": {
                "operationId": "putValue",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": _VALUE}},
                },
                "responses": {
                    "200": _json("Changed.", _VALUE),
                    "201": _json("Made.", _VALUE),
                    **_WRONG,
                },
            },
            "delete": {
                "operationId": "deleteValue",
                "responses": {"204": {"description": "Gone."}, **_WRONG},
            },
        },
    },
}


def _handler():
    values = {}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        served = 0

        def __getattr__(self, name):
            if not name.startswith("do_"):
                raise AttributeError(name)
            return self.serve

        def serve(self):
            self.served += 1
            raw = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = self.path.partition("?")[0].strip("/").split("/")
            if parts == ["values"]:
                self.collection()
            elif len(parts) == 2 and parts[0] == "values":
                self.item(unquote(parts[1]), raw)
            else:
                self.answer(404, {"error": "there is nothing"})
            if self.served >= REQUESTS:
                self.close_connection = True  # without having said so

        def collection(self):
            if self.command == "GET":
                self.answer(200, sorted(values))
            else:
                self.answer(405, {"error": "GET"}, Allow="GET")

        def item(self, key, raw):
            if self.command not in ("GET", "PUT", "DELETE"):
                self.answer(405, {"error": "GET, PUT, DELETE"}, Allow="GET, PUT, DELETE")
            elif self.command == "PUT":
                self.put(key, raw)
            elif key not in values:
                self.answer(404, {"error": "no such key"})
            elif self.command == "GET":
                self.answer(200, {"value": values[key]})
            else:
                del values[key]
                self.answer(204, None)

        def put(self, key, raw):
            kind = self.headers.get("content-type", "").split(";")[0].strip().lower()
            if not (key.isascii() and key.isalnum() and key == key.lower() and len(key) <= 40):
                return self.answer(422, {"error": "that is no key"})
            if kind != "application/json":
                return self.answer(415, {"error": "send JSON"})
            try:
                sent = json.loads(raw)
            except (ValueError, RecursionError):
                return self.answer(400, {"error": "that is not JSON"})
            value = sent.get("value") if isinstance(sent, dict) else None
            if not isinstance(value, str) or len(value) > _LONGEST:
                return self.answer(422, {"error": "value is wrong"})
            status = 200 if key in values else 201
            values[key] = value
            return self.answer(status, {"value": value})

        def answer(self, status, value, **headers):
            body = b"" if value is None else json.dumps(value).encode()
            self.send_response(status)
            if body:
                self.send_header("Content-Type", "application/json")
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            for name, text in headers.items():
                self.send_header(name, text)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_):
            return

    return Handler


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler())
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
