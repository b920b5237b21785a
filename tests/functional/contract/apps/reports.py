"""Reports: asked for, made by a job within a moment, and found where the job sends its caller."""

import itertools
import json
import time

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TITLE = {"type": "string", "minLength": 1, "maxLength": 40}
SERVER = {"type": "string", "readOnly": True}
REPORT = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {"id": SERVER, "title": TITLE},
}
JOB = {
    "type": "object",
    "required": ["id", "state"],
    "properties": {"id": SERVER, "state": {"type": "string", "enum": ["queued", "done"]}},
}
NEW = {"type": "object", "required": ["title"], "properties": {"title": TITLE}}
ID = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]


def answers(status, schema=None):
    told = {"description": "It."}
    if schema is not None:
        told["content"] = {"application/json": {"schema": schema}}
    return {status: told} | {code: {"description": "Refused."} for code in ("404", "422")}


DESCRIPTION = {
    "openapi": "3.1.0",
    "info": {"title": "Reports", "version": "1"},
    "security": [],
    "paths": {
        "/reports": {
            "get": {
                "operationId": "listReports",
                "responses": answers("200", {"type": "array", "items": REPORT}),
            },
            "post": {
                "operationId": "createReport",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": NEW}},
                },
                "responses": answers("202", JOB),
            },
        },
        "/reports/{id}": {
            "parameters": ID,
            "get": {"operationId": "getReport", "responses": answers("200", REPORT)},
            "delete": {"operationId": "deleteReport", "responses": answers("204")},
        },
        "/jobs/{id}": {
            "parameters": ID,
            "get": {
                "operationId": "getJob",
                "responses": answers("200", JOB) | {"303": {"description": "It is made."}},
            },
        },
    },
}


def make(mistake=""):
    reports, jobs, numbers = {}, {}, itertools.count(1)

    def ended():
        for job in jobs.values():
            if job["report"] is None and time.monotonic() > job["end"]:
                job["report"] = f"r{next(numbers):06}"
                title = job["title"][:5] if mistake == "titles cut" else job["title"]
                reports[job["report"]] = {"id": job["report"], "title": title}

    async def collection(request):
        ended()
        if request.method in ("GET", "HEAD"):
            return JSONResponse(list(reports.values()))
        if not request.headers.get("content-type", "").startswith("application/json"):
            return Response(status_code=415)
        try:
            value = json.loads((await request.body()).decode())
        except (ValueError, RecursionError):
            return Response(status_code=422)
        title = value.get("title") if isinstance(value, dict) else None
        if not isinstance(title, str) or not 1 <= len(title) <= 40:
            return Response(status_code=422)
        job = f"j{next(numbers):06}"
        jobs[job] = {"title": title, "end": time.monotonic() + 0.01, "report": None}
        headers = {"Location": f"/jobs/{job}"}
        return JSONResponse({"id": job, "state": "queued"}, 202, headers)

    async def report(request):
        ended()
        found = reports.get(request.path_params["id"])
        if found is None:
            return Response(status_code=404)
        if request.method == "DELETE":
            del reports[found["id"]]
            return Response(status_code=204)
        return JSONResponse(found)

    async def job(request):
        ended()
        name = request.path_params["id"]
        if name not in jobs:
            return Response(status_code=404)
        made = jobs[name]["report"]
        if made is not None:
            return Response(status_code=303, headers={"Location": f"/reports/{made}"})
        return JSONResponse({"id": name, "state": "queued"})

    return Starlette(
        routes=[
            Route("/reports", collection, methods=["GET", "POST"]),
            Route("/reports/{id}", report, methods=["GET", "DELETE"]),
            Route("/jobs/{id}", job),
        ]
    )
