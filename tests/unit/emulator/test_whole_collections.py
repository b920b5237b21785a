"""Operations on a collection as a whole, and what stands under an address without being an object:
what they do is seen by everybody afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from .served import Served
from .test_any_description import ID, body, many, served, shows

CASES = """
    Case: {type: object, required: [id, subject, status], properties: {id: {type: string},
      subject: {type: string}, priority: {type: string, enum: [low, high]}, note: {type: string},
      status: {type: string, enum: [open, closed, archived, on_hold], readOnly: true},
      watched: {type: boolean}}}
"""
CASE = "{$ref: '#/components/schemas/Case'}"
FIELDS = (
    "{type: object, required: [subject], properties: {subject: {type: string},"
    " priority: {type: string, enum: [low, high], default: low}}}"
)
NONE = "'404': {description: none}"
DONE = "'204': {description: done}"
NEW = (
    f"{{type: object, required: [cases], properties: {{cases: {{type: array, items: {FIELDS}}}}}}}"
)
MADE = f"{{type: object, properties: {{cases: {many('Case')}}}}}"
LISTED = (
    "{type: object, required: [cases, total], properties: {cases: "
    f"{many('Case')}, total: {{type: integer}}}}}}"
)
ASKED = (
    "{type: object, properties: {page: {type: integer}, per_page: {type: integer},"
    " subject: {type: string}, filter: {type: object, properties: {priority: {type: string}}}}}"
)
IDS = "{type: object, required: [ids], properties: {ids: {type: array, items: {type: string}}}}"
PATHS = f"""
  /cases:
    post: {{{body(FIELDS)}, responses: {{{shows(201, CASE)}}}}}
    get:
      parameters: [{{name: status, in: query, schema: {{type: string}}}}]
      responses: {{{shows(200, many("Case"))}}}
    delete:
      parameters:
      - {{name: ids, in: query, schema: {{type: array, items: {{type: string}}}}}}
      - {{name: priority, in: query, schema: {{type: string}}}}
      - {{name: older_than, in: query, schema: {{type: string}}}}
      responses: {{{DONE}}}
  /cases/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, CASE)}, {NONE}}}}}
  /cases/{{id}}:archive:
    parameters: [{ID}]
    post: {{responses: {{{shows(200, CASE)}, {NONE}}}}}
  /cases/{{id}}/hold:
    parameters: [{ID}]
    post: {{responses: {{{DONE}, {NONE}}}}}
  /cases/{{id}}/watch:
    parameters: [{ID}]
    put: {{responses: {{{DONE}, {NONE}}}}}
    delete: {{responses: {{{DONE}, {NONE}}}}}
    get: {{responses: {{{DONE}, {NONE}}}}}
  /cases/{{id}}/labels:
    parameters: [{ID}]
    put:
      {body("{type: array, items: {type: string}}")}
      responses: {{{shows(200, "{type: array, items: {type: string}}")}, {NONE}}}
    get: {{responses: {{{shows(200, "{type: array, items: {type: string}}")}, {NONE}}}}}
  /cases/search:
    post: {{{body(ASKED)}, responses: {{{shows(200, LISTED)}}}}}
  /cases/count:
    get: {{responses: {{{shows(200, "{type: object, properties: {count: {type: integer}}}")}}}}}
  /cases/bulk:
    post:
      {body(NEW)}
      responses: {{{shows(201, MADE)}}}
  /cases/bulk-delete:
    post:
      {body(IDS)}
      responses: {{{shows(200, "{type: object, properties: {deleted: {type: integer}}}")}}}
  /motd:
    put: {{{body("{type: string}", "text/plain")}, responses: {{{DONE}}}}}
    get: {{responses: {{{shows(200, "{type: string}", "text/plain")}}}}}
  /paused:
    put: {{{body("{type: boolean}")}, responses: {{{shows(200, "{type: boolean}")}}}}}
    get: {{responses: {{{shows(200, "{type: boolean}")}}}}}
