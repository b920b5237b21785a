"""Shapes of descriptions that are met in the wild: what is sent is kept and shown, what is asked
for is found, what cannot be is refused as described."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from trunkline.emulator import running
from trunkline.semantics.fillable import Fillable

from .served import Served

HEAD = "openapi: 3.1.0\ninfo: {title: Shelf, version: '1'}\npaths:\n"
FORM = "application/x-www-form-urlencoded"


def served(folder: Path, paths: str, schemas: str = "") -> Served:
    return Served(folder, HEAD + paths + (f"components:\n  schemas:\n{schemas}" if schemas else ""))


def body(schema: str, media_type: str = "application/json") -> str:
    return f"requestBody: {{required: true, content: {{{media_type}: {{schema: {schema}}}}}}}"


def shows(status: int, schema: str, media_type: str = "application/json") -> str:
    return f"'{status}': {{description: d, content: {{{media_type}: {{schema: {schema}}}}}}}"


def many(name: str) -> str:
    return f"{{type: array, items: {{$ref: '#/components/schemas/{name}'}}}}"


ID = "{name: id, in: path, required: true, schema: {type: string}}"
NOTE = """
    Note: {type: object, required: [id, title], properties: {id: {type: string, readOnly: true},
      title: {type: string}, pages: {type: integer}, shelf_mark: {type: string}}}
"""
REF = "{$ref: '#/components/schemas/Note'}"


def notes(request: str, response: str, media_type: str = "application/json") -> str:
    return f"""
  /notes:
    post: {{{body(request, media_type)}, responses: {{{shows(201, response)}}}}}
  /notes/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, response)}, '404': {{description: none}}}}}}
    put: {{{body(request, media_type)}, responses: {{{shows(200, response)}}}}}
"""


WRAPPED = "{type: object, required: [note], properties: {note: %s}}"
FIELDS = "{type: object, properties: {title: {type: string}, pages: {type: integer}}}"
BY_TYPE = "{type: object, properties: {data: {type: object, properties: {attributes: %s}}}}"


@pytest.mark.parametrize(
    ("request_schema", "response_schema", "sent", "place"),
    [
        (WRAPPED % FIELDS, WRAPPED % REF, {"note": {"title": "Hi", "pages": 3}}, ("note",)),
        (WRAPPED % FIELDS, REF, {"note": {"title": "Hi", "pages": 3}}, ()),
        (FIELDS, WRAPPED % REF, {"title": "Hi", "pages": 3}, ("note",)),
        (BY_TYPE % FIELDS, REF, {"data": {"attributes": {"title": "Hi", "pages": 3}}}, ()),
    ],
)
def test_wrapped_bodies(
    tmp_path: Path, request_schema: str, response_schema: str, sent: Any, place: tuple[str, ...]
) -> None:
    """The envelope of a request is understood like that of a response."""
    call = served(tmp_path, notes(request_schema, response_schema), NOTE)

    def inside(value: Any) -> Any:
        for name in place:
            value = value[name]
        return value

    made = inside(call("POST", "/notes", json_=sent).json)
    assert (made["title"], made["pages"]) == ("Hi", 3)
    assert inside(call("GET", f"/notes/{made['id']}").json) == made


def test_properties_in_another_case(tmp_path: Path) -> None:
    fields = "{type: object, properties: {Title: {type: string}, ShelfMark: {type: string}}}"
    call = served(tmp_path, notes(fields, REF, FORM), NOTE)
    made = call("POST", "/notes", data=b"Title=Hi&ShelfMark=A1", content_type=FORM).json
    assert (made["title"], made["shelf_mark"]) == ("Hi", "A1")


def test_nested_forms(tmp_path: Path) -> None:
    """Brackets in forms are objects and lists, by name, by number and by repetition."""
    note = """
    Note: {type: object, required: [id], properties: {id: {type: string, readOnly: true},
      place: {type: object, properties: {room: {type: object,
        properties: {door: {type: string}}}}}, marks: {type: array,
      items: {type: object, properties: {colour: {type: string}}}}, limits: {type: object,
      properties: {days: {type: array, items: {type: integer}}}}}}
"""
    call = served(tmp_path, notes(REF, REF, FORM), note)
    text = (
        b"place[room][door]=7&marks[0][colour]=r&marks[1][colour]=g&limits[days]=1&limits[days]=2"
    )
    made = call("POST", "/notes", data=text, content_type=FORM).json
    assert made["place"] == {"room": {"door": "7"}}
    assert made["marks"] == [{"colour": "r"}, {"colour": "g"}]
    assert made["limits"] == {"days": [1, 2]}


COMPOSITE = f"""
  /crates:
    get: {{responses: {{{shows(200, many("Crate"))}}}}}
    post: {{{body("{$ref: '#/components/schemas/Crate'}")},
      responses: {{{shows(201, "{$ref: '#/components/schemas/Crate'}")}}}}}
  /crates/{{yard}}/{{name}}:
    parameters:
    - {{name: yard, in: path, required: true, schema: {{type: string}}}}
    - {{name: name, in: path, required: true, schema: {{type: string}}}}
    get: {{responses: {{{shows(200, "{$ref: '#/components/schemas/Crate'}")},
      {shows(404, "{type: object, properties: {message: {type: string}}}")}}}}}
    delete: {{responses: {{'204': {{description: gone}}, '404': {{description: none}}}}}}
"""
CRATE = """
    Crate: {type: object, required: [yard, name], properties: {yard: {type: string},
      name: {type: string}}}
"""


def test_composite_keys(tmp_path: Path) -> None:
    call = served(tmp_path, COMPOSITE, CRATE)
    for yard in ("north", "south"):
        made = call("POST", "/crates", json_={"yard": yard, "name": "a"})
        assert (made.status, made.json) == (201, {"yard": yard, "name": "a"})
        assert made.headers["location"] == f"/crates/{yard}/a"
    assert call("POST", "/crates", json_={"yard": "north", "name": "a"}).status == 409
    assert call("GET", "/crates/north/a").json == {"yard": "north", "name": "a"}
    assert call("DELETE", "/crates/north/a").status == 204
    gone = call("GET", "/crates/north/a")
    assert (gone.status, gone.json) == (404, {"message": "There is no such object: north, a"})
    assert call("GET", "/crates").json == [{"yard": "south", "name": "a"}]


def test_a_living_object_is_not_shown_as_deleted(tmp_path: Path) -> None:
    both = "{anyOf: [{$ref: '#/components/schemas/Gone'}, {$ref: '#/components/schemas/Note'}]}"
    paths = f"""
  /notes:
    post: {{{body(FIELDS)}, responses: {{{shows(201, REF)}}}}}
  /notes/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, both)}, '404': {{description: none}}}}}}
    delete: {{responses: {{{shows(200, both)}}}}}
"""
    gone = "    Gone: {type: object, required: [id, deleted], properties: {id: {type: string}, "
    call = served(tmp_path, paths, NOTE + gone + "deleted: {type: boolean, enum: [true]}}}\n")
    made = call("POST", "/notes", json_={"title": "Hi"}).json
    assert made["title"] == "Hi"
    assert call("GET", f"/notes/{made['id']}").json == made
    assert call("DELETE", f"/notes/{made['id']}").json == {"id": made["id"], "deleted": True}


def test_what_fits_several_alternatives_is_still_shown(tmp_path: Path) -> None:
    """Where no value fits exactly one alternative, nothing that is required is left out."""
    note = """
    Note: {type: object, required: [id, title, choice], properties: {id: {type: string},
      title: {type: string}, choice: {oneOf: [{$ref: '#/components/schemas/A'},
      {$ref: '#/components/schemas/B'}]}}}
    A: {type: object, required: [on], properties: {on: {type: boolean}}}
    B: {type: object, required: [on], properties: {on: {type: boolean}}}
