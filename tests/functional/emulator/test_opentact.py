"""OpenTACT: its envelope, its header token, and how to get one."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(load_api("opentact").api) as handle:
        yield handle


@pytest.mark.parametrize("who", ["token", "other_token"])
def test_signing_in_gives_a_token_that_works(server: Running, who: str) -> None:
    answer = httpx2.get(f"{server.url}/auth", auth=("me@example.com", server.credentials[who]))
    body = answer.json()
    assert (answer.status_code, body["success"]) == (200, True)
    assert body["payload"]["token"] == server.credentials[who]
    headers = {"X-Auth-Token": body["payload"]["token"]}
    listed = httpx2.get(f"{server.url}/profile/outbound_voice", headers=headers)
    assert (listed.status_code, listed.json()["success"]) == (200, True)


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
