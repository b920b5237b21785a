"""Where the upload token comes from; trusted publishing against endpoints on a real socket."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.null import Keyring as NullKeyring
from keyring.credentials import SimpleCredential

from trunkline.diagnostics import Code, ExitCode, TrunklineError
from trunkline.release.credential import find_credential

INDEX = "https://packages.example.org/upload/"


class OneSecret(KeyringBackend):
    """A keyring that knows one index."""

    priority = 1

    def get_credential(self, service: str, username: str | None) -> SimpleCredential | None:
        return SimpleCredential(username or "someone", "kept") if service == INDEX else None

    def get_password(self, service: str, username: str) -> str | None:
        return "kept" if service == INDEX else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither a CI system nor the user's own keyring."""
    for name in ("GITHUB_ACTIONS", "GITLAB_CI", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(NullKeyring())
    yield
    keyring.set_keyring(before)


def token_for(audience: str) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'none'})}.{part({'aud': audience, 'sub': 'repo:a/b'})}.c2ln"


@pytest.fixture
def github(scripted: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A job with the permission id-token: write, and an index that knows its publisher."""
    scripted.audience = "testing-index"
    scripted.identity = token_for("testing-index")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token")
    monkeypatch.setenv("ACTIONS_ID_TOKEN_REQUEST_URL", f"{scripted.url}/identity?api=2")
    return scripted


def test_the_environment_comes_first(github: Any) -> None:
    found = find_credential(INDEX, github.url, {"TRUNKLINE_INDEX_TOKEN": "given"})

    assert (found.username, found.password) == ("__token__", "given")
    assert github.requests == []
    assert "given" not in repr(found)


def test_an_identity_is_traded_for_a_token(github: Any) -> None:
    found = find_credential(INDEX, github.url, {"GITHUB_ACTIONS": "true"})

    assert (found.username, found.password) == ("__token__", "pypi-minted")
    audience, identity, mint = github.requests
    assert audience[:2] == ("GET", "/_/oidc/audience")
    assert identity[1] == "/identity?api=2&audience=testing-index"
    assert identity[2]["Authorization"] == "bearer request-token"
    assert mint[:2] == ("POST", "/_/oidc/mint-token")
    assert json.loads(mint[3]) == {"token": github.identity}


def test_the_reasons_of_an_index_that_refuses_are_told(github: Any) -> None:
    said = {"code": "invalid-publisher", "description": "no publisher matches the claims"}
    github.minted = (422, {"message": "Token request failed", "errors": [said]})

    with pytest.raises(TrunklineError) as raised:
        find_credential(INDEX, github.url, {"GITHUB_ACTIONS": "true"})

    assert raised.value.diagnostics[0].code is Code.CREDENTIAL
    assert "(422): no publisher matches the claims" in str(raised.value)
    assert github.identity not in str(raised.value)


def test_a_token_for_somebody_else_is_not_sent_on(github: Any) -> None:
    github.identity = token_for("another-index")

    with pytest.raises(TrunklineError) as raised:
        find_credential(INDEX, github.url, {"GITHUB_ACTIONS": "true"})

    assert "audience" in str(raised.value)
    assert not any(path.endswith("mint-token") for _, path, *_ in github.requests)


@pytest.mark.parametrize("body", [[], {"success": True}, {"token": 7}, "text"])
def test_answers_without_a_token_are_no_traceback(github: Any, body: object) -> None:
    github.minted = (200, body)

    with pytest.raises(TrunklineError) as raised:
        find_credential(INDEX, github.url, {"GITHUB_ACTIONS": "true"})

    assert raised.value.exit_code is ExitCode.FINDINGS


def test_an_index_without_trusted_publishing_leaves_the_keyring(github: Any) -> None:
    github.audience = None
    keyring.set_keyring(OneSecret())

    found = find_credential(INDEX, github.url, {"GITHUB_ACTIONS": "true"})

    assert (found.username, found.password, found.origin) == ("someone", "kept", "the keyring")


def test_a_job_without_the_permission_is_told(github: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN")

    with pytest.raises(TrunklineError) as raised:
        find_credential(INDEX, github.url, {"GITHUB_ACTIONS": "true"})

    assert "id-token: write" in str(raised.value)
    assert "the keyring has nothing" in str(raised.value)


def test_without_anything_everything_tried_is_told(scripted: Any) -> None:
    with pytest.raises(TrunklineError) as raised:
        find_credential(INDEX, scripted.url, {})

    said = str(raised.value)
    assert "TRUNKLINE_INDEX_TOKEN is not set" in said
    assert "not in a CI system" in said
    assert "keyring" in said
    assert scripted.requests == []