"""


@pytest.fixture
def call(tmp_path: Path) -> Served:
    return served(tmp_path, PATHS, CASES)


def made(call: Served, *priorities: str) -> list[str]:
    sent = [{"subject": f"s{n}", "priority": p} for n, p in enumerate(priorities)]
    return [call("POST", "/cases", json_=one).json["id"] for one in sent]


def left(call: Served) -> list[str]:
    return [case["id"] for case in call("GET", "/cases").json]


def test_actions_change_the_state_that_they_are_named_after(call: Served) -> None:
    """After a colon as after a slash, shown in the response or not."""
    first, second = made(call, "low", "low")
    assert call("POST", f"/cases/{first}:archive").json["status"] == "archived"
    assert call("POST", f"/cases/{second}/hold").status == 204
    assert call("GET", f"/cases/{second}").json["status"] == "on_hold"
    assert call("POST", "/cases/none/hold").status == 404


def test_a_mark_is_set_and_taken_away(call: Served) -> None:
    (id_,) = made(call, "low")
    assert call("GET", f"/cases/{id_}/watch").status == 404
    assert call("PUT", f"/cases/{id_}/watch").status == 204
    assert call("GET", f"/cases/{id_}/watch").status == 204
    assert call("GET", f"/cases/{id_}").json["watched"] is True
    assert call("DELETE", f"/cases/{id_}/watch").status == 204
    assert call("GET", f"/cases/{id_}/watch").status == 404
    assert call("GET", f"/cases/{id_}").json["watched"] is False
    assert call("PUT", "/cases/none/watch").status == 404


def test_a_search_by_post_finds_what_its_body_says(call: Served) -> None:
    made(call, "low", "high", "high", "low", "high")

    def found(**asked: object) -> tuple[list[str], int]:
        body_ = call("POST", "/cases/search", json_=asked).json
        return [case["subject"] for case in body_["cases"]], body_["total"]

    assert found(subject="s3") == (["s3"], 1)
    assert found(filter={"priority": "high"}) == (["s1", "s2", "s4"], 3)
    assert found(filter={"priority": "high"}, page=2, per_page=2) == (["s4"], 3)
    assert found(subject="nobody") == ([], 0)
    assert found()[1] == 5


def test_several_are_made_at_once(call: Served) -> None:
    sent = {"cases": [{"subject": "a", "priority": "high"}, {"subject": "b"}]}
    shown = call("POST", "/cases/bulk", json_=sent).json["cases"]
    assert [(c["subject"], c["priority"], c["status"]) for c in shown] == [
        ("a", "high", "open"),
        ("b", "low", "open"),
    ]
    assert "note" not in shown[0]  # nothing is made up that nobody sent
    assert left(call) == [c["id"] for c in shown]
    assert call("GET", "/cases/count").json == {"count": 2}


def test_several_are_deleted_at_once(call: Served) -> None:
    ids = made(call, "low", "high", "low", "high")
    assert call("POST", "/cases/bulk-delete", json_={"ids": [ids[0], "none"]}).json == {
        "deleted": 1
    }
    assert left(call) == ids[1:]
    assert call("DELETE", f"/cases?ids={ids[1]}").status == 204
    assert left(call) == ids[2:]
    assert call("DELETE", "/cases?older_than=2020").status == 204
    assert left(call) == ids[2:]  # what is not understood deletes nothing
    assert call("DELETE", "/cases?priority=low").status == 204
    assert left(call) == ids[3:]
    assert call("DELETE", "/cases").status == 204
    assert left(call) == []


def test_plain_values_are_kept_under_their_address(call: Served) -> None:
    (id_,) = made(call, "low")
    assert call("PUT", f"/cases/{id_}/labels", json_=["a", "b"]).json == ["a", "b"]
    assert call("GET", f"/cases/{id_}/labels").json == ["a", "b"]
    assert call("PUT", "/cases/none/labels", json_=["a"]).status == 404
    assert call("PUT", "/paused", json_=True).json is True
    assert call("GET", "/paused").json is True
    assert call("PUT", "/motd", data=b"be kind", content_type="text/plain").status == 204
    assert call("GET", "/motd").body == b"be kind"


BASKET = """
    Basket: {type: object, required: [id, items], properties: {id: {type: string},
      items: {type: array, items: {type: object, required: [product, count], properties:
      {product: {type: string}, count: {type: integer}}}}}}
"""


def test_parts_of_an_object_are_changed_below_it(tmp_path: Path) -> None:
    """Where adding to a list of an object shows the object."""
    basket = "{$ref: '#/components/schemas/Basket'}"
    sent = "{type: object, properties: {product: {type: string}, count: {type: integer}}}"
    product = ID.replace("name: id", "name: product")
    paths = f"""
  /baskets:
    post: {{responses: {{{shows(201, basket)}}}}}
  /baskets/{{id}}:
    get: {{parameters: [{ID}], responses: {{{shows(200, basket)}, {NONE}}}}}
  /baskets/{{id}}/items:
    post: {{parameters: [{ID}], {body(sent)}, responses: {{{shows(200, basket)}, {NONE}}}}}
  /baskets/{{id}}/items/{{product}}:
    parameters: [{ID}, {product}]
    patch: {{{body(sent)}, responses: {{{shows(200, basket)}, {NONE}}}}}
    delete: {{responses: {{{shows(200, basket)}, {NONE}}}}}
"""
    call = served(tmp_path, paths, BASKET)
    path = f"/baskets/{call('POST', '/baskets').json['id']}"
    tea, jam = {"product": "tea", "count": 2}, {"product": "jam", "count": 1}
    assert call("POST", f"{path}/items", json_=tea).json["items"] == [tea]
    assert call("POST", f"{path}/items", json_=jam).json["items"] == [tea, jam]
    assert call("PATCH", f"{path}/items/jam", json_={"count": 3}).status == 200
    assert call("GET", path).json["items"] == [tea, {**jam, "count": 3}]
    assert call("DELETE", f"{path}/items/tea").json["items"] == [{**jam, "count": 3}]
    assert call("DELETE", f"{path}/items/tea").status == 404
    assert call("POST", "/baskets/none/items", json_=tea).status == 404
