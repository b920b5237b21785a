from __future__ import annotations

import io
import threading
import uuid
from typing import Any

import pytest

from trunkline.runtime import Operation
from trunkline.runtime.errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    InternalServerError,
    RateLimitError,
    ServiceUnavailableError,
)

GET: Operation[Any] = Operation(id="get", method="GET", path="/thing", responses={"200": Any})
POST: Operation[Any] = Operation(
    id="post", method="POST", path="/thing", body="application/json", responses={"200": Any}
)
KEYED: Operation[Any] = Operation(
    id="keyed",
    method="POST",
    path="/thing",
    body="application/json",
    responses={"200": Any},
    idempotency_header="Idempotency-Key",
)
SEARCH: Operation[Any] = Operation(
    id="search",
    method="POST",
    path="/thing",
    body="application/json",
    responses={"200": Any},
    idempotent=True,
)
OK = {"ok": True}


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_an_idempotent_request_is_repeated(connect, server, reply, status):
    server.answers = [reply({}, status), reply({}, status), reply(OK)]
    assert connect().call(GET) == OK
    assert len(server.seen) == 3


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422, 501])
def test_an_answer_that_will_not_change_is_not_asked_for_again(connect, server, reply, status):
    server.answers = [reply({}, status), reply(OK)]
    with pytest.raises(APIStatusError, match=f"^{status} "):
        connect().call(GET)
    assert len(server.seen) == 1


def test_the_last_error_is_raised_when_attempts_run_out(connect, server, reply):
    server.answers = [reply({"message": "down"}, 503)]
    with pytest.raises(ServiceUnavailableError, match="down") as caught:
        connect(max_retries=3).call(GET)
    assert len(server.seen) == caught.value.attempts == 4


def test_retries_can_be_set_for_one_request(connect, server, reply):
    server.answers = [reply({}, 500)]
    with pytest.raises(InternalServerError):
        connect().call(GET, options={"max_retries": 0})
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_an_unsafe_request_is_never_repeated_after_it_may_have_been_processed(
    connect, server, reply, status
):
    server.answers = [reply({}, status, Retry_After="0"), reply(OK)]
    with pytest.raises(APIStatusError, match=f"^{status} "):
        connect().call(POST, body={"a": 1})
    assert len(server.seen) == 1


def test_an_unsafe_request_is_repeated_when_the_server_turned_it_away(connect, server, reply):
    server.answers = [reply({}, 429, Retry_After="0"), reply(OK)]
    assert connect().call(POST, body={"a": 1}) == OK
    assert [seen.body for seen in server.seen] == [b'{"a":1}'] * 2


def test_the_wait_that_a_server_asks_for_is_kept(connect, server, reply, monkeypatch):
    waits = []

    async def wait_later(seconds):
        waits.append(seconds)

    monkeypatch.setattr("time.sleep", waits.append)
    monkeypatch.setattr("asyncio.sleep", wait_later)
    server.answers = [
        reply({}, 429, Retry_After="3"),
        reply({}, 503, Retry_After="0.25"),
        reply(OK),
    ]
    assert connect().call(GET) == OK
    assert waits == [3.0, 0.25]


def test_a_wait_that_is_too_long_is_left_to_the_caller(connect, server, reply):
    server.answers = [reply({}, 429, Retry_After="7200"), reply(OK)]
    with pytest.raises(RateLimitError) as caught:
        connect().call(GET)
    assert caught.value.headers["retry-after"] == "7200"
    assert len(server.seen) == 1


def test_a_lost_connection_is_tried_again_when_that_is_safe(connect, server, answer, reply):
    server.answers = [answer(drop=True), answer(cut=True, body=b'{"half": true}'), reply(OK)]
    assert connect().call(GET) == OK
    assert len(server.seen) == 3


def test_a_lost_connection_is_reported_when_repeating_is_not_safe(connect, server, answer, reply):
    server.answers = [answer(drop=True), reply(OK)]
    with pytest.raises(APIConnectionError, match=r"POST http://127.0.0.1:\d+/thing") as caught:
        connect().call(POST, body={})
    assert not isinstance(caught.value, APITimeoutError)
    assert len(server.seen) == 1


