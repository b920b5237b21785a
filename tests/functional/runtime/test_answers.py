from __future__ import annotations

import pickle
from typing import Any

import pytest
from runtime_demo import GET, Item, operation

from trunkline.runtime.errors import (
    APIStatusError,
    ClientError,
    NotFoundError,
    RedirectError,
    ResponseValidationError,
    ServerError,
    UnprocessableEntityError,
)
from trunkline.runtime.models import Model
from trunkline.runtime.operation import Operation


class Problem(Model):
    code: int


def test_a_200_that_is_described_as_something_else_is_still_an_answer(connect, server, reply):
    server.answers = [reply({"id": "1"}, 202)]
    assert connect().call(GET) == Item(id="1")


def test_each_status_has_its_own_type(connect, server, reply, answer):
    mixed = operation(responses={"200": Item, "201": Problem, "204": None, "2XX": dict[str, int]})
    server.answers = [
        reply({"id": "1"}),
        reply({"code": 2}, 201),
        reply({"x": 3}, 203),
        answer(204, b""),
    ]
    caller = connect()
    found = [caller.call(mixed) for _ in range(4)]
    assert found == [Item(id="1"), Problem(code=2), {"x": 3}, None]


@pytest.mark.parametrize("status", [200, 204])
def test_an_empty_success_is_an_error_where_a_value_is_described(connect, server, answer, status):
    server.answers = [answer(status, b"")]
    with pytest.raises(ResponseValidationError, match=f"op: {status} with an empty body") as caught:
        connect().call(GET)
    assert caught.value.response.status_code == status


def test_an_empty_success_is_none_where_the_description_allows_null(connect, server, answer):
    server.answers = [answer(200, b"")]
    nothing = Operation(id="op", method="GET", path="/x", responses={"200": Item | None})
    assert connect().call(nothing) is None


def test_an_answer_that_does_not_fit_is_decoded_as_far_as_it_does(connect, server, reply, caplog):
    server.answers = [reply({"size": "many", "new": 1})]
    item = connect().call(GET)
    assert (item.size, item.new) == ("many", 1)
    assert "id: Field required" in caplog.text
    assert "many" not in caplog.text


def test_a_strict_client_refuses_it_and_keeps_the_answer(connect, server, reply):
    server.answers = [reply({"size": "many"}, X_Request_Id="r-9")]
    with pytest.raises(ResponseValidationError, match="id: Field required") as caught:
        connect(strict=True).call(GET)
    error = caught.value
    assert error.response.json() == {"size": "many"}
    assert error.request_id == "r-9"
    assert ("id", "Field required") in error.errors
    assert error.__cause__ is None


def test_a_success_that_is_not_json_carries_the_answer(connect, server, answer):
    server.answers = [answer(200, b"<html>maintenance", {"Content-Type": "text/html"})]
    with pytest.raises(ResponseValidationError) as caught:
        connect().call(GET)
    assert caught.value.response.text == "<html>maintenance"


def test_text_and_bytes(connect, server, answer, reply):
    caller = connect()
    server.answers = [
        answer(
            200, "gr\u00fc\u00df".encode("latin-1"), {"Content-Type": "text/plain; charset=latin-1"}
        )
    ]
    assert caller.call(operation(responses={"200": str})) == "gr\u00fc\u00df"
    server.answers = [reply("in json")]
    assert caller.call(operation(responses={"200": str})) == "in json"
    server.answers = [answer(200, b"\x00\xff", {"Content-Type": "audio/wav"})]
    assert caller.call(operation(responses={"200": bytes})) == b"\x00\xff"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, NotFoundError),
        (422, UnprocessableEntityError),
        (418, ClientError),
        (507, ServerError),
        (304, RedirectError),
    ],
)
def test_every_other_status_is_an_exception(connect, server, reply, status, kind):
    server.answers = [reply({"message": "no"}, status) if status != 304 else reply({}, 304)]
    server.answers[0].body = b"" if status == 304 else server.answers[0].body
    with pytest.raises(kind) as caught:
        connect(max_retries=0).call(GET)
    assert caught.value.status_code == status


def test_the_body_of_an_error_is_what_is_described_or_else_what_came(
    connect, server, reply, answer
):
    typed = operation(errors={"404": Problem, "4XX": dict[str, str], "default": list[int]})
    caller = connect(max_retries=0)
    cases: list[tuple[Any, Any]] = [
        (reply({"code": 1, "message": "m"}, 404), Problem(code=1, message="m")),  # type: ignore[call-arg]
        (reply({"a": "b"}, 409), {"a": "b"}),
        (reply([1], 500), [1]),
        (reply({"other": "shape"}, 404), {"other": "shape"}),
        (answer(502, b"<html>", {"Content-Type": "text/html"}), "<html>"),
        (answer(503, b""), None),
    ]
    for scripted, expected in cases:
        server.answers = [scripted]
        with pytest.raises(APIStatusError) as caught:
            caller.call(typed)
        assert caught.value.body == expected


def test_the_same_misfit_is_warned_of_once(connect, server, reply, caplog):
    server.answers = [reply({"size": "many"})]
    caller = connect()
    for _ in range(3):
        caller.call(GET)
    assert [record.levelname for record in caplog.records if record.name == "demo_client"] == [
        "WARNING"
    ]


def test_exceptions_can_be_pickled(connect, server, reply):
    server.answers = [reply({"code": 3}, 429, Retry_After="90", X_Request_Id="r")]
    with pytest.raises(APIStatusError) as caught:
        connect().call(operation(errors={"429": Problem}))
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is type(caught.value)
    assert str(again) == str(caught.value)
    assert (again.body, again.request_id, again.retry_after) == (Problem(code=3), "r", 90.0)
    assert again.response.json() == {"code": 3}
