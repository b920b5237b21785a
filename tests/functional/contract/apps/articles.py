"""Articles in the way of JSON:API: a media type of its own, objects in `data`, attributes apart."""

import itertools
import json

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

KIND = "application/vnd.api+json"
_TEXT = {"type": "string", "minLength": 1, "maxLength": 80}
_ATTRIBUTES = {"title": _TEXT, "text": {"type": "string", "maxLength": 500}}


def _of(schema):
    return {KIND: {"schema": schema}}


def _object(required, **properties):
    return {"type": "object", "required": required, "properties": properties}


_ARTICLE = _object(
    ["type", "id", "attributes"],
    type={"type": "string", "enum": ["articles"]},
    id={"type": "string"},
    attributes=_object(["title"], **_ATTRIBUTES),
)
_ONE = {"description": "It.", "content": _of(_object(["data"], data=_ARTICLE))}
_PROBLEM = _object(["errors"], errors={"type": "array", "items": _object(["detail"])})
_WRONG = {
    status: {"description": "What is wrong.", "content": _of(_PROBLEM)}
    for status in ("400", "404", "405", "406", "409", "415", "422")
}


def _sent(required, *, named=False):
    kind = {"type": {"type": "string", "enum": ["articles"]}}
    if named:
        kind["id"] = {"type": "string"}
    attributes = _object(required, **_ATTRIBUTES)
    data = _object(
        ["type", "attributes", *(["id"] if named else [])], **kind, attributes=attributes
    )
    return {"required": True, "content": _of(_object(["data"], data=data))}


_ID = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
DESCRIPTION = {
    "openapi": "3.0.3",
    "info": {"title": "Articles", "version": "1"},
    "security": [],
    "paths": {
        "/articles": {
            "get": {
                "operationId": "listArticles",
                "parameters": [
                    {"name": f"page[{name}]", "in": "query", "schema": schema}
                    for name, schema in (
                        ("number", {"type": "integer", "minimum": 1, "maximum": 100000}),
                        ("size", {"type": "integer", "minimum": 1, "maximum": 50}),
                    )
                ],
                "responses": {
                    "200": {
                        "description": "A page of them.",
                        "content": _of(
                            _object(
                                ["data", "links"],
                                data={"type": "array", "items": _ARTICLE},
                                links=_object([], next={"type": "string", "nullable": True}),
                            )
                        ),
                    },
                    **_WRONG,
                },
            },
            "post": {
                "operationId": "createArticle",
                "requestBody": _sent(["title"]),
                "responses": {"201": _ONE, **_WRONG},
            },
        },
        "/articles/{id}": {
            "parameters": _ID,
            "get": {"operationId": "getArticle", "responses": {"200": _ONE, **_WRONG}},
            "patch": {
                "operationId": "updateArticle",
                "requestBody": _sent([], named=True),
                "responses": {"200": _ONE, **_WRONG},
            },
            "delete": {
                "operationId": "deleteArticle",
                "responses": {"204": {"description": "Gone."}, **_WRONG},
            },
        },
    },
}


class _WrongError(Exception):
    def __init__(self, status, detail):
        super().__init__(detail)
        self.status, self.detail = status, detail


def _answer(value, status=200, **headers):
    return Response(json.dumps(value), status, headers, media_type=KIND)


async def _data(request, required):
    """What was sent, checked."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != KIND:
        raise _WrongError(415, f"send {KIND}")
    try:
        data = json.loads(await request.body())["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _WrongError(400, "an object with data is needed") from None
    if not isinstance(data, dict) or data.get("type") != "articles":
        raise _WrongError(409, "type must be articles")
    attributes = data.get("attributes")
    if not isinstance(attributes, dict) or not required <= attributes.keys():
        raise _WrongError(422, "attributes are missing")
    for name, least, most in (("title", 1, 80), ("text", 0, 500)):
        value = attributes.get(name, "-")
        if not isinstance(value, str) or not least <= len(value) <= most:
            raise _WrongError(422, f"{name} is wrong")
    return data, {name: attributes[name] for name in _ATTRIBUTES if name in attributes}


def make():
    articles, numbers = {}, itertools.count(1)

    def article(request):
        key = request.path_params["id"]
        if key not in articles:
            raise _WrongError(404, "no such article")
        return key

    def shown(key):
        return {"type": "articles", "id": key, "attributes": articles[key]}

    def number(request, name, default, most):
        text = request.query_params.get(f"page[{name}]", str(default))
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= most):
            raise _WrongError(400, f"page[{name}] is wrong")
        return int(text)

    async def collection(request):
        if request.method == "POST":
            _, attributes = await _data(request, {"title"})
            key = f"a{next(numbers):06d}"
            articles[key] = attributes
            return _answer({"data": shown(key)}, 201, Location=f"/articles/{key}")
        page, size = number(request, "number", 1, 100000), number(request, "size", 10, 50)
        keys = list(articles)[(page - 1) * size :]
        following = f"/articles?page[number]={page + 1}&page[size]={size}"
        links = {"next": following if len(keys) > size else None}
        return _answer({"data": [shown(key) for key in keys[:size]], "links": links})

    async def item(request):
        key = article(request)
        if request.method == "DELETE":
            del articles[key]
            return Response(status_code=204)
        if request.method == "PATCH":
            data, attributes = await _data(request, set())
            if data.get("id") != key:
                raise _WrongError(409, "that is the id of another")
            articles[key] = {**articles[key], **attributes}
        return _answer({"data": shown(key)})

    def wrong(request, error):
        return _answer({"errors": [{"detail": error.detail}]}, error.status)

    def unknown(request, error):
        return Response(
            json.dumps({"errors": [{"detail": error.detail}]}),
            error.status_code,
            error.headers,
            media_type=KIND,
        )

    return Starlette(
        routes=[
            Route("/articles", collection, methods=["GET", "POST"]),
            Route("/articles/{id}", item, methods=["GET", "PATCH", "DELETE"]),
        ],
        exception_handlers={_WrongError: wrong, 404: unknown, 405: unknown},
    )
