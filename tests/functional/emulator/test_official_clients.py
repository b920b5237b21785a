"""The vendor's older and other clients, unmodified, against the emulator: each takes the same steps
through all ten operations in a process of its own (`official/`) and tells what it saw."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from trunkline.emulator import Running, running
from trunkline.pipeline import load_api

ROOT = Path(__file__).resolve().parents[3]
CLIENTS = ROOT / ".peers" / "clients"
PYTHON = CLIENTS / "telnyx-2" / "bin" / "python"
PACKAGES = CLIENTS / "node_modules"
SCRIPTS = Path(__file__).parent / "official"
NAMES = [f"profile {index:02}" for index in range(45)]
VERSIONS: dict[str, str | Path] = {
    "current": "telnyx",
    "2024-04-30": ROOT / "specs/telnyx/history/2024-04-30.yaml",
}

needs_python_client = pytest.mark.skipif(
    not PYTHON.exists(), reason="not installed: python peers/install.py clients"
)
needs_node_clients = pytest.mark.skipif(
    not PACKAGES.is_dir() or shutil.which("node") is None,
    reason="not installed: python peers/install.py clients, and Node",
)


@pytest.fixture(scope="module", params=VERSIONS)
def server(request: pytest.FixtureRequest) -> Iterator[Running]:
    with running(load_api(VERSIONS[request.param]).api) as handle:
        yield handle


def seen_by(*command: str | Path) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check_profiles(seen: dict[str, Any], missing: str, invalid: str) -> None:
    """`missing` and `invalid`: what the client calls errors with status 404 and 422."""
    created = seen["created"]
    sent = {"name": "office", "tags": ["a"], "concurrent_call_limit": 10}
    owned = {"record_type": "outbound_voice_profile", "enabled": True, "connections_count": 0}
    defaults = {"service_plan": "global", "whitelisted_destinations": ["US", "CA"]}
    assert sent | owned | defaults == {name: created[name] for name in (sent | owned | defaults)}
    assert seen["retrieved"] == created
    changed = {"name": "office 2", "concurrent_call_limit": None}
    updated = seen["updated"]
    assert updated == {**created, **changed, "updated_at": updated["updated_at"]}
    assert seen["saved"] == {
        **updated,
        "name": "office 3",
        "updated_at": seen["saved"]["updated_at"],
    }
    assert seen["meta"] == {
        "page_number": 1,
        "page_size": 20,
        "total_pages": 3,
        "total_results": 46,
    }
    assert seen["paged"] == [*NAMES[::-1], "office 3"]
    assert seen["filtered"] == NAMES[10:20]
    assert seen["invalid"] == [invalid, 422, {"pointer": "/name"}]
    assert seen["too_large_a_page"] == [invalid, 422, {"parameter": "page[size]"}]
    assert seen["deleted"] == seen["saved"]
    assert seen["gone"] == [missing, 404, None]
    assert seen["stranger"] == ["AuthenticationError", 401, None]


def check_connections(seen: dict[str, Any], missing: str, server: Running) -> None:
    linked = seen["connection"]
    assert linked["password"] == "my123secure456password789"
    # The service has masked passwords since after the time of the earlier version.
    masked = {} if server.emulator.api.version == "2024-04-30" else {"password": "*" * 8}
    assert (linked["connection_name"], linked["user_name"]) == ("My name", "hellothere")
    assert linked["record_type"] == "credential_connection"
    assert linked["active"] is True
    assert seen["connection_retrieved"] == {**linked, **masked}
    updated = seen["connection_updated"]
    assert updated == {**linked, **masked, "active": False, "updated_at": updated["updated_at"]}
    assert seen["connection_deleted"] == updated
    assert seen["connection_gone"] == [missing, 404, None]


@needs_python_client
def test_telnyx_2_for_python(server: Running) -> None:
    server.reset()
    token = server.credentials["token"]
    seen = seen_by(PYTHON, SCRIPTS / "telnyx_2.py", server.origin, token)
    check_profiles(seen, "ResourceNotFoundError", "InvalidParametersError")
    check_connections(seen, "ResourceNotFoundError", server)
    # It picks the class by `record_type`.
    assert (seen["class"], seen["connection_class"]) == (
        "OutboundVoiceProfile",
        "CredentialConnection",
    )
    assert seen["connections"] == ["My name", "Other"]
    assert seen["connections_filtered"] == ["My name"]
    # `save` sends what changed and nothing else; the documents of both versions want the name in
    # every update of a profile, and so does the current client's signature (erratum telnyx-030).
    assert seen["saved_without_name"] == ["InvalidParametersError", 422, {"pointer": "/name"}]


@needs_node_clients
def test_telnyx_7_for_node(server: Running) -> None:
    server.reset()
    token = server.credentials["token"]
    seen = seen_by("node", SCRIPTS / "telnyx_7.cjs", PACKAGES, server.origin, token)
    check_profiles(seen, "NotFoundError", "UnprocessableEntityError")
    check_connections(seen, "NotFoundError", server)
    assert seen["connections"] == ["My name", "Other"]
    # The earlier version does not know the short name of this filter.
    known = "filter[outbound_voice_profile_id]" in {
        f.parameter for f in server.emulator.api.operation("listCredentialConnections").filters
    }
    assert seen["connections_filtered"] == (["My name"] if known else ["My name", "Other"])


@needs_node_clients
def test_telnyx_1_for_node(server: Running) -> None:
    """It does not encode brackets."""
    server.reset()
    token = server.credentials["token"]
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=server.url, headers=headers) as client:
        for name in NAMES[:12]:
            client.post("/outbound_voice_profiles", json={"name": name}).raise_for_status()
    seen = seen_by("node", SCRIPTS / "telnyx_1.cjs", PACKAGES, server.host, str(server.port), token)
    assert seen["names"] == NAMES[2:4]
    assert seen["meta"] == {"page_number": 2, "page_size": 2, "total_pages": 6, "total_results": 12}
    assert seen["filtered"] == ["profile 11", "profile 10"]
    assert seen["retrieved"] == "profile 02"
    assert seen["gone"] == ["TelnyxResourceNotFoundError", 404, None]
    assert seen["too_large_a_page"] == [
        "TelnyxInvalidParametersError",
        422,
        {"parameter": "page[size]"},
    ]
    check_connections(seen, "TelnyxResourceNotFoundError", server)
    assert seen["connections"] == ["My name"]
