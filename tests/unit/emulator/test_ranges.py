"""Lists by ranges of items: `Range: items=0-24`, `Content-Range: items 0-24/100`."""

from __future__ import annotations

from pathlib import Path

import pytest

from .served import Served
from .test_any_description import body, many, served, shows

FIELDS = "{type: object, properties: {name: {type: string}}}"
CAVE = f"{FIELDS[:-2]}, id: {{type: string, readOnly: true}}}}}}"


def caves(folder: Path, asked: str = "{type: string}", *, more: str = "") -> Served:
    whole = shows(200, many("Cave"))
    header = f"{{name: Range, in: header, schema: {asked}}}"
    paths = f"""
  /caves:
    get: {{parameters: [{header}], responses: {{{whole}{more}}}}}
    post: {{{body(FIELDS)}, responses: {{{shows(201, "{$ref: '#/components/schemas/Cave'}")}}}}}
"""
    call = served(folder, paths, f"    Cave: {CAVE}\n")
    for number in range(5):
        assert call("POST", "/caves", json_={"name": f"c{number}"}).status == 201
    return call


PART = f", {shows(206, many('Cave'))}, '416': {{description: behind the end}}"


@pytest.mark.parametrize(
    ("asked", "status", "told", "names"),
    [
        (None, 200, "items 0-4/5", "01234"),
        ("items=0-1", 206, "items 0-1/5", "01"),
        ("items=1-1", 206, "items 1-1/5", "1"),
        ("items=3-9", 206, "items 3-4/5", "34"),
        ("items=2-", 206, "items 2-4/5", "234"),
        ("items=0-4", 200, "items 0-4/5", "01234"),
        # What is not understood is ignored (RFC 9110, 14.2).
        ("bytes=0-1", 200, "items 0-4/5", "01234"),
        ("items=3-1", 200, "items 0-4/5", "01234"),
        ("some", 200, "items 0-4/5", "01234"),
        ("items=5-9", 416, "items */5", None),
    ],
)
def test_ranges(
    tmp_path: Path, asked: str | None, status: int, told: str, names: str | None
) -> None:
    call = caves(tmp_path, more=PART)
    reply = call("GET", "/caves", **({} if asked is None else {"range": asked}))
    assert (reply.status, reply.headers["content-range"]) == (status, told)
    if names is not None:
        assert [cave["name"] for cave in reply.json] == [f"c{n}" for n in names]


def test_where_only_whole_lists_are_described(tmp_path: Path) -> None:
    call = caves(tmp_path)
    reply = call("GET", "/caves", range="items=1-2")
    assert (reply.status, reply.headers["content-range"]) == (200, "items 1-2/5")
    assert [cave["name"] for cave in reply.json] == ["c1", "c2"]
    behind = call("GET", "/caves", range="items=7-8")
    assert (behind.status, behind.json) == (200, [])


def test_another_unit(tmp_path: Path) -> None:
    call = caves(tmp_path, "{type: string, examples: ['caves=0-9']}", more=PART)
    reply = call("GET", "/caves", range="caves=1-2")
    assert (reply.status, reply.headers["content-range"]) == (206, "caves 1-2/5")
    assert call("GET", "/caves", range="items=1-2").status == 200


def test_bytes_are_no_items(tmp_path: Path) -> None:
    call = caves(tmp_path, "{type: string, examples: ['bytes=0-9']}", more=PART)
    reply = call("GET", "/caves", range="bytes=0-1")
    assert (reply.status, len(reply.json)) == (200, 5)
    assert "content-range" not in reply.headers