"""
    call = served(tmp_path, notes(FIELDS, REF), note)
    made = call("POST", "/notes", json_={"title": "Hi"}).json
    assert made["title"] == "Hi"
    assert set(made["choice"]) == {"on"}


EXCLUSIVE = "{type: object, required: [kept], properties: {kept: {oneOf: [%s, %s]}}}"


@pytest.mark.parametrize(
    ("one", "other", "fits_one"),
    [
        ("{type: integer}", "{type: number}", lambda v: v != int(v)),
        ("{type: number}", "{type: integer}", lambda v: v != int(v)),
        ("{enum: [a, b, c]}", "{enum: [a, b, d]}", lambda v: v in ("c", "d")),
        ("{enum: [true]}", "{type: boolean}", lambda v: v is False),
        ("{enum: [false]}", "{type: boolean}", lambda v: v is True),
        ("{type: string, maxLength: 10}", "{type: string}", lambda v: len(v) > 10),
        (
            "{type: object, required: [n], properties: {n: {type: integer}}}",
            "{type: object, required: [n], properties: {n: {type: number}}}",
            lambda v: v["n"] != int(v["n"]),
        ),
    ],
)
def test_alternatives_that_overlap_are_shown_by_a_value_of_one(
    tmp_path: Path, one: str, other: str, fits_one: Callable[[Any], bool]
) -> None:
    call = served(tmp_path, notes(FIELDS, EXCLUSIVE % (one, other)))
    made = call("POST", "/notes", json_={})
    assert made.status == 201
    assert fits_one(made.json["kept"])


def choice(first: str, second: str, schema: str = "") -> str:
    """The schema of a note that is one of two."""
    return f"""
    Note: {{oneOf: [{{$ref: '#/components/schemas/First'}},
      {{$ref: '#/components/schemas/Second'}}]}}
    First: {{type: object, {first}}}
    Second: {{type: object, {second}}}
{schema}"""


@pytest.mark.parametrize(
    ("company", "none"),
    [
        ("{type: string, maxLength: 100}", None),
        ("{type: string, nullable: true, maxLength: 100}", False),
        ("{type: [string, boolean, 'null'], minLength: 1}", ""),
    ],
)
def test_what_was_sent_is_shown_as_one_alternative_alone(
    tmp_path: Path, company: str, none: object
) -> None:
    """What distinguishes alternatives may be left out, so that what was sent fits both: there is
    none of what the other one has."""
    person = f"properties: {{id: {{type: string}}, street: {{type: string}}, recipient: {company}}}"
    firm = person.replace("recipient", "company")
    sent = "{type: object, properties: {%s: {type: string}, street: {type: string}}}"
    for name, other in (("recipient", "company"), ("company", "recipient")):
        call = served(tmp_path, notes(sent % name, REF), choice(person, firm))
        made = call("POST", "/notes", json_={name: "Hi", "street": "A"}).json
        assert made == {"id": made["id"], name: "Hi", "street": "A", other: none}
        assert call("GET", f"/notes/{made['id']}").json == made


def test_what_was_sent_decides_which_alternative_it_is(tmp_path: Path) -> None:
    """A letter that is certified fits the plain one too, which does not mind: what the server
    makes up about it is what only a certified one has."""
    plain = (
        "required: [id, color], properties: {id: {type: string}, color: {type: boolean}, "
        "events: {type: array, items: {$ref: '#/components/schemas/Posted'}}, cards: %s}"
    )
    certified = (
        "required: [id, color, extra, events], properties: {id: {type: string}, "
        "color: {type: boolean}, extra: {enum: [certified]}, "
        "events: {type: array, items: {$ref: '#/components/schemas/Signed'}}}"
    )
    events = """
    Posted: {type: object, required: [type], properties: {type: {enum: [posted]}}}
    Signed: {type: object, required: [type], properties: {type: {enum: [signed]}}}
"""
    cards = "{type: array, items: {type: object, properties: {id: {type: string}}}}"
    letters = choice(plain % cards, certified, events)
    sent = (
        "{type: object, properties: {color: {type: boolean}, extra: {enum: [certified]}, "
        "cards: {type: array, items: {type: string}}}}"
    )
    call = served(tmp_path, notes(sent, REF), letters)
    made = call("POST", "/notes", json_={"color": True, "extra": "certified", "cards": ["a"]}).json
    assert made["extra"] == "certified"
    assert made["events"] == [{"type": "signed"}]
    made = call("POST", "/notes", json_={"color": True}).json
    assert "extra" not in made


def test_what_is_asked_for_by_name_has_an_id_of_its_own(tmp_path: Path) -> None:
    org = """
    Org: {type: object, required: [id, title], properties: {
      id: {type: integer}, title: {type: string}}}
"""
    paths = f"""
  /orgs/{{org}}:
    parameters: [{{name: org, in: path, required: true, schema: {{type: string}}}}]
    get: {{responses: {{{shows(200, "{$ref: '#/components/schemas/Org'}")}}}}}
"""
    call = served(tmp_path, paths, org)
    first, second = (call("GET", f"/orgs/{name}").json["id"] for name in ("acme", "other"))
    assert first != second
    assert call("GET", "/orgs/acme").json["id"] == first
    assert call("GET", "/orgs/7").json["id"] == 7


def test_ids_are_made_not_copied(tmp_path: Path) -> None:
    paths = f"""
  /batches:
    post: {{{body("{type: object, properties: {note: {type: string}}}")}, responses: {{
      {shows(201, "{$ref: '#/components/schemas/Batch'}")}}}}}
"""
    batch = "    Batch: {type: object, properties: {id: {type: string, example: '12345'}}}\n"
    call = served(tmp_path, paths, batch)
    ids = {call("POST", "/batches", json_={"note": "a"}).json["id"] for _ in range(3)}
    assert len(ids) == 3


def test_an_id_fits_the_pattern_of_its_path(tmp_path: Path) -> None:
    patterned = notes(FIELDS, REF).replace(
        ID, ID.replace("type: string", "type: string, pattern: '^NT[0-9]{4}$'")
    )
    call = served(tmp_path, patterned, NOTE)
    made = call("POST", "/notes", json_={"title": "Hi"}).json
    assert made["id"].startswith("NT")
    assert call("GET", f"/notes/{made['id']}").status == 200


ORDERS = f"""
  /orders:
    get: {{responses: {{{shows(200, many("Order"))}}}}}
    post: {{{body("{type: object, properties: {sku: {type: string}}}")},
      responses: {{{shows(201, "{$ref: '#/components/schemas/Order'}")}}}}}
  /orders/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, "{$ref: '#/components/schemas/Order'}")},
      '404': {{description: none}}}}}}
  /orders/{{id}}/cancel:
    parameters: [{ID}]
    post: {{responses: {{{shows(200, "{$ref: '#/components/schemas/Order'}")},
      '404': {{description: none}}}}}}
  /orders/{{id}}/invoice:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, "{type: string, format: binary}", "application/pdf")},
      '404': {{description: none}}}}}}
