"""What the overlay from one description to another says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from trunkline.diagnostics import Diagnostics
from trunkline.overlay import NotMappingError, checked, difference, overlay_in
from trunkline.source import parse, written

OLD: dict[str, Any] = {
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/pets": {
            "get": {
                "summary": "List",
                "tags": ["a", "b"],
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                    {"name": "page", "in": "query", "schema": {"type": "integer"}},
                ],
            }
        },
    },
}


def edited(*tokens: str | int, to: Any = None) -> dict[str, Any]:
    new: Any = json.loads(json.dumps(OLD))
    *holder, last = tokens
    place = new
    for token in holder:
        place = place[token]
    if to is None:
        del place[last]
    else:
        place[last] = to
    return new


GET = ("paths", "/pets", "get")
ROWS: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "a value": (
        edited(*GET, "summary", to="All"),
        [{"target": "$.paths['/pets'].get", "update": {"summary": "All"}}],
    ),
    "a member added": (
        edited("x-new", to={"a": 1}),
        [{"target": "$", "update": {"x-new": {"a": 1}}}],
    ),
    "a member gone": (
        edited(*GET, "summary"),
        [{"target": "$.paths['/pets'].get.summary", "remove": True}],
    ),
    "an item added": (
        edited(*GET, "tags", to=["a", "b", "c"]),
        [{"target": "$.paths['/pets'].get.tags", "update": "c"}],
    ),
    "an item gone": (
        edited(*GET, "tags", to=["b"]),
        [{"target": "$.paths['/pets'].get.tags[?@ == 'a']", "remove": True}],
    ),
    "items in another order": (
        edited(*GET, "tags", to=["b", "a"]),
        [
            {"target": "$.paths['/pets'].get.tags", "remove": True},
            {"target": "$.paths['/pets'].get", "update": {"tags": ["b", "a"]}},
        ],
    ),
    "inside a parameter": (
        edited(*GET, "parameters", 1, "schema", "type", to="string"),
        [
            {
                "target": "$.paths['/pets'].get.parameters[?@.name == 'page' && @.in == 'query']"
                ".schema",
                "update": {"type": "string"},
            }
        ],
    ),
    "a parameter gone": (
        edited(*GET, "parameters", 0),
        [
            {
                "target": "$.paths['/pets'].get.parameters[?@.name == 'limit' && @.in == 'query']",
                "remove": True,
            }
        ],
    ),
    "an object for a value": (
        edited("info", "title", to={"en": "Shop"}),
        [
            {"target": "$.info.title", "remove": True},
            {"target": "$.info", "update": {"title": {"en": "Shop"}}},
        ],
    ),
    "nothing": (OLD, []),
}


@pytest.mark.parametrize("row", ROWS)
def test_an_edit_is_one_narrow_action(row: str) -> None:
    new, actions = ROWS[row]
    assert difference(OLD, new, title="t")["actions"] == actions


@pytest.mark.parametrize("row", [row for row in ROWS if row != "nothing"])
def test_the_overlay_makes_one_of_the_other(row: str) -> None:
    new, _ = ROWS[row]
    found = Diagnostics()
    overlay = overlay_in("o.yaml", written(difference(OLD, new, title="t")), found)
    assert checked(parse("a.json", json.dumps(OLD).encode()), overlay, found).file.data == new
    assert not list(found)


def test_true_is_not_one() -> None:
    assert difference({"a": 1}, {"a": True}, title="t")["actions"] == [
        {"target": "$", "update": {"a": True}}
    ]


def test_a_list_has_no_overlay() -> None:
    with pytest.raises(NotMappingError):
        difference([], {}, title="t")


def test_a_parameter_is_named_by_its_place_where_its_name_is_not_its_own() -> None:
    one = {"name": "a", "schema": {"type": "string"}}
    old: Any = {"parameters": [one, dict(one)]}
    new: Any = {"parameters": [one, {"name": "a", "schema": {"type": "integer"}}]}
    (action,) = difference(old, new, title="t")["actions"]  # type: ignore[misc]
    assert action["target"] == "$.parameters[1].schema"
