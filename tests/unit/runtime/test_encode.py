from __future__ import annotations

import dataclasses
import datetime
import decimal
import io
import json
import uuid
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from urllib.parse import parse_qsl

import httpx2
import pytest
from pydantic import Field

from trunkline.runtime.encode import FileStream, encode_body
from trunkline.runtime.errors import ParameterError
from trunkline.runtime.jsontext import number, to_json
from trunkline.runtime.models import Model
from trunkline.runtime.operation import PartEncoding, Style
from trunkline.runtime.unset import UNSET


class Inner(Model):
    from_: str = Field(alias="from")
    size: int = 3


@dataclasses.dataclass
class Point:
    x: int
    y: object = UNSET


def test_json_holds_what_was_given_and_nothing_else():
    body = {
        "model": Inner(from_="a"),
        "list": [Inner.model_validate({"from": "b", "size": 4, "extra": None})],
        "point": Point(1),
        "none": None,
        "unset": UNSET,
        "when": datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.UTC),
        "day": datetime.date(2024, 1, 2),
        "price": decimal.Decimal("0.10"),
        "id": uuid.UUID(int=1),
        "bytes": b"\xff\x00",
        "tuple": (1, 2.5, True),
    }
    assert json.loads(to_json(body)) == {
        "model": {"from": "a"},
        "list": [{"from": "b", "size": 4, "extra": None}],
        "point": {"x": 1},
        "none": None,
        "when": "2024-01-02T03:04:05Z",
        "day": "2024-01-02",
        "price": "0.10",
        "id": "00000000-0000-0000-0000-000000000001",
        "bytes": "/wA=",
        "tuple": [1, 2.5, True],
    }


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": object()}])
def test_what_has_no_json_form_is_refused(value):
    with pytest.raises(ParameterError, match="JSON"):
        to_json(value)


def test_decimals_are_json_numbers_only_where_exact():
    assert to_json({"a": number(decimal.Decimal("12.10"))}) == b'{"a":12.1}'
    assert to_json({"a": number(decimal.Decimal("12"))}) == b'{"a":12}'
    with pytest.raises(ParameterError, match="too many digits"):
        number(decimal.Decimal("0.12345678901234567890123"))


def test_a_body_of_another_json_type_keeps_its_name():
    body = encode_body({"a": 1}, "application/merge-patch+json", None)
    assert (body.content, body.content_type) == (b'{"a":1}', "application/merge-patch+json")


def test_json_lines():
    assert encode_body([{"a": 1}, 2], "application/x-ndjson", None).content == b'{"a":1}\n2\n'


def test_form_bodies_obey_their_encoding():
    encoding = {
        "tags": PartEncoding(style=Style("form", explode=False)),
        "meta": PartEncoding(content_type="application/json"),
        "deep": PartEncoding(style=Style("deepObject", explode=True)),
    }
    value = {
        "to": ["+1", "+2"],
        "tags": ["a", "b,c"],
        "meta": {"k": [1]},
        "deep": {"a": {"b": 1}},
        "gone": UNSET,
        "cleared": None,
    }
    body = encode_body(value, "application/x-www-form-urlencoded", encoding)
    assert body.content_type == "application/x-www-form-urlencoded"
    assert body.content is not None
    assert parse_qsl(body.content.decode(), keep_blank_values=True) == [
        ("to", "+1"),
        ("to", "+2"),
        ("tags", "a,b,c"),
        ("meta", '{"k":[1]}'),
        ("deep[a][b]", "1"),
        ("cleared", ""),
    ]


def parts_of(value: object, encoding: dict[str, PartEncoding] | None = None) -> list[EmailMessage]:
    body = encode_body(value, "multipart/form-data", encoding)
    request = httpx2.Request("POST", "http://host/", files=body.files)
    request.read()
    raw = b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(raw + request.content)
    return list(message.iter_parts())


def described(part: EmailMessage) -> tuple[object, ...]:
    disposition = part["content-disposition"].params
    content = part.get_payload(decode=True)
    kind = part.get("content-type")
    return disposition["name"], disposition.get("filename"), kind, content


