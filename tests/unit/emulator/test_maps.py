"""Lists that are maps: objects by their ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .test_any_description import ID, body, served, shows

FIELDS = "{type: object, properties: {make: {type: string}}}"
WITH_ID = "{type: object, required: [id], properties: {id: {type: string, readOnly: true}, make: {type: string}}}"  # noqa: E501  # a description
MAP = "{type: object, additionalProperties: {$ref: '#/components/schemas/Car'}}"
REF = "{$ref: '#/components/schemas/Car'}"
IN_MEMBER = f"{{type: object, properties: {{total: {{type: integer}}, cars: {MAP}}}}}"


@pytest.mark.parametrize(
    ("response", "inside"), [(MAP, False), (IN_MEMBER, True)], ids=["bare", "in a property"]
)
@pytest.mark.parametrize("named", [False, True])
def test_stored_objects_stand_under_their_ids(
    tmp_path: Path, response: str, inside: bool, named: bool
) -> None:
    listing = "/cars/list" if named else "/cars"
    making = "/cars/create" if named else "/cars"
    paths = f"""
  /cars/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, REF)}, '404': {{description: none}}}}}}
    delete: {{responses: {{'204': {{description: gone}}, '404': {{description: none}}}}}}
  {making}:
    post: {{{body(FIELDS)}, responses: {{{shows(201, REF)}}}}}
"""
    get = f"    get: {{responses: {{{shows(200, response)}}}}}\n"
    paths += get if listing == making else f"  {listing}:\n{get}"
    call = served(tmp_path, paths, f"    Car: {WITH_ID}\n")

    def cars() -> object:
        shown = call("GET", listing).json
        if inside:
            assert shown["total"] == len(shown["cars"])
        return shown["cars"] if inside else shown

    assert cars() == {}
    one, two = (call("POST", making, json_={"make": make}).json for make in ("Saab", "Lada"))
    assert cars() == {one["id"]: one, two["id"]: two}
    assert call("GET", f"/cars/{one['id']}").json == one
    assert call("DELETE", f"/cars/{one['id']}").status == 204
    assert cars() == {two["id"]: two}


def test_ids_that_only_the_map_tells(tmp_path: Path) -> None:
    paths = f"""
  /cars:
    get: {{responses: {{{shows(200, MAP)}}}}}
    post: {{{body(FIELDS)}, responses: {{{shows(201, REF)}}}}}
  /cars/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, REF)}, '404': {{description: none}}}}}}
"""
    call = served(tmp_path, paths, f"    Car: {FIELDS}\n")
    for make in ("Saab", "Lada"):
        assert call("POST", "/cars", json_={"make": make}).json == {"make": make}
    shown = call("GET", "/cars").json
    assert sorted(car["make"] for car in shown.values()) == ["Lada", "Saab"]
    for id_, car in shown.items():
        assert call("GET", f"/cars/{id_}").json == car
    assert call("GET", "/cars/nowhere").status == 404


@pytest.mark.parametrize("inside", [False, True])
def test_one_object_as_a_map_of_one(tmp_path: Path, inside: bool) -> None:
    shown = IN_MEMBER if inside else MAP
    paths = f"""
  /cars:
    get: {{responses: {{{shows(200, shown)}}}}}
    post: {{{body(FIELDS)}, responses: {{{shows(201, shown)}}}}}
  /cars/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, shown)}, '404': {{description: none}}}}}}
    put: {{{body(FIELDS)}, responses: {{{shows(200, shown)}, '404': {{description: none}}}}}}
"""
    call = served(tmp_path, paths, f"    Car: {FIELDS}\n")

    def cars(reply: Any) -> Any:
        assert reply.status in (200, 201)
        return reply.json["cars"] if inside else reply.json

    made = cars(call("POST", "/cars", json_={"make": "Saab"}))
    (id_,) = made
    assert made == {id_: {"make": "Saab"}}
    cars(call("POST", "/cars", json_={"make": "Lada"}))
    assert cars(call("GET", f"/cars/{id_}")) == made
    changed = cars(call("PUT", f"/cars/{id_}", json_={"make": "Fiat"}))
    assert changed == {id_: {"make": "Fiat"}}
    assert cars(call("GET", "/cars"))[id_] == {"make": "Fiat"}
    assert len(cars(call("GET", "/cars"))) == 2


def test_a_map_that_is_no_collection_stays_one_object(tmp_path: Path) -> None:
    paths = f"""
  /garage:
    get: {{responses: {{{shows(200, MAP)}}}}}
    put: {{{body(MAP)}, responses: {{{shows(200, MAP)}}}}}
"""
    call = served(tmp_path, paths, f"    Car: {FIELDS}\n")
    sent = {"mine": {"make": "Saab"}, "yours": {"make": "Lada"}}
    assert call("PUT", "/garage", json_=sent).json == sent
    assert call("GET", "/garage").json == sent