"""
ORDER = """
    Order: {type: object, required: [id, sku, state], properties: {id: {type: string},
      sku: {type: string}, state: {type: string, readOnly: true, enum: [open, cancelled]}}}
"""


def test_actions_act_on_stored_objects(tmp_path: Path) -> None:
    call = served(tmp_path, ORDERS, ORDER)
    made = call("POST", "/orders", json_={"sku": "B2"}).json
    assert made["state"] == "open"
    cancelled = call("POST", f"/orders/{made['id']}/cancel").json
    assert cancelled == {**made, "state": "cancelled"}
    assert call("GET", f"/orders/{made['id']}").json == cancelled
    assert call("GET", f"/orders/{made['id']}/invoice").status == 200
    assert call("POST", "/orders/none/cancel").status == 404
    assert call("GET", "/orders/none/invoice").status == 404


READ_ONLY = f"""
  /towns:
    get: {{responses: {{{shows(200, many("Town"))}}}}}
  /towns/{{code}}:
    get:
      parameters: [{{name: code, in: path, required: true, schema: {{type: string}}}}]
      responses:
        '200': {{description: d, content: {{application/json: {{
          schema: {{$ref: '#/components/schemas/Town'}}, example: {{code: ROM, name: Rome}}}}}}}}
  /rates/{{symbol}}:
    get:
      parameters: [{{name: symbol, in: path, required: true, schema: {{type: string}}}}]
      responses: {{{shows(200, "{$ref: '#/components/schemas/Rate'}")}}}
"""
TOWN = """
    Town: {type: object, required: [code, name], properties: {code: {type: string},
      name: {type: string}}}
    Rate: {type: object, required: [symbol, price], properties: {symbol: {type: string},
      price: {type: number}}}
"""


def test_read_only_descriptions_have_their_examples(tmp_path: Path) -> None:
    """What a list shows can be read; what nothing lists exists because it is asked for."""
    call = served(tmp_path, READ_ONLY, TOWN)
    listed = call("GET", "/towns").json
    assert {"code": "ROM", "name": "Rome"} in listed
    for town in listed:
        assert call("GET", f"/towns/{town['code']}").json == town
    rate = call("GET", "/rates/ACME")
    assert (rate.status, rate.json["symbol"]) == (200, "ACME")
    assert call("GET", "/rates/ACME").json == rate.json


UPLOADS = f"""
  /files:
    post: {{{
    body(
        '''{type: object, required: [file], properties: {file: {type: string,
      format: binary}, title: {type: string}}}''',
        "multipart/form-data",
    )
},
      responses: {{{shows(201, "{$ref: '#/components/schemas/File'}")}}}}}
  /files/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, "{$ref: '#/components/schemas/File'}")},
      '404': {{description: none}}}}}}
  /files/{{id}}/content:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, "{type: string, format: binary}", "application/octet-stream")},
      '404': {{description: none}}}}}}
    put: {{{body("{type: string, format: binary}", "application/octet-stream")},
      responses: {{'204': {{description: kept}}, '404': {{description: none}}}}}}
"""
FILE = """
    File: {type: object, required: [id, size], properties: {id: {type: string, readOnly: true},
      title: {type: string}, size: {type: integer, readOnly: true}}}
"""


def test_files_come_back_byte_for_byte(tmp_path: Path) -> None:
    call = served(tmp_path, UPLOADS, FILE)
    content = b"\x00\xffhel\r\nlo"
    parts = (
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n'
        b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n"
        b'--B\r\nContent-Disposition: form-data; name="title"\r\n\r\nPlan\r\n--B--\r\n'
    )
    made = call("POST", "/files", data=parts, content_type="multipart/form-data; boundary=B").json
    assert (made["title"], made["size"]) == ("Plan", len(content))
    address = f"/files/{made['id']}/content"
    assert call("GET", address).body == content
    raw = "application/octet-stream"
    assert call("PUT", address, data=b"other\xfe", content_type=raw).status == 204
    assert call("GET", address).body == b"other\xfe"
    assert call("GET", f"/files/{made['id']}").json["size"] == 6
    part = call("GET", address, range="bytes=1-3")
    assert (part.status, part.body) == (206, b"the")
    assert part.headers["content-range"] == "bytes 1-3/6"
    assert call("GET", address, range="bytes=9-").status == 416
    assert call("GET", "/files/none/content").status == 404
    assert call("PUT", "/files/none/content", data=b"x", content_type=raw).status == 404


def test_put_creates_then_replaces(tmp_path: Path) -> None:
    flag = "{$ref: '#/components/schemas/Flag'}"
    paths = f"""
  /flags/{{key}}:
    parameters: [{{name: key, in: path, required: true, schema: {{type: string}}}}]
    get: {{responses: {{{shows(200, flag)}, '404': {{description: none}}}}}}
    put: {{{body("{type: object, properties: {lit: {type: boolean}}}")},
      responses: {{{shows(200, flag)}, {shows(201, flag)}}}}}
"""
    schema = """
    Flag: {type: object, required: [key], properties: {key: {type: string},
      lit: {type: boolean}}}
"""
    call = served(tmp_path, paths, schema)
    assert call("GET", "/flags/beta").status == 404
    made = call("PUT", "/flags/beta", json_={"lit": True})
    assert (made.status, made.json) == (201, {"key": "beta", "lit": True})
    assert made.headers["location"] == "/flags/beta"
    again = call("PUT", "/flags/beta", json_={"lit": False})
    assert (again.status, again.json) == (200, {"key": "beta", "lit": False})
    assert "location" not in again.headers


PATCH = f"""
  /notes:
    post: {{{body(FIELDS)}, responses: {{{shows(201, REF)}}}}}
  /notes/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, REF)}}}}}
    patch:
      requestBody: {{required: true, content: {{
        application/json-patch+json: {{schema: {{type: array, items: {{type: object}}}}}},
        application/merge-patch+json: {{schema: {{type: object}}}}}}}}
      responses: {{{shows(200, REF)}, '409': {{description: cannot}}}}
"""


def test_patches_by_their_media_types(tmp_path: Path) -> None:
    call = served(tmp_path, PATCH, NOTE)
    address = f"/notes/{call('POST', '/notes', json_={'title': 'Hi', 'pages': 3}).json['id']}"
    kind = "application/json-patch+json"
    steps = [
        {"op": "test", "path": "/pages", "value": 3},
        {"op": "replace", "path": "/title", "value": "Ho"},
    ]
    assert call("PATCH", address, json_=steps, content_type=kind).json["title"] == "Ho"
    failing = [{"op": "test", "path": "/title", "value": "Hi"}, {"op": "remove", "path": "/pages"}]
    assert call("PATCH", address, json_=failing, content_type=kind).status == 409
    assert call("GET", address).json["pages"] == 3
    merge = {"title": "Hu", "pages": None}
    merged = call("PATCH", address, json_=merge, content_type="application/merge-patch+json").json
    assert (merged["title"], "pages" in merged) == ("Hu", False)


CONDITIONAL = f"""
  /notes:
    post: {{{body(FIELDS)}, responses: {{'201': {{description: d,
      headers: {{ETag: {{required: true, schema: {{type: string}}}}}},
      content: {{application/json: {{schema: {REF}}}}}}}}}}}
  /notes/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, REF)}, '304': {{description: same}}}}}}
    put:
      parameters: [{{name: If-Match, in: header, required: true, schema: {{type: string}}}}]
      {body(FIELDS)}
      responses: {{{shows(200, REF)}, '412': {{description: other}}, '428': {{description: say}}}}
