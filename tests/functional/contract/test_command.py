"""`trunkline test` as a person runs it: exit codes, secrets, progress, read-only runs."""

import json
import os
import pty
import re
import signal
import subprocess
import sys

import httpx2
import pytest

from trunkline.diagnostics import ExitCode

COMMAND = (sys.executable, "-c", "from trunkline.cli import main; main()", "test")
CARDS = {"TRUNKLINE_TOKEN": "card-of-ada", "TRUNKLINE_OTHER_TOKEN": "card-of-bob"}
QUICK = ("--only", "tenant-read", "--only", "create-read")


@pytest.fixture
def spec(library_loaded):
    return library_loaded.document.file.name


@pytest.fixture
def command(tmp_path, spec):
    """Runs `trunkline test` on the library's description."""

    def run(*arguments, environment=None, description=None):
        wanted = {"XDG_STATE_HOME": str(tmp_path / "state"), **CARDS, **(environment or {})}
        return subprocess.run(
            [*COMMAND, description or spec, *arguments],
            check=False,
            env={**os.environ, **wanted},
            capture_output=True,
            text=True,
            timeout=300,
        )

    return run


def test_every_exit_code(command, library):
    with library() as url:
        clean = command("--base-url", url, *QUICK)
        spent = command("--base-url", url, "--max-requests", "30")
        wrong = command("--base-url", url, "--shard", "3/2")
    with library("others-can-read") as url:
        broken = command("--base-url", url, *QUICK)
    down = command("--base-url", url)
    codes = [r.returncode for r in (clean, broken, wrong, down, spent)]
    assert codes == [0, 1, 2, 3, 4]
    for result in (clean, broken, wrong, down, spent):
        assert "Traceback" not in result.stdout + result.stderr
    assert "budget spent" in spent.stdout
    assert "no answer from" in down.stderr
    assert "3/2" in wrong.stderr


def test_a_credential_is_nowhere(command, library, tmp_path):
    """Not in what is printed, written or noted, whether it comes from the environment or a file."""
    secret, other = "card-of-ada", "card-of-bob"
    file = tmp_path / "card"
    file.write_text(f"{secret}\n")
    reports = {name: tmp_path / f"report.{name}" for name in ("json", "junit", "html")}
    written = [text for name, path in reports.items() for text in (f"--{name}", str(path))]
    baseline = tmp_path / "known.yaml"
    with library("others-can-read", "cards-not-compared") as url:
        result = command(
            *("--base-url", url, "--token", f"@{file}", "--header", "X-Trace: very-secret-value"),
            *written,
            *("--write-baseline", str(baseline), "--verbose"),
        )
    assert result.returncode == ExitCode.FINDINGS, result.stderr
    texts = [result.stdout, result.stderr, baseline.read_text()]
    texts += [path.read_text() for path in reports.values()]
    texts += [path.read_text() for path in (tmp_path / "state").rglob("*") if path.is_file()]
    assert len(texts) >= 6
    for text in texts:
        for word in (secret, other, "very-secret-value"):
            assert word not in text
    assert "$TOKEN" in result.stdout
    assert "$OTHER_TOKEN" in result.stdout


def test_a_journal_holds_no_credential(spec, library, tmp_path):
    """Looked at while objects are there, as a killed run leaves it."""
    folder = tmp_path / "trunkline" / "cleanup log"
    environment = {**os.environ, **CARDS, "XDG_STATE_HOME": str(tmp_path)}
    with (
        library() as url,
        subprocess.Popen(
            [*COMMAND, spec, "--base-url", url],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process,
    ):
        text = ""
        while "created" not in text:
            assert process.poll() is None
            text = "".join(p.read_text() for p in folder.glob("*")) if folder.is_dir() else ""
        process.send_signal(signal.SIGKILL)
        process.wait()
        (file,) = folder.iterdir()
        assert "card-of" not in file.read_text()
        assert file.stat().st_mode & 0o077 == 0


def test_a_credential_file_that_is_not_there(command, library):
    with library() as url:
        result = command("--base-url", url, "--token", "@/nowhere/card")
    assert result.returncode == ExitCode.USAGE
    assert "/nowhere/card" in result.stderr


def test_a_report_that_cannot_be_written_is_said_before_the_run(command, library, tmp_path):
    with library() as url:
        result = command("--base-url", url, "--html", str(tmp_path / "no" / "report.html"))
        left = httpx2.get(f"{url}/shelves", headers={"X-Library-Card": "card-of-ada"}).json()
    assert result.returncode == ExitCode.USAGE
    assert "there is no folder" in result.stderr
    assert left["count"] == 0


def on_terminal(arguments, environment):
    """What a command writes to a terminal, and its exit code."""
    parent, child = pty.openpty()
    with subprocess.Popen(
        arguments, env=environment, stdin=child, stdout=child, stderr=child, close_fds=True
    ) as process:
        os.close(child)
        parts = []
        while True:
            try:
                part = os.read(parent, 65536)
            except OSError:
                break
            if not part:
                break
            parts.append(part)
    os.close(parent)
    return b"".join(parts).decode("utf-8", "replace"), process.returncode


@pytest.mark.parametrize("plain", [False, pytest.param(True, marks=pytest.mark.exhaustive)])
def test_progress_is_rewritten_on_a_terminal(spec, library, tmp_path, plain):
    environment = {**os.environ, **CARDS, "XDG_STATE_HOME": str(tmp_path), "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    if plain:
        environment["NO_COLOR"] = "1"
    with library() as url:
        text, code = on_terminal([*COMMAND, spec, "--base-url", url], environment)
    assert code == 0
    # What follows the last of them is the report, whose lines are as long as they are.
    lines = re.findall(r"\r\x1b\[2K(lending-library: \d[^\r\n]+)", text)
    assert any(re.search(r"\d+/\d+, .*\d+ requests, \d+ violations", line) for line in lines)
    assert any(re.search(r"about \d+ s left", line) for line in lines)
    assert max(map(len, lines)) < 80
    assert ("\x1b[3" in text or "\x1b[1m" in text) <= (not plain)


def test_progress_is_plain_lines_elsewhere(command, library):
    with library() as url:
        result = command("--base-url", url, "--rate", "60", "--max-seconds", "8")
    assert "\x1b" not in result.stdout + result.stderr
    assert "\r" not in result.stderr
    assert re.search(r"^\S+: \d+/\d+, about \d+ s left, \d+ requests", result.stderr, re.MULTILINE)


def test_json_on_stdout_is_nothing_but_json(command, library):
    with library() as url:
        result = command("--base-url", url, *QUICK, "--json", "-")
    kinds = [json.loads(line)["kind"] for line in result.stdout.splitlines()]
    assert kinds[0] == "run"
    assert kinds[-1] == "summary"
    assert "no violations" in result.stderr


def test_a_defect_that_there_is_not(command):
    """Said by the emulator, in a process of its own."""
    result = command("--defect", "no-such-defect", description="callr")
    assert result.returncode == ExitCode.USAGE
    assert "no-such-defect" in result.stderr
    assert "Traceback" not in result.stderr
