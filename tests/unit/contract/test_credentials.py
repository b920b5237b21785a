"""Credentials travel where the description says, and every server that does not mind is told."""

import base64

import pytest
from memory_service import Store, items, shown

from trunkline import contract
from trunkline.contract.model import GivenCredentials

SECRET = "Sesame-1"
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
}
TOKENS = {"basic": f"ann:{SECRET}"}


def secured(name):
    return {"security": [{name: []}], "components": {"securitySchemes": {name: SCHEMES[name]}}}


def shown_secret(name, query, headers):
    """What a request shows, read as the description has it and in no other way."""
    if name == "bearer":
        word, _, token = headers.get("authorization", "").partition(" ")
        return token if word == "Bearer" else None
    if name == "basic":
        word, _, encoded = headers.get("authorization", "").partition(" ")
        try:
            return base64.b64decode(encoded, validate=True).decode() if word == "Basic" else None
        except ValueError:
            return None
    if name == "header":
        return headers.get("x-key")
    if name == "query":
        return query.get("key")
    return dict(p.split("=", 1) for p in headers.get("cookie", "a=b").split("; ")).get("sid")


def guarded(name, minds=lambda secret: True):
    """A store behind a credential; `minds` tells whether it minds what is shown instead."""
    store, right = Store(), TOKENS.get(name, SECRET)

    def service(method, path, query, headers, body):
        secret = shown_secret(name, query, headers)
        if secret != right and minds(secret):
            return 401, {"www-authenticate": "Bearer"}, {"message": "who are you?"}
        return store(method, path, query, headers, body)

    return service


def run(described, opened, name, service):
    api = described(items(), **secured(name))
    token = GivenCredentials(TOKENS.get(name, SECRET))
    session = opened(api, service, credentials=token)
    units = contract.units(api, only=["auth-missing"])
    assert units
    return [contract.run_unit(session, unit) for unit in units]


def rules(results):
    return {finding.rule for result in results for finding in result.violations}


@pytest.mark.parametrize("name", SCHEMES)
def test_a_server_that_minds_has_no_findings(described, opened, name):
    results = run(described, opened, name, guarded(name))
    assert rules(results) - {"status-documented"} == set()
    assert sum(result.tried for result in results) > 10


@pytest.mark.parametrize("name", SCHEMES)
def test_an_open_door_is_found(described, opened, name):
    found = rules(run(described, opened, name, guarded(name, lambda secret: False)))
    assert {"auth-missing", "auth-wrong"} <= found


@pytest.mark.parametrize("name", SCHEMES)
def test_any_credential_will_do_is_found(described, opened, name):
    found = rules(run(described, opened, name, guarded(name, lambda secret: secret is None)))
    assert "auth-wrong" in found
    assert "auth-missing" not in found


def test_a_credential_compared_loosely_is_found(described, opened):
    loose = guarded("bearer", lambda secret: SECRET.lower() not in (secret or "").lower())
    found = rules(run(described, opened, "bearer", loose))
    assert "auth-malformed" in found
    assert "auth-wrong" not in found


@pytest.mark.parametrize("name", SCHEMES)
def test_a_credential_travels_where_the_description_says(described, opened, context, name):
    api = described(
        {"/me": {"get": {"operationId": "me", "responses": shown({"type": "object"})}}},
        **secured(name),
    )
    seen = []

    def service(method, path, query, headers, body):
        seen.append(shown_secret(name, query, headers))
        return 200, {}, {}

    right = TOKENS.get(name, SECRET)
    session = opened(api, service, credentials=GivenCredentials(right))
    context(session).executor.call(api.operations[0])
    assert seen == [right]
    request = session.client.sent[0]
    assert ("key=" in request.url) is (name == "query")
    assert ("X-Key" in request.headers) is (name == "header")


@pytest.mark.parametrize("name", SCHEMES)
def test_no_secret_is_in_a_finding(described, opened, name):
    results = run(described, opened, name, guarded(name, lambda secret: False))
    told = repr([r.violations for r in results])
    assert SECRET not in told
    assert base64.b64encode(f"ann:{SECRET}".encode()).decode() not in told
