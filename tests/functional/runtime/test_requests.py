from __future__ import annotations

import pytest
from runtime_demo import GET, operation

from trunkline.runtime import PartEncoding, Style
from trunkline.runtime.errors import (
    ConfigurationError,
    ParameterError,
)
from trunkline.runtime.unset import UNSET


def test_everything_travels_where_it_belongs(connect, server, reply):
    server.answers = [reply({"id": "1"})]
    op = operation(
        method="POST",
        path="/a/{x}/b/{y}.json",
        body="application/json",
        path_styles={"y": Style("matrix")},
        header_styles={"X-List": Style("simple", explode=True)},
    )
    caller = connect(headers={"X-Default": "d", "X-Gone": "g"})
    caller.call(
        op,
        path={"x": "a/b", "y": [1, 2]},
        query={"q": "1&2", "none": None, "unset": UNSET},
        headers={"X-List": {"a": 1}, "X-Unset": UNSET},
        cookies={"c": "1"},
        body={"k": 1, "unset": UNSET},
        options={
            "headers": {"X-Gone": None, "X-Extra": "e"},
            "query": {"more": ["a", "b"]},
            "body": {"added": True},
        },
    )
    (seen,) = server.seen
    assert seen.path == "/a/a%2Fb/b/;y=1,2.json?q=1%262&more=a&more=b"
    assert seen.body == b'{"k":1,"added":true}'
    assert seen.headers["x-list"] == "a=1"
    assert seen.headers["cookie"] == "c=1"
    assert seen.headers["x-default"] == "d"
    assert seen.headers["x-extra"] == "e"
    assert "x-gone" not in seen.headers
    assert "x-unset" not in seen.headers
    assert seen.headers["user-agent"].startswith("demo_client/1.2 python/")


@pytest.mark.parametrize("value", ["..", ".", "", UNSET, None])
def test_no_path_parameter_leads_elsewhere(connect, server, value):
    with pytest.raises(ParameterError):
        connect().call(operation(path="/users/{id}/keys"), path={"id": value})
    assert server.seen == []


def test_a_body_property_can_be_a_file_with_an_encoding(connect, server, reply):
    server.answers = [reply({"id": "1"})]
    op = operation(
        method="POST",
        body="multipart/form-data",
        encoding={"meta": PartEncoding(content_type="application/json")},
    )
    connect().call(op, body={"meta": [1], "file": ("a.txt", b"x", "text/plain")})
    (seen,) = server.seen
    assert seen.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="meta"\r\nContent-Type: application/json\r\n\r\n[1]' in seen.body
    assert b'name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nx' in seen.body


def test_the_base_url_comes_from_the_argument_the_environment_or_the_description(
    connect, server, reply, monkeypatch
):
    server.answers = [reply({"id": "1"})]
    monkeypatch.setenv("DEMO_BASE_URL", server.url + "/env/")
    connect(base_url=None).call(GET)
    connect(base_url=server.url + "/arg").call(GET)
    connect().call(GET, options={"base_url": server.url + "/once/"})
    connect().call(operation(server="https://unreachable.invalid"))
    assert [seen.path for seen in server.seen] == [
        "/env/thing",
        "/arg/thing",
        "/once/thing",
        "/thing",
    ]
    with pytest.raises(ConfigurationError, match="https://"):
        connect(base_url="ftp://host")


def test_an_injected_client_is_used_as_it_is_and_not_closed(connect, server, reply, http_client):
    server.answers = [reply({"id": "1"})]
    injected = http_client(headers={"X-Own": "1"}, params={"always": "1"}, cookies={"own": "c"})
    caller = connect(http_client=injected)
    caller.call(GET, query={"q": 2})
    (seen,) = server.seen
    assert seen.path == "/thing?always=1&q=2"
    assert seen.headers["x-own"] == "1"
    assert seen.headers["cookie"] == "own=c"
    caller.run(caller.client.close())
    assert not injected.is_closed


def test_the_whole_query_can_be_one_value(connect, server, reply):
    server.answers = [reply({"id": "1"})]
    caller = connect()
    caller.call(GET, querystring={"a": 1, "b": ["x", "y"], "none": None})
    caller.call(operation(querystring="application/json"), querystring={"a": [1]})
    caller.call(operation(querystring="text/plain"), querystring="a b", query={"c": 1})
    assert [seen.path for seen in server.seen] == [
        "/thing?a=1&b=x&b=y",
        "/thing?%7B%22a%22%3A%5B1%5D%7D",
        "/thing?a%20b&c=1",
    ]
    with pytest.raises(ParameterError, match="query string"):
        caller.call(GET, querystring=3)


def test_an_option_that_does_not_exist_is_an_error_that_teaches(connect, server):
    with pytest.raises(ConfigurationError, match="'timout'; did you mean 'timeout'"):
        connect().call(GET, options={"timout": 3})
    with pytest.raises(ConfigurationError, match=r"no request option 'zzz'$"):
        connect().call(GET, options={"zzz": 3})
    with pytest.raises(ParameterError, match="op takes no idempotency key"):
        connect().call(GET, options={"idempotency_key": "k"})
    assert server.seen == []


def test_a_closed_client_says_so(connect, server, reply):
    server.answers = [reply({"id": "1"})]
    for used in (True, False):
        caller = connect()
        if used:
            caller.call(GET)
        caller.run(caller.client.close())
        with pytest.raises(ConfigurationError, match="the client is closed"):
            caller.call(GET)