"""


def test_entity_tags(tmp_path: Path) -> None:
    """A tag is quoted and changes with the object; conditions are held to."""
    call = served(tmp_path, CONDITIONAL, NOTE)
    made = call("POST", "/notes", json_={"title": "Hi"})
    tag, address = made.headers["etag"], f"/notes/{made.json['id']}"
    assert tag.startswith('"')
    assert tag.endswith('"')
    assert call("GET", address).headers["etag"] == tag
    same = call("GET", address, if_none_match=f'W/{tag}, "other"')
    assert (same.status, same.body) == (304, b"")
    assert call("PUT", address, json_={"title": "Ho"}, if_match='"bogus"').status == 412
    assert call("PUT", address, json_={"title": "Ho"}).status == 428
    changed = call("PUT", address, json_={"title": "Ho"}, if_match=tag)
    assert changed.status == 200
    assert changed.headers["etag"] != tag
    assert call("GET", address, if_none_match=tag).json["title"] == "Ho"


MEDIA = """
  /report:
    get:
      responses:
        '200':
          description: d
          content:
            application/json: {schema: {type: array, items: {type: object,
              required: [sum], properties: {sum: {type: integer}}}}}
            text/csv: {schema: {type: string}, example: "sum\\n5\\n"}
            application/xml: {schema: {type: array, items: {type: object,
              required: [sum], properties: {sum: {type: integer}}}}}
  /own:
    get: {responses: {'200': {description: d, content: {application/vnd.acme+json: {schema:
      {type: object, required: [a], properties: {a: {type: integer}}}}}}}}
  /ping:
    get: {responses: {'200': {description: d, content: {text/plain: {schema:
      {type: string, example: pong}}}}}}
"""


@pytest.mark.parametrize(
    ("path", "accept", "status", "media_type"),
    [
        ("/report", "*/*", 200, "application/json"),
        ("/report", "text/csv", 200, "text/csv"),
        ("/report", "application/xml", 200, "application/xml"),
        ("/report", "application/json;q=0.1, text/csv;q=0.2", 200, "text/csv"),
        ("/report", "image/png", 406, "application/problem+json"),
        ("/own", "application/vnd.acme+json", 200, "application/vnd.acme+json"),
        ("/own", "application/json", 406, "application/problem+json"),
        ("/own", "application/json;q=0.5, text/html", 406, "application/problem+json"),
        ("/own", "application/*", 200, "application/vnd.acme+json"),
        ("/ping", "application/json", 406, "application/problem+json"),
        ("/ping", "text/*", 200, "text/plain"),
    ],
)
def test_accept(tmp_path: Path, path: str, accept: str, status: int, media_type: str) -> None:
    """One rule for every media type: what is wanted, or 406."""
    got = served(tmp_path, MEDIA)("GET", path, accept=accept)
    assert (got.status, got.media_type) == (status, media_type)


def test_bodies_are_in_the_media_type_they_say(tmp_path: Path) -> None:
    call = served(tmp_path, MEDIA)
    assert call("GET", "/report", accept="text/csv").body == b"sum\n5\n"
    xml = call("GET", "/report", accept="application/xml").body
    assert xml.startswith(b"<?xml")
    assert b"<sum>1</sum>" in xml


def expandable(count: int) -> str:
    """Object types that refer to each other: by id, or expanded."""
    names = [f"Thing{index}" for index in range(count)]
    schemas = ""
    for index, name in enumerate(names):
        links = "".join(
            f", link{step}: {{anyOf: [{{type: string}}, "
            f"{{$ref: '#/components/schemas/{names[(index + step) % count]}'}}]}}"
            for step in range(1, 9)
        )
        schemas += (
            f"    {name}: {{type: object, required: [id, link1, link2], properties: "
            f"{{id: {{type: string}}{links}}}}}\n"
        )
    return schemas


def test_types_that_expand_into_each_other_cost_milliseconds(tmp_path: Path) -> None:
    paths = f"""
  /things:
    post: {{{body("{type: object, properties: {link3: {type: string}}}")}, responses: {{
      {shows(201, "{$ref: '#/components/schemas/Thing0'}")}}}}}
"""
    call = served(tmp_path, paths, expandable(60))
    started = time.process_time()
    made = call("POST", "/things", json_={"link3": "x"})
    assert time.process_time() - started < 1.0  # 0.1 s here; it was minutes
    assert made.json["link3"] == "x"


@pytest.mark.parametrize("pattern", ["[^]", "a{100000000}", r"\p{L}(?<n>x)\k<n>", "(?P<x", "*a"])
def test_a_pattern_that_does_not_compile_is_not_enforced(tmp_path: Path, pattern: str) -> None:
    note = f"""
    Note: {{type: object, required: [id], properties: {{id: {{type: string}},
      title: {{type: string, pattern: '{pattern}'}}, pages: {{type: integer}}}}}}
"""
    call = served(tmp_path, notes(REF, REF), note)
    assert call("POST", "/notes", json_={"id": "a", "title": "Hi"}).status == 201
    wrong = call("POST", "/notes", json_={"id": "b", "pages": "many"})
    assert wrong.status == 422, "the rest of the schema is enforced"


@pytest.mark.parametrize(
    "bound", ["minLength: 1000000000", "pattern: '^a{3}$', minLength: 90000000"]
)
def test_bounds_beyond_all_measure_are_refused_in_no_time(tmp_path: Path, bound: str) -> None:
    note = f"""
    Note: {{type: object, required: [id, title], properties: {{id: {{type: string}},
      title: {{type: string, readOnly: true, {bound}}}}}}}
"""
    call = served(tmp_path, notes(FIELDS, REF), note)
    started = time.process_time()
    assert call("POST", "/notes", json_={}).status < 500
    assert time.process_time() - started < 1.0


def listing(refusal: str) -> str:
    cursor = "next_cursor: {type: [string, 'null']}"
    page = f"{{type: object, properties: {{data: {many('Note')}, {cursor}}}}}"
    return f"""
  /notes:
    post: {{{body(REF)}, responses: {{{shows(201, REF)}}}}}
    get:
      parameters:
      - {{name: cursor, in: query, schema: {{type: string}}}}
      - {{name: limit, in: query, schema: {{type: integer}}}}
      responses: {{{shows(200, page)}{refusal}}}
