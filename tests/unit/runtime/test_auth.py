from __future__ import annotations

import base64

import httpx2
import pytest

from trunkline.runtime.auth import Credentials
from trunkline.runtime.errors import (
    AuthenticationError,
    ConfigurationError,
    MissingCredentialsError,
)
from trunkline.runtime.service import ApiKey, HttpBasic, HttpBearer, OAuth2, Service

SERVICE = Service(
    package="demo",
    version="1",
    base_url="https://api.example.com/v2",
    schemes={
        "bearer": HttpBearer("token", env="DEMO_TOKEN"),
        "basic": HttpBasic(("login", "password"), env=("DEMO_LOGIN", "DEMO_PASSWORD")),
        "key": ApiKey("X-Demo", "header", "api_key", prefix="Api-Key "),
        "query": ApiKey("k[0]", "query", "query_key"),
        "cookie": ApiKey("sid", "cookie", "session"),
        "oauth": OAuth2(
            "/oauth/token",
            ("client_id", "client_secret"),
            scopes=("all",),
            ready_env="DEMO_ACCESS_TOKEN",
        ),
    },
)


def needs(*names: str) -> tuple[dict[str, tuple[str, ...]], ...]:
    return tuple({part: () for part in name.split("+") if part} for name in names)


@pytest.mark.parametrize(
    ("scheme", "given", "headers", "query", "cookies"),
    [
        ("bearer", "t0k", {"Authorization": "Bearer t0k"}, "", ""),
        ("basic", ("me", "p:w"), {"Authorization": "Basic bWU6cDp3"}, "", ""),
        ("key", "s3", {"X-Demo": "Api-Key s3"}, "", ""),
        ("query", "a&b", {}, "k%5B0%5D=a%26b", ""),
        ("cookie", "a;b", {}, "", "sid=a%3Bb"),
    ],
)
def test_each_scheme_puts_its_credential_where_it_belongs(scheme, given, headers, query, cookies):
    applied = Credentials(SERVICE, {scheme: given}).choose(needs(scheme))
    assert dict(applied.headers) == headers
    assert (applied.query, applied.cookies) == (query, cookies)


def test_credentials_come_from_the_environment_where_none_are_given(monkeypatch):
    monkeypatch.setenv("DEMO_TOKEN", "from-env")
    monkeypatch.setenv("DEMO_LOGIN", "env-login")
    assert Credentials(SERVICE, {}).choose(needs("bearer")).headers == (
        ("Authorization", "Bearer from-env"),
    )
    assert Credentials(SERVICE, {"bearer": "own"}).choose(needs("bearer")).headers == (
        ("Authorization", "Bearer own"),
    )
    monkeypatch.setenv("DEMO_PASSWORD", "env-password")
    expected = base64.b64encode(b"env-login:env-password").decode()
    assert Credentials(SERVICE, {}).choose(needs("basic")).headers == (
        ("Authorization", f"Basic {expected}"),
    )


def test_the_first_alternative_with_credentials_is_used_and_all_of_its_parts():
    credentials = Credentials(SERVICE, {"key": "s", "query": "q", "cookie": "c"})
    applied = credentials.choose(needs("bearer", "key+query+cookie", "key"))
    assert dict(applied.headers) == {"X-Demo": "Api-Key s"}
    assert (applied.query, applied.cookies) == ("k%5B0%5D=q", "sid=c")


def test_what_is_given_is_used_however_alternatives_are_ordered(monkeypatch):
    ways = needs("", "bearer", "key", "bearer+query", "key+query")
    assert Credentials(SERVICE, {"key": "s"}).choose(ways).headers == (("X-Demo", "Api-Key s"),)
    both = Credentials(SERVICE, {"key": "s", "query": "q"}).choose(ways)
    assert (both.headers, both.query) == ((("X-Demo", "Api-Key s"),), "k%5B0%5D=q")
    monkeypatch.setenv("DEMO_TOKEN", "from-env")
    assert Credentials(SERVICE, {}).choose(ways).headers == (("Authorization", "Bearer from-env"),)
    own = Credentials(SERVICE, {"key": "s"})
    assert own.choose(ways).headers == (("X-Demo", "Api-Key s"),)
    assert own.choose(needs("key", "bearer")).headers == (("X-Demo", "Api-Key s"),)


def test_what_a_copy_is_given_comes_before_what_its_client_had():
    client = Credentials(SERVICE, {"bearer": "t"})
    copy = Credentials(SERVICE, {"key": "s"}, client)
    assert copy.choose(needs("bearer", "key")).headers == (("X-Demo", "Api-Key s"),)
    assert client.choose(needs("bearer", "key")).headers == (("Authorization", "Bearer t"),)


def test_an_empty_alternative_needs_nothing():
    assert Credentials(SERVICE, {}).choose(needs("bearer", "")).headers == ()


def test_missing_credentials_are_asked_for_by_name():
    with pytest.raises(MissingCredentialsError) as caught:
        Credentials(SERVICE, {}).choose(needs("bearer", "basic", "key"))
    message = str(caught.value)
    assert "token=… or set DEMO_TOKEN" in message
    assert "login=… and password=… or set DEMO_LOGIN and DEMO_PASSWORD" in message
    assert message.endswith("pass api_key=…")


