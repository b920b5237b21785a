"""Objects that are one of several alternatives, though these are described so openly that an
object of one is one of the others as well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trunkline import ir
from trunkline.semantics.validators import Validators

from .served import Served
from .test_any_description import ID, body, many, served, shows

REF = "{$ref: '#/components/schemas/Reading'}"
BASE = "id: {type: string}, kind: {type: string}, taken: {type: string, format: date-time}"
INSIDE = {
    "Wind": "speed: {type: number}",
    "Rain": "depth: {type: number}",
    "Snow": "depth: {type: number}, age: {type: integer}",
}
DISCRIMINATOR = "discriminator: {propertyName: kind, mapping: {wind: '#/components/schemas/Wind', rain: '#/components/schemas/Rain', snow: '#/components/schemas/Snow'}}"  # noqa: E501  # a description


def readings(inside: dict[str, str], said: str = DISCRIMINATOR) -> str:
    found = "".join(
        f"    {name}: {{type: object, required: [id, kind], properties: {{{BASE}, "
        f"details: {{type: object, properties: {{{members}}}}}}}}}\n"
        for name, members in inside.items()
    )
    parts = ", ".join(f"{{$ref: '#/components/schemas/{name}'}}" for name in inside)
    return f"{found}    Reading: {{oneOf: [{parts}], {said}}}\n"


PATHS = f"""
  /readings:
    get: {{parameters: [{{name: station, in: query, required: true, schema: {{type: string}}}}],
      responses: {{{shows(200, many("Reading"))}}}}}
  /readings/{{id}}:
    get: {{parameters: [{ID}], responses: {{{shows(200, REF)}, '404': {{description: none}}}}}}
"""


def fits(call: Served, value: Any) -> bool:
    api: ir.Api = call.emulator.services.api
    return Validators(api).fits(api.schemas["Reading"], value, "response")


def test_one_that_is_asked_for_is_one_of_them(tmp_path: Path) -> None:
    call = served(tmp_path, PATHS, readings(INSIDE))
    for id_ in ("a", "b"):
        found = call("GET", f"/readings/{id_}")
        assert (found.status, found.json["id"]) == (200, id_)
        assert fits(call, found.json)
        assert found.json == call("GET", f"/readings/{id_}").json
        words = {"wind": "Wind", "rain": "Rain", "snow": "Snow"}
        meant = words[found.json["kind"]]
        api = call.emulator.services.api
        assert Validators(api).fits(api.schemas[meant], found.json, "response")


def test_without_a_word_for_each(tmp_path: Path) -> None:
    call = served(tmp_path, PATHS, readings(INSIDE, "description: d"))
    found = call("GET", "/readings/a")
    assert (found.status, found.json["id"]) == (200, "a")
    assert fits(call, found.json)


def test_what_nothing_tells_apart_is_shown_all_the_same(tmp_path: Path) -> None:
    same = dict.fromkeys(INSIDE, "depth: {type: number}")
    found = served(tmp_path, PATHS, readings(same))("GET", "/readings/a")
    assert (found.status, found.json["id"]) == (200, "a")


@pytest.mark.parametrize(("kind", "name"), [("wind", "Wind"), ("rain", "Rain"), ("snow", "Snow")])
def test_what_was_sent_says_which(tmp_path: Path, kind: str, name: str) -> None:
    asked = "{type: object, properties: {kind: {type: string}}}"
    making = f"    post: {{{body(asked)}, responses: {{{shows(201, REF)}}}}}\n"
    call = served(
        tmp_path, PATHS.replace("  /readings/{id}", f"{making}  /readings/{{id}}"), readings(INSIDE)
    )
    made = call("POST", "/readings", json_={"kind": kind})
    assert (made.status, made.json["kind"]) == (201, kind)
    api = call.emulator.services.api
    assert Validators(api).fits(api.schemas[name], made.json, "response")
