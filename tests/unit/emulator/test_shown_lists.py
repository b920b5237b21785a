"""Lists of what nobody makes hold what the description shows, no more and no less."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .served import Served
from .test_any_description import HEAD

PEAKS = [
    {"id": f"p{number}", "name": f"Peak {number}", "height": 1000 + number} for number in range(5)
]
SCHEMA = {
    "Peak": {
        "type": "object",
        "required": ["id", "name"],
        "properties": {
            "id": {"type": "string"},
            "name": {"type": "string"},
            "height": {"type": "integer"},
            "story": {"type": "string"},
        },
    }
}
REF = {"$ref": "#/components/schemas/Peak"}


def content(schema: Any, example: Any = None) -> dict[str, Any]:
    shown = {} if example is None else {"example": example}
    return {"description": "d", "content": {"application/json": {"schema": schema, **shown}}}


def peaks(folder: Path, listed: dict[str, Any], read: dict[str, Any] | None = None) -> Served:
    one = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    missing = {"404": {"description": "none"}}
    paths = {
        "/peaks": {"get": {"responses": {"200": listed}}},
        "/peaks/{id}": {
            "get": {"parameters": [one], "responses": {"200": read or content(REF), **missing}}
        },
    }
    text = HEAD.replace("paths:\n", "") + f"paths: {json.dumps(paths)}\n"
    return Served(folder, f"{text}components: {json.dumps({'schemas': SCHEMA})}\n")


ARRAY = {"type": "array", "items": REF}
COUNTED = {"type": "object", "properties": {"count": {"type": "integer"}, "peaks": ARRAY}}


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("place", ["media type", "schema", "inside"])
def test_as_many_as_are_shown(tmp_path: Path, count: int, place: str) -> None:
    shown = PEAKS[:count]
    whole = {"count": 99, "peaks": shown}
    listed = {
        "media type": content(COUNTED, whole),
        "schema": content({**COUNTED, "example": whole}),
        "inside": content(
            {
                "type": "object",
                "properties": {"count": {"type": "integer"}, "peaks": {**ARRAY, "example": shown}},
            }
        ),
    }[place]
    call = peaks(tmp_path, listed)
    found = call("GET", "/peaks").json
    assert found["count"] == count
    assert [{k: peak[k] for k in PEAKS[0]} for peak in found["peaks"]] == shown
    for peak in found["peaks"]:
        assert call("GET", f"/peaks/{peak['id']}").json == peak
    assert call("GET", "/peaks/nowhere").status == 404


def test_what_reading_shows_beside(tmp_path: Path) -> None:
    """The same object tells more where it is read; another one that is shown can be read too."""
    whole = {**PEAKS[0], "story": "Long ago"}
    call = peaks(tmp_path, content(ARRAY, [PEAKS[0]]), content(REF, whole))
    assert call("GET", f"/peaks/{whole['id']}").json == whole
    assert call("GET", "/peaks").json == [whole]
    other = {"id": "p9", "name": "Other"}
    call = peaks(tmp_path, content(ARRAY, [PEAKS[0]]), content(REF, other))
    assert [peak["id"] for peak in call("GET", "/peaks").json] == ["p0"]
    assert call("GET", "/peaks/p9").json["name"] == "Other"


def test_where_nothing_is_shown_there_are_some(tmp_path: Path) -> None:
    call = peaks(tmp_path, content(ARRAY))
    found = call("GET", "/peaks").json
    assert len(found) > 1
    assert [call("GET", f"/peaks/{peak['id']}").json for peak in found] == found
