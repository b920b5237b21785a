"""Every security scheme: carried, and read back by a server that knows the same scheme."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trunkline import ir
from trunkline.ir import KeyLocation
from trunkline.position import Position
from trunkline.semantics.credentials import (
    CredentialParts,
    Shown,
    accepts,
    apply_credential,
    challenge,
    combine,
    is_required,
    is_secret_known,
    presented,
    primary_scheme,
    satisfied,
)

ORIGIN = ir.Origin(position=Position("api.yaml", 1, 1), pointer="")


def key(location: KeyLocation, name: str = "X-Key", prefix: str = "") -> ir.KeyScheme:
    return ir.KeyScheme(name="k", key=name, location=location, origin=ORIGIN, prefix=prefix)


def http(scheme: str) -> ir.HttpScheme:
    return ir.HttpScheme(name="h", scheme=scheme, origin=ORIGIN)


OAUTH = ir.OAuthScheme(name="o", flows=(), origin=ORIGIN)
OPENID = ir.OpenIdScheme(name="i", url="https://id.example.com", origin=ORIGIN)
TLS = ir.MutualTlsScheme(name="m", origin=ORIGIN)
SCHEMES: dict[str, ir.SecurityScheme] = {
    "basic": http("basic"),
    "bearer": http("bearer"),
    "token": http("token"),
    "dpop": http("dpop"),
    "oauth": OAUTH,
    "openid": OPENID,
    "header": key(KeyLocation.HEADER),
    "prefixed header": key(KeyLocation.HEADER, "Authorization", "Api-Key "),
    "query": key(KeyLocation.QUERY, "api_key"),
    "cookie": key(KeyLocation.COOKIE, "session"),
    "prefixed cookie": key(KeyLocation.COOKIE, "session", "s:"),
}
SECRET = st.text("abcXYZ019._~+/=-", min_size=1, max_size=30)


def request(parts: CredentialParts) -> Shown:
    headers = {name.lower(): value for name, value in parts.headers.items()}
    return Shown(headers.get, dict(parts.query).get, dict(parts.cookies).get)


@pytest.mark.parametrize("name", SCHEMES)
@given(secret=SECRET)
def test_what_is_carried_is_read_back(name: str, secret: str) -> None:
    scheme = SCHEMES[name]
    secret = f"{secret}:pass word" if name == "basic" else secret
    assert presented(scheme, request(apply_credential(scheme, secret))) == secret


@pytest.mark.parametrize("one", SCHEMES)
@pytest.mark.parametrize("other", SCHEMES)
def test_a_credential_of_another_scheme_is_not_one(one: str, other: str) -> None:
    if SCHEMES[one] == SCHEMES[other] or {one, other} <= {"bearer", "oauth", "openid"}:
        return
    shown = presented(SCHEMES[one], request(apply_credential(SCHEMES[other], "a:b")))
    # Where both use one header, only the prefix tells them apart.
    assert shown in {None, "s:a:b"}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Bearer abc", "abc"),
        ("bearer abc", "abc"),
        ("BEARER   abc ", "abc"),
        ("abc", None),
        ("Bearer", None),
        ("Token abc", None),
        (None, None),
    ],
)
def test_words_have_no_case(header: str | None, expected: str | None) -> None:
    shown = Shown({"authorization": header}.get, dict[str, str]().get, dict[str, str]().get)
    assert presented(http("bearer"), shown) == expected


def test_basic_that_is_not_base64_is_nothing() -> None:
    shown = Shown({"authorization": "Basic %%%"}.get, dict[str, str]().get, dict[str, str]().get)
    assert presented(http("basic"), shown) is None


def test_an_empty_password_stays() -> None:
    parts = apply_credential(http("basic"), "user:")
    assert presented(http("basic"), request(parts)) == "user:"


def test_several_schemes_travel_together() -> None:
    parts = combine(
        [
            apply_credential(SCHEMES["header"], "a"),
            apply_credential(SCHEMES["query"], "b"),
            apply_credential(SCHEMES["cookie"], "c"),
        ]
    )
    assert [presented(SCHEMES[n], request(parts)) for n in ("header", "query", "cookie")] == [
        "a",
        "b",
        "c",
    ]


def test_certificates_and_impossible_headers_have_no_secret() -> None:
    assert not is_secret_known(TLS)
    assert not is_secret_known(key(KeyLocation.HEADER, "not a header"))
    assert is_secret_known(key(KeyLocation.COOKIE, "not a header"))
    assert not apply_credential(TLS, "x")


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("basic", 'Basic realm="api"'),
        ("bearer", "Bearer"),
        ("token", "Token"),
        ("dpop", "DPoP"),
        ("oauth", "Bearer"),
        ("query", None),
    ],
)
def test_challenges(scheme: str, expected: str | None) -> None:
    assert challenge(SCHEMES[scheme]) == expected


def test_alternatives() -> None:
    either = ({"a": ()}, {"b": (), "c": ()})
    optional = ({"a": ()}, dict[str, tuple[str, ...]]())
    assert is_required(either)
    assert not is_required(optional)
    assert not is_required(())
    assert satisfied(either, ["b"]) is None
    assert satisfied(either, ["b", "c"]) == {"b": (), "c": ()}
    assert satisfied(optional, []) == {}
    assert satisfied(optional, ["a"]) == {"a": ()}
    assert satisfied(either, ["a", "b", "c"]) in either


def test_the_scheme_that_most_operations_accept_alone(api) -> None:
    found = api(
        """
        paths:
          /a: {get: {security: [{one: []}], responses: {'200': {description: ok}}}}
          /b: {get: {security: [{two: []}, {one: [], two: []}], responses: {'200': {description: ok}}}}
          /c: {get: {security: [{two: []}], responses: {'200': {description: ok}}}}
          /d: {get: {security: [], responses: {'200': {description: ok}}}}
        components:
          securitySchemes:
            one: {type: http, scheme: bearer}
            two: {type: apiKey, in: header, name: X-Key}
        """
    )
    primary = primary_scheme(found)
    assert primary is not None
    assert primary.name == "two"
    by_path = {o.path: o for o in found.operations}
    assert accepts(by_path["/b"].security, primary)
    assert not accepts(by_path["/a"].security, primary)
    assert not accepts(by_path["/d"].security, primary)
