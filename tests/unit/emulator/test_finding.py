"""Lists are filtered and put in order by what their parameters are called, wherever the members
stand that they name."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline.ir import Json
from trunkline.semantics.ordering import asked_order

from .served import Served
from .test_any_description import body, many, served, shows

THING = "{$ref: '#/components/schemas/Thing'}"


def listed(folder: Path, parameters: str, schema: str, request: str) -> Served:
    paths = f"""
  /things:
    get: {{parameters: [{parameters}], responses: {{{shows(200, many("Thing"))}}}}}
    post: {{{body(request)}, responses: {{{shows(201, THING)}}}}}
"""
    return served(folder, paths, schema)


def query(name: str, schema: str = "{type: string}") -> str:
    return f"{{name: '{name}', in: query, schema: {schema}}}"


FIELDS = "{type: object, properties: {name: {type: string}, price: {type: number}}}"
FLAT = """    Thing: {type: object, required: [id], properties: {id: {type: integer},
      name: {type: string}, price: {type: number}}}
"""
WITHIN = """    Thing: {type: object, required: [id, type, attributes], properties:
      {id: {type: string}, type: {const: things}, attributes: {type: object, properties:
      {name: {type: string}, price: {type: number}}}}}
"""
KINDS = """    Thing: {oneOf: [{$ref: '#/components/schemas/Cat'},
      {$ref: '#/components/schemas/Dog'}],
      discriminator: {propertyName: kind}}
    Base: {type: object, required: [id, kind], properties: {id: {type: integer},
      kind: {type: string}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties:
      {kind: {const: Cat}, lives: {type: integer}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties:
      {kind: {const: Dog}, tricks: {type: integer}}}]}
"""


def test_bounds_by_name(tmp_path: Path) -> None:
    number = "{type: number}"
    parameters = f"{query('min_price', number)}, {query('priceMax', number)}"
    call = listed(tmp_path, parameters, FLAT, FIELDS)
    for price in (1, 2, 3):
        call("POST", "/things", json_={"name": "a", "price": price})

    def found(asked: str) -> list[float]:
        return [thing["price"] for thing in call("GET", f"/things?{asked}").json]

    assert found("min_price=2") == [2, 3]
    assert found("priceMax=2") == [1, 2]
    assert found("min_price=2&priceMax=2") == [2]


def test_members_among_attributes(tmp_path: Path) -> None:
    ways = "{type: string, enum: [price, -price]}"
    call = listed(tmp_path, f"{query('filter[name]')}, {query('sort', ways)}", WITHIN, FIELDS)
    for name, price in (("b", 2), ("a", 3), ("b", 1)):
        call("POST", "/things", json_={"name": name, "price": price})

    def found(asked: str) -> list[float]:
        return [t["attributes"]["price"] for t in call("GET", f"/things?{asked}").json]

    assert found("filter[name]=b") == [2, 1]
    assert found("sort=-price") == [3, 2, 1]
    assert found("filter[name]=b&sort=price") == [1, 2]


def test_members_that_every_alternative_has(tmp_path: Path) -> None:
    asked = "{type: object, properties: {kind: {type: string, enum: [Cat, Dog]}}}"
    call = listed(tmp_path, query("kind"), KINDS, asked)
    for kind in ("Cat", "Dog", "Cat"):
        assert call("POST", "/things", json_={"kind": kind}).json["kind"] == kind
    assert [t["kind"] for t in call("GET", "/things?kind=Dog").json] == ["Dog"]
    assert len(call("GET", "/things?kind=Cat").json) == 2


def test_an_order_that_is_not_described(tmp_path: Path) -> None:
    """Any member that the parameter names, both ways."""
    parameters = f"{query('sort')}, {query('limit', '{type: integer}')}"
    parameters += f", {query('offset', '{type: integer}')}"
    call = listed(tmp_path, parameters, FLAT, FIELDS)
    for name, price in (("b", 2), ("a", 3), ("c", 2)):
        call("POST", "/things", json_={"name": name, "price": price})

    def found(asked: str) -> str:
        return "".join(thing["name"] for thing in call("GET", f"/things?{asked}").json)

    assert found("sort=name") == "abc"
    assert found("sort=-name") == "cba"
    assert found("sort=price,-name") == "cba"
    assert found("sort=name&limit=1&offset=1") == "b"
    assert found("sort=whatever") == "bac"


@pytest.mark.parametrize(
    ("asked", "order"),
    [
        ({"sort": "-made_at,name"}, (("madeAt", True), ("name", False))),
        ({"sort_by": "name", "order": "desc"}, (("name", True),)),
        ({"order_by": "name:desc"}, (("name", True),)),
        ({"$orderby": "name desc, madeAt"}, (("name", True), ("madeAt", False))),
        ({"sort": ["madeAt", "-name"]}, (("madeAt", False), ("name", True))),
        ({"sort": "name,desc"}, (("name", True),)),
        ({"order": "name"}, (("name", False),)),
        ({"order": "desc"}, ()),
        ({"sort": 3}, ()),
        ({"q": "name"}, ()),
    ],
)
def test_spellings_of_orders(asked: dict[str, Json], order: object) -> None:
    assert asked_order(asked, ["name", "madeAt"]) == order
