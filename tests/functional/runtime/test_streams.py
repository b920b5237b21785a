from __future__ import annotations

import json

import pytest
from runtime_demo import Item, operation

from trunkline.runtime.errors import (
    APIConnectionError,
    NotFoundError,
    StreamError,
)
from trunkline.runtime.models import Model

SSE = operation(stream="sse", stream_end="[DONE]", accept="text/event-stream")
LINES = operation(stream="jsonl", accept="application/jsonl")
EVENTS = {"Content-Type": "text/event-stream"}


def test_server_sent_events_arrive_one_by_one_however_they_are_cut(connect, server, answer):
    wire = (
        b': comment\n\nevent: item\ndata: {"id":\r\ndata: "\xc3\xa9"}\r\n\r\n'
        b'data: {"id": "2", "size": 5}\n\ndata: [DONE]\n\ndata: {"id": "late"}\n\n'
    )
    for size in (1, 7, 1000):
        chunks = [wire[i : i + size] for i in range(0, len(wire), size)]
        server.answers = [answer(200, headers=EVENTS, chunks=chunks)]
        assert connect().events(SSE) == [Item(id="\u00e9"), Item(id="2", size=5)]
    assert server.seen[0].headers["accept"] == "text/event-stream"


def test_whole_events(connect, server, answer):
    class Event(Model):
        event: str | None = None
        data: Item
        id: str | None = None

    op = operation(stream="sse-event", responses={"200": Event})
    wire = b'id: 7\nevent: made\ndata: {"id": "1"}\n\n'
    server.answers = [answer(200, headers=EVENTS, chunks=[wire])]
    assert connect().events(op) == [Event(event="made", id="7", data=Item(id="1"))]


def test_json_lines(connect, server, answer):
    chunks = [b'{"id": "1"}\n{"i', b'd": "2"}\r\n\n', b'{"id": "3"}']
    server.answers = [answer(200, chunks=chunks)]
    assert [item.id for item in connect().events(LINES)] == ["1", "2", "3"]


def test_items_of_a_stream_are_decoded_as_far_as_they_fit(connect, server, answer):
    server.answers = [answer(200, chunks=[b'{"size": "x"}\n<html>\n'])]
    caller = connect()
    with pytest.raises(StreamError, match="not JSON") as caught:
        caller.events(LINES)
    assert caught.value.data == "<html>"


def test_a_stream_that_breaks_off_is_an_error(connect, server, answer):
    server.answers = [answer(200, chunks=[b'{"id": "1"}\n'], cut=True)]
    with pytest.raises(APIConnectionError, match="broke off"):
        connect().events(LINES)


def test_an_error_instead_of_a_stream_is_read_and_raised(connect, server, reply):
    server.answers = [reply({"message": "no stream"}, 404)]
    with pytest.raises(NotFoundError, match="no stream"):
        connect().events(SSE)


def test_json_lines_are_cut_at_line_feeds_only_and_anywhere_between_bytes(connect, server, answer):
    names = ["a\u2028b", "c\u0085d", "\u00e9\U0001f600"]
    wire = b"".join(
        b"\x1e" + json.dumps({"id": n}, ensure_ascii=False).encode() + b"\n" for n in names
    )
    for size in (1, 3, 1000):
        chunks = [wire[i : i + size] for i in range(0, len(wire), size)]
        server.answers = [answer(200, chunks=chunks)]
        assert [item.id for item in connect().events(LINES)] == names


def test_an_answer_that_is_no_stream_is_an_error(connect, server, reply):
    server.answers = [reply({"id": "1"})]
    with pytest.raises(StreamError, match="text/event-stream"):
        connect().events(SSE)


def test_a_stream_can_be_left_early(connect, server, answer):
    server.answers = [answer(200, chunks=[b'{"id": "1"}\n', b'{"id": "2"}\n'])]
    caller = connect()
    stream = caller.run(caller.client.stream(LINES))
    if caller.kind == "sync":
        with stream:
            assert next(stream).id == "1"
    else:

        async def run() -> None:
            async with stream:
                assert (await anext(stream)).id == "1"

        caller.runner.run(run())
    assert stream.http_response.is_closed
