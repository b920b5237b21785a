"""Responses as they come, and requests as they go: several media types, streams, parts, unions
that do not quite fit, bodies that may be left out. The other side is a plain server each time."""

from __future__ import annotations

import json
from typing import Any

import pytest

STRING, INTEGER = {"type": "string"}, {"type": "integer"}
BINARY = {"type": "string", "format": "binary"}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def returning(**contents: Any) -> dict[str, Any]:
    return {"200": {"description": "ok", "content": contents["content"]}}


def get(operation: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"get": {"operationId": operation, "responses": returning(content=content)}}


def post(operation: str, content: dict[str, Any], *, required: bool = True) -> dict[str, Any]:
    return {
        "post": {
            "operationId": operation,
            "requestBody": {"required": required, "content": content},
            "responses": {"204": {"description": "done"}},
        }
    }


DESCRIPTION = {
    "openapi": "3.2.0",
    "info": {"title": "Replies", "version": "1"},
    "servers": [{"url": "http://127.0.0.1"}],
    "paths": {
        "/report": get(
            "report",
            {
                "application/json": {"schema": ref("Chunk")},
                "text/csv": {"schema": STRING},
                "application/octet-stream": {"schema": BINARY},
            },
        ),
        "/same": get(
            "same",
            {"application/json": {"schema": ref("Chunk")}, "application/xml": {"schema": ref("Chunk")}},
        ),
        "/picture": get("picture", {"application/pdf": {"schema": BINARY}, "image/*": {"schema": BINARY}}),
        "/speech": {
            "post": {
                "operationId": "speech",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {"type": "object", "required": ["text"], "properties": {"text": STRING}}
                        }
                    },
                },
                "responses": returning(
                    content={
                        "application/octet-stream": {"schema": BINARY},
                        "text/event-stream": {"schema": ref("Chunk")},
                    }
                ),
            }
        },
        "/todos": get(
            "todos",
            {
                "text/event-stream": {
                    "itemSchema": {
                        "type": "object",
                        "required": ["data"],
                        "properties": {"data": ref("Chunk"), "event": STRING, "id": STRING},
                    }
                }
            },
        ),
        "/log": get(
            "log",
            {
                "text/event-stream": {
                    "itemSchema": {"type": "object", "properties": {"event": STRING, "data": STRING}}
                }
            },
        ),
        "/chat": get("chat", {"text/event-stream": {"itemSchema": ref("Chunk")}}),
        "/seq": {
            **get("readSeq", {"application/json-seq": {"itemSchema": ref("Chunk")}}),
            **post("sendSeq", {"application/json-seq": {"itemSchema": ref("Chunk")}}),
        },
        "/related": post(
            "related",
            {
                "multipart/related": {
                    "schema": {"type": "object", "properties": {"meta": {"type": "object"}, "media": BINARY}}
                }
            },
        ),
        "/mixed": post("mixed", {"multipart/mixed": {"schema": {"type": "array", "items": {}}}}),
        "/cancel": post(
            "cancel",
            {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["reason"],
                        "properties": {"reason": STRING, "note": STRING},
                    }
                }
            },
            required=False,
        ),
        "/addresses": get("addresses", {"application/json": {"schema": {"type": "array", "items": ref("Address")}}}),
        "/animal": get("animal", {"application/json": {"schema": ref("Animal")}}),
        "/shape": get("shape", {"application/json": {"schema": ref("Shape")}}),
        "/number": get(
            "number",
            {"application/json": {"schema": {"type": "object", "properties": {"n": {"type": "number"}}}}},
        ),
        "/replies": get("replies", {"application/json": {"schema": {"type": "object", "properties": {"n": INTEGER}}}}),
        "/clients": get("clients", {"application/json": {"schema": {"type": "object", "properties": {"n": INTEGER}}}}),
    },
    "components": {
        "schemas": {
            "Chunk": {"type": "object", "required": ["type"], "properties": {"type": STRING}},
            "Us": {
                "type": "object",
                "required": ["id", "zip"],
                "properties": {"id": STRING, "zip": STRING, "made": {"type": "string", "format": "date-time"}},
            },
            "Abroad": {
                "type": "object",
                "required": ["id", "country"],
                "properties": {"id": STRING, "country": STRING},
            },
            "Address": {"anyOf": [ref("Us"), ref("Abroad")]},
            "Cat": {"type": "object", "properties": {"kind": STRING, "born": {"type": "string", "format": "date"}}},
            "Dog": {"type": "object", "properties": {"kind": STRING, "breed": STRING}},
            "Animal": {
                "type": "object",
                "required": ["kind", "name"],
                "properties": {"kind": STRING, "name": STRING},
                "oneOf": [ref("Cat"), ref("Dog")],
                "discriminator": {"propertyName": "kind"},
            },
            "Circle": {"type": "object", "required": ["form", "r"], "properties": {"form": {"const": "circle"}, "r": INTEGER}},
            "Square": {"type": "object", "required": ["form", "a"], "properties": {"form": {"const": "square"}, "a": INTEGER}},
            "Shape": {"oneOf": [ref("Circle"), ref("Square")]},
        }
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def replies(package):
    return package("replies", DESCRIPTION)


def reply(body: Any, kind: str = "application/json", status: int = 200):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: (status, {"content-type": kind}, content)


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("application/json", b'{"type": "a"}', {"type": "a"}),
        ("text/csv; charset=utf-8", "a,å".encode(), "a,å"),
        ("application/octet-stream", b"\x00\xff", b"\x00\xff"),
    ],
)
def test_the_content_type_decides_what_comes_out(
    replies, serving, kind: str, body: bytes, expected: Any
) -> None:
    with serving(reply(body, kind)) as server, replies.client(server.url) as client:
        found = client.report.retrieve()
        accepted = server.seen[0].headers["accept"]
    assert (found.model_dump() if hasattr(found, "model_dump") else found) == expected
    assert accepted == "application/json, text/csv, application/octet-stream"


