"""OpenTACT: its envelope, its header token, and how to get one."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(load_api("opentact").api) as handle:
        yield handle


def claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    decoded: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return decoded


def listed(server: Running, token: str) -> httpx2.Response:
    return httpx2.get(f"{server.url}/profile/outbound_voice", headers={"X-Auth-Token": token})


def test_signing_in_gives_a_token_that_works_for_a_day(server: Running) -> None:
    server.reset()
    server.emulator.clock.freeze(datetime(2026, 5, 1, 12, tzinfo=UTC))
    password = server.credentials["token"]
    answer = httpx2.get(f"{server.url}/auth", auth=("me@example.com", password))
    body = answer.json()
    assert (answer.status_code, body["success"]) == (200, True)
    token = body["payload"]["token"]
    assert claims(token)["exp"] - claims(token)["iat"] == 86400
    assert (listed(server, token).status_code, listed(server, token).json()["success"]) == (
        200,
        True,
    )
    assert listed(server, token[:-2]).status_code == 401
    server.emulator.clock.move(86399)
    assert listed(server, token).status_code == 200
    server.emulator.clock.move(1)
    assert listed(server, token).status_code == 401


def test_a_token_shows_the_objects_of_the_account_that_signed_in(server: Running) -> None:
    server.reset()
    mine = {"X-Auth-Token": server.credentials["token"]}
    httpx2.post(f"{server.url}/profile/outbound_voice", json={"name": "office"}, headers=mine)
    for who, names in (("token", ["office"]), ("other_token", [])):
        password = server.credentials[who]
        signed = httpx2.get(f"{server.url}/auth", auth=("me@example.com", password)).json()
        found = listed(server, signed["payload"]["token"]).json()["payload"]
        assert [profile["name"] for profile in found if profile["name"] == "office"] == names


def test_issued_tokens_live_as_long_as_asked(server: Running) -> None:
    server.reset()
    server.emulator.clock.freeze()
    headers = {"X-Auth-Token": server.credentials["token"]}
    tokens = [
        httpx2.post(f"{server.url}/token", json={"name": "ci", "ttl": ttl}, headers=headers).json()[
            "payload"
        ]["token"]
        for ttl in (60, 120, 10**15)
    ]
    assert len(set(tokens)) == 3
    assert claims(tokens[0])["name"] == "ci"
    server.emulator.clock.move(60)
    assert [listed(server, token).status_code for token in tokens] == [401, 200, 200]


def test_tokens_are_not_issued_for_less_than_a_minute(server: Running) -> None:
    headers = {"X-Auth-Token": server.credentials["token"]}
    answer = httpx2.post(f"{server.url}/token", json={"name": "ci", "ttl": 59}, headers=headers)
    assert (answer.status_code, answer.json()["success"]) == (400, False)


def test_signing_in_with_a_wrong_password(server: Running) -> None:
    answer = httpx2.get(f"{server.url}/auth", auth=("me@example.com", "wrong"))
    assert answer.status_code == 401
    assert answer.json() == {
        "success": False,
        "message": "Credentials are missing or not valid",
        "status": 401,
    }


def test_profiles_in_their_envelope(server: Running) -> None:
    server.reset()
    headers = {"X-Auth-Token": server.credentials["token"]}
    with httpx2.Client(base_url=server.url, headers=headers) as client:
        made = client.post("/profile/outbound_voice", json={"name": "office"}).json()
        assert made["success"] is True
        profile = made["payload"]
        assert profile["name"] == "office"
        path = f"/profile/outbound_voice/{profile['uuid']}"
        assert client.get(path).json()["payload"] == profile
        changed = client.patch(path, json={"name": "office 2"}).json()["payload"]
        assert (changed["name"], changed["uuid"]) == ("office 2", profile["uuid"])
        assert client.delete(path).status_code == 200
        missing = client.get(path)
        assert missing.status_code == 404
        assert missing.json()["status"] == 404


def test_the_addresses_of_the_document_do_what_they_can_mean(server: Running) -> None:
    server.reset()
    mine = {"X-Auth-Token": server.credentials["token"]}
    base = f"{server.url}/profile/outbound_voice"

    def made(name: str) -> str:
        told = httpx2.post(base, json={"name": name}, headers=mine).json()
        return str(told["payload"]["uuid"])

    def names() -> list[str]:
        return [p["name"] for p in httpx2.get(base, headers=mine).json()["payload"]]

    made("office")
    # One profile alone can only be the one that is meant; of two nobody knows which.
    assert httpx2.patch(base, json={"name": "desk"}, headers=mine).status_code == 200
    assert names() == ["desk"]
    second = made("other")
    assert httpx2.patch(base, json={"name": "hall"}, headers=mine).status_code == 200
    assert sorted(names()) == ["desk", "other"]
    # Nothing that speaks HTTP takes this for an address of the profile, and the emulator neither.
    assert httpx2.delete(f"{base}{second}", headers=mine).status_code == 200
    assert sorted(names()) == ["desk", "other"]
    assert httpx2.delete(f"{base}/{second}", headers=mine).status_code == 200
    assert names() == ["desk"]
