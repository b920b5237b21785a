"""Lists are narrowed by parameters that do not name a property: a text anywhere, the beginning of
a name, one of the things that objects hold several of."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from .served import Served
from .test_any_description import body, many, served, shows

FIELDS = """{type: object, properties: {title: {type: string}, story: {type: string},
  tags: {type: array, items: {type: string}}, actor_ids: {type: array, items: {type: integer}},
  crew: {type: array, items: {type: object, properties: {id: {type: string},
  name: {type: string}}}}, studio: {type: object, properties: {city: {type: string}}}}}"""
FILM = FIELDS.replace(
    "properties: {title",
    "required: [id], properties: {id: {type: string, readOnly: true}, "
    "made: {type: string, format: date-time, readOnly: true}, title",
    1,
)
PAGED = "{name: limit, in: query, schema: {type: integer}}, {name: after, in: query, schema: {type: string}}"  # noqa: E501  # a description
FILMS: list[dict[str, object]] = [
    {"title": "Harbour Lights", "story": "A ship comes home", "tags": ["sea", "slow"],
     "actor_ids": [1, 12], "crew": [{"id": "c1", "name": "Ada"}], "studio": {"city": "Ghent"}},
    {"title": "The Slow Train", "story": "Nobody gets off", "tags": ["rail"], "actor_ids": [2],
     "crew": [{"id": "c2", "name": "Bob"}], "studio": {"city": "Oslo"}},
    {"title": "Homeward", "story": "HARBOUR again", "tags": ["sea"], "actor_ids": [],
     "crew": [{"id": "c1", "name": "Ada"}, {"id": "c2", "name": "Bob"}]},
]  # fmt: skip


def films(folder: Path, parameter: str, schema: str = "{type: string}") -> Served:
    response = (
        "{type: object, properties: {total: {type: integer}, next: {type: string, nullable: true}, "
        "films: " + many("Film") + "}}"
    )
    asked = f"{{name: '{parameter}', in: query, schema: {schema}}}"
    paths = f"""
  /films:
    get: {{parameters: [{PAGED}, {asked}], responses: {{{shows(200, response)}}}}}
    post: {{{body(FIELDS)}, responses: {{{shows(201, "{$ref: '#/components/schemas/Film'}")}}}}}
"""
    call = served(folder, paths, f"    Film: {FILM}\n")
    for film in FILMS:
        assert call("POST", "/films", json_=film).status == 201
    return call


def titles(call: Served, parameter: str, wanted: str) -> list[str]:
    shown = call("GET", f"/films?{parameter}={quote(wanted)}").json
    assert shown["total"] == len(shown["films"])
    return [film["title"] for film in shown["films"]]


ONE, TWO, THREE = (str(film["title"]) for film in FILMS)


@pytest.mark.parametrize("parameter", ["q", "search", "query", "search_term", "keyword"])
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("harbour", [ONE, THREE]),
        ("TRAIN", [TWO]),
        ("slow", [ONE, TWO]),
        ("oslo", [TWO]),
        ("ada", [ONE, THREE]),
        ("nothing of this", []),
        ("20", []),
        ("", [ONE, TWO, THREE]),
    ],
)
def test_a_text_anywhere(tmp_path: Path, parameter: str, wanted: str, expected: list[str]) -> None:
    assert titles(films(tmp_path, parameter), parameter, wanted) == expected


@pytest.mark.parametrize(
    "parameter", ["prefix", "title_prefix", "title_starts_with", "titlePrefix"]
)
def test_the_beginning_of_a_name(tmp_path: Path, parameter: str) -> None:
    call = films(tmp_path, parameter)
    assert titles(call, parameter, "Ho") == [THREE]
    assert titles(call, parameter, "Ha") == [ONE]
    assert titles(call, parameter, "Train") == []


@pytest.mark.parametrize(
    ("parameter", "schema", "wanted", "expected"),
    [
        ("tag", "{type: string}", "sea", [ONE, THREE]),
        ("tags", "{type: string}", "rail", [TWO]),
        ("tags", "{type: array, items: {type: string}}", "rail", [TWO]),
        ("tag", "{type: string}", "se", []),
        ("actor_id", "{type: integer}", "1", [ONE]),
        ("crew_id", "{type: string}", "c2", [TWO, THREE]),
        ("crew", "{type: string}", "Bob", [TWO, THREE]),
        ("filter[tag]", "{type: string}", "sea", [ONE, THREE]),
    ],
)
def test_what_objects_hold_several_of(
    tmp_path: Path, parameter: str, schema: str, wanted: str, expected: list[str]
) -> None:
    assert titles(films(tmp_path, parameter, schema), parameter, wanted) == expected


def test_pages_of_what_is_found(tmp_path: Path) -> None:
    call = films(tmp_path, "q")
    first = call("GET", "/films?q=harbour&limit=1").json
    assert ([film["title"] for film in first["films"]], first["total"]) == ([ONE], 2)
    after = call("GET", f"/films?q=harbour&limit=1&after={quote(first['next'])}").json
    assert [film["title"] for film in after["films"]] == [THREE]
    assert not after.get("next")


def test_how_many_are_wanted_is_none_of_what_objects_hold(tmp_path: Path) -> None:
    """Also where nothing makes pages of the list."""
    shop = "{type: object, properties: {id: {type: string}, limits: {type: array, items: {type: integer}}}}"  # noqa: E501  # a description
    asked = "{name: limit, in: query, schema: {type: integer}}"
    paths = f"""
  /shops:
    get: {{parameters: [{asked}], responses: {{{shows(200, many("Shop"))}}}}}
    post: {{{body(shop)}, responses: {{{shows(201, "{$ref: '#/components/schemas/Shop'}")}}}}}
"""
    call = served(tmp_path, paths, f"    Shop: {shop}\n")
    made = [call("POST", "/shops", json_={"limits": [n]}).json for n in (4, 5)]
    assert call("GET", "/shops?limit=4").json == made
