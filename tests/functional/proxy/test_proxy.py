"""Between a real client and a real server: deviations told, exchanges recorded, played back."""

import http.server
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from trunkline_telnyx import NotFoundError, Telnyx

from trunkline.emulator import running
from trunkline.pipeline import load_api

ROOT = Path(__file__).parents[3]
TRUNKLINE = Path(sys.executable).with_name("trunkline")
TOKEN = "trunkline-token-1"


class Served:
    """A `trunkline serve` process; after the block, its exit code and what it said."""

    url = ""
    code = -1
    said = ""


@contextmanager
def serve(*arguments: str) -> Iterator[Served]:
    child = subprocess.Popen(
        [TRUNKLINE, "serve", "telnyx", "--json", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    served = Served()
    assert child.stdout is not None
    line = child.stdout.readline()
    assert line.startswith("{"), child.communicate()[1]
    served.url = json.loads(line)["url"]
    try:
        yield served
    finally:
        child.send_signal(signal.SIGTERM)
        _, served.said = child.communicate(timeout=30)
        served.code = child.returncode


def use(url: str) -> tuple[list[str], str]:
    """What a program does with the service; the same on any server that works."""
    with Telnyx(api_key=TOKEN, base_url=url) as client:
        made = client.outbound_voice_profiles.create(name="office")
        client.outbound_voice_profiles.update(made.id, name="branch")
        names = [profile.name for profile in client.outbound_voice_profiles.list(sort="name")]
        client.outbound_voice_profiles.delete(made.id)
        with pytest.raises(NotFoundError):
            client.outbound_voice_profiles.retrieve(made.id)
        return names, made.id


def test_a_server_that_keeps_to_its_description(tmp_path: Path) -> None:
    recording = tmp_path / "seen.jsonl"
    with running(load_api("telnyx").api) as live:
        with serve("--proxy", live.url, "--data", str(recording)) as proxy:
            names, identifier = use(proxy.url)
        assert live.emulator.request_log.shown(), "nothing reached the live server"
    assert names == ["branch"]
    assert proxy.code == 0, proxy.said
    assert "no deviations" in proxy.said

    lines = [json.loads(line) for line in recording.read_text(encoding="utf-8").splitlines()]
    assert [line["method"] for line in lines] == ["POST", "PATCH", "GET", "DELETE", "GET"]
    assert TOKEN not in recording.read_text(encoding="utf-8")

    with serve("--replay", str(recording)) as offline:
        assert use(offline.url) == (["branch"], identifier)
        other = httpx2.get(f"{offline.url}/outbound_voice_profiles/1")
        assert other.status_code == 501
        assert "not in the recording" in other.json()["error"]
    assert offline.code == 0


def test_deviations_are_told_with_who_says_so() -> None:
    with running(load_api("telnyx").api) as live:
        faults = [{"kind": "status", "status": 418, "path": "*/credential_connections"}]
        httpx2.put(f"{live.origin}/__trunkline__/faults", json=faults)
        with serve("--proxy", live.url) as proxy:
            headers = {"Authorization": f"Bearer {TOKEN}"}
            with httpx2.Client(base_url=proxy.url, headers=headers) as client:
                assert client.get("/credential_connections").status_code == 418
                assert client.get("/nothing/of/that/name").status_code == 404
                client.post("/outbound_voice_profiles", json={"name": 7})
    assert proxy.code == 1
    assert "GET /credential_connections → 418: status 418 is not documented" in proxy.said
    assert "[status-documented]" in proxy.said
    assert "specs/telnyx/openapi.yaml:" in proxy.said
    assert "GET /nothing/of/that/name → 404: no such operation is described" in proxy.said
    assert "POST /outbound_voice_profiles → 422: the body sent breaks its schema at name" in (
        proxy.said
    )


def test_redirects_are_passed_on_and_not_followed() -> None:
    asked: list[str] = []

    class Elsewhere(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    with serve("--proxy", f"http://127.0.0.1:{server.server_port}/v2") as proxy:
        answer = httpx2.get(f"{proxy.url}/outbound_voice_profiles")
    server.shutdown()
    assert answer.status_code == 302
    assert answer.headers["location"] == "/elsewhere"
    assert asked == ["/v2/outbound_voice_profiles"]
    assert proxy.code == 1


def test_a_dead_server_is_told_to_the_client() -> None:
    with serve("--proxy", "http://127.0.0.1:9/v2") as proxy:
        answer = httpx2.get(f"{proxy.url}/outbound_voice_profiles")
    assert answer.status_code == 502
    assert "does not answer" in answer.json()["error"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--proxy", "ftp://host"], "not the URL of a server"),
        (["--proxy", "http://h", "--replay", "x"], "exclude each other"),
        (["--proxy", "http://h", "--defect", "filter-ignored"], "server of our own"),
        (["--replay", "/nowhere.jsonl"], "/nowhere.jsonl:1:1: error: cannot read the recording"),
        (["--replay", "README.md"], "README.md:1:1: error: this line is not a recorded exchange"),
        (["--proxy", "http://h", "--data", "/nowhere/x"], "cannot write to /nowhere/x"),
    ],
)
def test_mistakes(arguments: list[str], message: str) -> None:
    done = subprocess.run(
        [TRUNKLINE, "serve", "telnyx", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def written(archive: Path, exchanges: int) -> str:
    """An archive while its proxy runs, which writes each exchange after it was answered."""
    until = time.monotonic() + 30
    while True:
        text = archive.read_text(encoding="utf-8")
        if text.count('"startedDateTime"') >= exchanges and text.endswith("]}}\n"):
            return text
        assert time.monotonic() < until, text
        time.sleep(0.01)


def test_archive_is_whole_at_any_time_and_played_back(tmp_path: Path) -> None:
    archive = tmp_path / "seen.har"
    with running(load_api("telnyx").api) as live:
        for part in (1, 2):  # what is there is added to
            with serve("--proxy", live.url, "--data", str(archive)) as proxy:
                expected = use(proxy.url)
                log = json.loads(written(archive, exchanges=5 * part))["log"]
            assert proxy.code == 0, proxy.said
            assert len(log["entries"]) == 5 * part
    assert log["version"] == "1.2"
    first = log["entries"][0]
    assert first["request"]["url"] == f"{live.url}/outbound_voice_profiles"
    assert json.loads(first["response"]["content"]["text"])["data"]["name"] == "office"
    assert TOKEN not in archive.read_text(encoding="utf-8")
    assert archive.stat().st_mode & 0o077 == 0

    log["entries"] = log["entries"][5:]
    archive.write_text(json.dumps({"log": log}))
    with serve("--replay", str(archive)) as offline:
        assert use(offline.url) == expected


def test_archive_of_a_browser_is_played_back(tmp_path: Path) -> None:
    def entry(url: str, body: str, **content: str) -> dict[str, object]:
        headers = [{"name": "content-encoding", "value": "gzip"}, {"name": ":status", "value": "1"}]
        return {
            "request": {"method": "GET", "url": url, "headers": []},
            "response": {
                "status": 200,
                "headers": [*headers, {"name": "Content-Type", "value": "application/json"}],
                "content": {"text": body, **content},
            },
        }

    archive = tmp_path / "browser.har"
    entries = [
        entry("https://fonts.example/a.woff", "x"),
        entry("https://api.telnyx.com/v2/outbound_voice_profiles?sort=name", '{"data":[]}'),
        entry("https://api.telnyx.com/v2/raw", "AP8=", encoding="base64"),
    ]
    archive.write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}))
    with serve("--replay", str(archive)) as offline:
        shown = httpx2.get(f"{offline.url}/outbound_voice_profiles?sort=name")
        assert shown.json() == {"data": []}
        assert httpx2.get(f"{offline.url}/raw").content == b"\0\xff"
        assert httpx2.get(f"{offline.url}/a.woff").status_code == 501


def test_what_is_no_archive_is_said(tmp_path: Path) -> None:
    file = tmp_path / "no.har"
    file.write_text('{"log": 5}')
    for arguments in (["--replay", str(file)], ["--proxy", "http://h", "--data", str(file)]):
        done = subprocess.run(
            [TRUNKLINE, "serve", "telnyx", *arguments],
            cwd=ROOT, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "archive" in done.stderr
    assert file.read_text() == '{"log": 5}'
