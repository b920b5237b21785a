"""Seats on trains: addressed by train, coach and number together, and written by PUT alone."""

from typing import Annotated

from fastapi import HTTPException, Path, Query, Response
from ordinary import MISSING, application
from pydantic import BaseModel, Field

Train = Annotated[str, Path(pattern="^[A-Z]{2}[0-9]{1,4}$")]
Coach = Annotated[int, Path(ge=1, le=30)]
Number = Annotated[str, Path(pattern="^[0-9]{1,3}[A-F]$")]


class Booking(BaseModel):
    model_config = {"strict": True}

    passenger: str = Field(min_length=1, max_length=100)
    window: bool = False


class Seat(Booking):
    train: str
    coach: int
    number: str


def make():
    app = application("Seats")
    seats = {}

    def seat(*key):
        if key not in seats:
            raise HTTPException(404, "that seat is free")
        return seats[key]

    @app.get("/trains/{train}/seats", operation_id="list_seats")
    def list_seats(
        train: Train,
        offset: Annotated[int, Query(ge=0, le=10**6)] = 0,
        limit: Annotated[int, Query(ge=1, le=50)] = 25,
    ) -> list[Seat]:
        here = [seats[key] for key in sorted(seats) if key[0] == train]
        return here[offset : offset + limit]

    @app.put(
        "/trains/{train}/seats/{coach}/{number}",
        operation_id="book_seat",
        responses={201: {"model": Seat}},
    )
    def book_seat(
        train: Train, coach: Coach, number: Number, body: Booking, response: Response
    ) -> Seat:
        key = (train, coach, number)
        response.status_code = 200 if key in seats else 201
        seats[key] = Seat(train=train, coach=coach, number=number, **body.model_dump())
        return seats[key]

    @app.get("/trains/{train}/seats/{coach}/{number}", operation_id="get_seat", responses=MISSING)
    def get_seat(train: Train, coach: Coach, number: Number) -> Seat:
        return seat(train, coach, number)

    @app.delete(
        "/trains/{train}/seats/{coach}/{number}",
        operation_id="free_seat",
        status_code=204,
        responses=MISSING,
    )
    def free_seat(train: Train, coach: Coach, number: Number) -> Response:
        seat(train, coach, number)
        del seats[train, coach, number]
        return Response(status_code=204)

    return app
