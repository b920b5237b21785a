"""The OpenTACT description: nothing lost, nothing made up, and it can be served."""

from pathlib import Path

import httpx2
import pytest
import yaml

from trunkline import ir
from trunkline.audit import audit
from trunkline.emulator import running
from trunkline.pipeline import load_api

SPEC = Path(__file__).parents[3] / "specs" / "opentact"
PROFILES = "/profile/outbound_voice"
DOCUMENTED = {
    "CreateOutboundVoiceProfile",
    "ModifyOutboundVoiceProfile",
    "RemoveOutboundVoiceProfileByUUID",
    "ListOutboundVoiceProfiles",
    "GetOutboundVoiceProfileByUUID",
    "GetOutboundVoiceProfileSIPConnectionsByUUID",
    "GetOutboundVoiceProfileControlAppsByUUID",
}


@pytest.fixture(scope="module")
def loaded():
    return load_api(SPEC, validate=True, strict=False)


def test_it_reads_without_a_word(loaded):
    assert list(loaded.diagnostics) == []


def test_the_audit_finds_nothing_missing():
    report = audit(SPEC)
    assert list(map(str, report.diagnostics)) == []
    assert sum(row.missing for row in report.coverage) == 0
    document = [row for row in report.coverage if row.source == "opentact-ovp"]
    assert sum(row.covered + row.ruled for row in document) == 298


def test_the_inventory_has_every_kind_of_item_in_full():
    facts = yaml.safe_load((SPEC / "sources" / "opentact-ovp.yaml").read_text())["facts"]
    kinds = [fact["kind"] for fact in facts]
    assert kinds.count("operation") == 7
    assert kinds.count("path") == 7
    assert kinds.count("example") == 21
    assert kinds.count("parameter") == 4
    settings = [f for f in facts if f["kind"] == "field" and ".body." in f["subject"]]
    assert len(settings) == 2 * 8


def test_all_seven_operations_are_there_under_their_names(loaded):
    assert {o.id for o in loaded.api.operations} >= DOCUMENTED


def test_paths_as_the_document_writes_them_can_be_called(loaded):
    addresses = {(o.method, o.path): o for o in loaded.api.operations}
    without_id = addresses["patch", PROFILES]
    without_slash = addresses["delete", f"{PROFILES}{{uuid}}"]
    assert without_id.deprecated
    assert without_slash.deprecated
    for operation in (without_id, without_slash):
        content = operation.responses[0].contents[0]
        assert content.schema.shape == ir.Reference(name="TnLeaseListAnswer")


def test_the_lease_reaches_every_object_that_it_shows(loaded):
    schemas, seen, queue = loaded.api.schemas, set(), ["TnLease"]
    while queue:
        name = queue.pop()
        if name not in seen:
            seen.add(name)
            for prop in schemas[name].shape.properties:
                shape = prop.schema.shape
                inner = shape.items.shape if isinstance(shape, ir.Array) else shape
                if isinstance(inner, ir.Reference) and isinstance(
                    schemas[inner.name].shape, ir.Object
                ):
                    queue.append(inner.name)
    objects = {"Tn", "Account", "TnOrder", "MessagingProfile", "SipConnection", "SipControlApp"}
    assert seen == objects | {"TnLease", "User", "OutboundVoiceProfile"}


@pytest.fixture(scope="module")
def client(loaded):
    with running(loaded.api) as server:
        token = server.credentials["token"]
        with httpx2.Client(base_url=server.url, headers={"X-Auth-Token": token}) as http:
            yield http


def test_a_profile_lives_and_dies(client):
    settings = {"name": "Desk", "tech_prefix": 100200, "filemat": "mp3", "audio_track_type": 1}
    made = client.post(PROFILES, json=settings)
    assert made.status_code == 200
    profile = made.json()["payload"]
    assert profile.items() >= settings.items()
    item = f"{PROFILES}/{profile['uuid']}"
    assert client.get(item).json() == {"success": True, "payload": profile}
    changed = client.patch(item, json={"channel_limit": 3}).json()["payload"]
    assert changed.items() >= {**settings, "channel_limit": 3}.items()
    assert client.get(PROFILES).json()["payload"] == [changed]
    assert client.delete(item).status_code == 200
    assert client.get(item).status_code == 404
    assert client.get(PROFILES).json()["payload"] == []


@pytest.mark.parametrize(
    "settings",
    [
        {"tech_prefix": 99999},
        {"name": ""},
        {"filemat": True},
        {"record_calls": 3},
        {"max_rate": -1},
    ],
)
def test_what_breaks_a_limit_is_refused_in_the_documented_shape(client, settings):
    answer = client.post(PROFILES, json=settings)
    body = answer.json()
    assert answer.status_code == 400
    assert (body["success"], body["status"]) == (False, 400)
    assert body["message"]


def test_nobody_gets_in_without_a_token(client):
    answer = httpx2.get(f"{client.base_url}{PROFILES}".replace("//profile", "/profile"))
    assert answer.status_code == 401
    assert answer.json()["status"] == 401
