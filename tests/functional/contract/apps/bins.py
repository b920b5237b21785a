"""Bins, as command handlers make them: creating responds with the number alone, PUT takes the whole
object with members that only the server sets, and changes neither of those."""

import itertools
from datetime import UTC, datetime

from fastapi import HTTPException, Response
from ordinary import MISSING, application
from pydantic import BaseModel, Field


class CreateBin(BaseModel):
    model_config = {"strict": True}

    code: str | None = Field(default=None, max_length=60)
    capacity: float = Field(default=0.0, ge=0, le=1e9)


class Bin(BaseModel):
    bin_id: int = 0
    code: str | None = Field(default=None, max_length=60)
    capacity: float = Field(default=0.0, ge=0, le=1e9)
    created_on: datetime | None = None


class Bins(BaseModel):
    items: list[Bin]
    total_count: int


def make():
    app = application("Bins")
    bins, numbers = {}, itertools.count(1)

    def found(number):
        if number not in bins:
            raise HTTPException(404, "no such bin")
        return bins[number]

    @app.get("/bins", operation_id="list_bins")
    def list_bins() -> Bins:
        return Bins(items=list(bins.values()), total_count=len(bins))

    @app.post("/bins", operation_id="create_bin", status_code=201)
    def create_bin(body: CreateBin) -> int:
        number = next(numbers)
        bins[number] = Bin(bin_id=number, created_on=datetime.now(UTC), **body.model_dump())
        return number

    @app.get("/bins/{id}", operation_id="get_bin", responses=MISSING)
    def get_bin(id: int) -> Bin:  # noqa: A002  # the path's own name
        return found(id)

    @app.put("/bins/{id}", operation_id="update_bin", status_code=204, responses=MISSING)
    def update_bin(id: int, body: Bin) -> Response:  # noqa: A002  # the path's own name
        there = found(id)
        bins[id] = body.model_copy(update={"bin_id": id, "created_on": there.created_on})
        return Response(status_code=204)

    @app.delete("/bins/{id}", operation_id="delete_bin", status_code=204, responses=MISSING)
    def delete_bin(id: int) -> Response:  # noqa: A002  # the path's own name
        found(id)
        del bins[id]
        return Response(status_code=204)

    return app
