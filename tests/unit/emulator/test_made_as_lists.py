"""Objects whose creation is answered with a list: it holds what was made, and that can be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .served import Served
from .test_any_description import ID, body, many, served, shows

SCAN = """
    Scan: {type: object, required: [id], properties: {id: {type: string, readOnly: true},
      title: {type: string}, size: {type: integer}}}
"""
REF = "{$ref: '#/components/schemas/Scan'}"
FIELDS = "{type: object, properties: {title: {type: string}}}"
COUNTED = (
    "{type: object, properties: {total_count: {type: integer, example: 7}, entries: "
    + many("Scan")
    + "}}"
)
FILE = (
    "{type: object, required: [file], properties: {title: {type: string}, "
    "file: {type: string, format: binary}}}"
)
ONE = f"""
  /scans/{{id}}:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, REF)}, '404': {{description: none}}}}}}
    delete: {{responses: {{'204': {{description: gone}}, '404': {{description: none}}}}}}
"""
BYTES = "{type: string, format: binary}"
UPLOADS = f"""
  /scans/%s:
    post: {{{body(FILE, "multipart/form-data")}, responses: {{{shows(201, COUNTED)}}}}}
  /scans/{{id}}/%s:
    parameters: [{ID}]
    get: {{responses: {{{shows(200, BYTES, "application/octet-stream")}}}}}
    post: {{{body(FILE, "multipart/form-data")}, responses: {{{shows(201, COUNTED)}}}}}
"""


def form(title: str, data: str) -> dict[str, Any]:
    parts = {'name="title"': title, 'name="file"; filename="a.bin"': data}
    text = "".join(
        f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n"
        for head, value in parts.items()
    )
    return {"data": f"{text}--x--\r\n".encode(), "content_type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize("word", ["content", "upload"])
def test_files(tmp_path: Path, word: str) -> None:
    """What is uploaded beside the objects is one of them, and a new version of it the same one."""
    call = served(tmp_path, UPLOADS % (word, word) + ONE, SCAN)
    made = call("POST", f"/scans/{word}", **form("A", "hello"))
    assert made.status == 201
    (scan,) = made.json["entries"]
    assert (scan["title"], scan["size"], made.json["total_count"]) == ("A", 5, 1)
    assert call("GET", f"/scans/{scan['id']}").json == scan
    assert call("GET", f"/scans/{scan['id']}/{word}").body == b"hello"
    again = call("POST", f"/scans/{scan['id']}/{word}", **form("B", "goodbye")).json
    assert again == {"total_count": 1, "entries": [{**scan, "title": "B", "size": 7}]}
    assert call("GET", f"/scans/{scan['id']}").json == again["entries"][0]
    assert call("GET", f"/scans/{scan['id']}/{word}").body == b"goodbye"
    assert call("DELETE", f"/scans/{scan['id']}").status == 204
    assert call("GET", f"/scans/{scan['id']}").status == 404


def scans(request: str, response: str) -> str:
    listing = f"get: {{responses: {{{shows(200, COUNTED)}}}}}"
    posting = f"post: {{{body(request)}, responses: {{{shows(201, response)}}}}}"
    return f"  /scans:\n    {listing}\n    {posting}\n{ONE}"


def in_entries(call: Served, value: Any) -> Any:
    reply = call("POST", "/scans", json_=value).json
    assert reply["total_count"] == len(reply["entries"])
    return reply["entries"]


def test_one_in_an_envelope(tmp_path: Path) -> None:
    call = served(tmp_path, scans(FIELDS, COUNTED), SCAN)
    (made,) = in_entries(call, {"title": "A"})
    assert made["title"] == "A"
    assert call("GET", f"/scans/{made['id']}").json == made
    assert call("GET", "/scans").json == {"total_count": 1, "entries": [made]}


def test_one_in_a_plain_list(tmp_path: Path) -> None:
    call = served(tmp_path, scans(FIELDS, many("Scan")), SCAN)
    (made,) = call("POST", "/scans", json_={"title": "A"}).json
    assert made["title"] == "A"
    assert call("GET", f"/scans/{made['id']}").json == made


@pytest.mark.parametrize("wrapped", [True, False])
def test_several(tmp_path: Path, wrapped: bool) -> None:
    """What lists several is answered with all of them, in order; each can be read."""
    several = f"{{type: array, items: {FIELDS}}}"
    request = f"{{type: object, properties: {{entries: {several}}}}}" if wrapped else several
    call = served(tmp_path, scans(request, COUNTED), SCAN)
    sent: Any = [{"title": "A"}, {"title": "B"}]
    made = in_entries(call, {"entries": sent} if wrapped else sent)
    assert [one["title"] for one in made] == ["A", "B"]
    assert [call("GET", f"/scans/{one['id']}").json for one in made] == made
    assert call("GET", "/scans").json["entries"] == made


def test_several_are_made_together_or_not_at_all(tmp_path: Path) -> None:
    several = f"{{type: array, items: {REF}}}"
    unique = SCAN.replace("title: {", "title: {x-trunkline-unique: true, ")
    refused = f"{COUNTED[:0]}{shows(201, COUNTED)}, '409': {{description: taken}}"
    paths = scans(several, COUNTED).replace(shows(201, COUNTED), refused)
    call = served(tmp_path, paths, unique)
    assert call("POST", "/scans", json_=[{"title": "A"}, {"title": "A"}]).status == 409
    assert call("GET", "/scans").json == {"total_count": 0, "entries": []}


def test_one_for_each_value(tmp_path: Path) -> None:
    """`titles` are those of as many objects."""
    asked = "{type: object, properties: {titles: {type: array, items: {type: string}}}}"
    call = served(tmp_path, scans(asked, COUNTED), SCAN)
    made = in_entries(call, {"titles": ["A", "B"]})
    assert [one["title"] for one in made] == ["A", "B"]
    assert call("GET", f"/scans/{made[1]['id']}").json == made[1]


def test_a_question_makes_nothing(tmp_path: Path) -> None:
    """A POST that responds with objects of which it tells nothing asks for them."""
    asked = "{type: object, properties: {from: {type: string}, until: {type: string}}}"
    paths = f"""
  /scans/recent: {{post: {{{body(asked)}, responses: {{{shows(200, COUNTED)}}}}}}}
{ONE}  /scans: {{get: {{responses: {{{shows(200, COUNTED)}}}}}}}
"""
    call = served(tmp_path, paths, SCAN)
    before = call("GET", "/scans").json
    call("POST", "/scans/recent", json_={"from": "today"})
    assert call("GET", "/scans").json == before