"""


@pytest.mark.parametrize(
    ("refusal", "status"), [("", 200), (", '400': {description: bad}", 400)], ids=["none", "some"]
)
def test_token_of_another_list_is_refused_only_where_that_is_described(
    tmp_path: Path, refusal: str, status: int
) -> None:
    call = served(tmp_path, listing(refusal), NOTE)
    call("POST", "/notes", json_={"title": "A"})
    assert len(call("GET", "/notes?limit=1").json["data"]) == 1
    reply = call("GET", "/notes?cursor=elsewhere")
    assert reply.status == status
    if status == 200:
        assert reply.json["data"] == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [({"to": "a@b.c"}, ["a@b.c"]), ({"to": ["a@b.c", "d@e.f"]}, ["a@b.c", "d@e.f"])],
    ids=["one", "several"],
)
def test_one_or_several_are_shown_as_several(
    tmp_path: Path, sent: dict[str, Any], kept: list[str]
) -> None:
    several = "{type: array, items: {type: string}}"
    asked = f"{{type: object, properties: {{to: {{oneOf: [{{type: string}}, {several}]}}}}}}"
    mail = f"""{{type: object, required: [id, to], properties: {{
      id: {{type: string}}, to: {several}}}}}"""
    call = served(tmp_path, notes(asked, mail))
    made = call("POST", "/notes", json_=sent)
    assert made.json["to"] == kept
    assert call("GET", f"/notes/{made.json['id']}").json["to"] == kept


def test_form_without_a_member_is_an_empty_form(tmp_path: Path) -> None:
    call = served(tmp_path, notes(FIELDS, REF, FORM), NOTE)
    assert call("POST", "/notes", data=b"", content_type=FORM).status == 201


def test_operation_that_does_not_name_its_parent_responds_as_described(tmp_path: Path) -> None:
    paths = f"""
  /files/content:
    post: {{{body(REF)}, responses: {{{shows(201, REF)}}}}}
  /files/{{id}}/content:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, REF)}}}}}
    put: {{{body(REF)}, responses: {{{shows(200, REF)}}}}}
"""
    call = served(tmp_path, paths, NOTE)
    assert call("POST", "/files/content", json_={"title": "A"}).status == 201


def test_what_fits_two_alternatives_is_told_apart_by_its_type(tmp_path: Path) -> None:
    def alternative(name: str, more: str) -> str:
        return (
            f"{{type: object, properties: {{rule: {{type: object, "
            f"properties: {{type: {{enum: [{name}]}}, {more}}}}}}}}}"
        )

    union = f"oneOf: [{alternative('count', 'a: {}')}, {alternative('last', 'b: {}')}]"
    note = f"""
    Note: {{type: object, required: [id], properties: {{
      id: {{type: string, readOnly: true}}, title: {{type: string}}, kept: {{{union}}}}}}}
"""
    call = served(tmp_path, notes("{type: object, properties: {kept: {type: object}}}", REF), note)
    made = call("POST", "/notes", json_={"kept": {"rule": {}}})
    assert made.status == 201
    assert made.json["kept"] in ({"rule": {"type": "count"}}, {"rule": {"type": "last"}})


def test_objects_that_are_there_have_what_creating_one_gives(tmp_path: Path) -> None:
    note = """
    Note: {type: object, required: [id, open], properties: {
      id: {type: string, readOnly: true}, title: {type: string}, open: {type: boolean}}}
"""
    asked = (
        "{type: object, properties: {title: {type: string}, open: {type: boolean, default: %s}}}"
    )
    call = served(tmp_path, notes(asked % "true", REF), note)
    with running(call.emulator.api) as server:
        made = httpx2.post(f"{server.origin}/__trunkline__/objects/notes", json={"object": {}})
    assert made.status_code == 201
    assert made.json()["open"] is True


@pytest.mark.parametrize(("described", "status"), [("", 500), ("'503': {description: no}", 503)])
def test_what_nothing_fits_is_an_error_and_never_an_invalid_body(
    tmp_path: Path, described: str, status: int
) -> None:
    odd = "{type: object, required: [n], properties: {n: {type: integer, minimum: 5, maximum: 2}}}"
    call = served(
        tmp_path, f"  /odd:\n    get: {{responses: {{{shows(200, odd)}, {described}}}}}\n"
    )
    reply = call("GET", "/odd")
    assert reply.status == status
    assert "Nothing fits" in reply.body.decode() + reply.headers.get("x-trunkline-reason", "")


def test_links_lead_through_all_pages_without_a_parameter_for_it(tmp_path: Path) -> None:
    page = f"{{type: object, properties: {{items: {many('Note')}}}}}"
    paths = f"""
  /notes:
    post: {{{body(REF)}, responses: {{{shows(201, REF)}}}}}
    get:
      x-trunkline-pagination: {{style: link, size: max, items: items}}
      parameters: [{{name: max, in: query, schema: {{type: integer}}}}]
      responses: {{{shows(200, page)}}}
"""
    call = served(tmp_path, paths, NOTE)
    made = [call("POST", "/notes", json_={"title": str(n)}).json["id"] for n in range(5)]
    seen: list[str] = []
    path = "/notes?max=2"
    for _ in range(3):
        reply = call("GET", path)
        seen += [one["id"] for one in reply.json["items"]]
        link = reply.headers.get("link", "")
        path = "/notes?" + link.partition("?")[2].partition(">")[0]
    assert (seen, link) == (made, "")


def test_what_was_kept_has_the_form_that_the_description_has_now(tmp_path: Path) -> None:
    data = tmp_path / "kept.sqlite"
    text = HEAD + notes(REF, REF) + "components:\n  schemas:\n"
    before = Served(tmp_path, text + NOTE, data=data)
    made = before("POST", "/notes", json_={"title": "A"}).json
    before.emulator.close()
    stricter = NOTE.replace("[id, title]", "[id, title, pages]")
    after = Served(tmp_path, text + stricter, data=data)
    shown = after("GET", f"/notes/{made['id']}").json
    assert {name: shown[name] for name in made} == made
    assert isinstance(shown["pages"], int)
    after.emulator.close()


def test_id_that_a_creation_tells_by_another_name_leads_to_the_object(tmp_path: Path) -> None:
    started = (
        "{type: object, required: [noteId], properties: {message: {}, noteId: {type: string}}}"
    )
    paths = f"""
  /notes:
    post: {{{body(FIELDS)}, responses: {{{shows(202, started)}}}}}
  /notes/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, REF)}}}}}
"""
    call = served(tmp_path, paths, NOTE)
    started_ids = [call("POST", "/notes", json_={"title": t}).json["noteId"] for t in ("A", "B")]
    shown = [call("GET", f"/notes/{id_}").json for id_ in started_ids]
    assert [(s["id"], s["title"]) for s in shown] == list(zip(started_ids, "AB", strict=True))


@pytest.mark.parametrize(
    ("response", "place"),
    [
        (many("Note"), ()),
        (f"{{type: object, required: [found], properties: {{found: {many('Note')}}}}}", ("found",)),
    ],
)
def test_a_search_by_post_finds_what_is_kept(
    tmp_path: Path, response: str, place: tuple[str, ...]
) -> None:
    query = "{type: object, properties: {title: {type: string}}}"
    search = (
        f"\n  /notes/search:\n    post: {{{body(query)}, responses: {{{shows(200, response)}}}}}"
    )
    call = served(tmp_path, notes(FIELDS, REF) + search + "\n", NOTE)
    made = [call("POST", "/notes", json_={"title": title}).json for title in ("One", "Two")]
    found = call("POST", "/notes/search", json_={}).json
    for name in place:
        found = found[name]
    assert found == made


def test_ids_beside_the_one_in_the_path_are_not_shared(tmp_path: Path) -> None:
    """Of objects that are addressed by a name the description shows one id, as an example."""
    schema = """
    Repo: {type: object, required: [id, uuid, name], properties: {id: {type: integer, example: 42},
      uuid: {type: string, format: uuid, example: 7b0d2e9c-6a52-4d7e-9f35-0d1f7c3f0a11},
      name: {type: string}}}