def test_a_header_of_the_callers_own_stands_for_its_scheme():
    credentials = Credentials(SERVICE, {})
    assert credentials.choose(needs("bearer"), ["authorization"]).headers == ()
    assert credentials.choose(needs("key"), ["x-demo"]).headers == ()
    assert credentials.choose(needs("bearer"), foreign=True).headers == ()
    with pytest.raises(MissingCredentialsError):
        credentials.choose(needs("key"), ["authorization"])


def test_a_password_without_a_user_name_is_an_error():
    with pytest.raises(ConfigurationError, match="go together"):
        Credentials(SERVICE, {"basic": (None, "pw")})


@pytest.mark.parametrize("given", [("key", None), ("key", "")])
def test_a_user_name_alone_has_an_empty_password(given):
    applied = Credentials(SERVICE, {"basic": given}).choose(needs("basic"), [])
    assert dict(applied.headers)["Authorization"] == "Basic a2V5Og=="


def test_an_empty_user_name_is_allowed_with_a_password():
    applied = Credentials(SERVICE, {"basic": ("", "pw")}).choose(needs("basic"), [])
    assert dict(applied.headers)["Authorization"] == "Basic OnB3"


@pytest.mark.parametrize(
    ("given", "said"), [(("", ""), "both empty"), (("a:b", "c"), "colon"), (("a\n", "b"), "line")]
)
def test_what_basic_cannot_carry_is_an_error(given, said):
    with pytest.raises(ConfigurationError, match=said):
        Credentials(SERVICE, {"basic": given})


def test_an_empty_password_in_the_environment_is_one(monkeypatch):
    scheme = SERVICE.schemes["basic"]
    user, password = scheme.env
    monkeypatch.setenv(user, "key")
    monkeypatch.setenv(password, "")
    applied = Credentials(SERVICE, {}).choose(needs("basic"), [])
    assert dict(applied.headers)["Authorization"] == "Basic a2V5Og=="


@pytest.mark.parametrize("given", ["", "a\r\nX-Evil: 1"])
def test_credentials_that_would_break_a_header_are_refused_without_showing_them(given):
    with pytest.raises(ConfigurationError, match="token is empty or has line breaks") as caught:
        Credentials(SERVICE, {"bearer": given})
    assert "Evil" not in str(caught.value)


def test_no_representation_shows_a_secret():
    credentials = Credentials(SERVICE, {"bearer": "s3cret", "oauth": ("id", "s3cret")})
    applied = credentials.choose(needs("bearer+oauth"))
    for thing in (credentials, applied, applied.token):
        assert "s3cret" not in repr(thing)
        assert "s3cret" not in str(thing)


def oauth() -> Credentials:
    return Credentials(SERVICE, {"oauth": ("cl:ient", "s3cret")})


def test_tokens_are_kept_per_scopes_until_shortly_before_their_end():
    source = oauth().choose(({"oauth": ("read",)},)).token
    assert source is not None
    headers, content = source.form(("read", "write"))
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"cl%3Aient:s3cret").decode()
    assert content == b"grant_type=client_credentials&scope=read+write"
    assert source.form(())[1] == b"grant_type=client_credentials&scope=all"
    source.accept(("read",), httpx2.Response(200, json={"access_token": "a", "expires_in": 3600}))
    source.accept(("write",), httpx2.Response(200, json={"access_token": "b", "expires_in": 0}))
    assert source.current(("read",)) == "a"
    assert source.current(("write",)) is None
    source.forget(("read",))
    assert source.current(("read",)) is None


def test_the_token_address_may_be_relative():
    source = oauth().choose(needs("oauth")).token
    assert source is not None
    assert source.url("https://api.example.com/v2") == "https://api.example.com/oauth/token"


@pytest.mark.parametrize(
    "response",
    [
        httpx2.Response(400, json={"error": "invalid_client"}),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(200, json={"token": "misnamed"}),
    ],
)
def test_no_token_is_an_authentication_error(response):
    response.request = httpx2.Request("POST", "https://api.example.com/oauth/token")
    source = oauth().choose(needs("oauth")).token
    assert source is not None
    with pytest.raises(AuthenticationError, match="no token from") as caught:
        source.accept((), response)
    assert "s3cret" not in str(caught.value)


def test_a_token_the_caller_has_already_is_sent_as_it_is(monkeypatch):
    given = Credentials(SERVICE, {"oauth": "mine"}).choose(needs("oauth"))
    assert (given.headers, given.token) == ((("Authorization", "Bearer mine"),), None)
    with pytest.raises(MissingCredentialsError, match="or pass access_token=…"):
        Credentials(SERVICE, {"oauth": (None, None)}).choose(needs("oauth"))
    with pytest.raises(ConfigurationError, match="access_token is empty"):
        Credentials(SERVICE, {"oauth": ""})
    monkeypatch.setenv("DEMO_ACCESS_TOKEN", "from-env")
    found = Credentials(SERVICE, {"oauth": (None, None)}).choose(needs("oauth"))
    assert found.headers == (("Authorization", "Bearer from-env"),)
    pair = Credentials(SERVICE, {"oauth": ("id", "s3cret")}).choose(needs("oauth"))
    assert pair.token is not None, "arguments come before the environment"
