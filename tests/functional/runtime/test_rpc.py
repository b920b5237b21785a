from __future__ import annotations

from typing import Any

import pytest
from runtime_demo import BEARER, Item, operation

from trunkline.runtime.errors import (
    AuthenticationError,
)
from trunkline.runtime.rpc import RpcApplicationError, RpcInvalidParamsError, RpcMethod
from trunkline.runtime.unset import UNSET

ENDPOINT = operation(
    id="rpc",
    method="POST",
    path="/rpc",
    body="application/json-rpc; charset=utf-8",
    security=BEARER,
)
SEND: RpcMethod[Any] = RpcMethod(ENDPOINT, "sms.send", Item, errors={115: "File not found"})


def test_a_remote_call_sends_positional_parameters_and_returns_the_result(connect, server, reply):
    server.answers = [reply({"jsonrpc": "2.0", "id": 1, "result": {"id": "9"}})]
    caller = connect()
    assert caller.run(caller.client.rpc(SEND, "a", UNSET, Item(id="2"), UNSET)).id == "9"
    caller.run(caller.client.rpc(SEND))
    first, second = (seen.body for seen in server.seen)
    assert b'"method":"sms.send","params":["a",null,{"id":"2"}]}' in first
    assert b'"params":[]' in second
    assert first.split(b'"id":')[1][:4] != second.split(b'"id":')[1][:4]
    assert server.seen[0].headers["content-type"] == "application/json-rpc; charset=utf-8"
    assert server.seen[0].headers["authorization"] == "Bearer T0KEN"


@pytest.mark.parametrize("extra", [{}, {"result": None}])
def test_an_error_object_is_an_exception(connect, server, reply, extra):
    error = {"code": 115, "message": "nope", "data": {"x": 1}}
    server.answers = [reply({"jsonrpc": "2.0", "id": 1, "error": error, **extra})]
    caller = connect()
    with pytest.raises(
        RpcApplicationError, match=r"sms\.send: nope \(File not found\) \[115\]"
    ) as c:
        caller.run(caller.client.rpc(SEND, 1))
    assert (c.value.code, c.value.message, c.value.data) == (115, "nope", {"x": 1})
    server.answers = [reply({"error": {"code": -32602, "message": "Invalid params"}})]
    untyped: RpcMethod[Any] = RpcMethod(ENDPOINT, "x", Any)
    with pytest.raises(RpcInvalidParamsError):
        caller.run(caller.client.rpc(untyped))


def test_a_result_may_be_null(connect, server, reply):
    server.answers = [reply({"jsonrpc": "2.0", "id": 1, "result": None})]
    caller = connect()
    assert caller.run(caller.client.rpc(RpcMethod(ENDPOINT, "x", Item | None))) is None


def test_failed_authentication_of_a_remote_call_is_a_status_error(connect, server, reply):
    server.answers = [reply({"error": {"code": 1, "message": "who are you"}}, 401)]
    caller = connect()
    with pytest.raises(AuthenticationError, match="who are you"):
        caller.run(caller.client.rpc(SEND, 1))