def test_multipart_bodies_take_every_kind_of_file(tmp_path: Path):
    path = tmp_path / "tone.wav"
    path.write_bytes(b"RIFF")
    with path.open("rb") as opened:
        parts = parts_of(
            {
                "raw": b"abc",
                "io": io.BytesIO(b"def"),
                "path": path,
                "open": opened,
                "named": ("a.txt", b"ghi", "text/x-own"),
                "many": [path, ("b.bin", b"jkl")],
                "text": "words",
                "number": 3,
                "flag": True,
                "object": {"a": 1},
                "list": ["x", "y"],
                "unset": UNSET,
            }
        )
    wav = "audio/x-wav"
    found = [described(part) for part in parts]
    assert [(n, f, c) for n, f, _, c in found] == [
        ("raw", "raw", b"abc"),
        ("io", "io", b"def"),
        ("path", "tone.wav", b"RIFF"),
        ("open", "tone.wav", b"RIFF"),
        ("named", "a.txt", b"ghi"),
        ("many", "tone.wav", b"RIFF"),
        ("many", "b.bin", b"jkl"),
        ("text", None, b"words"),
        ("number", None, b"3"),
        ("flag", None, b"true"),
        ("object", None, b'{"a":1}'),
        ("list", None, b"x"),
        ("list", None, b"y"),
    ]
    kinds = {n: kind for n, _, kind, _ in found}
    assert kinds["path"] in {wav, "audio/wav", "audio/vnd.wave"}
    assert kinds["named"] == "text/x-own"
    assert kinds["object"] == "application/json"
    assert kinds["text"] is None


def test_the_encoding_of_a_part_names_its_media_type():
    encoding = {
        "list": PartEncoding(content_type="application/json"),
        "image": PartEncoding(content_type="image/png, image/jpeg"),
    }
    parts = parts_of({"list": [1, 2], "image": ("x.png", b"p")}, encoding)
    found = [described(part) for part in parts]
    assert found == [
        ("list", None, "application/json", b"[1,2]"),
        ("image", "x.png", "image/png", b"p"),
    ]


def test_names_of_parts_cannot_add_headers():
    (part,) = parts_of({'a"\r\nX: y': b"z"})
    assert part.keys() == ["Content-Disposition", "Content-Type"]


def test_a_missing_file_is_found_out_before_anything_is_sent(tmp_path: Path):
    with pytest.raises(ParameterError, match="no file"):
        encode_body({"f": tmp_path / "gone"}, "multipart/form-data", None)


def test_a_file_body_is_read_again_from_where_it_stood():
    file = io.BytesIO(b"skipped-sent")
    file.seek(8)
    stream = FileStream(file)
    assert stream.length() == 4
    assert b"".join(stream) == b"".join(stream) == b"sent"
    assert stream.replayable


def test_a_stream_that_cannot_go_back_is_not_replayable():
    class Pipe(io.RawIOBase):
        def seekable(self) -> bool:
            return False

        def readable(self) -> bool:
            return True

    body = encode_body(Pipe(), "application/octet-stream", None)
    assert not body.replayable
    assert not encode_body({"f": ("n", Pipe())}, "multipart/form-data", None).replayable


@pytest.mark.parametrize(
    ("value", "media_type", "content"),
    [
        (b"\x00\x01", "application/octet-stream", b"\x00\x01"),
        ("héllo", "text/plain; charset=utf-8", "héllo".encode()),
        (b"<a/>", "application/xml", b"<a/>"),
    ],
)
def test_bytes_and_text_travel_as_they_are(value, media_type, content):
    body = encode_body(value, media_type, None)
    assert (body.content, body.content_type) == (content, media_type)


def test_a_value_that_the_media_type_cannot_carry_is_refused():
    with pytest.raises(ParameterError, match="cannot be sent as image/png"):
        encode_body({"a": 1}, "image/png", None)
    with pytest.raises(ParameterError, match="cannot be sent as a form"):
        encode_body([1], "multipart/form-data", None)


def test_a_body_that_contains_itself_is_refused():
    body: dict[str, object] = {}
    body["self"] = body
    with pytest.raises(ParameterError, match="contains itself"):
        to_json(body)
