"""Every operation of the REST descriptions, by clients of both kinds, against the emulator.

The clients are strict: an answer that is not as described is an error.
"""

from __future__ import annotations

from typing import Any

import pytest
from trunkline_opentact import NotFoundError as OpenTactNotFound
from trunkline_opentact import models as opentact
from trunkline_telnyx import NotFoundError as TelnyxNotFound
from trunkline_telnyx import models as telnyx

from trunkline.emulator import running
from trunkline.pipeline import load_api

SERVERS = {name: load_api(name).api for name in ("opentact", "telnyx")}
PROFILES = "outbound_voice_profiles"
CONNECTIONS = "credential_connections"


@pytest.fixture
def drivers(request: pytest.FixtureRequest, kind: str, make_driver: Any) -> Any:
    found: dict[str, Any] = {}
    contexts = []
    for name, described in SERVERS.items():
        context = running(described)
        contexts.append(context)
        found[name] = make_driver(name, kind, context.__enter__())
    yield found
    for driver in found.values():
        driver.close()
    for context in contexts:
        context.__exit__(None, None, None)


def test_telnyx_profiles(drivers: Any) -> None:
    do = drivers["telnyx"]
    made = do(f"{PROFILES}.create", name="office", tags=["a"], billing_group_id=None)
    assert isinstance(made, telnyx.OutboundVoiceProfile)
    assert (made.name, made.tags, made.record_type) == ("office", ["a"], "outbound_voice_profile")
    assert do(f"{PROFILES}.retrieve", made.id) == made
    changed = do(f"{PROFILES}.update", made.id, name="branch", concurrent_call_limit=3)
    assert (changed.name, changed.concurrent_call_limit, changed.tags) == ("branch", 3, ["a"])
    assert [p.id for p in do.items(f"{PROFILES}.list", filter_name_contains="ranc")] == [made.id]
    assert do(f"{PROFILES}.delete", made.id).id == made.id
    with pytest.raises(TelnyxNotFound):
        do(f"{PROFILES}.retrieve", made.id)


def test_telnyx_connections(drivers: Any) -> None:
    do = drivers["telnyx"]
    profile = do(f"{PROFILES}.create", name="for connections")
    made = do(
        f"{CONNECTIONS}.create",
        connection_name="office line",
        user_name="office1234",
        password="correct-horse-battery",
        outbound={"outbound_voice_profile_id": profile.id},
    )
    assert isinstance(made, telnyx.CredentialConnection)
    assert made.outbound is not None
    assert made.outbound.outbound_voice_profile_id == profile.id
    assert made.password == "correct-horse-battery"
    read = do(f"{CONNECTIONS}.retrieve", made.id)
    assert read == made.model_copy(update={"password": "********"})
    assert do(f"{CONNECTIONS}.update", made.id, active=False).active is False
    status = do(f"{CONNECTIONS}.check_registration", made.id).status
    assert status is telnyx.RegistrationStatusStatus.NOT_REGISTERED
    listed = do.items(f"{CONNECTIONS}.list", filter_outbound_outbound_voice_profile_id=profile.id)
    assert [one.id for one in listed] == [made.id]
    assert do.items(f"{CONNECTIONS}.list", filter_connection_name_contains="nobody") == []
    do(f"{CONNECTIONS}.delete", made.id)
    with pytest.raises(TelnyxNotFound):
        do(f"{CONNECTIONS}.retrieve", made.id)


def test_telnyx_pages(drivers: Any) -> None:
    do = drivers["telnyx"]
    names = [f"page {number:02}" for number in range(7)]
    for name in names:
        do(f"{PROFILES}.create", name=name)
    query = {"filter_name_contains": "page ", "sort": "name"}

    first = do.run(do.method(f"{PROFILES}.list")(page_size=3, **query))
    assert [p.name for p in first.data] == names[:3]
    assert [p.name for p in do.items(f"{PROFILES}.list", page_size=3, **query)] == names
    pages = do.method(f"{PROFILES}.list")(page_size=3, **query).pages()
    assert [[p.name for p in page.data] for page in do.collect(pages)] == [
        names[:3],
        names[3:6],
        names[6:],
    ]
    found = do.run(do.method(f"{PROFILES}.list")(**query).first())
    assert found is not None
    assert found.name == names[0]
    assert do.run(do.method(f"{PROFILES}.list")(filter_name_contains="none").first()) is None
    second = do.run(do.method(f"{PROFILES}.list")(page_number=2, page_size=3, **query))
    assert [p.name for p in second.data] == names[3:6]
    reverse = do.items(f"{PROFILES}.list", page_size=5, **query | {"sort": "-name"})
    assert [p.name for p in reverse] == names[::-1]


def test_opentact_profiles(drivers: Any) -> None:
    do = drivers["opentact"]
    made = do(f"{PROFILES}.create", name="office", channel_limit=5)
    assert isinstance(made, opentact.OutboundVoiceProfile)
    assert (made.name, made.channel_limit) == ("office", 5)
    assert do(f"{PROFILES}.retrieve", made.uuid) == made
    assert made.uuid in [p.uuid for p in do(f"{PROFILES}.list")]
    changed = do(f"{PROFILES}.update", made.uuid, name="branch")
    assert (changed.name, changed.channel_limit, changed.uuid) == ("branch", 5, made.uuid)
    connections = do(f"{PROFILES}.sip_connections.list", made.uuid)
    assert all(isinstance(one, opentact.SipConnection) for one in connections)
    apps = do(f"{PROFILES}.sip_control_apps.list", made.uuid)
    assert all(isinstance(one, opentact.SipControlApp) for one in apps)
    assert do(f"{PROFILES}.delete", made.uuid).uuid == made.uuid
    with pytest.raises(OpenTactNotFound):
        do(f"{PROFILES}.retrieve", made.uuid)


def test_opentact_operations_that_the_document_gives_odd_paths(drivers: Any) -> None:
    do = drivers["opentact"]
    made = do(f"{PROFILES}.create", name="odd")
    leases = do(f"{PROFILES}.update_without_uuid", name="odd")
    assert all(isinstance(lease, opentact.TnLease) for lease in leases)
    leases = do(f"{PROFILES}.delete_without_slash", made.uuid)
    assert all(isinstance(lease, opentact.TnLease) for lease in leases)


def test_opentact_tokens(drivers: Any) -> None:
    do = drivers["opentact"]
    user = do("auth.sign_in")
    assert isinstance(user, opentact.SignedInUser)
    issued = do("auth.issue_token", name="ci", ttl=60)
    with_token = do.make(api_key=issued.token, username=None, password=None)
    assert do.run(do.method(f"{PROFILES}.list", with_token)()) == do(f"{PROFILES}.list")


WAYS = {
    "opentact": (
        test_opentact_profiles,
        test_opentact_operations_that_the_document_gives_odd_paths,
        test_opentact_tokens,
    ),
    "telnyx": (test_telnyx_profiles, test_telnyx_connections, test_telnyx_pages),
}


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_no_operation_was_left_out(drivers: Any, name: str) -> None:
    """What the tests above call is all that there is."""
    for way in WAYS[name]:
        way(drivers)
    listed = drivers[name].methods()
    assert len(listed) == len(SERVERS[name].operations)
    assert listed - drivers[name].called == set()
