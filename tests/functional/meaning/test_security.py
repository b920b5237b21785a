"""Every security scheme, alone, together, as alternatives and optional: the client carries what the
emulator reads, and the emulator refuses what it should."""

from __future__ import annotations

import inspect
from typing import Any

import httpx2
import pytest

from trunkline.emulator import running
from trunkline.semantics.credentials import apply_credential, combine, is_secret_known

SCHEMES: dict[str, dict[str, Any]] = {
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "token": {"type": "http", "scheme": "token"},
    "dpop": {"type": "http", "scheme": "DPoP"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "bare": {"type": "apiKey", "in": "header", "name": "Authorization"},
    "prefixed": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Prefixed",
        "x-trunkline-prefix": "Api-Key ",
    },
    "query": {"type": "apiKey", "in": "query", "name": "api_key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "session"},
    "oauth": {
        "type": "oauth2",
        "flows": {"implicit": {"authorizationUrl": "https://id.example.com", "scopes": {}}},
    },
    "openid": {"type": "openIdConnect", "openIdConnectUrl": "https://id.example.com"},
}
TOGETHER = {
    "all keys": ["header", "query", "cookie"],
    "key and bearer": ["header", "bearer"],
    "basic and cookie": ["basic", "cookie"],
}
REQUIREMENTS: dict[str, list[dict[str, list[str]]]] = {
    **{name: [{name: []}] for name in SCHEMES},
    **{name: [{s: [] for s in schemes}] for name, schemes in TOGETHER.items()},
    "either": [{"header": []}, {"query": []}],
    "one or two": [{"header": [], "query": []}, {"bearer": []}],
    "optional": [{"bearer": []}, {}],
    "public": [],
}


def described(name: str, requirement: list[dict[str, list[str]]]) -> dict[str, Any]:
    used = dict.fromkeys(s for alternative in requirement for s in alternative)
    return {
        "openapi": "3.1.0",
        "info": {"title": name, "version": "1"},
        "servers": [{"url": "http://127.0.0.1"}],
        "paths": {
            "/things": {
                "get": {
                    "security": requirement,
                    "responses": {"204": {"description": "Let in."}},
                }
            }
        },
        "components": {"securitySchemes": {s: SCHEMES[s] for s in used}},
    }


@pytest.fixture(scope="module", params=REQUIREMENTS)
def case(request, package):
    name = request.param
    built = package(f"sec_{name.replace(' ', '_')}", described(name, REQUIREMENTS[name]))
    with running(built.api) as server:
        yield name, built, server


def arguments(built: Any, token: str) -> dict[str, Any]:
    """What the client's constructor takes for each scheme, by the names that its README gives."""

    names = inspect.signature(built._named("")).parameters
    given: dict[str, Any] = {}
    for name, parameter in names.items():
        annotation = str(parameter.annotation)
        if name in ("base_url", "timeout", "max_retries", "headers", "http_client"):
            continue
        if "str" not in annotation:
            continue
        given[name] = "user" if "username" in name else token
    return given


def test_the_client_is_let_in(case) -> None:
    _, built, server = case
    given = arguments(built, server.credentials["token"])
    with built.client(server.url, **given) as client:
        assert client.things.retrieve() is None


def test_without_credentials_nobody_is_let_in(case) -> None:
    name, _, server = case
    with httpx2.Client(base_url=server.url) as client:
        response = client.get("/things")
    if name in ("optional", "public"):
        assert response.status_code == 204
    else:
        assert response.status_code == 401
        assert response.headers["www-authenticate"]


def test_a_wrong_credential_is_refused(case) -> None:
    name, built, server = case
    if name in ("optional", "public"):
        return
    given = arguments(built, "wrong")
    refused = pytest.raises(built.module.AuthenticationError)
    with built.client(server.url, **given) as client, refused:
        client.things.retrieve()


def test_every_scheme_of_a_requirement_is_needed(case) -> None:
    name, built, server = case
    token = server.credentials["token"]
    for alternative in built.api.operations[0].security:
        schemes = [built.api.security_schemes[s] for s in alternative]
        if len(schemes) < 2:
            continue
        for left_out in schemes:
            parts = combine(
                apply_credential(
                    s, f"user:{token}" if getattr(s, "scheme", "") == "basic" else token
                )
                for s in schemes
                if s is not left_out
            )
            with httpx2.Client(base_url=server.url, cookies=dict(parts.cookies)) as client:
                response = client.get(
                    "/things", headers=dict(parts.headers), params=dict(parts.query)
                )
            assert response.status_code == 401, (name, left_out.name)


def test_what_the_suite_carries_is_let_in(case) -> None:
    name, built, server = case
    token = server.credentials["token"]
    for alternative in built.api.operations[0].security:
        schemes = [built.api.security_schemes[s] for s in alternative]
        assert all(map(is_secret_known, schemes))
        parts = combine(
            apply_credential(s, f"user:{token}" if getattr(s, "scheme", "") == "basic" else token)
            for s in schemes
        )
        with httpx2.Client(base_url=server.url, cookies=dict(parts.cookies)) as client:
            response = client.get("/things", headers=dict(parts.headers), params=dict(parts.query))
        assert response.status_code == 204, (name, parts)


def test_another_accounts_token_is_told_apart(case) -> None:
    _, built, server = case
    assert server.credentials["token"] != server.credentials["other_token"]
    given = arguments(built, server.credentials["other_token"])
    with built.client(server.url, **given) as client:
        assert client.things.retrieve() is None
