"""Bodies of JSON's relatives are JSON: sent as what they are, and held to their schemas."""

import json

import pytest
from memory_service import Store, items

from trunkline import contract
from trunkline.contract.model import Exchange, Request, response_problems
from trunkline.semantics.validators import Validators


@pytest.mark.parametrize(
    ("described_as", "sent_as"),
    [
        ("application/json", "application/json"),
        ("application/vnd.shop+json", "application/vnd.shop+json"),
        ("application/*", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_a_body_is_sent_as_what_it_is(described, opened, described_as, sent_as):
    store = Store()
    kinds = []

    def service(method, path, query, headers, body):
        if method == "POST":
            kinds.append(headers["content-type"])
            json.loads(body)
        status, more, value = store(method, path, query, headers, body)
        return status, {**more, "content-type": sent_as}, value

    api = described(items(described_as))
    session = opened(api, service)
    results = [contract.run_unit(session, u) for u in contract.units(api, only=["create-read"])]
    tried = [r for r in results if r.tried]
    assert "items" in {r.target for r in tried}
    assert [v.message for r in tried if r.target == "items" for v in r.violations] == []
    assert set(kinds) - {"application/json"} <= {sent_as}
    assert sent_as in kinds


def test_a_body_of_a_relative_is_held_to_its_schema(described, opened):
    kind = "application/vnd.shop+json"
    store = Store()

    def service(method, path, query, headers, body):
        status, more, value = store(method, path, query, headers, body)
        if method == "GET" and isinstance(value, dict):
            value = {**value, "name": 7}
        return status, {**more, "content-type": kind}, value

    api = described(items(kind))
    session = opened(api, service)
    results = [contract.run_unit(session, u) for u in contract.units(api, only=["create-read"])]
    assert "response-schema" in {v.rule for r in results for v in r.violations}


def test_a_body_has_to_say_what_it_is(described, opened):
    """Clients take it for what is described; that is their kindness, not the server's right."""
    store = Store()

    def service(method, path, query, headers, body):
        status, more, value = store(method, path, query, headers, body)
        return status, {**more, "content-type": ""}, value

    api = described(items("application/json"))
    session = opened(api, service)
    results = [contract.run_unit(session, u) for u in contract.units(api, only=["create-read"])]
    assert "content-type-documented" in {v.rule for r in results for v in r.violations}


@pytest.mark.parametrize(
    ("media_type", "body", "wrong"),
    [
        ("image/png", b"\x89PNG", False),
        ("image/png", b"{}", False),
        ("application/json", b"\x89PNG", True),
        ("application/json", b"{}", True),
    ],
)
def test_a_body_of_any_media_type_is_what_it_says_it_is(described, media_type, body, wrong):
    """What is described as bytes of any kind is no JSON because JSON is one of the kinds."""
    content = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    answer = {"description": "d", "content": content}
    api = described({"/picture": {"get": {"responses": {"200": answer}}}})
    shown = Exchange(
        request=Request(method="GET", url="http://here/picture"),
        status=200,
        headers={"content-type": media_type},
        body=body,
        seconds=0,
    )
    found = response_problems(Validators(api), api.operations[0], shown, malformed=False)
    assert ("response-schema" in {problem.rule for problem in found}) is wrong
