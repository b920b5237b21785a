"""Paths that say what is done: creating, listing, reading, changing and deleting objects of one
resource, whatever the words, and wherever the object's id stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trunkline.ir import Action

from .served import Served
from .test_any_description import body, many, served, shows

KITE = """
    Kite: {type: object, required: [id], properties: {id: {type: string, readOnly: true},
      colour: {type: string}}}
"""
REF = "{$ref: '#/components/schemas/Kite'}"
FIELDS = "{type: object, properties: {colour: {type: string}}}"
OK = "{type: object, properties: {ok: {type: boolean}}}"
NONE = "'404': {description: none}"
GONE = "'204': {description: gone}, '404': {description: none}"
SHOWN = f"{shows(200, REF)}, {NONE}"
LISTED = "{type: object, properties: {kites: " + many("Kite") + "}}"
ID = "{name: id, in: path, required: true, schema: {type: string}}"


def keyed(name: str, more: str = "") -> str:
    fields = f"{{{name}: {{type: string}}{more}}}"
    return body(f"{{type: object, required: [{name}], properties: {fields}}}")


def query(name: str) -> str:
    return f"{{name: {name}, in: query, required: true, schema: {{type: string}}}}"


IN_THE_MIDDLE = f"""
  /kites/create: {{post: {{{body(FIELDS)}, responses: {{{shows(200, REF)}}}}}}}
  /kites/list: {{get: {{responses: {{{shows(200, LISTED)}}}}}}}
  /kites/{{id}}: {{get: {{parameters: [{ID}], responses: {{{SHOWN}}}}}}}
  /kites/{{id}}/update: {{post: {{parameters: [{ID}], {body(FIELDS)},
    responses: {{{SHOWN}}}}}}}
  /kites/{{id}}/delete: {{post: {{parameters: [{ID}], responses: {{{GONE}}}}}}}
"""
BEFORE = f"""
  /kite/add: {{post: {{{body(FIELDS)}, responses: {{{shows(201, REF)}}}}}}}
  /kites/all: {{get: {{responses: {{{shows(200, many("Kite"))}}}}}}}
  /kite/show/{{id}}: {{get: {{parameters: [{ID}], responses: {{{SHOWN}}}}}}}
  /kite/edit/{{id}}: {{patch: {{parameters: [{ID}], {body(FIELDS)},
    responses: {{{SHOWN}}}}}}}
  /kite/remove/{{id}}: {{delete: {{parameters: [{ID}], responses: {{{shows(200, OK)}, {NONE}}}}}}}
"""
DOTTED = f"""
  /kite.create: {{post: {{{body(FIELDS)}, responses: {{{shows(200, REF)}}}}}}}
  /kite.list: {{get: {{responses: {{{shows(200, many("Kite"))}}}}}}}
  /kite.info: {{get: {{parameters: [{query("kite")}], responses: {{{SHOWN}}}}}}}
  /kite.update: {{post: {{{keyed("kite", ", colour: {type: string}")},
    responses: {{{SHOWN}}}}}}}
  /kite.delete: {{post: {{{keyed("kite")}, responses: {{{shows(200, OK)}, {NONE}}}}}}}
"""
ASKED = f"""
  /kites/create: {{post: {{{body(FIELDS)}, responses: {{{shows(200, REF)}}}}}}}
  /kites/get: {{get: {{parameters: [{query("kite_id")}], responses: {{{SHOWN}}}}}}}
  /kites/list: {{post: {{responses: {{{shows(200, many("Kite"))}}}}}}}
  /kites/update: {{put: {{parameters: [{query("kite_id")}], {body(FIELDS)},
    responses: {{{SHOWN}}}}}}}
  /kites/delete: {{delete: {{parameters: [{query("kite_id")}],
    responses: {{{GONE}}}}}}}
