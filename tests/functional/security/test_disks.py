"""What a file loses, through the command line: nothing that was acknowledged, and one sentence for
everything that cannot be a file."""

import concurrent.futures
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).parents[3]
TRUNKLINE = Path(sys.executable).with_name("trunkline")
PROFILES = "/outbound_voice_profiles"
TAGS = [f"{number} of the tags" for number in range(10)]


class Served:
    """`trunkline serve telnyx --data FILE`, and a client of it."""

    def __init__(self, data: Path) -> None:
        self.child = subprocess.Popen(
            [TRUNKLINE, "serve", "telnyx", "--data", data, "--json"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.child.stdout is not None
        line = self.child.stdout.readline()
        if not line.startswith("{"):
            raise AssertionError(self.child.communicate()[1])
        said = json.loads(line)
        headers = {"Authorization": f"Bearer {said['credentials']['token']}"}
        self.client = httpx2.Client(base_url=said["url"], headers=headers, trust_env=False)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.child.send_signal(number)
        self.child.communicate(timeout=30)
        self.client.close()
        return self.child.returncode

    def ids(self) -> set[str]:
        found: set[str] = set()
        page = 1
        while True:
            query = {"page[number]": page, "page[size]": 250}
            answer = self.client.get(PROFILES, params=query)
            assert answer.status_code == 200, answer.text
            body = answer.json()
            found |= {one["id"] for one in body["data"]}
            if page >= body["meta"]["total_pages"]:
                assert body["meta"]["total_results"] == len(found)
                return found
            page += 1


def refused(data: Path) -> str:
    """What is said of a file that cannot be served from: one sentence, and exit code 2."""
    done = subprocess.run(
        [TRUNKLINE, "serve", "telnyx", "--data", data],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    (sentence,) = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert str(data) in sentence
    return sentence


def write(client: httpx2.Client, writer: int) -> tuple[set[str], set[str]]:
    """Creates and deletes until the server is gone; ids acknowledged as there, and as gone."""
    made: set[str] = set()
    gone: set[str] = set()
    number = 0
    try:
        while True:
            name = f"writer {writer} number {number}"
            answer = client.post(PROFILES, json={"name": name})
            made.add(answer.json()["data"]["id"])
            if number % 4 == 3:
                one = sorted(made)[0]
                made.discard(one)  # from now on either is right
                if client.delete(f"{PROFILES}/{one}").is_success:
                    gone.add(one)
            number += 1
    except (httpx2.TransportError, json.JSONDecodeError):
        return made, gone


def killed(data: Path, times: int) -> None:
    made: set[str] = set()
    gone: set[str] = set()
    moments = random.Random(0)
    for _ in range(times):
        served = Served(data)
        there = served.ids()
        assert made <= there
        assert not gone & there
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            writers = [pool.submit(write, served.client, number) for number in range(8)]
            time.sleep(moments.uniform(0.1, 0.8))
            served.child.kill()
            for writer in concurrent.futures.as_completed(writers):
                more, less = writer.result()
                made |= more
                gone |= less
        made -= gone
        assert served.end(signal.SIGKILL) == -signal.SIGKILL
    assert len(made) > times
    served = Served(data)
    there = served.ids()
    assert made <= there
    assert not gone & there
    assert served.end() == 0


def test_killed_among_eight_writers(tmp_path: Path) -> None:
    killed(tmp_path / "state.sqlite", 3)


@pytest.mark.exhaustive
def test_killed_thirty_times_among_eight_writers(tmp_path: Path) -> None:
    killed(tmp_path / "state.sqlite", 30)


def test_a_file_has_one_server(tmp_path: Path) -> None:
    data = tmp_path / "state.sqlite"
    first = Served(data)
    made = first.client.post(PROFILES, json={"name": "kept"}).json()["data"]["id"]
    assert "served by another process" in refused(data)
    assert first.ids() == {made}
    assert first.end() == 0
    second = Served(data)
    assert second.ids() == {made}
    assert second.end() == 0


def test_a_file_that_was_cut_short(tmp_path: Path) -> None:
    data = tmp_path / "state.sqlite"
    served = Served(data)
    for number in range(60):
        answer = served.client.post(PROFILES, json={"name": f"profile {number}", "tags": TAGS})
        assert answer.is_success, answer.text
    assert served.end() == 0
    cut = tmp_path / "cut.sqlite"
    cut.write_bytes(data.read_bytes()[:6000])
    before = cut.read_bytes()
    refused(cut)
    assert cut.read_bytes() == before


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    data = tmp_path / "state.sqlite"
    served = Served(data)
    assert served.end() == 0
    for unwritable in _unwritable(data):
        assert "read-only" in refused(unwritable) or "cannot" in refused(unwritable)


def _unwritable(data: Path) -> Iterator[Path]:
    """The file without the right to write it; for root, which has every right, on a file system
    that is mounted read-only, where mounting is allowed."""
    if os.geteuid() != 0:
        data.chmod(0o400)
        yield data
        return
    folder = data.parent / "mounted"
    if not _mounted(folder, "size=4m"):
        pytest.skip("root may write to every file here, and may not mount a file system")
    try:
        shutil.copy(data, folder / "state.sqlite")
        _mount("-o", "remount,ro", folder)
        yield folder / "state.sqlite"
    finally:
        subprocess.run(["umount", folder], check=False, capture_output=True)


def _mount(*arguments: str | Path) -> bool:
    if shutil.which("mount") is None:
        return False
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


def _mounted(folder: Path, options: str) -> bool:
    folder.mkdir()
    return _mount("-t", "tmpfs", "-o", options, "tmpfs", folder)


def test_a_full_disk(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    if not _mounted(folder, "size=1m"):
        pytest.skip("no file system can be mounted here, so none can be filled")
    try:
        served = Served(folder / "state.sqlite")
        acknowledged: set[str] = set()
        answer = None
        for number in range(2000):
            answer = served.client.post(PROFILES, json={"name": f"profile {number}", "tags": TAGS})
            if not answer.is_success:
                break
            acknowledged.add(answer.json()["data"]["id"])
        assert answer is not None
        assert answer.status_code == 507
        assert "full" in answer.text
        assert acknowledged
        assert served.ids() == acknowledged  # totals, too: see `ids`
        one = sorted(acknowledged)[0]
        if served.client.delete(f"{PROFILES}/{one}").is_success:
            acknowledged.discard(one)
        assert served.ids() == acknowledged
        assert served.end() == 0
        again = Served(folder / "state.sqlite")
        assert again.ids() == acknowledged
        assert again.end() == 0
    finally:
        subprocess.run(["umount", folder], check=False, capture_output=True)
