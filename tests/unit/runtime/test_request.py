from __future__ import annotations

import logging
from typing import Any

import httpx2
import pytest

from trunkline.runtime import Operation, SyncClient
from trunkline.runtime.errors import ConfigurationError
from trunkline.runtime.logs import bare_url, hide_query, redacted_headers
from trunkline.runtime.request import same_site
from trunkline.runtime.service import Service


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("https://h/a", "https://h/b", True),
        ("https://h/", "https://h:443/", True),
        ("http://h/", "https://h/", True),
        ("https://h/", "http://h/", False),
        ("https://h/", "https://h:8443/", False),
        ("http://h:8080/", "https://h/", False),
        ("https://h/", "https://h.evil.example/", False),
        ("https://h/", "https://sub.h/", False),
        ("https://h/", "https://user@evil.example/", False),
    ],
)
def test_where_credentials_may_go(a, b, expected):
    assert same_site(httpx2.URL(a), httpx2.URL(b)) is expected


def test_addresses_and_headers_are_shown_without_secrets():
    url = httpx2.URL("https://me:s3cret@host:8443/a/b?api_key=s3cret#s3cret")
    assert bare_url(url) == "https://host:8443/a/b"
    assert bare_url(httpx2.URL("http://[::1]:80/x")) == "http://[::1]/x"
    headers = httpx2.Headers({"Authorization": "s3cret", "X-Demo": "s3cret", "Accept": "a"})
    assert redacted_headers(headers, {"authorization", "x-demo"}) == {
        "authorization": "***",
        "x-demo": "***",
        "accept": "a",
    }


def test_records_of_the_http_library_lose_keys_in_the_query(caplog):
    hide_query(frozenset({"token[x]"}))
    with caplog.at_level(logging.INFO, logger="httpx2"):
        url = httpx2.URL("https://h/?a=1&token%5Bx%5D=s3cret&b=2")
        logging.getLogger("httpx2").info("HTTP Request: %s", url)
    assert caplog.messages == ["HTTP Request: https://h/?a=1&token%5Bx%5D=***&b=2"]


REGIONAL = Service(
    package="regional",
    version="1",
    base_url="https://{region}.example.com/{base}",
    variables={"region": "eu", "base": "v2/x"},
)
GET: Operation[Any] = Operation(id="g", method="GET", path="/a", responses={"200": Any})


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        (None, "https://eu.example.com/v2/x"),
        ({"region": "us", "base": None}, "https://us.example.com/v2/x"),
        ({"region": "evil.com#"}, "https://evil.com%23.example.com/v2/x"),
    ],
)
def test_variables_of_the_address(variables, expected):
    client = SyncClient(REGIONAL, credentials={}, variables=variables)
    assert client.base_url == expected
    assert repr(client) == f"<SyncClient {expected}>"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://h", "must start with https://"),
        ("h.example", "must start with https://"),
        ("//h", "must start with https://"),
        ("http:///a", "must start with https://"),
        ("http://host:abc", "not a usable base URL"),
        ("http://host\x00", "not a usable base URL"),
        ("https://h/?key=s3cret", "must not have a query"),
    ],
)
def test_addresses_that_are_none_are_refused_before_anything_is_sent(url, message):
    with pytest.raises(ConfigurationError, match=message) as caught:
        SyncClient(REGIONAL, credentials={}, base_url=url)
    assert "s3cret" not in str(caught.value)
    with pytest.raises(ConfigurationError, match=message):
        SyncClient(REGIONAL, credentials={}).call(GET, options={"base_url": url})
