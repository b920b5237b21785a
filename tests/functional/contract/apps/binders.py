"""Binders: patched in two ways, read under conditions, still readable once deleted, with a file
beside each; or with one mistake in any of that."""

import itertools
import json
import re
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TITLE = {"type": "string", "minLength": 1, "maxLength": 60}
STATE = {"type": "string", "enum": ["draft", "open", "closed"], "default": "draft"}
SIZE = {
    "type": "object",
    "properties": {"width": {"type": "string"}, "height": {"type": "string"}},
    "required": [],
}
FIELDS = {"title": TITLE, "state": STATE, "format": SIZE}
MARK = {"ETag": {"required": True, "schema": {"type": "string"}}}
SERVER = {"type": "string", "readOnly": True}
BINDER = {
    "type": "object",
    "required": ["id", "owner", "deleted_at", *FIELDS],
    "properties": {
        "id": SERVER,
        "owner": SERVER,
        "deleted_at": {"type": ["string", "null"], "format": "date-time", "readOnly": True},
        **FIELDS,
    },
}
SCAN = {
    "type": "object",
    "required": ["id", "size"],
    "properties": {"id": SERVER, "size": {"type": "integer", "readOnly": True}},
}
NEW = {"type": "object", "required": ["title"], "properties": FIELDS}
CHANGE = {
    "type": "object",
    "properties": {
        "title": TITLE,
        "state": {k: STATE[k] for k in ("type", "enum")},
        "format": SIZE,
    },
}
STEPS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["op", "path"],
        "properties": {
            "op": {"type": "string", "enum": ["replace", "test"]},
            "path": {"type": "string", "enum": ["/title"]},
            "value": TITLE,
        },
    },
}
BYTES = {"type": "string", "format": "binary"}
UPLOAD = {"type": "object", "required": ["file"], "properties": {"file": BYTES}}
OCTETS = "application/octet-stream"


def content(schema, media_type="application/json"):
    return {media_type: {"schema": schema}}


def answers(status, schema=None, also=(), **more):
    told = {"description": "It."} | ({"content": content(schema)} if schema else {}) | more
    return {status: told} | {code: {"description": "Refused."} for code in ("404", "422", *also)}


def operation(name, responses, *bodies):
    made = {"operationId": name, "responses": responses}
    if bodies:
        made["requestBody"] = {
            "required": True,
            "content": {k: v for b in bodies for k, v in b.items()},
        }
    return made


ID = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
LIST = {"type": "array"}
DESCRIPTION = {
    "openapi": "3.1.0",
    "info": {"title": "Binders", "version": "1"},
    "security": [],
    "paths": {
        "/binders": {
            "get": operation("listBinders", answers("200", LIST | {"items": BINDER})),
            "post": operation("createBinder", answers("201", BINDER, headers=MARK), content(NEW)),
        },
        "/binders/{id}": {
            "parameters": ID,
            "get": operation("getBinder", answers("200", BINDER, ["304"], headers=MARK)),
            "patch": operation(
                "patchBinder",
                answers("200", BINDER, ["409"], headers=MARK),
                content(STEPS, "application/json-patch+json"),
                content(CHANGE, "application/merge-patch+json"),
            ),
            "delete": operation("deleteBinder", answers("204")),
        },
        "/scans": {
            "post": operation(
                "uploadScan", answers("201", SCAN), content(UPLOAD, "multipart/form-data")
            ),
        },
        "/scans/{id}": {
            "parameters": ID,
            "get": operation("getScan", answers("200", SCAN)),
            "delete": operation("deleteScan", answers("204")),
        },
        "/scans/{id}/content": {
            "parameters": ID,
            "get": operation(
                "download",
                {
                    "200": {"description": "It.", "content": content(BYTES, OCTETS)},
                    "404": {"description": "None."},
                },
            ),
            "put": operation("putContent", answers("204"), content(BYTES, OCTETS)),
        },
    },
}


class RefusedError(Exception):
    def __init__(self, status):
        self.status = status


def fields(value, mistake, change=False):
    """What a body sets; refused with 422 where it breaks its schema."""
    if not isinstance(value, dict) or not (change or "title" in value):
        raise RefusedError(422)
    states = [*STATE["enum"], *(["archived"] if mistake == "one state more" else [])]
    title, state, size = (
        value.get(n, d) for n, d in (("title", "t"), ("state", "open"), ("format", {}))
    )
    fits = (
        isinstance(title, str)
        and 1 <= len(title) <= 60
        and isinstance(state, str)
        and state in states
        and isinstance(size, dict)
        and all(
            isinstance(v, str) or (v is None and change)
            for k, v in size.items()
            if k in SIZE["properties"]
        )
    )
    if not fits:
        raise RefusedError(422)
    return {name: value[name] for name in FIELDS if name in value}


def merged(into, patch):
    for name, value in patch.items():
        if isinstance(value, dict):
            known = into.get(name)
            into[name] = merged(dict(known) if isinstance(known, dict) else {}, value)
        elif value is None:
            into.pop(name, None)
        else:
            into[name] = value
    return into


