"""Lamps, changed by merge patches: null takes away what may be missing."""

import itertools
import json

from fastapi import HTTPException, Request, Response
from ordinary import MISSING, Problem, application
from pydantic import BaseModel, Field, ValidationError

MERGE_PATCH = "application/merge-patch+json"


class Colour(BaseModel):
    model_config = {"strict": True}

    hue: int = Field(ge=0, le=359)
    warmth: int | None = Field(default=None, ge=1000, le=9000)


class NewLamp(BaseModel):
    model_config = {"strict": True}

    name: str = Field(min_length=1, max_length=40)
    room: str | None = Field(default=None, max_length=40)
    colour: Colour | None = None


class Lamp(NewLamp):
    id: str


class LampChange(BaseModel):
    model_config = {"strict": True}

    name: str = Field(default="", min_length=1, max_length=40)
    room: str | None = Field(default=None, max_length=40)


def merged(old, change):
    """RFC 7396."""
    if not isinstance(change, dict):
        return change
    made = dict(old) if isinstance(old, dict) else {}
    for name, value in change.items():
        if value is None:
            made.pop(name, None)
        else:
            made[name] = merged(made.get(name), value)
    return made


def make():
    app = application("Lamps")
    lamps, numbers = {}, itertools.count(1)

    def lamp(lamp_id):
        if lamp_id not in lamps:
            raise HTTPException(404, "no such lamp")
        return lamps[lamp_id]

    @app.get("/lamps", operation_id="list_lamps")
    def list_lamps() -> list[Lamp]:
        return list(lamps.values())

    @app.post("/lamps", operation_id="create_lamp", status_code=201)
    def create_lamp(body: NewLamp) -> Lamp:
        made = Lamp(id=f"lamp{next(numbers):05d}", **body.model_dump())
        lamps[made.id] = made
        return made

    @app.get("/lamps/{lamp_id}", operation_id="get_lamp", responses=MISSING)
    def get_lamp(lamp_id: str) -> Lamp:
        return lamp(lamp_id)

    @app.patch(
        "/lamps/{lamp_id}",
        operation_id="change_lamp",
        responses={
            **MISSING,
            **{status: {"model": Problem} for status in (400, 415, 422)},
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {MERGE_PATCH: {"schema": LampChange.model_json_schema()}},
            }
        },
    )
    async def change_lamp(lamp_id: str, request: Request) -> Lamp:
        lamp(lamp_id)
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != MERGE_PATCH:
            raise HTTPException(415, f"send {MERGE_PATCH}")
        try:
            change = json.loads(await request.body())
        except (ValueError, RecursionError):
            raise HTTPException(400, "that is not JSON") from None
        if not isinstance(change, dict) or change.get("name", "-") is None:
            raise HTTPException(422, "that is not a change of a lamp")
        try:
            LampChange.model_validate(change)
            kept = {k: v for k, v in change.items() if k in LampChange.model_fields}
            lamps[lamp_id] = Lamp.model_validate(
                {**merged(lamp(lamp_id).model_dump(), kept), "id": lamp_id}
            )
        except ValidationError:
            raise HTTPException(422, "that is not a change of a lamp") from None
        return lamps[lamp_id]

    @app.delete("/lamps/{lamp_id}", operation_id="delete_lamp", status_code=204, responses=MISSING)
    def delete_lamp(lamp_id: str) -> Response:
        lamp(lamp_id)
        del lamps[lamp_id]
        return Response(status_code=204)

    return app
