"""With a file, no acknowledged write is lost, whatever happens to the process."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx2
import pytest

SERVE = """
import json, sys
from pathlib import Path
from trunkline.emulator import serve
from trunkline.pipeline import load_api

serve(load_api("telnyx").api, data=Path(sys.argv[1]),
      on_ready=lambda server: print(json.dumps([server.url, server.credentials]), flush=True))
"""


class Process:
    def __init__(self, data: Path) -> None:
        self.child = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(data)], stdout=subprocess.PIPE, text=True
        )
        assert self.child.stdout is not None
        url, credentials = json.loads(self.child.stdout.readline())
        headers = {"Authorization": f"Bearer {credentials['token']}"}
        self.client = httpx2.Client(base_url=url, headers=headers)

    def end(self, number: signal.Signals) -> int:
        self.child.send_signal(number)
        code = self.child.wait(20)
        assert self.child.stdout is not None
        self.child.stdout.close()
        self.client.close()
        return code


def listed(process: Process) -> dict[str, str]:
    found: dict[str, str] = {}
    page = 1
    while True:
        query = {"page[number]": page, "page[size]": 250}
        body = process.client.get("/outbound_voice_profiles", params=query).json()
        found |= {o["id"]: o["name"] for o in body["data"]}
        if page >= body["meta"]["total_pages"]:
            return found
        page += 1


def lost(kept: dict[str, str], acknowledged: dict[str, str]) -> set[str]:
    """Ids whose acknowledged name is gone; an update in flight may have been kept unanswered."""
    return {
        id_ for id_, name in acknowledged.items() if kept.get(id_) not in (name, f"{name} changed")
    }


def test_killed_in_the_middle_of_writes(tmp_path: Path) -> None:
    data = tmp_path / "data.sqlite"
    acknowledged: dict[str, str] = {}
    for turn in range(3):
        process = Process(data)
        assert not lost(listed(process), acknowledged)
        killer = threading.Timer(0.4, process.child.kill)
        killer.start()
        index = 0
        try:
            while True:
                name = f"turn {turn} number {index}"
                answer = process.client.post("/outbound_voice_profiles", json={"name": name})
                made = answer.json()["data"]
                acknowledged[made["id"]] = name
                if index % 3 == 0:
                    path = f"/outbound_voice_profiles/{made['id']}"
                    process.client.patch(path, json={"name": f"{name} changed"}).raise_for_status()
                    acknowledged[made["id"]] = f"{name} changed"
                index += 1
        except httpx2.TransportError:
            pass  # killed
        killer.join()
        assert process.end(signal.SIGKILL) == -signal.SIGKILL
        assert index > 0
    process = Process(data)
    kept = listed(process)
    assert not lost(kept, acknowledged)
    assert len(kept) - len(acknowledged) <= 3
    process.end(signal.SIGTERM)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ends_cleanly_when_asked(tmp_path: Path, number: signal.Signals) -> None:
    data = tmp_path / "data.sqlite"
    process = Process(data)
    made = process.client.post("/outbound_voice_profiles", json={"name": "kept"}).json()["data"]
    assert process.end(number) == 0
    process = Process(data)
    assert listed(process) == {made["id"]: "kept"}
    assert process.end(signal.SIGTERM) == 0