"""
    repo = "{$ref: '#/components/schemas/Repo'}"
    named = "{type: object, required: [name], properties: {name: {type: string}}}"
    paths = f"""
  /repos:
    post: {{{body(named)}, responses: {{{shows(201, repo)}}}}}
  /repos/{{name}}:
    parameters: [{{name: name, in: path, required: true, schema: {{type: string}}}}]
    get: {{responses: {{{shows(200, repo)}}}}}
"""
    call = served(tmp_path, paths, schema)
    made = [call("POST", "/repos", json_={"name": name}).json for name in ("a", "b", "c")]
    assert len({repo["id"] for repo in made}) == 3
    assert len({repo["uuid"] for repo in made}) == 3
    assert [call("GET", f"/repos/{repo['name']}").json for repo in made] == made


def test_what_is_referred_to_inside_is_kept_with_what_it_is(tmp_path: Path) -> None:
    """A reference tells its id and what it is of, both read-only of that other object; what else
    that one shows is not for this request to set, nor is the object's own."""
    note = """
    Note: {type: object, required: [id], properties: {id: {type: string, readOnly: true},
      title: {type: string}, type: {type: string, readOnly: true},
      owners: {type: array, items: {$ref: '#/components/schemas/Owner'}}}}
    Owner: {type: object, required: [type], properties: {id: {type: string, readOnly: true},
      type: {type: string, readOnly: true, enum: [person, team]},
      seen: {type: string, readOnly: true}}}
"""
    call = served(tmp_path, notes(REF, REF), note)
    sent = {"type": "odd", "owners": [{"id": "7", "type": "team", "seen": "now"}]}
    made = call("POST", "/notes", json_=sent).json
    assert made["owners"] == [{"id": "7", "type": "team"}]
    assert made.get("type") != "odd"
    alone = call("POST", "/notes", json_={"owners": [{"type": "team"}]}).json
    assert alone["owners"] == [{"type": "person"}]


def test_new_objects_are_in_a_list_that_has_to_be_asked_for_by_a_state(tmp_path: Path) -> None:
    note = """
    Note: {type: object, required: [id], properties: {id: {type: string, readOnly: true},
      title: {type: string}, status: {type: string, enum: [accepted, pending, open]}}}
"""
    asked = "{name: status, in: query, required: true, schema: {type: string, enum: [%s]}}"
    paths = notes(FIELDS, REF).replace(
        "  /notes:",
        f"  /notes:\n    get: {{parameters: [{asked % 'pending'}], "
        f"responses: {{{shows(200, many('Note'))}}}}}",
    )
    call = served(tmp_path, paths, note)
    made = call("POST", "/notes", json_={"title": "Hi"}).json
    assert made["status"] == "pending"
    assert call("GET", "/notes?status=pending").json == [made]


def members_of_groups(refusal: str = "") -> str:
    member = "{$ref: '#/components/schemas/Member'}"
    asked = "{type: object, required: [user_id], properties: {user_id: {type: string}}}"
    told = (
        "{type: object, required: [user_id, group_id], "
        "properties: {user_id: {type: string}, group_id: {type: string}}}"
    )
    group = "{name: group_id, in: path, required: true, schema: {type: string}}"
    user = "{name: user_id, in: path, required: true, schema: {type: string}}"
    return f"""
  /groups/{{group_id}}/users:
    parameters: [{group}]
    get: {{responses: {{{shows(200, many("Member"))}}}}}
    post: {{{body(asked)}, responses: {{{shows(200, told)}{refusal}}}}}
  /groups/{{group_id}}/users/{{user_id}}:
    parameters: [{group}, {user}]
    get: {{responses: {{{shows(200, member)}, '404': {{description: none}}}}}}
"""


MEMBER = """
    Member: {type: object, required: [id, name],
      properties: {id: {type: string}, name: {type: string}}}
"""


def test_an_id_that_is_sent_by_the_name_that_paths_give_it(tmp_path: Path) -> None:
    call = served(tmp_path, members_of_groups(), MEMBER)
    told = {"user_id": "ann", "group_id": "g1"}
    assert call("POST", "/groups/g1/users", json_={"user_id": "ann"}).json == told
    assert call("GET", "/groups/g1/users/ann").json["id"] == "ann"
    # Where no refusal of it is described, who is there already is added again.
    assert call("POST", "/groups/g1/users", json_={"user_id": "ann"}).json == told
    assert [m["id"] for m in call("GET", "/groups/g1/users").json] == ["ann"]
    # The same object below another parent is told with that one.
    other = call("POST", "/groups/g2/users", json_={"user_id": "ann"}).json
    assert other == {"user_id": "ann", "group_id": "g2"}
    assert call("GET", "/groups/g2/users/bob").status == 404


def test_an_id_that_is_taken_is_refused_where_that_is_described(tmp_path: Path) -> None:
    call = served(tmp_path, members_of_groups(", '409': {description: taken}"), MEMBER)
    assert call("POST", "/groups/g1/users", json_={"user_id": "ann"}).status == 200
    assert call("POST", "/groups/g1/users", json_={"user_id": "ann"}).status == 409


def test_a_value_of_one_alternative_only_is_no_constant_of_all(tmp_path: Path) -> None:
    """`task` would say that it is the first, and `language` would be lost."""
    timed = "required: [id, task], properties: {id: {type: string}, task: {enum: [listen]}}"
    told = "required: [id, language], properties: {id: {type: string}, language: {type: string}}"
    closed = "additionalProperties: false, "
    asked = "{type: object, properties: {language: {type: string}}}"
    call = served(tmp_path, notes(asked, REF), choice(closed + timed, closed + told))
    made = call("POST", "/notes", json_={"language": "French"}).json
    assert made == {"id": made["id"], "language": "French"}


TABLE = "'200': {description: d, content: {application/json: {schema: %s}, text/csv: {schema: %s},"
TABLE += " application/x-ndjson: {schema: %s}}}"


def test_what_is_described_as_text_is_what_json_shows(tmp_path: Path) -> None:
    """Lists as CSV and by lines, though nothing but text is said of these."""
    shown = TABLE % (many("Note"), "{type: string}", "{type: string}")
    lister = f"\n    get: {{responses: {{{shown}}}}}\n    post:"
    call = served(tmp_path, notes(FIELDS, REF).replace("\n    post:", lister, 1), NOTE)
    id_ = call("POST", "/notes", json_={"title": 'A, "q"'}).json["id"]
    assert call("GET", "/notes", accept="text/csv").body.decode().splitlines() == [
        "id,title",
        f'{id_},"A, ""q"""',
    ]
    lines = call("GET", "/notes", accept="application/x-ndjson").body.splitlines()
    assert [json.loads(line) for line in lines] == [{"id": id_, "title": 'A, "q"'}]


def test_an_upload_is_got_as_the_type_that_it_was_sent_as(tmp_path: Path) -> None:
    binary = "{type: string, format: binary}"
    paths = f"""
  /images:
    post: {{{body(binary, "image/*")}, responses: {{{shows(201, "{$ref: '#/components/schemas/Image'}")}}}}}
  /images/{{id}}:
    get: {{parameters: [{ID}], responses: {{{shows(200, binary, "image/*")}}}}}
"""  # noqa: E501  # a description
    call = served(tmp_path, paths, "    Image: {type: object, properties: {id: {type: string}}}\n")
    id_ = call("POST", "/images", data=b"GIF89a", content_type="image/gif").json["id"]
    got = call("GET", f"/images/{id_}")
    assert (got.body, got.media_type) == (b"GIF89a", "image/gif")


