"""Weather stations: readings as text, CSV, XML and a stream of events, and values that are never
the same twice."""

import itertools
import time
from typing import Annotated
from xml.sax.saxutils import escape

from fastapi import HTTPException, Query, Response
from fastapi.responses import PlainTextResponse, StreamingResponse
from ordinary import MISSING, Problem, application
from pydantic import BaseModel, Field

TEXT = {"schema": {"type": "string"}}


class NewStation(BaseModel):
    model_config = {"strict": True}

    name: str = Field(min_length=1, max_length=50, pattern="^[^\\x00-\\x1f]*$")
    height: float = Field(default=0, ge=-500, le=9000)


class Station(NewStation):
    id: str
    age_seconds: float
    """Since it was set up."""
    feet: float
    """The height, for those who count so."""


class Now(BaseModel):
    time: float
    requests: int


def make():
    app = application("Weather")
    stations, numbers, counted = {}, itertools.count(1), itertools.count(1)

    def shown(station_id):
        if station_id not in stations:
            raise HTTPException(404, "no such station")
        kept, since = stations[station_id]
        return Station(
            id=station_id,
            age_seconds=time.monotonic() - since,
            feet=kept.height * 3.28084,
            **kept.model_dump(),
        )

    @app.get("/stations", operation_id="list_stations")
    def list_stations(
        page: Annotated[int, Query(ge=1, le=10**6)] = 1,
        per_page: Annotated[int, Query(ge=1, le=50)] = 10,
    ) -> list[Station]:
        return [shown(key) for key in list(stations)[(page - 1) * per_page : page * per_page]]

    @app.post("/stations", operation_id="create_station", status_code=201)
    def create_station(body: NewStation) -> Station:
        station_id = f"st{next(numbers):06d}"
        stations[station_id] = (body, time.monotonic())
        return shown(station_id)

    @app.get("/stations/{station_id}", operation_id="get_station", responses=MISSING)
    def get_station(station_id: str) -> Station:
        return shown(station_id)

    @app.delete(
        "/stations/{station_id}", operation_id="delete_station", status_code=204, responses=MISSING
    )
    def delete_station(station_id: str) -> Response:
        shown(station_id)
        del stations[station_id]
        return Response(status_code=204)

    def described(media_type):
        problem = {"application/json": {"schema": Problem.model_json_schema()}}
        missing = {"description": "No such station", "content": problem}
        return {200: {"content": {media_type: TEXT}}, 404: missing}

    @app.get(
        "/stations/{station_id}/readings.csv",
        operation_id="readings_csv",
        response_class=PlainTextResponse,
        responses=described("text/csv"),
    )
    def readings_csv(station_id: str) -> Response:
        name = shown(station_id).name.replace('"', '""')
        return Response(f'name,degrees\r\n"{name}",17.5\r\n', media_type="text/csv")

    @app.get(
        "/stations/{station_id}/readings.xml",
        operation_id="readings_xml",
        response_class=Response,
        responses=described("application/xml"),
    )
    def readings_xml(station_id: str) -> Response:
        name = escape(shown(station_id).name)
        text = f"<readings><station>{name}</station><degrees>17.5</degrees></readings>"
        return Response(text, media_type="application/xml")

    @app.get(
        "/stations/{station_id}/report",
        operation_id="report",
        response_class=PlainTextResponse,
        responses=described("text/plain"),
    )
    def report(station_id: str) -> PlainTextResponse:
        return PlainTextResponse(f"{shown(station_id).name}: mild")

    @app.get(
        "/stations/{station_id}/live",
        operation_id="live",
        response_class=StreamingResponse,
        responses=described("text/event-stream"),
    )
    def live(station_id: str) -> StreamingResponse:
        shown(station_id)
        events = (f"data: {degrees}\n\n" for degrees in (17, 18, 17))
        return StreamingResponse(events, media_type="text/event-stream")

    @app.get("/now", operation_id="now")
    def now() -> Now:
        return Now(time=time.time(), requests=next(counted))

    return app
