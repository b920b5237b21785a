"""The fixture that pytest has wherever Trunkline is installed."""

import asyncio

import httpx2

from trunkline.fixtures import StartEmulator

PROFILES = "/outbound_voice_profiles"


def test_a_server_in_one_line(emulator: StartEmulator) -> None:
    server = emulator("telnyx")
    headers = {"Authorization": f"Bearer {server.credentials['token']}"}
    made = httpx2.post(f"{server.url}{PROFILES}", json={"name": "office"}, headers=headers)
    assert made.status_code == 200
    server.reset()
    assert httpx2.get(f"{server.url}{PROFILES}", headers=headers).json()["data"] == []


def test_without_a_socket(emulator: StartEmulator) -> None:
    server = emulator("telnyx")
    transport = httpx2.ASGITransport(app=server.emulator)

    async def ask() -> int:
        async with httpx2.AsyncClient(transport=transport, base_url="http://inside") as client:
            return (await client.get(f"/v2{PROFILES}")).status_code

    assert asyncio.run(ask()) == 401


def test_two_servers_are_two(emulator: StartEmulator) -> None:
    first, second = emulator("telnyx"), emulator("telnyx", defects=["filter-ignored"])
    assert first.url != second.url
    headers = {"Authorization": f"Bearer {first.credentials['token']}"}
    httpx2.post(f"{first.url}{PROFILES}", json={"name": "office"}, headers=headers)
    assert httpx2.get(f"{second.url}{PROFILES}", headers=headers).json()["data"] == []
