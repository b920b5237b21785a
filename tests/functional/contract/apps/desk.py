"""A help desk as a WSGI application, for browsers' forms: what is made is sent as a form, or as
one with a file."""

import email.parser
import email.policy
import itertools
import json
from urllib.parse import parse_qs

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
_MOST = 200


def _content(media_type, schema):
    return {media_type: {"schema": schema}}


_REQUEST = {
    "type": "object",
    "required": ["subject"],
    "properties": {
        "subject": {"type": "string", "minLength": 1, "maxLength": _MOST},
        "priority": {"type": "integer", "minimum": 1, "maximum": 5},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
_SHOWN = {
    "type": "object",
    "required": ["id", "subject", "priority", "tags"],
    "properties": {"id": {"type": "integer"}, **_REQUEST["properties"]},
}
_FILE = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "note": {"type": "string", "maxLength": _MOST},
    },
}
_FILE_SHOWN = {
    "type": "object",
    "required": ["id", "size", "note"],
    "properties": {
        "id": {"type": "integer"},
        "size": {"type": "integer"},
        "note": {"type": "string"},
    },
}
_ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
_WRONG = {
    status: {"description": "What is wrong.", "content": _content("application/json", _ERROR)}
    for status in ("400", "404", "405", "415", "422")
}


def _one(description, schema):
    return {"description": description, "content": _content("application/json", schema)}


def _paths(name, sent, shown, media_type):
    single = name[:-1].capitalize()
    listed = {"type": "array", "items": shown}
    return {
        f"/{name}": {
            "get": {
                "operationId": f"list{single}s",
                "responses": {"200": _one("All of them.", listed), **_WRONG},
            },
            "post": {
                "operationId": f"create{single}",
                "requestBody": {"required": True, "content": _content(media_type, sent)},
                "responses": {"201": _one("Made.", shown), **_WRONG},
            },
        },
        f"/{name}/{{id}}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
            ],
            "get": {
                "operationId": f"get{single}",
                "responses": {"200": _one("It.", shown), **_WRONG},
            },
            "delete": {
                "operationId": f"delete{single}",
                "responses": {"204": {"description": "Gone."}, **_WRONG},
            },
        },
    }


DESCRIPTION = {
    "openapi": "3.0.3",
    "info": {"title": "Desk", "version": "1"},
    "security": [],
    "paths": {
        **_paths("requests", _REQUEST, _SHOWN, FORM),
        **_paths("files", _FILE, _FILE_SHOWN, PARTS),
    },
}


class _WrongError(Exception):
    def __init__(self, status, detail):
        super().__init__(detail)
        self.status, self.detail = status, detail


def _fields(environ, wanted):
    """The form that was sent: names and lists of bytes."""
    raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    header = environ.get("CONTENT_TYPE", "")
    if header.split(";")[0].strip().lower() != wanted:
        raise _WrongError("415 Unsupported Media Type", f"send {wanted}")
    if wanted == FORM:
        pairs = parse_qs(raw.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
        return {k: [v.encode("latin-1") for v in values] for k, values in pairs.items()}
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    message = parser.parsebytes(f"Content-Type: {header}\r\n\r\n".encode() + raw)
    if not message.is_multipart():
        raise _WrongError("400 Bad Request", "that is not a form")
    found = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        found.setdefault(str(name), []).append(part.get_payload(decode=True) or b"")
    return found


def _text(fields, name, least=0):
    values = fields.get(name, [])
    try:
        text = values[0].decode() if values else ""
    except UnicodeDecodeError:
        raise _WrongError("422 Unprocessable Content", f"{name} is not text") from None
    if len(values) > 1 or not least <= len(text) <= _MOST:
        raise _WrongError("422 Unprocessable Content", f"{name} is wrong")
    return text


def _request(fields):
    priority = _text(fields, "priority") or "3"
    if priority not in ("1", "2", "3", "4", "5"):
        raise _WrongError("422 Unprocessable Content", "priority is from 1 to 5")
    try:
        tags = [tag.decode() for tag in fields.get("tags", [])]
    except UnicodeDecodeError:
        raise _WrongError("422 Unprocessable Content", "a tag is not text") from None
    return {"subject": _text(fields, "subject", 1), "priority": int(priority), "tags": tags}


def _file(fields):
    if len(fields.get("file", [])) != 1:
        raise _WrongError("422 Unprocessable Content", "one file is needed")
    return {"size": len(fields["file"][0]), "note": _text(fields, "note")}


def make():
    kept = {"requests": {}, "files": {}}
    numbers = itertools.count(1)
    taken = {"requests": (FORM, _request), "files": (PARTS, _file)}

    def collection(environ, name):
        if environ["REQUEST_METHOD"] == "GET":
            return "200 OK", list(kept[name].values())
        if environ["REQUEST_METHOD"] != "POST":
            raise _WrongError("405 Method Not Allowed", "GET or POST")
        media_type, read = taken[name]
        sent = read(_fields(environ, media_type))
        made = {"id": next(numbers), **sent}
        kept[name][made["id"]] = made
        return "201 Created", made

    def item(environ, name, text):
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        if str(number) != text or number not in kept[name]:
            raise _WrongError("404 Not Found", "there is nothing")
        if environ["REQUEST_METHOD"] == "DELETE":
            del kept[name][number]
            return "204 No Content", None
        if environ["REQUEST_METHOD"] != "GET":
            raise _WrongError("405 Method Not Allowed", "GET or DELETE")
        return "200 OK", kept[name][number]

    def app(environ, start_response):
        parts = environ["PATH_INFO"].strip("/").split("/")
        headers = [("Content-Type", "application/json")]
        try:
            if parts[0] not in kept or not 1 <= len(parts) <= 2:
                raise _WrongError("404 Not Found", "there is nothing")
            found = collection(environ, parts[0]) if len(parts) == 1 else item(environ, *parts)
            status, value = found
        except _WrongError as error:
            status, value = error.status, {"error": error.detail}
            if status.startswith("405"):
                headers.append(("Allow", "GET, POST" if len(parts) == 1 else "GET, DELETE"))
        body = b"" if value is None else json.dumps(value).encode()
        headers.append(("Content-Length", str(len(body))))
        start_response(status, headers if body else headers[1:])
        return [body] if body else []

    return app
