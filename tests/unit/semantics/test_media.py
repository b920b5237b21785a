"""What a media type means, and which of several is meant."""

from dataclasses import dataclass

import pytest

from trunkline.semantics.media import (
    MediaKind,
    acceptable,
    concrete,
    describing,
    is_json,
    json_content,
    kind,
    matches,
)


@dataclass(frozen=True)
class Body:
    media_type: str


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("application/json", MediaKind.JSON),
        ("Application/JSON; charset=utf-8", MediaKind.JSON),
        ("text/json", MediaKind.JSON),
        ("application/problem+json", MediaKind.JSON),
        ("application/vnd.api+json;version=2", MediaKind.JSON),
        ("application/merge-patch+json", MediaKind.JSON),
        ("application/x-json", MediaKind.JSON),
        ("*/*", MediaKind.JSON),
        ("application/*", MediaKind.JSON),
        ("application/json-seq", MediaKind.JSON_SEQUENCE),
        ("application/geo+json-seq", MediaKind.JSON_SEQUENCE),
        ("application/jsonl", MediaKind.JSON_LINES),
        ("application/x-ndjson", MediaKind.JSON_LINES),
        ("text/event-stream", MediaKind.EVENT_STREAM),
        ("application/x-www-form-urlencoded", MediaKind.FORM),
        ("multipart/form-data; boundary=x", MediaKind.MULTIPART),
        ("multipart/related", MediaKind.MULTIPART),
        ("application/xml", MediaKind.XML),
        ("text/xml", MediaKind.XML),
        ("application/atom+xml", MediaKind.XML),
        ("text/csv", MediaKind.CSV),
        ("text/plain", MediaKind.TEXT),
        ("text/*", MediaKind.TEXT),
        ("text/html", MediaKind.TEXT),
        ("application/yaml", MediaKind.TEXT),
        ("application/pdf", MediaKind.BINARY),
        ("image/*", MediaKind.BINARY),
        ("application/octet-stream", MediaKind.BINARY),
        ("application/notjson", MediaKind.BINARY),
    ],
)
def test_kinds(media_type: str, expected: MediaKind) -> None:
    assert kind(media_type) is expected
    assert is_json(media_type) == (expected is MediaKind.JSON)


def test_json_is_written_where_anything_is_allowed() -> None:
    assert concrete("*/*") == "application/json"
    assert concrete("application/*") == "application/json"
    assert concrete("image/*") == "image/*"
    assert concrete("application/vnd.a+json") == "application/vnd.a+json"


def test_plain_json_is_preferred_to_its_relatives_and_those_to_ranges() -> None:
    bodies = [Body("text/csv"), Body("*/*"), Body("application/hal+json"), Body("application/json")]
    assert json_content(bodies) == Body("application/json")
    assert json_content(bodies[:3]) == Body("application/hal+json")
    assert json_content(bodies[:2]) == Body("*/*")
    assert json_content(bodies[:1]) is None


@pytest.mark.parametrize(
    ("described", "given", "expected"),
    [
        ("application/json", "application/json; charset=utf-8", True),
        ("application/json", "APPLICATION/JSON", True),
        ("application/json", "application/problem+json", False),
        ("application/*", "application/xml", True),
        ("text/*", "application/xml", False),
        ("*/*", "image/png", True),
        ("application/json;version=2", "application/json;version=2", True),
        ("application/json;version=2", "application/json;version=1", False),
        ("application/json;version=2", "application/json", True),
        ("text/plain; charset=utf-8", "text/plain; charset=latin1", True),
    ],
)
def test_matching(described: str, given: str, expected: bool) -> None:
    assert matches(described, given) is expected


def test_the_exact_description_of_a_body_comes_before_ranges() -> None:
    bodies = [Body("*/*"), Body("application/*"), Body("application/json")]
    assert describing(bodies, "application/json") == bodies[2]
    assert describing(bodies, "application/pdf") == bodies[1]
    assert describing(bodies, "image/png") == bodies[0]
    assert describing(bodies[2:], "image/png") is None
    assert describing([Body("text/csv")], None) == Body("text/csv")
    assert describing([Body("text/csv"), Body("application/json")], None) == Body(
        "application/json"
    )


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/csv, application/json;q=0.5", "text/csv"),
        ("text/csv;q=0.2, application/json;q=0.5", "application/json"),
        ("text/*", "text/csv"),
        ("application/json;q=0, */*", "text/csv"),
        ("image/png", None),
        ("image/png, */*;q=0.1", "application/json"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=nonsense", "text/csv"),
    ],
)
def test_accept(accept: str | None, expected: str | None) -> None:
    found = acceptable(accept, [Body("text/csv"), Body("application/json")])
    assert (found.media_type if found else None) == expected


def test_a_range_in_the_description_is_accepted_as_its_members_are() -> None:
    assert acceptable("image/png", [Body("image/*")]) == Body("image/*")
    assert acceptable("text/html", [Body("image/*")]) is None
    assert acceptable("text/html", [Body("*/*")]) == Body("*/*")