def test_templates_that_differ_in_what_fits_their_parameters(tmp_path: Path) -> None:
    """`/notes/{id}` and `/notes/{name}` are told apart by what an id can be, in either order."""
    by = "  /notes/{%s}: {get: {parameters: [{name: %s, in: path, required: true, schema: %s}], responses: {%s}}}\n"  # noqa: E501  # a description
    shown = shows(200, "{type: object, required: [is], properties: {is: {const: %s}}}")
    number = by % ("id", "id", "{type: integer}", shown % "number")
    name = by % ("name", "name", "{type: string}", shown % "name")
    call = served(tmp_path, number + name)
    assert call("GET", "/notes/12").json == {"is": "number"}
    assert call("GET", "/notes/twelve").json == {"is": "name"}
    strict = by % ("name", "name", "{type: string, pattern: '^[a-z]+$'}", shown % "name")
    call = served(tmp_path, strict + number)
    assert call("GET", "/notes/12").json == {"is": "number"}
    assert call("GET", "/notes/twelve").json == {"is": "name"}


def test_an_upload_is_got_as_whatever_it_is(tmp_path: Path) -> None:
    """Bytes of any media type are no JSON, though that would be one."""
    binary = "{type: string, format: binary}"
    image = "{$ref: '#/components/schemas/Image'}"
    paths = f"""
  /images:
    post: {{{body(binary, "application/octet-stream")}, responses: {{{shows(201, image)}}}}}
  /images/{{id}}/download:
    get: {{parameters: [{ID}], responses: {{{shows(200, binary, "'*/*'")}}}}}
  /images/{{id}}:
    get: {{parameters: [{ID}], responses: {{{shows(200, image)}}}}}
"""
    call = served(tmp_path, paths, "    Image: {type: object, properties: {id: {type: string}}}\n")
    made = call("POST", "/images", data=b"GIF89a", content_type="application/octet-stream").json
    for accepted in ("*/*", "application/json"):
        got = call("GET", f"/images/{made['id']}/download", accept=accepted)
        assert (got.status, got.body) == (200, b"GIF89a")


def test_an_upload_beside_its_items_is_got_as_it_was_sent(tmp_path: Path) -> None:
    binary = "{type: string, format: binary}"
    file = "{$ref: '#/components/schemas/File'}"
    paths = f"""
  /files/content:
    post: {{{body(binary, "application/octet-stream")}, responses: {{{shows(201, file)}}}}}
  /files/{{id}}:
    get: {{parameters: [{ID}], responses: {{{shows(200, file)}, '404': {{description: none}}}}}}
  /files/{{id}}/content:
    get: {{parameters: [{ID}], responses: {{{shows(200, binary, "application/octet-stream")}}}}}
"""
    call = served(tmp_path, paths, "    File: {type: object, properties: {id: {type: string}}}\n")
    made = call("POST", "/files/content", data=b"\0abc", content_type="application/octet-stream")
    assert call("GET", f"/files/{made.json['id']}/content").body == b"\0abc"


def test_the_only_response_described_is_no_error(tmp_path: Path) -> None:
    schema = "{type: object, required: [ok], properties: {ok: {type: boolean}}}"
    content = f"content: {{application/json: {{schema: {schema}}}}}"
    paths = f"  /touch:\n    post: {{responses: {{default: {{description: d, {content}}}}}}}\n"
    reply = served(tmp_path, paths)("GET", "/nowhere")
    assert (reply.status, reply.media_type) == (404, "application/problem+json")
    assert "nowhere" in reply.json["detail"]


def test_dates_of_changes_and_tags_of_lists(tmp_path: Path) -> None:
    dated = "{ETag: {schema: {type: string}}, Last-Modified: {schema: {type: string}}}"
    asked = "{name: %s, in: header, schema: {type: string}}"
    ok = "'200': {description: d, headers: %s, content: {application/json: {schema: %s}}}"
    same = "'304': {description: same}"
    paths = f"""
  /pages:
    post: {{{body(FIELDS)}, responses: {{{shows(201, "{$ref: '#/components/schemas/Page'}")}}}}}
    get:
      parameters: [{asked % "If-None-Match"}]
      responses: {{{ok % ("{ETag: {schema: {type: string}}}", many("Page"))}, {same}}}
  /pages/{{id}}:
    parameters: [{ID}]
    get:
      parameters: [{asked % "If-Modified-Since"}]
      responses: {{{ok % (dated, "{$ref: '#/components/schemas/Page'}")}, {same}}}
"""
    page = "{id: {type: string}, title: {type: string}, updated: {type: string, format: date-time}}"
    schemas = f"    Page: {{type: object, required: [id, updated], properties: {page}}}\n"
    call = served(tmp_path, paths, schemas)
    made = call("POST", "/pages", json_={"title": "a"}).json
    path = f"/pages/{made['id']}"
    seen = call("GET", path).headers["last-modified"]
    told = parsedate_to_datetime(seen)
    assert abs(told - datetime.fromisoformat(made["updated"])) < timedelta(seconds=1)
    assert call("GET", path, if_modified_since=seen).status == 304
    before = format_datetime(told - timedelta(seconds=1), usegmt=True)
    assert call("GET", path, if_modified_since=before).status == 200
    tag = call("GET", "/pages").headers["etag"]
    assert call("GET", "/pages", if_none_match=tag).status == 304
    call("POST", "/pages", json_={"title": "b"})
    assert call("GET", "/pages", if_none_match=tag).status == 200


def test_what_is_on_its_way_is_told_where_it_will_be(tmp_path: Path) -> None:
    later = "'202': {description: d, headers: {Location: {schema: {type: string}}}}"
    paths = f"""
  /jobs:
    post: {{{body(FIELDS)}, responses: {{{later}}}}}
  /jobs/{{id}}:
    get: {{parameters: [{ID}], responses: {{{shows(200, REF)}, '404': {{description: none}}}}}}
"""
    call = served(tmp_path, paths, NOTE)
    reply = call("POST", "/jobs", json_={"title": "a"})
    assert reply.status == 202
    assert call("GET", reply.headers["location"]).json["title"] == "a"


