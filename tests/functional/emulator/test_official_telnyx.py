"""The vendor's own client, unmodified, against the emulator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import telnyx

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(load_api("telnyx").api) as handle:
        yield handle


@pytest.fixture
def client(server: Running) -> Iterator[telnyx.Telnyx]:
    server.reset()
    token = server.credentials["token"]
    with telnyx.Telnyx(api_key=token, base_url=server.url, max_retries=0) as connected:
        yield connected


def test_create_retrieve_update_delete(client: telnyx.Telnyx) -> None:
    profiles = client.outbound_voice_profiles
    created = profiles.create(name="office", tags=["a"], concurrent_call_limit=10).data
    assert created is not None
    assert created.id is not None
    assert (created.name, created.tags, created.concurrent_call_limit) == ("office", ["a"], 10)
    assert created.record_type == "outbound_voice_profile"
    assert created.enabled is True
    assert created.service_plan == "global"
    assert created.traffic_type == "conversational"
    assert created.whitelisted_destinations == ["US", "CA"]
    assert profiles.retrieve(created.id).data == created
    updated = profiles.update(created.id, name="office 2", concurrent_call_limit=None).data
    assert updated is not None
    assert (updated.name, updated.concurrent_call_limit, updated.tags) == ("office 2", None, ["a"])
    assert profiles.retrieve(created.id).data == updated
    deleted = profiles.delete(created.id).data
    assert deleted is not None
    assert deleted.id == created.id
    with pytest.raises(telnyx.NotFoundError):
        profiles.retrieve(created.id)


def test_lists_page_by_themselves(client: telnyx.Telnyx) -> None:
    names = [f"profile {index:02}" for index in range(45)]
    for name in names:
        client.outbound_voice_profiles.create(name=name)
    pages = client.outbound_voice_profiles
    assert [p.name for p in pages.list(sort="name")] == names
    assert [p.name for p in pages.list()] == names[::-1]
    assert [p.name for p in pages.list(page_size=7, sort="-name")] == names[::-1]
    found = pages.list(filter={"name": {"contains": "file 1"}}, sort="name", page_size=4)
    assert [p.name for p in found] == names[10:20]
    first = pages.list(page_size=20)
    assert first.meta is not None
    assert (first.meta.total_results, first.meta.total_pages) == (45, 3)


def test_errors_have_their_classes(client: telnyx.Telnyx, server: Running) -> None:
    profiles = client.outbound_voice_profiles
    with pytest.raises(telnyx.UnprocessableEntityError) as invalid:
        profiles.create(name="")
    assert isinstance(invalid.value.body, dict)
    assert invalid.value.body["errors"][0]["source"] == {"pointer": "/name"}
    with pytest.raises(telnyx.NotFoundError):
        profiles.update("1293384261075731499", name="nobody")
    with pytest.raises(telnyx.UnprocessableEntityError):
        profiles.list(page_size=251)
    stranger = telnyx.Telnyx(api_key="wrong", base_url=server.url, max_retries=0)
    with stranger, pytest.raises(telnyx.AuthenticationError):
        stranger.outbound_voice_profiles.list()


def test_accounts_are_apart(client: telnyx.Telnyx, server: Running) -> None:
    created = client.outbound_voice_profiles.create(name="mine").data
    assert created is not None
    token = server.credentials["other_token"]
    with telnyx.Telnyx(api_key=token, base_url=server.url, max_retries=0) as other:
        assert list(other.outbound_voice_profiles.list()) == []
        with pytest.raises(telnyx.NotFoundError):
            other.outbound_voice_profiles.retrieve(str(created.id))


def test_credential_connections(client: telnyx.Telnyx) -> None:
    connections = client.credential_connections
    made = connections.create(
        user_name="hellothere", password="my123secure456password789", connection_name="my name"
    ).data
    assert made is not None
    assert made.id is not None
    assert (made.connection_name, made.record_type) == ("my name", "credential_connection")
    assert connections.retrieve(made.id).data == made
    changed = connections.update(made.id, active=False).data
    assert changed is not None
    assert (changed.active, changed.user_name) == (False, "hellothere")
    assert [c.id for c in connections.list(filter={"connection_name": {"contains": "NAME"}})] == [
        made.id
    ]
    linked = connections.create(
        user_name="another1",
        password="my123secure456password789",
        connection_name="a name",
        outbound={"outbound_voice_profile_id": "1293384261075731499"},
    ).data
    assert linked is not None
    by_name = connections.list(sort="connection_name", page_size=1)
    assert [c.connection_name for c in by_name] == ["a name", "my name"]
    by_profile = connections.list(filter={"outbound_voice_profile_id": "1293384261075731499"})
    assert [c.id for c in by_profile] == [linked.id]
    deleted = connections.delete(made.id).data
    assert deleted is not None
    assert deleted.id == made.id
    with pytest.raises(telnyx.NotFoundError):
        connections.retrieve(made.id)
    assert [c.id for c in connections.list()] == [linked.id]
