"""Moorings: weak tags that follow a slow clock, dates as old servers write them, HEAD that says
little, and a PUT that knows one success."""

import itertools

from fastapi import HTTPException, Response
from ordinary import MISSING, application
from pydantic import BaseModel, Field

OLD_DATE = "Sunday, 06-Nov-94 08:49:37 GMT"


class NewMooring(BaseModel):
    model_config = {"strict": True}

    name: str = Field(min_length=1, max_length=40)
    depth: int = Field(default=3, ge=1, le=40)


class Mooring(NewMooring):
    id: str


def make():
    app = application("Moorings")
    moorings, numbers = {}, itertools.count(1)

    def mooring(mooring_id):
        if mooring_id not in moorings:
            raise HTTPException(404, "no such mooring")
        return moorings[mooring_id]

    @app.get("/moorings", operation_id="list_moorings")
    def list_moorings() -> list[Mooring]:
        return list(moorings.values())

    @app.post("/moorings", operation_id="create_mooring", status_code=201)
    def create_mooring(body: NewMooring) -> Mooring:
        made = Mooring(id=f"mooring{next(numbers):05d}", **body.model_dump())
        moorings[made.id] = made
        return made

    @app.get("/moorings/{mooring_id}", operation_id="get_mooring", responses=MISSING)
    def get_mooring(mooring_id: str, response: Response) -> Mooring:
        found = mooring(mooring_id)
        response.headers["ETag"] = 'W/"this-hour"'
        response.headers["Last-Modified"] = OLD_DATE
        return found

    @app.head("/moorings/{mooring_id}", include_in_schema=False)
    def head_mooring(mooring_id: str) -> Response:
        mooring(mooring_id)
        response = Response()
        del response.headers["content-length"]
        return response

    @app.put(
        "/moorings/{mooring_id}", operation_id="put_mooring", status_code=201, responses=MISSING
    )
    def put_mooring(mooring_id: str, body: NewMooring) -> Mooring:
        mooring(mooring_id)
        moorings[mooring_id] = Mooring(id=mooring_id, **body.model_dump())
        return moorings[mooring_id]

    @app.delete(
        "/moorings/{mooring_id}",
        operation_id="delete_mooring",
        status_code=204,
        responses=MISSING,
    )
    def delete_mooring(mooring_id: str) -> Response:
        mooring(mooring_id)
        del moorings[mooring_id]
        return Response(status_code=204)

    return app
