"""A print shop: orders are told by Location alone, printing is a job that takes its time."""

import itertools
import time
from typing import Annotated, Literal

from fastapi import Body, HTTPException, Response
from ordinary import MISSING, application
from pydantic import BaseModel, Field

PRINTING = 0.1


class NewOrder(BaseModel):
    model_config = {"strict": True}

    document: str = Field(min_length=1, max_length=120)
    copies: int = Field(default=1, ge=1, le=1000)


class Order(NewOrder):
    number: int


class Job(BaseModel):
    id: str
    status: Literal["waiting", "done"]
    pages: int | None = None


class Accepted(BaseModel):
    status_url: str


def make():
    app = application("Prints")
    orders, jobs, numbers = {}, {}, itertools.count(1001)

    def order(number):
        if number not in orders:
            raise HTTPException(404, "no such order")
        return orders[number]

    @app.post("/orders", operation_id="place_order", status_code=201, response_class=Response)
    def place_order(body: NewOrder) -> Response:
        """Answers with the address of the order, and nothing else."""
        number = next(numbers)
        orders[number] = Order(number=number, **body.model_dump())
        return Response(status_code=201, headers={"Location": f"/orders/{number}"})

    @app.get("/orders/{number}", operation_id="get_order", responses=MISSING)
    def get_order(number: int) -> Order:
        return order(number)

    @app.patch("/orders/{number}", operation_id="change_order", status_code=204, responses=MISSING)
    def change_order(
        number: int, copies: Annotated[int, Body(embed=True, ge=1, le=1000, strict=True)]
    ) -> Response:
        order(number).copies = copies
        return Response(status_code=204)

    @app.delete("/orders/{number}", operation_id="cancel_order", status_code=204, responses=MISSING)
    def cancel_order(number: int) -> Response:
        order(number)
        del orders[number]
        return Response(status_code=204)

    @app.post(
        "/orders/{number}/print", operation_id="print_order", status_code=202, responses=MISSING
    )
    def print_order(number: int, response: Response) -> Accepted:
        job_id = f"job-{next(numbers)}"
        jobs[job_id] = (order(number), time.monotonic())
        response.headers["Location"] = f"/jobs/{job_id}"
        response.headers["Retry-After"] = "1"
        return Accepted(status_url=f"/jobs/{job_id}")

    @app.get("/jobs/{job_id}", operation_id="get_job", responses=MISSING)
    def get_job(job_id: str) -> Job:
        if job_id not in jobs:
            raise HTTPException(404, "no such job")
        printed, since = jobs[job_id]
        if time.monotonic() - since < PRINTING:
            return Job(id=job_id, status="waiting")
        return Job(id=job_id, status="done", pages=3 * printed.copies)

    return app
