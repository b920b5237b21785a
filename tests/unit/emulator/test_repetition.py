"""A key makes it safe to send a request again, whatever happened to the server meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from trunkline import ir
from trunkline.emulator import Emulator
from trunkline.emulator.http.messages import HttpRequest, HttpResponse
from trunkline.pipeline import load_api

COMPLETE = Path(__file__).resolve().parents[3] / "contract_tests" / "complete.yaml"
Send = Callable[..., HttpResponse]


@pytest.fixture(scope="module")
def depot() -> ir.Api:
    return load_api(str(COMPLETE)).api


@pytest.fixture
def server(depot: ir.Api) -> Iterator[Emulator]:
    emulator = Emulator(depot)
    yield emulator
    emulator.close()


def crate(label: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "code": label.upper(), "weight": 1, **more}


def post(server: Emulator, body: object, key: str | None = None, account: int = 0) -> HttpResponse:
    headers = [
        (b"host", b"localhost"),
        (b"authorization", f"Bearer {server.accounts[account].token}".encode()),
        (b"content-type", b"application/json"),
    ]
    if key is not None:
        headers.append((b"idempotency-key", key.encode()))
    content = json.dumps(body).encode()
    return server.handle(HttpRequest("POST", b"/v1/crates", b"", headers, content))


def crates(server: Emulator) -> int:
    headers = [
        (b"host", b"localhost"),
        (b"authorization", f"Bearer {server.accounts[0].token}".encode()),
    ]
    answer = server.handle(HttpRequest("GET", b"/v1/crates", b"", headers))
    count: int = json.loads(answer.body)["count"]
    return count


def test_the_same_request_again_is_answered_again(server: Emulator) -> None:
    first = post(server, crate("one"), "k")
    assert first.status == 201, first.body
    again = post(server, crate("one"), "k")
    assert (again.status, again.body, again.media_type) == (201, first.body, first.media_type)
    assert dict(again.headers)[b"location"] == dict(first.headers)[b"location"]
    assert crates(server) == 1


def test_another_request_with_the_key_is_refused(server: Emulator) -> None:
    post(server, crate("one"), "k")
    assert post(server, crate("two"), "k").status == 409
    assert crates(server) == 1


def test_keys_of_accounts_and_of_requests_without_one_are_apart(server: Emulator) -> None:
    first = json.loads(post(server, crate("one"), "k").body)
    theirs = post(server, crate("one"), "k", account=1)
    assert theirs.status == 201
    assert json.loads(theirs.body)["id"] != first["id"]
    assert post(server, crate("two")).status == 201
    assert post(server, crate("three"), "").status == 400  # shorter than the key must be
    assert crates(server) == 2


def test_what_was_refused_can_be_mended_under_the_same_key(server: Emulator) -> None:
    post(server, crate("taken"))
    refused = post(server, crate("taken"), "k")
    assert refused.status >= 400, "labels or codes are unique"
    assert post(server, crate("free"), "k").status == 201


def test_keys_live_as_long_as_the_objects(depot: ir.Api, tmp_path: Path) -> None:
    before = Emulator(depot, data=tmp_path / "depot.db")
    first = post(before, crate("one"), "k")
    kept = before.store.snapshot()
    before.close()
    after = Emulator(depot, data=tmp_path / "depot.db")
    assert post(after, crate("one"), "k").body == first.body
    after.reset()
    assert post(after, crate("two"), "k").status == 201
    after.store.restore(kept)
    assert post(after, crate("one"), "k").body == first.body
    after.close()