def patched(found, steps, mistake):
    made = dict(found)
    if not isinstance(steps, list):
        raise RefusedError(422)
    for step in steps:
        if not isinstance(step, dict) or step.get("op") not in ("replace", "test"):
            raise RefusedError(422)
        if step.get("path") != "/title" or "value" not in step:
            raise RefusedError(422)
        fields({"title": step["value"]}, mistake)
        if step["op"] == "replace":
            made["title"] = step["value"]
            if mistake == "kept step by step":
                found.update(made)
        elif made["title"] != step["value"]:
            raise RefusedError(409)
    return made


def kind_of(request):
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def file_in(raw, media_type):
    """The file in a form: its part has a name of its own."""
    boundary = re.search(r'boundary="?([^";]+)', media_type)
    parts = raw.split(b"--" + boundary[1].encode()) if boundary else []
    for part in parts[1:-1]:
        head, _, data = part.partition(b"\r\n\r\n")
        if b'name="file"' in head and b"filename=" in head:
            return data.removesuffix(b"\r\n")
    raise RefusedError(422)


def make(mistake=""):
    binders, scans, files = {}, {}, {}
    numbers = itertools.count(1)

    def shown(found, status=200):
        mark = f'"{hash(json.dumps(found)) & 0xFFFFFFFF:x}"'
        text = json.dumps(found, ensure_ascii=False).encode()
        charset = "iso-8859-1" if mistake == "another charset" else "utf-8"
        kind = f"application/json; charset={charset}"
        return Response(text, status, {"ETag": mark, "Content-Type": kind})

    def of(table, request):
        if request.path_params["id"] not in table:
            raise RefusedError(404)
        return table[request.path_params["id"]]

    def parsed(raw):
        try:
            return json.loads(raw.decode(), parse_constant=lambda _: 1 / 0)
        except (ValueError, ArithmeticError, RecursionError):
            raise RefusedError(422) from None

    async def collection(request: Request):
        if request.method in ("GET", "HEAD"):
            return JSONResponse([b for b in binders.values() if b["deleted_at"] is None])
        if kind_of(request) != "application/json":
            raise RefusedError(415)
        value = parsed(await request.body())
        made = {"id": f"b{next(numbers):06}", "owner": "ada", "deleted_at": None, "title": "",
                "state": "draft", "format": {}} | fields(value, mistake)  # fmt: skip
        if mistake == "owner given" and isinstance(value.get("owner"), str):
            made["owner"] = value["owner"]
        binders[made["id"]] = made
        return shown(made, 201)

    async def binder(request: Request):
        found = of(binders, request)
        hidden = mistake == "owner given" and found["owner"] != "ada"
        if hidden or (request.method == "HEAD" and mistake == "no head"):
            raise RefusedError(404)
        if request.method == "DELETE":
            found["deleted_at"] = found["deleted_at"] or datetime.now(UTC).isoformat()
            return Response(status_code=204)
        if request.method == "PATCH":
            if found["deleted_at"]:
                raise RefusedError(409)
            kind, value = kind_of(request), parsed(await request.body())
            if kind == "application/json-patch+json":
                made = patched(found, value, mistake)
            elif kind == "application/merge-patch+json":
                change = fields(value, mistake, change=True)
                made = found | change if mistake == "merged flat" else merged(dict(found), change)
            else:
                raise RefusedError(415)
            found.update(made)
            return shown(found)
        whole = shown(found)
        asked = request.headers.get("if-none-match")
        if asked and (asked == whole.headers["ETag"] or mistake == "any mark"):
            return Response(status_code=304, headers={"ETag": whole.headers["ETag"]})
        return whole

    async def upload(request: Request):
        data = file_in(await request.body(), request.headers.get("content-type", ""))
        made = {"id": f"s{next(numbers):06}", "size": len(data)}
        if mistake == "size of text":
            made["size"] = len(data.decode(errors="replace"))
        scans[made["id"]] = made
        files[made["id"]] = data[:65536] if mistake == "uploads cut" else data
        return JSONResponse(made, 201)

    async def scan(request: Request):
        found = of(scans, request)
        if request.method == "DELETE":
            del scans[found["id"]]
            return Response(status_code=204)
        return JSONResponse(found)

    async def bytes_of(request: Request):
        found = of(scans, request)
        if request.method == "PUT":
            if kind_of(request) != OCTETS:
                raise RefusedError(415)
            data = await request.body()
            if not data:
                raise RefusedError(422)
            files[found["id"]] = data.strip() if mistake == "bytes trimmed" else data
            found["size"] = len(data)
            return Response(status_code=204)
        return Response(files[found["id"]], media_type=OCTETS)

    async def refuse(_, error):
        return Response(status_code=error.status)

    item = ["GET", "PATCH", "DELETE"]
    routes = [
        Route("/binders", collection, methods=["GET", "POST"]),
        Route("/binders/{id}", binder, methods=item),
        Route("/scans", upload, methods=["POST"]),
        Route("/scans/{id}", scan, methods=["GET", "DELETE"]),
        Route("/scans/{id}/content", bytes_of, methods=["GET", "PUT"]),
    ]
    return Starlette(routes=routes, exception_handlers={RefusedError: refuse})
