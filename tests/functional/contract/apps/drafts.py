"""Drafts: changed only as they were seen (If-Match), by replacement or by JSON Patch."""

import itertools
from typing import Annotated, Any, Literal

from fastapi import Body, FastAPI, Header, HTTPException, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class NewDraft(BaseModel):
    model_config = {"strict": True}

    title: str = Field(min_length=1, max_length=60)
    text: str = ""


class Draft(NewDraft):
    id: str


class Step(BaseModel):
    op: Literal["replace", "test"]
    path: Literal["/title", "/text"]
    value: Annotated[str, Field(strict=True, min_length=1, max_length=60)]


class Problem(BaseModel):
    detail: Any


MISSING = {404: {"model": Problem}}
STALE = {**MISSING, 412: {"model": Problem}}


def make(mistake=""):
    app = FastAPI(title="Drafts", version="1")
    drafts, marks, numbers = {}, {}, itertools.count(1)

    @app.exception_handler(RequestValidationError)
    def refused(request, error):
        told = [{"loc": e["loc"], "msg": e["msg"], "type": e["type"]} for e in error.errors()]
        return JSONResponse({"detail": told}, 422)

    def draft(draft_id):
        if draft_id not in drafts:
            raise HTTPException(404, "no such draft")
        return drafts[draft_id]

    def matches(draft_id, if_match):
        if if_match == "*" or mistake == "marks not compared":
            return True
        return marks[draft_id] in [one.strip() for one in if_match.split(",")]

    def keep(made, response):
        drafts[made.id], marks[made.id] = made, f'"{next(numbers)}"'
        response.headers["ETag"] = marks[made.id]
        return made

    @app.post("/drafts", operation_id="create_draft", status_code=201)
    def create_draft(body: NewDraft, response: Response) -> Draft:
        return keep(Draft(id=f"d{next(numbers):08d}", **body.model_dump()), response)

    @app.get("/drafts/{draft_id}", operation_id="get_draft", responses=MISSING)
    def get_draft(draft_id: str, response: Response) -> Draft:
        found = draft(draft_id)
        response.headers["ETag"] = marks[draft_id]
        return found

    @app.put("/drafts/{draft_id}", operation_id="replace_draft", responses=STALE)
    def replace_draft(
        draft_id: str, body: NewDraft, response: Response, if_match: Annotated[str, Header()]
    ) -> Draft:
        draft(draft_id)
        fresh = matches(draft_id, if_match)
        if fresh or mistake == "refused and done":
            keep(Draft(id=draft_id, **body.model_dump()), response)
        if not fresh:
            raise HTTPException(412, "changed since")
        return drafts[draft_id]

    @app.patch(
        "/drafts/{draft_id}",
        operation_id="patch_draft",
        responses={**MISSING, 409: {"model": Problem}},
    )
    def patch_draft(
        draft_id: str,
        body: Annotated[list[Step], Body(media_type="application/json-patch+json")],
        response: Response,
    ) -> Draft:
        values = draft(draft_id).model_dump()
        for step in body:
            if step.op == "test" and values[step.path[1:]] != step.value:
                raise HTTPException(409, "test failed")
            values[step.path[1:]] = step.value
        made = Draft(**values)
        return made if mistake == "patches not kept" else keep(made, response)

    @app.delete("/drafts/{draft_id}", operation_id="delete_draft", status_code=204, responses=STALE)
    def delete_draft(draft_id: str, if_match: Annotated[str, Header()]) -> Response:
        draft(draft_id)
        if not matches(draft_id, if_match):
            raise HTTPException(412, "changed since")
        del drafts[draft_id]
        return Response(status_code=204)

    return app
