"""Records, found by their titles: how a filter reads is the application's to choose."""

import itertools
from typing import Annotated

from fastapi import FastAPI, HTTPException, Query, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field


class NewRecord(BaseModel):
    model_config = {"strict": True}

    title: str = Field(min_length=1, max_length=80)


class Record(NewRecord):
    id: str


class Problem(BaseModel):
    detail: str


MISSING = {404: {"model": Problem}}
READINGS = {
    "equals": lambda have, wanted: have == wanted,
    "contains": lambda have, wanted: wanted in have,
    "begins": lambda have, wanted: have.startswith(wanted),
    "any case": lambda have, wanted: wanted.lower() in have.lower(),
    # Wrong, each of them.
    "everything": lambda have, wanted: True,
    "small letters": lambda have, wanted: wanted in have or wanted == have.upper(),
    "wildcards": lambda have, wanted: (
        len(have) == len(wanted) and all(w in ("_", h) for h, w in zip(have, wanted, strict=True))
    ),
}


def make(reading):
    app = FastAPI(title="Records", version="1")
    records = {}
    numbers = itertools.count(1)

    @app.exception_handler(RequestValidationError)
    def refused(request, error):
        told = [{"loc": e["loc"], "msg": e["msg"], "type": e["type"]} for e in error.errors()]
        return JSONResponse({"detail": told}, 422)

    def record(record_id):
        if record_id not in records:
            raise HTTPException(404, "no such record")
        return records[record_id]

    @app.get("/records", operation_id="list_records")
    def list_records(title: Annotated[str | None, Query(max_length=80)] = None) -> list[Record]:
        matches = READINGS[reading]
        return [r for r in records.values() if title is None or matches(r.title, title)]

    @app.post("/records", operation_id="create_record", status_code=201)
    def create_record(body: NewRecord) -> Record:
        made = Record(id=f"rec-{next(numbers):06d}", title=body.title)
        records[made.id] = made
        return made

    @app.get("/records/{record_id}", operation_id="get_record", responses=MISSING)
    def get_record(record_id: str) -> Record:
        return record(record_id)

    @app.delete(
        "/records/{record_id}", operation_id="delete_record", status_code=204, responses=MISSING
    )
    def delete_record(record_id: str) -> Response:
        record(record_id)
        del records[record_id]
        return Response(status_code=204)

    return app