def test_the_same_value_in_another_form_is_not_asked_for(replies, serving) -> None:
    with serving(reply({"type": "a"})) as server, replies.client(server.url) as client:
        client.same.retrieve()
        assert server.seen[0].headers["accept"] == "application/json"


def test_every_form_of_bytes_is_asked_for(replies, serving) -> None:
    with serving(reply(b"PNG", "image/png")) as server, replies.client(server.url) as client:
        assert client.picture.retrieve() == b"PNG"
        assert server.seen[0].headers["accept"] == "application/pdf, image/*"


def test_bytes_are_the_plain_method_and_events_a_second_one(replies, serving) -> None:
    def answer(seen):
        if "event-stream" in seen.headers["accept"]:
            return 200, {"content-type": "text/event-stream"}, b'data: {"type": "a"}\n\n'
        return 200, {"content-type": "audio/mpeg"}, b"ID3"

    with serving(answer) as server, replies.client(server.url) as client:
        assert client.speech.create(text="hi") == b"ID3"
        assert [c.type for c in client.speech.create_stream(text="hi")] == ["a"]


def test_events_have_their_name_and_id_where_the_description_says_so(replies, serving) -> None:
    body = b'event: todo\nid: 7\ndata: {"type": "milk"}\n\n'
    with serving(reply(body, "text/event-stream")) as server, replies.client(server.url) as client:
        (item,) = client.todos.retrieve()
    assert (item.event, item.id, item.data.type) == ("todo", "7", "milk")


def test_the_data_of_an_event_may_be_text(replies, serving) -> None:
    body = b"event: note\ndata: plain words\n\nevent: note\ndata: 12\n\n"
    with serving(reply(body, "text/event-stream")) as server, replies.client(server.url) as client:
        assert [(i.event, i.data) for i in client.log.retrieve()] == [
            ("note", "plain words"),
            ("note", "12"),
        ]


def test_an_item_that_is_not_an_event_is_its_data(replies, serving) -> None:
    body = b'data: {"type": "a"}\n\ndata: {"type": "b"}\n\n'
    with serving(reply(body, "text/event-stream")) as server, replies.client(server.url) as client:
        assert [c.type for c in client.chat.retrieve()] == ["a", "b"]


