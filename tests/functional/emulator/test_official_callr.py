"""The vendor's own Python client, unmodified, against the emulator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import callr
import pytest

from trunkline import ir
from trunkline.emulator import Running, running
from trunkline.emulator.resources.resource_plan import seeded
from trunkline.pipeline import load_api


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(load_api("callr").api) as handle:
        yield handle


def connect(server: Running, password: str) -> Any:
    api = callr.Api("login", password)
    api.set_api_url(f"{server.origin}/json-rpc/v1.1/")
    return api


def test_objects(server: Running) -> None:
    server.reset()
    api = connect(server, server.credentials["token"])
    app = api.call("apps.create", "CLICKTOCALL10", "my app", {})
    assert api.call("apps.get", app["hash"]) == app
    media = api.call("media/library.create", "bell")
    assert api.call("media/library.get", media)["name"] == "bell"
    sent = api.call("sms.send", "SMS", "+33123456789", "hello", None)
    assert api.call("sms.get", sent)["to"] == "+33123456789"
    other = connect(server, server.credentials["other_token"])
    assert other.call("apps.get_list", True) == []


def test_errors(server: Running) -> None:
    api = connect(server, server.credentials["token"])
    gone = api.call("apps.create", "CLICKTOCALL10", "my app", {})["hash"]
    api.call("apps.delete", gone)
    for method, params, code in (
        ("no.such", [], -32601),
        ("apps.get", [], -32602),
        ("apps.get", [gone], 151),
    ):
        with pytest.raises(callr.CallrException) as caught:
            api.call(method, *params)
        assert caught.value.code == code
    with pytest.raises(callr.CallrException) as caught:
        connect(server, "wrong").call("system.get_timestamp")
    assert caught.value.data["http_code"] == 401


def test_at_least_thirty_methods(server: Running) -> None:
    api = connect(server, server.credentials["token"])
    rpc = server.emulator.api.rpc
    assert rpc is not None
    answered: list[str] = []
    refused: dict[str, int] = {}
    for method in rpc.methods:
        if method.evidence is ir.RpcEvidence.LISTED:
            continue
        sampler = server.emulator.services.sampler
        params = [sampler.sample(p.schema, seeded(1), "request") for p in method.parameters]
        try:
            api.call(method.name, *params)
            answered.append(method.name)
        except callr.CallrException as error:
            refused[method.name] = error.code
    assert len(answered) >= 30
    # Ids made up on the spot lead nowhere.
    assert set(refused.values()) <= {115, 151, 205, 1000}, refused
