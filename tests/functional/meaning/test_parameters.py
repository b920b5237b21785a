"""Every parameter style, in every location that allows it, for every type: what the client sends,
the emulator understands, and what the suite sends, it understands too."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import pytest

from trunkline.emulator import running
from trunkline.emulator.app import application
from trunkline.emulator.defects.base import Defect
from trunkline.ir import ABSENT, Json, Operation, Parameter, ParameterLocation
from trunkline.semantics.parameters import encode

STRING, INTEGER, NUMBER, BOOLEAN = (
    {"type": "string"},
    {"type": "integer"},
    {"type": "number"},
    {"type": "boolean"},
)
OBJECT = {
    "type": "object",
    "required": ["name", "age"],
    "properties": {"name": STRING, "age": INTEGER, "ok": BOOLEAN},
}
TYPES: dict[str, tuple[dict[str, Any], Json]] = {
    "text": (STRING, "blå ?/#&=+%"),
    "number-like text": (STRING, "007"),
    "integer": (INTEGER, -5),
    "number": (NUMBER, 1.5),
    "boolean": (BOOLEAN, False),
    "enum": ({"enum": ["a b", "c"]}, "a b"),
    "integer or text": ({"type": ["integer", "string"]}, 12),
    "nullable": ({"type": ["integer", "null"]}, 3),
    "texts": ({"type": "array", "items": STRING}, ["a b", "c/d"]),
    "one text": ({"type": "array", "items": STRING}, ["solo"]),
    "integers": ({"type": "array", "items": INTEGER}, [3, -1]),
    "object": (OBJECT, {"name": "a b", "age": 4, "ok": True}),
}
NESTED: dict[str, tuple[dict[str, Any], Json]] = {
    "nested": (
        {
            "type": "object",
            "properties": {
                "range": {"type": "object", "properties": {"from": INTEGER, "to": INTEGER}},
                "tags": {"type": "array", "items": STRING},
            },
        },
        {"range": {"from": 1, "to": 2}, "tags": ["a", "b&c"]},
    ),
    "objects in a list": (
        {
            "type": "object",
            "properties": {"lines": {"type": "array", "items": OBJECT}},
        },
        {"lines": [{"name": "a", "age": 1}, {"name": "b", "age": 2, "ok": False}]},
    ),
    "map": ({"type": "object", "additionalProperties": INTEGER}, {"a b": 1, "c": 2}),
}
SAFE_TEXT = {"text": "plain", "number-like text": "007", "enum": "c"}
"""What a header or a bare cookie can carry."""

ROWS: list[tuple[str, str, bool | None, str, dict[str, Any], Json]] = []


def add(location: str, style: str, explode: bool | None, only: tuple[str, ...] = ()) -> None:
    for name, (schema, value) in TYPES.items():
        if only and name not in only:
            continue
        if style in ("spaceDelimited", "pipeDelimited") and name in ("texts", "object"):
            # A space in an item is not told from one between items: OpenAPI says so itself.
            value = ["ab", "c/d"] if name == "texts" else {"name": "ab", "age": 4, "ok": True}
        if location == "header" or style == "cookie":
            value = SAFE_TEXT.get(name, value)
            if name == "enum":
                schema = {"enum": ["c", "d"]}
            if name in ("texts", "object"):
                value = ["ab", "cd"] if name == "texts" else {"name": "ab", "age": 4, "ok": True}
        ROWS.append((location, style, explode, name, schema, value))


MANY = ("texts", "one text", "integers", "object")
for _style in ("simple", "label", "matrix"):
    add("path", _style, explode=False)
    add("path", _style, explode=True)
for _explode in (False, True):
    add("query", "form", _explode)
    add("header", "simple", _explode)
    add("cookie", "form", _explode)
    add("cookie", "cookie", _explode)
add("query", "spaceDelimited", False, MANY)
add("query", "pipeDelimited", False, MANY)
add("query", "deepObject", True, ("object",))
ROWS += [("query", "deepObject", True, n, schema, value) for n, (schema, value) in NESTED.items()]
ROWS += [
    (location, "content", None, name, schema, value)
    for location in ("query", "header", "cookie")
    for name, (schema, value) in {**TYPES, **NESTED}.items()
    if name in ("object", "nested", "integers") and not (location == "cookie" and name == "object")
]


def label(row: tuple[str, str, bool | None, str, dict[str, Any], Json]) -> str:
    explode = {None: "", True: " exploded", False: " joined"}[row[2]]
    return f"{row[0]} {row[1]}{explode} {row[3]}"


def described() -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for index, (location, style, explode, _, schema, _) in enumerate(ROWS):
        name = "X-Value" if location == "header" else "value"
        parameter: dict[str, Any] = {"name": name, "in": location, "required": True}
        if style == "content":
            parameter["content"] = {"application/json": {"schema": schema}}
        else:
            parameter |= {"style": style, "explode": explode, "schema": schema}
        path = f"/r{index}/{{value}}" if location == "path" else f"/r{index}"
        paths[path] = {
            "get": {
                "operationId": f"op{index}",
                "parameters": [parameter],
                "responses": {"204": {"description": "Understood."}},
            }
        }
    return {
        "openapi": "3.2.0",
        "info": {"title": "Styles", "version": "1"},
        "servers": [{"url": "http://127.0.0.1"}],
        "paths": paths,
    }


class Recorder(Defect):
    """Keeps the parameters that the emulator understood, and what it refused."""

    def __init__(self) -> None:
        self.understood: Json = None
        self.problems: list[str] = []

    def parameter_problems(self, call, problems):
        self.problems = [p.detail for p in problems]
        found = {**call.path, **call.query, **call.headers, **call.cookies}
        known = {name.lower(): value for name, value in found.items()}
        self.understood = known.get("value", known.get("x-value"))
        return problems


@pytest.fixture(scope="module")
def styles(package):
    return package("manystyles", described())


@pytest.fixture(scope="module")
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture(scope="module")
def server(styles, recorder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(application, "create_defects", lambda _: (recorder,))
        with running(styles.api, defects=("recorder",)) as started:
            yield started


def only_method(resource: Any) -> Any:
    names = [n for n in dir(resource) if not n.startswith(("_", "with_"))]
    return getattr(resource, names[0])


@pytest.mark.parametrize("index", range(len(ROWS)), ids=lambda i: label(ROWS[i]))
def test_what_the_client_sends_the_emulator_understands(
    styles, server, recorder, index: int
) -> None:
    value = ROWS[index][5]
    recorder.understood = None
    argument = "x_value" if ROWS[index][0] == "header" else "value"
    with styles.client(server.url) as client:
        only_method(getattr(client, f"r{index}"))(**{argument: value})
    assert recorder.problems == []
    assert recorder.understood == value
    assert type(recorder.understood) is type(value)


def sent(operation: Operation, parameter: Parameter, value: Json) -> dict[str, Any]:
    """A request that carries a value as the suite writes it."""
    pairs = encode(parameter, value).flat()
    path, query, headers = operation.path, "", {}
    if parameter.location is ParameterLocation.PATH:
        path = path.replace("{value}", quote(pairs[0][1], safe=""))
    elif parameter.location is ParameterLocation.QUERY:
        query = urlencode(pairs)
    elif parameter.location is ParameterLocation.HEADER:
        headers = dict(pairs)
    else:
        plain = str if parameter.style == "cookie" else quote
        written = encode(parameter, value)
        pairs = [(n, written.delimiter.join(map(plain, v))) for n, v in written.pairs]
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in pairs)}
    return {"url": f"{path}?{query}" if query else path, "headers": headers}


@pytest.mark.parametrize("index", range(len(ROWS)), ids=lambda i: label(ROWS[i]))
def test_what_the_suite_sends_the_emulator_understands(
    styles, server, recorder, index: int
) -> None:
    value = ROWS[index][5]
    recorder.understood = ABSENT
    operation = styles.api.operation(f"op{index}")
    request = sent(operation, operation.parameters[0], value)
    with httpx2.Client(base_url=server.url) as client:
        response = client.get(**request)
    assert response.status_code == 204, response.text
    assert recorder.understood == value


@pytest.mark.parametrize(
    ("style", "text"), [("label", "blue"), ("matrix", "blue"), ("matrix", ";other=blue")]
)
def test_a_path_of_another_style_is_refused(styles, server, style: str, text: str) -> None:
    index = next(i for i, row in enumerate(ROWS) if row[:2] == ("path", style))
    with httpx2.Client(base_url=server.url) as client:
        response = client.get(f"/r{index}/{text}")
    assert response.status_code in {400, 404, 422}
