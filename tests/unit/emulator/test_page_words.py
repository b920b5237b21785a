"""What responses of lists tell about their pages, in members and headers, by the field's names."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline.semantics.pagewords import PageWord, header_word, page_word

from .served import Served
from .test_any_description import NOTE, many, notes, served, shows

REF = "{$ref: '#/components/schemas/Note'}"
FIELDS = "{type: object, properties: {title: {type: string}}}"
WHOLE = "{type: integer, minimum: 0}"
ADDRESS = "{type: [string, 'null'], format: uri}"


def listed(folder: Path, parameters: dict[str, str], response: str, headers: str = "") -> Served:
    """A service with five notes whose list has these parameters and this response."""
    asked = ", ".join(
        f"{{name: {name}, in: query, schema: {schema}}}" for name, schema in parameters.items()
    )
    content = f"application/json: {{schema: {response}}}"
    ok = f"'200': {{description: d, headers: {{{headers}}}, content: {{{content}}}}}"
    lister = f"\n    get: {{parameters: [{asked}], responses: {{{ok}}}}}"
    paths = notes(FIELDS, REF).replace("\n    post:", f"{lister}\n    post:", 1)
    call = served(folder, paths, NOTE)
    for number in range(5):
        assert call("POST", "/notes", json_={"title": f"n{number}"}).status == 201
    return call


def test_headers_tell_totals_and_addresses(tmp_path: Path) -> None:
    text, whole = "{schema: {type: string}}", "{schema: {type: integer}}"
    call = listed(
        tmp_path,
        {"page": "{type: integer, minimum: 1}", "per_page": "{type: integer}"},
        many("Note"),
        f"Link: {text}, X-Total: {whole}, X-Total-Pages: {whole}, X-Page: {whole},"
        f" X-Per-Page: {whole}, X-Next-Page: {text}, X-Prev-Page: {whole}",
    )
    headers = call("GET", "/notes?page=2&per_page=2").headers
    told = {n: v for n, v in headers.items() if n.startswith("x-")}
    assert told == {
        "x-total": "5",
        "x-total-pages": "3",
        "x-page": "2",
        "x-per-page": "2",
        "x-next-page": "3",
        "x-prev-page": "1",
    }
    at = "http://localhost/notes?per_page=2&page="
    assert headers["link"] == (
        f'<{at}3>; rel="next", <{at}1>; rel="prev", <{at}1>; rel="first", <{at}3>; rel="last"'
    )
    last = call("GET", "/notes?page=3&per_page=2").headers
    assert "next" not in last["link"]
    assert "x-next-page" not in last


def test_pages_that_are_counted_from_nothing(tmp_path: Path) -> None:
    """A least number of 0 says that the first page has it."""
    flags = ", ".join(f"{name}: {{type: boolean}}" for name in ("first", "last", "empty"))
    counts = ", ".join(
        f"{name}: {{type: integer}}"
        for name in ("totalElements", "totalPages", "number", "size", "numberOfElements")
    )
    names = "content, totalElements, totalPages, number, size, numberOfElements, first, last, empty"
    response = (
        f"{{type: object, required: [{names}],"
        f" properties: {{content: {many('Note')}, {counts}, {flags}}}}}"
    )
    call = listed(tmp_path, {"page": WHOLE, "size": WHOLE}, response)
    first = call("GET", "/notes?page=0&size=2").json
    assert [note["title"] for note in first.pop("content")] == ["n0", "n1"]
    assert first == {
        "totalElements": 5,
        "totalPages": 3,
        "number": 0,
        "size": 2,
        "numberOfElements": 2,
        "first": True,
        "last": False,
        "empty": False,
    }
    last = call("GET", "/notes?page=2&size=2").json
    assert (last["number"], last["numberOfElements"]) == (2, 1)
    assert (last["first"], last["last"], last["empty"]) == (False, True, False)


def test_addresses_of_the_pages_beside(tmp_path: Path) -> None:
    response = (
        "{type: object, required: [results, count, next, previous], properties: {results: "
        f"{many('Note')}, count: {{type: integer}}, next: {ADDRESS}, previous: {ADDRESS}}}}}"
    )
    call = listed(tmp_path, {"offset": WHOLE, "limit": WHOLE}, response)
    assert call("GET", "/notes?limit=2").json["previous"] is None
    middle = call("GET", "/notes?limit=2&offset=2").json
    assert middle["count"] == 5
    assert middle["previous"] == "http://localhost/notes?limit=2&offset=0"
    assert middle["next"] == "http://localhost/notes?limit=2&offset=4"
    assert call("GET", "/notes?limit=2&offset=4").json["next"] is None


@pytest.mark.parametrize("name", ["total", "count", "TotalCount"])
def test_a_list_without_pages_says_how_many_there_are(tmp_path: Path, name: str) -> None:
    response = (
        f"{{type: object, required: [notes, {name}], properties: {{notes: {many('Note')},"
        f" {name}: {{type: integer}}}}}}"
    )
    assert listed(tmp_path, {}, response)("GET", "/notes").json[name] == 5


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("@odata.count", PageWord.TOTAL),
        ("prev_cursor", PageWord.PREVIOUS),
        ("isLast", PageWord.LAST),
        ("note", None),
    ],
)
def test_members(name: str, word: PageWord | None) -> None:
    assert page_word(name) is word


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("X-Total-Count", PageWord.TOTAL),
        ("X-Pagination-Total-Pages", PageWord.PAGES),
        ("Total-Count", PageWord.TOTAL),
        ("X-RateLimit-Limit", None),
        ("Size", None),
    ],
)
def test_headers(name: str, word: PageWord | None) -> None:
    assert header_word(name) is word


def test_the_envelope_that_has_a_place_for_the_object(tmp_path: Path) -> None:
    """Of one with an error and one with the object, the object's."""
    failed = "{type: object, required: [error], properties: {error: {type: string}}}"
    kept = f"{{type: object, required: [note], properties: {{note: {REF}}}}}"
    call = served(tmp_path, notes(FIELDS, f"{{oneOf: [{failed}, {kept}]}}"), NOTE)
    shown = call("POST", "/notes", json_={"title": "Hi"}).json
    assert list(shown) == ["note"]
    assert call("GET", f"/notes/{shown['note']['id']}").json == shown


def test_what_lists_show(tmp_path: Path) -> None:
    """The words are asked of what is described, and nothing else is added."""
    call = served(
        tmp_path,
        f"  /notes:\n    get: {{responses: {{{shows(200, many('Note'))}}}}}\n",
        NOTE,
    )
    reply = call("GET", "/notes")
    assert reply.status == 200
    assert not [name for name in reply.headers if "total" in name or name == "link"]