"""


IN_ONE_WORD = f"""
  /createKite: {{post: {{{body(FIELDS)}, responses: {{{shows(200, REF)}}}}}}}
  /listKites: {{get: {{responses: {{{shows(200, many("Kite"))}}}}}}}
  /getKite: {{get: {{parameters: [{query("id")}], responses: {{{SHOWN}}}}}}}
  /updateKite/{{id}}: {{post: {{parameters: [{ID}], {body(FIELDS)}, responses: {{{SHOWN}}}}}}}
  /kites/deleteById/{{id}}: {{delete: {{parameters: [{ID}], responses: {{{GONE}}}}}}}
"""


STYLES = {
    "in the middle": (
        IN_THE_MIDDLE,
        {
            "create": lambda call: call("POST", "/kites/create", json_={"colour": "red"}),
            "list": lambda call: call("GET", "/kites/list"),
            "read": lambda call, id_: call("GET", f"/kites/{id_}"),
            "update": lambda call, id_: call(
                "POST", f"/kites/{id_}/update", json_={"colour": "blue"}
            ),
            "delete": lambda call, id_: call("POST", f"/kites/{id_}/delete"),
        },
    ),
    "before the id": (
        BEFORE,
        {
            "create": lambda call: call("POST", "/kite/add", json_={"colour": "red"}),
            "list": lambda call: call("GET", "/kites/all"),
            "read": lambda call, id_: call("GET", f"/kite/show/{id_}"),
            "update": lambda call, id_: call(
                "PATCH", f"/kite/edit/{id_}", json_={"colour": "blue"}
            ),
            "delete": lambda call, id_: call("DELETE", f"/kite/remove/{id_}"),
        },
    ),
    "dotted": (
        DOTTED,
        {
            "create": lambda call: call("POST", "/kite.create", json_={"colour": "red"}),
            "list": lambda call: call("GET", "/kite.list"),
            "read": lambda call, id_: call("GET", f"/kite.info?kite={id_}"),
            "update": lambda call, id_: call(
                "POST", "/kite.update", json_={"kite": id_, "colour": "blue"}
            ),
            "delete": lambda call, id_: call("POST", "/kite.delete", json_={"kite": id_}),
        },
    ),
    "in one word": (
        IN_ONE_WORD,
        {
            "create": lambda call: call("POST", "/createKite", json_={"colour": "red"}),
            "list": lambda call: call("GET", "/listKites"),
            "read": lambda call, id_: call("GET", f"/getKite?id={id_}"),
            "update": lambda call, id_: call(
                "POST", f"/updateKite/{id_}", json_={"colour": "blue"}
            ),
            "delete": lambda call, id_: call("DELETE", f"/kites/deleteById/{id_}"),
        },
    ),
    "asked": (
        ASKED,
        {
            "create": lambda call: call("POST", "/kites/create", json_={"colour": "red"}),
            "list": lambda call: call("POST", "/kites/list"),
            "read": lambda call, id_: call("GET", f"/kites/get?kite_id={id_}"),
            "update": lambda call, id_: call(
                "PUT", f"/kites/update?kite_id={id_}", json_={"colour": "blue"}
            ),
            "delete": lambda call, id_: call("DELETE", f"/kites/delete?kite_id={id_}"),
        },
    ),
}


def listed(reply: Any) -> Any:
    return reply["kites"] if isinstance(reply, dict) else reply


@pytest.mark.parametrize("style", STYLES)
def test_one_resource(tmp_path: Path, style: str) -> None:
    paths, does = STYLES[style]
    call = served(tmp_path, paths, KITE)
    made, other = does["create"](call).json, does["create"](call).json
    id_ = made["id"]
    assert made["colour"] == "red"
    assert id_ != other["id"]
    assert listed(does["list"](call).json) == [made, other]
    assert does["read"](call, id_).json == made
    assert does["update"](call, id_).json == {"id": id_, "colour": "blue"}
    assert does["read"](call, id_).json == {"id": id_, "colour": "blue"}
    assert does["read"](call, other["id"]).json == other
    assert does["delete"](call, id_).status in (200, 204)
    assert does["read"](call, id_).status == 404
    assert does["update"](call, id_).status == 404
    assert does["delete"](call, id_).status == 404
    assert listed(does["list"](call).json) == [other]


def test_a_word_that_is_done_to_something_else(tmp_path: Path) -> None:
    """What names somebody to be removed does not delete the whole, and marking is not reading."""
    paths = f"""
  /crews: {{post: {{{body(FIELDS)}, responses: {{{shows(201, REF)}}}}}}}
  /crews/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{SHOWN}}}}}
  /crews/{{id}}/remove:
    parameters: [{ID}]
    post: {{{body("{type: object, required: [person], properties: {person: {type: string}}}")},
      responses: {{{SHOWN}}}}}