def test_a_json_sequence_is_cut_at_record_separators(replies, serving) -> None:
    body = b'\x1e{"type":\n"a"}\n\x1e{"type": "b"}\n'
    with (
        serving(reply(body, "application/json-seq")) as server,
        replies.client(server.url) as client,
    ):
        assert [c.type for c in client.seq.retrieve()] == ["a", "b"]
        client.seq.send(body=[{"type": "a"}, {"type": "b"}])
        assert server.seen[-1].body == b'\x1e{"type":"a"}\n\x1e{"type":"b"}\n'


def parts(seen) -> list[tuple[str, bytes]]:
    """Media type and content of each part, by RFC 2046."""
    kind, _, boundary = seen.headers["content-type"].partition("; boundary=")
    pieces = seen.body.split(b"--" + boundary.encode())
    assert pieces[0] == b""
    assert pieces[-1] == b"--\r\n"
    found = []
    for piece in pieces[1:-1]:
        head, _, content = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        assert "Content-Disposition" not in headers
        found.append((headers["Content-Type"], content.removesuffix(b"\r\n")))
    return [(kind, b""), *found]


def test_related_and_mixed_parts(replies, serving) -> None:
    with serving(reply(b"", status=204)) as server, replies.client(server.url) as client:
        client.related.create(meta={"a": 1}, media=b"PNG\r\n--x")
        assert parts(server.seen[-1]) == [
            ("multipart/related", b""),
            ("application/json", b'{"a":1}'),
            ("application/octet-stream", b"PNG\r\n--x"),
        ]
        client.mixed.create(body=[{"a": 1}, b"PNG", "text"])
        assert parts(server.seen[-1]) == [
            ("multipart/mixed", b""),
            ("application/json", b'{"a":1}'),
            ("application/octet-stream", b"PNG"),
            ("text/plain; charset=utf-8", b"text"),
        ]


def test_an_optional_body_can_be_left_out(replies, serving) -> None:
    with serving(reply(b"", status=204)) as server, replies.client(server.url) as client:
        client.cancel.create()
        assert server.seen[-1].body == b""
        assert "content-type" not in server.seen[-1].headers
        client.cancel.create(note="n")
        assert json.loads(server.seen[-1].body) == {"note": "n"}


def test_a_named_union_that_lacks_a_property_is_its_best_member(replies, serving, caplog) -> None:
    body = [{"id": "a", "made": "2024-01-01T00:00:00Z"}, {"id": "b", "country": "FR"}]
    with serving(reply(body)) as server, replies.client(server.url) as client:
        first, second = client.addresses.list()
    assert type(first).__name__ == "Us"
    assert first.made.year == 2024
    assert type(second).__name__ == "Abroad"
    assert "zip: Field required" in caplog.text


def test_the_tag_chooses_the_member_beside_properties(replies, serving) -> None:
    body = {"kind": "Cat", "name": "n", "born": "2024-01-01"}
    with serving(reply(body)) as server, replies.client(server.url) as client:
        animal = client.animal.retrieve()
    assert type(animal).__name__ == "AnimalCat"
    assert (animal.name, animal.born.year) == ("n", 2024)


def test_a_tagged_member_that_lacks_a_property_is_still_that_member(replies, serving) -> None:
    with serving(reply({"form": "square"})) as server, replies.client(server.url) as client:
        shape = client.shape.retrieve()
    assert type(shape).__name__ == "Square"


@pytest.mark.parametrize("number", [5, -(2**70), 1.5, 0])
def test_numbers_come_back_as_they_were(replies, serving, number: float) -> None:
    with serving(reply({"n": number})) as server, replies.client(server.url) as client:
        found = client.number.retrieve().n
    assert found == number
    assert type(found) is type(number)


def test_a_resource_called_like_the_client_has_another_class(replies, serving) -> None:
    with serving(reply({"n": 1})) as server, replies.client(server.url) as client:
        assert type(client).__name__ == "Replies"
        assert type(client.replies).__name__ != "Replies"
        assert client.replies.retrieve().n == 1
