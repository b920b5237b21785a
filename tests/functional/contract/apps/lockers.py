"""Codes and keys are shown once, when they are set, and masked in everything else."""

import itertools

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TEXT = {"type": "string", "minLength": 8, "maxLength": 40, "pattern": "^[a-z0-9]+$"}
FIELDS = {"owner": {"type": "string", "minLength": 1, "maxLength": 20}, "code": TEXT, "key": TEXT}
LOCKER = {
    "type": "object",
    "required": ["id", *FIELDS],
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "owner": FIELDS["owner"],
        "code": {"type": "string"},
        "key": {"type": "string"},
    },
}
NEW = {"type": "object", "required": [*FIELDS], "properties": FIELDS, "additionalProperties": False}
CHANGE = {"type": "object", "properties": FIELDS, "additionalProperties": False}


def body(schema):
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def answers(status, schema):
    told = {"description": "It.", "content": {"application/json": {"schema": schema}}}
    refused = {code: {"description": "Refused."} for code in ("400", "404", "422")}
    return {status: told, **refused}


ID = [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}]
DESCRIPTION = {
    "openapi": "3.1.0",
    "info": {"title": "Lockers", "version": "1"},
    "security": [],
    "paths": {
        "/lockers": {
            "get": {
                "operationId": "listLockers",
                "responses": answers("200", {"type": "array", "items": LOCKER}),
            },
            "post": {
                "operationId": "createLocker",
                "requestBody": body(NEW),
                "responses": answers("201", LOCKER),
            },
        },
        "/lockers/{id}": {
            "parameters": ID,
            "get": {"operationId": "getLocker", "responses": answers("200", LOCKER)},
            "patch": {
                "operationId": "updateLocker",
                "requestBody": body(CHANGE),
                "responses": answers("200", LOCKER),
            },
            "delete": {
                "operationId": "deleteLocker",
                "responses": {"204": {"description": "Gone."}, "404": {"description": "None."}},
            },
        },
    },
}


def make():
    lockers, numbers = {}, itertools.count(1)

    def masked(locker, just_set=()):
        shown = dict(locker)
        if "code" not in just_set:
            shown["code"] = "\u2022" * 8
        if "key" not in just_set:
            shown["key"] = f"{locker['key'][:2]}****{locker['key'][-2:]}"
        return shown

    async def given(request, required):
        if not request.headers.get("content-type", "").startswith("application/json"):
            return None
        try:
            value = await request.json()
        except (ValueError, RecursionError):
            return None
        if not isinstance(value, dict) or value.keys() - FIELDS.keys():
            return None
        if required and FIELDS.keys() - value.keys():
            return None
        for name, one in value.items():
            low, high = (1, 20) if name == "owner" else (8, 40)
            if not isinstance(one, str) or not low <= len(one) <= high:
                return None
            if name != "owner" and not (one.isascii() and one.isalnum() and one == one.lower()):
                return None
        return value

    async def collection(request):
        if request.method in ("GET", "HEAD"):
            return JSONResponse([masked(one) for one in lockers.values()])
        value = await given(request, required=True)
        if value is None:
            return Response(status_code=422)
        number = next(numbers)
        lockers[number] = {"id": number, **value}
        return JSONResponse(masked(lockers[number], value), 201)

    async def item(request):
        text = request.path_params["id"]
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
        if number not in lockers:
            return Response(status_code=404)
        if request.method == "DELETE":
            del lockers[number]
            return Response(status_code=204)
        if request.method in ("GET", "HEAD"):
            return JSONResponse(masked(lockers[number]))
        value = await given(request, required=False)
        if value is None:
            return Response(status_code=422)
        lockers[number].update(value)
        return JSONResponse(masked(lockers[number], value))

    return Starlette(
        routes=[
            Route("/lockers", collection, methods=["GET", "POST"]),
            Route("/lockers/{id}", item, methods=["GET", "PATCH", "DELETE"]),
        ]
    )
