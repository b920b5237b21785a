from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from runtime_demo import BEARER, GET, operation

from trunkline.runtime.errors import (
    AuthenticationError,
    MissingCredentialsError,
    NotFoundError,
    RedirectError,
)


def test_credentials_are_sent_where_they_are_asked_for_only(connect, server, reply):
    server.answers = [reply({"id": "1"})]
    caller = connect(credentials={"bearer": "T", "query": "Q", "cookie": "C"})
    caller.call(operation(security=BEARER))
    caller.call(
        operation(security=({"query": (), "cookie": ()},)), query={"a": 1}, cookies={"b": 2}
    )
    caller.call(GET)
    first, second, third = server.seen
    assert first.headers["authorization"] == "Bearer T"
    assert second.path == "/thing?a=1&api_key=Q"
    assert second.headers["cookie"] == "b=2; sid=C"
    assert "authorization" not in second.headers
    assert "authorization" not in third.headers
    assert third.path == "/thing"


def test_missing_credentials_stop_the_call_before_anything_is_sent(connect, server, reply):
    server.answers = [reply({"id": "1"})]
    caller = connect(credentials={})
    with pytest.raises(MissingCredentialsError, match="DEMO_TOKEN"):
        caller.call(operation(security=BEARER))
    assert server.seen == []
    caller.call(operation(security=BEARER), options={"headers": {"Authorization": "Own 1"}})
    assert server.seen[0].headers["authorization"] == "Own 1"


def test_an_own_header_wins_over_the_credential(connect, server, reply):
    server.answers = [reply({"id": "1"})]
    connect().call(operation(security=BEARER), options={"headers": {"Authorization": "Own 1"}})
    assert server.seen[0].headers["authorization"] == "Own 1"


def test_an_oauth_token_is_fetched_once_and_again_after_a_401(connect, server, reply):
    tokens = iter(["first", "second"])
    server.by_path["/token"] = lambda _: reply({"access_token": next(tokens), "expires_in": 3600})
    server.answers = [reply({"id": "1"}), reply({"id": "2"}), reply({}, 401), reply({"id": "3"})]
    caller = connect(credentials={"oauth": ("me", "s3cret")})
    op = operation(method="POST", body="application/json", security=({"oauth": ("read",)},))
    for expected in ("1", "2", "3"):
        assert caller.call(op, body={"n": 1}).id == expected
    asked = [seen for seen in server.seen if seen.path == "/token"]
    assert [seen.body for seen in asked] == [b"grant_type=client_credentials&scope=read"] * 2
    used = [seen.headers["authorization"] for seen in server.seen if seen.path == "/thing"]
    assert used == ["Bearer first", "Bearer first", "Bearer first", "Bearer second"]
    server.answers = [reply({}, 401)]
    tokens = iter(["third", "fourth"])
    with pytest.raises(AuthenticationError):
        caller.call(op, body={"n": 1})


def test_no_credential_follows_a_redirect_to_another_host(connect, server, reply):
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    server.by_path["/away"] = lambda _: reply({}, 302, Location=f"{elsewhere}/landed?x=1")
    server.by_path["/landed"] = lambda _: reply({"id": "landed"})
    caller = connect(
        credentials={"key": "K", "cookie": "C", "bearer": "B"}, headers={"X-Account": "a"}
    )
    op = operation(path="/away", security=({"key": (), "cookie": (), "bearer": ()},))
    assert caller.call(op, options={"headers": {"X-Trace": "t"}}).id == "landed"
    first, second = server.seen
    assert {"x-demo-key", "cookie", "authorization", "x-account"} <= set(first.headers)
    assert not {"x-demo-key", "cookie", "authorization", "x-account"} & set(second.headers)


def test_redirects_on_the_same_host_keep_credentials_and_bodies(connect, server, reply):
    server.by_path["/old"] = lambda _: reply({}, 308, Location="/new")
    server.by_path["/new"] = lambda _: reply({"id": "1"})
    op = operation(method="POST", path="/old", body="application/json", security=BEARER)
    assert connect().call(op, body={"a": 1}).id == "1"
    assert [(s.method, s.body) for s in server.seen] == [("POST", b'{"a":1}')] * 2
    assert server.seen[1].headers["authorization"] == "Bearer T0KEN"


def test_a_redirect_that_would_lose_the_body_is_an_error(connect, server, reply):
    server.answers = [reply({}, 302, Location="/new")]
    with pytest.raises(RedirectError, match="302"):
        connect().call(operation(method="POST", body="application/json"), body={"a": 1})
    assert len(server.seen) == 1


def test_redirects_do_not_go_on_for_ever(connect, server, reply):
    server.answers = [reply({}, 302, Location="/thing")]
    with pytest.raises(RedirectError):
        connect().call(GET)
    assert len(server.seen) == 11


def test_nothing_that_is_logged_or_raised_or_shown_holds_a_secret(connect, server, reply, caplog):
    caplog.set_level(logging.DEBUG)
    server.answers = [reply({"message": "no"}, 404, Set_Cookie="sid=SECRET-1")]
    caller = connect(credentials={"bearer": "SECRET-2", "key": "SECRET-3", "query": "SECRET-4"})
    op = operation(security=({"bearer": (), "key": (), "query": ()},))
    with pytest.raises(NotFoundError) as caught:
        caller.call(op, query={"q": "x"})
    assert "SECRET-4" in server.seen[0].path
    assert "request GET" in caplog.text
    shown = [caplog.text, str(caught.value), repr(caught.value), repr(caller.client)]
    records = [record.getMessage() for record in caplog.records if record.name != "httpcore2"]
    ours = [record.getMessage() for record in caplog.records if record.name == "demo_client"]
    assert len(ours) == 2
    assert not any("SECRET" in text for text in [*shown[1:], *ours])
    assert not any("SECRET-4" in text for text in records if text.startswith("HTTP Request"))


def test_many_callers_at_once_share_one_token(connect, server, reply):
    server.by_path["/token"] = lambda _: reply({"access_token": "t", "expires_in": 3600})
    server.answers = [reply({"id": "1"})]
    caller = connect(credentials={"oauth": ("me", "s3cret")})
    op = operation(security=({"oauth": ()},))
    if caller.kind == "sync":
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: caller.client.call(op), range(8)))
    else:

        async def run() -> list[Any]:
            return await asyncio.gather(*(caller.client.call(op) for _ in range(8)))

        found = caller.runner.run(run())
    assert [item.id for item in found] == ["1"] * 8
    assert [seen.path for seen in server.seen].count("/token") == 1


def test_no_token_is_fetched_where_the_caller_brings_one(connect, server, reply):
    server.answers = [reply({}, 401)]
    caller = connect(credentials={"oauth": ("me", "s3cret")})
    op = operation(security=({"oauth": ()},))
    with pytest.raises(AuthenticationError):
        caller.call(op, options={"headers": {"Authorization": "Bearer own"}})
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer own"]