"""
    call: Served = served(tmp_path, paths, KITE)
    made = call("POST", "/crews", json_={"colour": "red"}).json
    assert call("POST", f"/crews/{made['id']}/remove", json_={"person": "Ada"}).status == 200
    assert call("GET", f"/crews/{made['id']}").json == made


def test_nested(tmp_path: Path) -> None:
    """Objects stand below others, whose paths say what is done too."""
    crate = "{$ref: '#/components/schemas/Crate'}"
    paths = f"""
  /yards/create: {{post: {{{body(FIELDS)}, responses: {{{shows(200, REF)}}}}}}}
  /yards/get/{{id}}: {{get: {{parameters: [{ID}], responses: {{{SHOWN}}}}}}}
  /yards/delete/{{id}}: {{delete: {{parameters: [{ID}], responses: {{{GONE}}}}}}}
  /yards/{{id}}/crates/create:
    post: {{parameters: [{ID}], {body(FIELDS)}, responses: {{{shows(200, crate)}, {NONE}}}}}
  /yards/{{id}}/crates/list:
    get: {{parameters: [{ID}], responses: {{{shows(200, many("Crate"))}, {NONE}}}}}
"""
    crates = """
    Crate: {type: object, required: [id], properties: {id: {type: string, readOnly: true},
      colour: {type: string}, yard_id: {type: string}}}
"""
    call = served(tmp_path, paths, KITE + crates)
    one, other = (call("POST", "/yards/create", json_={}).json["id"] for _ in range(2))
    made = call("POST", f"/yards/{one}/crates/create", json_={"colour": "red"}).json
    assert made["yard_id"] == one
    assert call("GET", f"/yards/{one}/crates/list").json == [made]
    assert call("GET", f"/yards/{other}/crates/list").json == []
    assert call("GET", "/yards/nowhere/crates/list").status == 404
    assert call("DELETE", f"/yards/delete/{one}").status == 204
    assert call("GET", f"/yards/{one}/crates/list").status == 404


def test_a_change_beside_the_usual_one_is_of_something_else(tmp_path: Path) -> None:
    """Boxes are replaced by PUT: what is added and updated below one are its records."""
    records = (
        "{type: object, required: [ids], properties: {ids: {type: array, items: {type: string}}}}"
    )
    paths = f"""
  /boxes: {{post: {{{body(FIELDS)}, responses: {{{shows(201, REF)}}}}}}}
  /boxes/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{SHOWN}}}}}
    put: {{{body(FIELDS)}, responses: {{{SHOWN}}}}}
  /boxes/{{id}}/add: {{post: {{parameters: [{ID}], {body(records)}, responses: {{{GONE}}}}}}}
  /boxes/{{id}}/update: {{post: {{parameters: [{ID}], {body(records)}, responses: {{{GONE}}}}}}}
"""
    call = served(tmp_path, paths, KITE)
    operations = {o.path: o.action for o in call.emulator.api.operations if o.method == "post"}
    assert operations["/boxes/{id}/update"] is Action.OTHER
    assert operations["/boxes/{id}/add"] is Action.OTHER
    made = call("POST", "/boxes", json_={"colour": "red"}).json
    assert call("POST", f"/boxes/{made['id']}/update", json_={"ids": ["1"]}).status == 204
    assert call("GET", f"/boxes/{made['id']}").json == made
