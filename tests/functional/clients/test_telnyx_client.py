"""The generated Telnyx client, sync and async, against the emulator on a socket."""

from collections.abc import Iterator

import pytest
from trunkline_telnyx import (
    AsyncTelnyx,
    AuthenticationError,
    NotFoundError,
    Telnyx,
    UnprocessableEntityError,
)
from trunkline_telnyx.models import OutboundVoiceProfile

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(load_api("telnyx").api) as started:
        yield started


@pytest.fixture
def client(server: Running) -> Iterator[Telnyx]:
    server.reset()
    with Telnyx(api_key=server.credentials["token"], base_url=server.url) as made:
        yield made


def test_created_profile_is_read_back_with_defaults(client: Telnyx) -> None:
    made = client.outbound_voice_profiles.create(name="office", daily_spend_limit="100.00")

    assert isinstance(made, OutboundVoiceProfile)
    assert made.name == "office"
    assert made.daily_spend_limit == "100.00"
    assert made.whitelisted_destinations == ["US", "CA"]
    assert made.concurrent_call_limit is None
    assert made.record_type == "outbound_voice_profile"
    assert client.outbound_voice_profiles.retrieve(made.id) == made


def test_update_changes_what_is_given_and_null_clears(client: Telnyx) -> None:
    profiles = client.outbound_voice_profiles
    made = profiles.create(name="office", concurrent_call_limit=10, tags=["a"])

    kept = profiles.update(made.id, name="branch")
    assert (kept.name, kept.concurrent_call_limit, kept.tags) == ("branch", 10, ["a"])
    cleared = profiles.update(made.id, name="branch", concurrent_call_limit=None, tags=[])
    assert (cleared.concurrent_call_limit, cleared.tags) == (None, [])
    assert cleared.created_at == made.created_at
    assert cleared.updated_at >= made.updated_at
    assert profiles.retrieve(made.id) == cleared


def test_list_fetches_page_after_page(client: Telnyx) -> None:
    profiles = client.outbound_voice_profiles
    names = [f"office {number:02}" for number in range(23)]
    for name in names:
        profiles.create(name=name)

    page = profiles.list(page_size=10, sort="name")

    assert [profile.name for profile in page.data] == names[:10]
    assert [profile.name for profile in page] == names
    assert [len(one.data) for one in profiles.list(page_size=10).pages()] == [10, 10, 3]
    assert [p.name for p in profiles.list(filter_name_contains="e 1", sort="-name")] == [
        name for name in reversed(names) if "e 1" in name
    ]
    first = profiles.list(sort="name").first()
    assert first is not None
    assert first.name == "office 00"


def test_deleted_profile_is_gone(client: Telnyx) -> None:
    made = client.outbound_voice_profiles.create(name="office")

    assert client.outbound_voice_profiles.delete(made.id).id == made.id
    with pytest.raises(NotFoundError) as caught:
        client.outbound_voice_profiles.retrieve(made.id)
    assert caught.value.status_code == 404
    assert list(client.outbound_voice_profiles.list()) == []


def test_refused_requests_say_which_member(client: Telnyx) -> None:
    with pytest.raises(UnprocessableEntityError) as caught:
        client.outbound_voice_profiles.create(name="o")

    assert "/name" in str(caught.value.body)


def test_accounts_are_separate_and_wrong_tokens_refused(client: Telnyx, server: Running) -> None:
    made = client.outbound_voice_profiles.create(name="office")

    other = client.with_options(api_key=server.credentials["other_token"])
    assert list(other.outbound_voice_profiles.list()) == []
    with pytest.raises(NotFoundError):
        other.outbound_voice_profiles.retrieve(made.id)
    with pytest.raises(AuthenticationError):
        client.with_options(api_key="wrong").outbound_voice_profiles.list()


def test_credential_connections(client: Telnyx) -> None:
    profile = client.outbound_voice_profiles.create(name="office")
    connections = client.credential_connections
    made = connections.create(
        connection_name="office line",
        user_name="office1234",
        password="correct-horse-battery",
        outbound={"outbound_voice_profile_id": profile.id},
    )

    assert made.outbound is not None
    assert made.outbound.outbound_voice_profile_id == profile.id
    changed = connections.update(made.id, active=False)
    assert (changed.active, changed.connection_name) == (False, "office line")
    assert [one.id for one in connections.list(filter_connection_name_contains="office")] == [
        made.id
    ]
    connections.delete(made.id)
    with pytest.raises(NotFoundError):
        connections.retrieve(made.id)


def test_async_client_does_the_same(server: Running) -> None:
    import asyncio

    async def use() -> None:
        server.reset()
        async with AsyncTelnyx(api_key=server.credentials["token"], base_url=server.url) as client:
            profiles = client.outbound_voice_profiles
            made = [await profiles.create(name=f"office {number}") for number in range(5)]
            page = await profiles.list(page_size=2, sort="name")
            assert [one.id for one in page.data] == [one.id for one in made[:2]]
            assert [one.id async for one in profiles.list(page_size=2, sort="name")] == [
                one.id for one in made
            ]
            changed = await profiles.update(made[0].id, name="branch", concurrent_call_limit=3)
            assert await profiles.retrieve(made[0].id) == changed
            await profiles.delete(made[0].id)
            with pytest.raises(NotFoundError):
                await profiles.retrieve(made[0].id)

    asyncio.run(use())