def test_an_unsafe_request_is_not_repeated_after_a_timeout(connect, server, answer, reply):
    release = threading.Event()
    server.answers = [answer(wait=release), reply(OK)]
    with pytest.raises(APITimeoutError, match="waiting for the answer"):
        connect(timeout=0.2).call(POST, body={})
    release.set()
    assert len(server.seen) == 1


def test_a_safe_request_is_repeated_after_a_timeout(connect, server, answer, reply):
    release = threading.Event()
    server.answers = [answer(wait=release), reply(OK)]
    assert connect().call(GET, options={"timeout": 0.2}) == OK
    release.set()
    assert len(server.seen) == 2


def test_a_refused_connection_is_tried_again_whatever_the_method(connect, server):
    server.close()
    with pytest.raises(APIConnectionError, match="after 3 attempts") as caught:
        connect().call(POST, body={})
    assert caught.value.attempts == 3
    assert caught.value.__cause__ is not None


def test_an_idempotency_key_makes_repeating_safe_and_is_kept(connect, server, answer, reply):
    server.answers = [reply({}, 503), answer(drop=True), reply(OK), reply(OK)]
    caller = connect()
    assert caller.call(KEYED, body={"a": 1}) == OK
    keys = [seen.headers["idempotency-key"] for seen in server.seen]
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert uuid.UUID(keys[0])
    caller.call(KEYED, body={"a": 1})
    assert server.seen[-1].headers["idempotency-key"] != keys[0]
    caller.call(KEYED, options={"idempotency_key": "mine"})
    assert server.seen[-1].headers["idempotency-key"] == "mine"
    caller.call(KEYED, headers={"Idempotency-Key": "argument"})
    assert server.seen[-1].headers["idempotency-key"] == "argument"


def test_a_search_that_is_a_post_is_repeated_where_the_description_allows(connect, server, reply):
    server.answers = [reply({}, 500), reply(OK)]
    assert connect().call(SEARCH, body={"q": "x"}) == OK


FORM: Operation[Any] = Operation(
    id="form",
    method="PUT",
    path="/thing",
    body="application/x-www-form-urlencoded",
    responses={"200": Any},
)
FILES: Operation[Any] = Operation(
    id="files", method="PUT", path="/thing", body="multipart/form-data", responses={"200": Any}
)
BINARY: Operation[Any] = Operation(
    id="binary", method="PUT", path="/thing", body="audio/wav", responses={"200": Any}
)


def test_bodies_of_every_kind_are_sent_again_intact(connect, server, answer, reply, tmp_path):
    path = tmp_path / "tone.wav"
    path.write_bytes(b"RIFF" * 50_000)
    caller = connect()
    bodies: list[tuple[Operation[Any], Any, bytes]] = [
        (FORM, {"a": "1", "b": ["x", "y"]}, b"a=1&b=x&b=y"),
        (FILES, {"f": path, "g": io.BytesIO(b"in memory")}, b"RIFF" * 50_000),
        (BINARY, path, b"RIFF" * 50_000),
        (BINARY, io.BytesIO(b"RIFF"), b"RIFF"),
        (BINARY, b"RIFF", b"RIFF"),
    ]
    for operation, body, expected in bodies:
        server.seen.clear()
        server.answers = [reply({}, 503), answer(drop=True), reply(OK)]
        assert caller.call(operation, body=body) == OK
        first, second, third = (seen.body for seen in server.seen)
        assert first == second == third
        assert expected in first


def test_a_body_that_cannot_be_read_twice_is_sent_once(connect, server, reply):
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    server.answers = [reply({}, 503), reply(OK)]
    with pytest.raises(ServiceUnavailableError):
        connect().call(BINARY, body=Pipe(b"once"))
    assert [seen.body for seen in server.seen] == [b"once"]
    assert server.seen[0].headers["transfer-encoding"] == "chunked"


def test_nothing_is_sent_for_an_argument_that_is_not_usable(connect, server):
    with pytest.raises(ValueError, match="max_retries"):
        connect().call(GET, options={"max_retries": -1})
    assert server.seen == []