@pytest.mark.parametrize(
    ("schema", "form"),
    [
        ("{type: string, format: uri, example: 'https://x.test/e/1'}", r"https://x\.test/e/[^/]+"),
        ("{type: string, format: email}", r"[^@]+@example\.com"),
        ("{type: string, example: 64b7f3a1c9e77c0012ab34cd}", r"64[0-9a-f]{22}"),
        ("{type: string, example: 01ARZ3NDEKTSV4RRFFQ69G5FAV}", r"01[0-9A-HJKMNP-TV-Z]{24}"),
    ],
)
def test_ids_are_made_in_the_form_that_is_described(tmp_path: Path, schema: str, form: str) -> None:
    note = f"    Note: {{type: object, properties: {{id: {schema}, title: {{type: string}}}}}}\n"
    call = served(tmp_path, notes(FIELDS, REF), note)
    ids = {call("POST", "/notes", json_={"title": "a"}).json["id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch(form, id_) for id_ in ids)


def test_a_member_that_must_be_there_and_may_not(tmp_path: Path) -> None:
    """Told where it stands, and when it is asked for."""
    closed = "{type: object, required: [a], additionalProperties: false, properties: {b: {}}}"
    paths = f"  /bad:\n    get: {{responses: {{{shows(200, closed)}}}}}\n"
    call = served(tmp_path, paths)
    assert call("GET", "/bad").status == 500
    found = list(Fillable(call.emulator.api).problems())
    assert [d.message for d in found] == ["No value fits: 'a' must be there, and may not be"]


def test_what_has_not_happened_has_no_time(tmp_path: Path) -> None:
    """A document that is there was not deleted, whatever its schema allows; a deleted one was."""
    when = "{type: [string, 'null'], format: date-time, readOnly: true}"
    schema = f"""
    Paper: {{type: object, required: [id, title, deleted_at], properties: {{id: {{type: string}},
      title: {{type: string}}, deleted_at: {when}}}}}
"""
    paper = "{$ref: '#/components/schemas/Paper'}"
    paths = f"""
  /papers:
    post: {{{body(FIELDS)}, responses: {{{shows(201, paper)}}}}}
  /papers/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, paper)}, '404': {{description: none}}}}}}
    put: {{{body(FIELDS)}, responses: {{{shows(200, paper)}}}}}
    delete: {{responses: {{{shows(200, paper)}}}}}
  /papers/{{id}}/copy:
    post: {{parameters: [{ID}], responses: {{{shows(201, paper)}}}}}
  /shelf:
    get: {{responses: {{{shows(200, many("Paper"))}}}}}
"""
    call = served(tmp_path, paths, schema)
    made = call("POST", "/papers", json_={"title": "a"}).json
    path = f"/papers/{made['id']}"
    assert made["deleted_at"] is None
    assert call("PUT", path, json_={"title": "b"}).json == {**made, "title": "b"}
    copied = call("POST", f"{path}/copy").json
    assert copied == {"id": copied["id"], "title": "b", "deleted_at": None}
    assert copied["id"] != made["id"]
    gone = call("DELETE", path).json["deleted_at"]
    assert datetime.now(UTC) - datetime.fromisoformat(gone) < timedelta(hours=1)
    assert call("GET", path).status == 404
    assert call("GET", f"/papers/{copied['id']}").json == copied


def test_what_nobody_makes_is_called_what_it_is_asked_for_by(tmp_path: Path) -> None:
    example = "example: {login: acme, name: Acme Inc}"
    schema = "{type: object, properties: {login: {type: string}, name: {type: string}}}"
    shown = (
        f"'200': {{description: d, content: {{application/json: {{schema: {schema}, {example}}}}}}}"
    )
    paths = f"""
  /clubs/{{club}}:
    get:
      parameters: [{{name: club, in: path, required: true, schema: {{type: string}}}}]
      responses: {{{shown}, '404': {{description: none}}}}
"""
    call = served(tmp_path, paths)
    assert call("GET", "/clubs/acme").json == {"login": "acme", "name": "Acme Inc"}
    assert call("GET", "/clubs/other").json["login"] == "other"


def test_what_is_put_and_taken_away_is_there_because_it_was_put(tmp_path: Path) -> None:
    rate = "{$ref: '#/components/schemas/Rate'}"
    schema = """
    Rate: {type: object, required: [code, rate], properties: {code: {type: string},
      rate: {type: number}}}
"""
    paths = f"""
  /rates:
    get: {{responses: {{{shows(200, many("Rate"))}}}}}
  /rates/{{code}}:
    parameters: [{ID.replace("name: id", "name: code")}]
    put:
      {body("{type: object, properties: {rate: {type: number}}}")}
      responses: {{{shows(200, rate)}}}
    get: {{responses: {{{shows(200, rate)}, '404': {{description: none}}}}}}
    delete: {{responses: {{'204': {{description: gone}}}}}}
"""
    call = served(tmp_path, paths, schema)
    assert call("GET", "/rates").json == []
    assert call("GET", "/rates/EUR").status == 404
    assert call("PUT", "/rates/EUR", json_={"rate": 1.5}).status == 200
    assert call("GET", "/rates").json == [{"code": "EUR", "rate": 1.5}]
    assert call("DELETE", "/rates/EUR").status == 204
    assert call("GET", "/rates").json == []


def test_what_has_something_below_it_is_there_when_it_is_asked_for(tmp_path: Path) -> None:
    """Put and taken away as well, but made in some other way: its parts could not be reached."""
    file = "{type: object, required: [id], properties: {id: {type: string}, name: {type: string}}}"
    paths = f"""
  /files/{{id}}:
    parameters: [{ID}]
    put: {{{body(FIELDS)}, responses: {{{shows(200, file)}}}}}
    get: {{responses: {{{shows(200, file)}, '404': {{description: none}}}}}}
    delete: {{responses: {{'204': {{description: gone}}}}}}
  /files/{{id}}/notes:
    get: {{parameters: [{ID}], responses: {{{shows(200, many("Note"))}}}}}
"""
    call = served(tmp_path, paths, NOTE)
    assert call("GET", "/files/a").json["id"] == "a"
    assert call("GET", "/files/b/notes").status == 200


def test_what_stands_below_an_id_tells_whose_it_is(tmp_path: Path) -> None:
    schemas = (
        NOTE
        + """
    Reply: {type: object, required: [id], properties: {id: {type: integer},
      note_id: {type: string}, text: {type: string}}}
"""
    )
    reply = "{$ref: '#/components/schemas/Reply'}"
    more = f"""
  /notes/{{id}}/replies:
    parameters: [{ID}]
    post:
      {body("{type: object, properties: {text: {type: string}}}")}
      responses: {{{shows(201, reply)}}}
"""
    call = served(tmp_path, notes(FIELDS, REF) + more, schemas)
    id_ = call("POST", "/notes", json_={"title": "a"}).json["id"]
    said = call("POST", f"/notes/{id_}/replies", json_={"text": "b"}).json
    assert said == {"id": 1, "note_id": id_, "text": "b"}


def test_a_change_has_to_say_of_which_state_it_is_where_that_is_described(tmp_path: Path) -> None:
    ok = shows(200, REF).replace("description: d,", "description: d, headers: %s,")
    tagged = ok % "{ETag: {schema: {type: string}}}"
    asked = "{name: If-Match, in: header, schema: {type: string}}"
    paths = f"""
  /notes:
    post: {{{body(FIELDS)}, responses: {{{shows(201, REF)}}}}}
  /notes/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{tagged}}}}}
    patch:
      parameters: [{asked}]
      {body(FIELDS)}
      responses: {{{tagged}, '412': {{description: other}}, '428': {{description: which}}}}
    put: {{{body(FIELDS)}, responses: {{{tagged}, '428': {{description: one of all}}}}}}
"""
    call = served(tmp_path, paths, NOTE)
    path = f"/notes/{call('POST', '/notes', json_={'title': 'a'}).json['id']}"
    tag = call("GET", path).headers["etag"]
    assert call("PATCH", path, json_={"title": "b"}).status == 428
    assert call("PUT", path, json_={"title": "a"}).status == 200  # there is no way to say it
    tag = call("GET", path).headers["etag"]
    assert call("PATCH", path, json_={"title": "b"}, if_match='"x"').status == 412
    assert call("PATCH", path, json_={"title": "b"}, if_match=tag).json["title"] == "b"
