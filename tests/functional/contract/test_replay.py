"""What a report shows can be sent again: pasted into a shell, by `trunkline replay`, as tests."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from trunkline import contract
from trunkline.cli.main import run as command
from trunkline.contract.model import bundle
from trunkline.contract.reports import json_lines, parse_report, summary
from trunkline.contract.runner import replay
from trunkline.emulator import running
from trunkline.emulator.defects import CATALOGUE
from trunkline.pipeline import load_api

COMPLETE = Path(__file__).parents[3] / "contract_tests" / "complete.yaml"


@pytest.fixture(scope="module")
def loaded():
    return load_api(COMPLETE)


def config_of(loaded, server, **changes):
    given = contract.GivenCredentials(
        server.credentials["token"], server.credentials["other_token"]
    )
    settings = {
        "api": loaded.api,
        "name": "complete",
        "description": bundle(loaded.document),
        "base_url": server.url,
        "credentials": given,
        "include_unsafe": ("*",),
        "phases": False,
        **changes,
    }
    return contract.RunConfig(**settings)


def checks_of(defect):
    rules = set(CATALOGUE[defect].caught_by)
    return tuple(c.id for c in contract.CHECKS.values() if rules & {c.id, *c.rules})


def printed(report):
    """The commands and statuses of each cause, as a terminal shows them."""
    blocks = []
    for line in summary(report, verbose=True):
        if re.match(r"\d+\. ", line):
            blocks.append(([], []))
        elif line.startswith("   $ "):
            blocks[-1][0].append(line.removeprefix("   $ "))
        elif found := re.match(r"     (\d{3})( |$)", line):
            blocks[-1][1].append(int(found[1]))
    return blocks


def pasted(lines, server):
    """The statuses that `sh` shows for the lines."""
    tokens = {name.upper(): server.credentials[name] for name in ("token", "other_token")}
    done = subprocess.run(
        ["sh"],
        check=False,
        input="\n".join(lines) + "\n",
        env={**os.environ, **tokens},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    return [int(status) for status in re.findall(r"HTTP/1\.1 (\d{3})", done.stdout)]


def port_of(server):
    return int(server.url.split(":")[2].split("/")[0])


EVERY = [name for name, kind in CATALOGUE.items() if kind.applies(load_api(COMPLETE).api)]
"""Every sixteenth of them by default, all of them where everything is run."""
RACED = {"unique-values-raced"}
"""What goes wrong only where requests meet: lines that are pasted are sent one after another."""
BROKEN_OFF = {"deletions-broken-off"}
"""curl prints the status of an answer before it breaks off; a report has no answer to show."""


@pytest.mark.parametrize(
    "defect",
    [
        pytest.param(name, marks=() if number % 16 == 0 else pytest.mark.exhaustive)
        for number, name in enumerate(EVERY)
    ],
)
def test_what_is_printed_comes_again_when_it_is_pasted_and_when_it_is_replayed(loaded, defect):
    with running(loaded.api, defects=[defect]) as server:
        config = config_of(loaded, server, only=checks_of(defect))
        report = contract.run(config)
    port = port_of(server)
    for lines, statuses in printed(report) if defect not in RACED else ():
        # What an emulator was sent before is forgotten with it: ids and defects begin as they did.
        with running(loaded.api, port, defects=[defect]) as server:
            shown = pasted(lines, server)
        assert (shown[:-1] if defect in BROKEN_OFF else shown) == statuses, lines
    with running(loaded.api, port, defects=[defect]) as server:
        replayed = replay(config, report, [cause.example for cause in report.causes])
    assert [r.how for r in replayed if not r.fails] == []


@pytest.mark.parametrize("begin", [b"", b"--a form\r\n", b"-n "])
def test_bodies_that_are_no_text_are_pasted_byte_for_byte(loaded, begin):
    secret = "b\N{LATIN SMALL LETTER U WITH DIAERESIS}r: 'quoted' \"$HOME\" %s \\"
    body = begin + bytes(range(256)) + secret.encode() + b"\xff"
    request = contract.model.Request(method="POST", url="http://127.0.0.1:1/", body=body)
    line = request.curl(contract.model.Secrets({secret: "$TOKEN"}))
    assert line.startswith("printf ")
    assert secret not in line
    written = line.partition(" | curl ")[0]
    shell = ["sh", "-c", written]
    done = subprocess.run(shell, check=True, env={"TOKEN": secret}, stdout=subprocess.PIPE)
    assert done.stdout == body


@pytest.fixture(scope="module")
def report_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("report") / "report.jsonl"
    rules = ["--only", "update-visible", "--only", "null-clears"]
    arguments = ["test", "telnyx", "--defect", "update-not-kept", *rules, "--json", str(file)]
    assert command(arguments) == 1
    return file


def test_a_report_is_replayed_on_the_server_that_it_is_about(report_file, capsys):
    assert command(["replay", str(report_file)]) == 1
    shown = capsys.readouterr().out
    assert "still fails (the same responses came)" in shown
    assert "fails no more" not in shown
    assert "PATCH /outbound_voice_profiles/" in shown


def test_what_is_mended_fails_no_more(report_file, capsys):
    with running(load_api("telnyx").api) as server:
        token = server.credentials["token"]
        where = ["--base-url", server.url, "--token", token]
        assert command(["replay", str(report_file), *where]) == 0
        shown = capsys.readouterr().out
        assert "still fails" not in shown
        assert token not in shown
        for kind in ("outbound_voice_profiles", "credential_connections"):
            assert f"POST /{kind}" in shown
        left = list(contract_objects(server))
    assert left == []


def test_who_is_not_let_in_is_not_told_that_all_is_well(report_file, capsys):
    with running(load_api("telnyx").api) as server:
        where = ["--base-url", server.url, "--token", "of nobody"]
        assert command(["replay", str(report_file), *where]) == 2
    shown = capsys.readouterr().out
    assert "fails no more" not in shown
    assert "could not be tried: the server refuses the credentials" in shown


def contract_objects(server):
    """Whatever is there after a replay."""
    headers = {"Authorization": f"Bearer {server.credentials['token']}"}
    for kind in ("outbound_voice_profiles", "credential_connections"):
        yield from httpx2.get(f"{server.url}/{kind}", headers=headers).json()["data"]


def test_one_finding_is_replayed_by_its_id(report_file, capsys):
    lines = map(json.loads, report_file.read_text().splitlines())
    wanted = next(line for line in lines if line["kind"] == "violation")
    assert command(["replay", str(report_file), wanted["id"]]) == 1
    assert "1 of 1 findings are still there" in capsys.readouterr().out
    assert command(["replay", str(report_file), "ffffffff"]) == 2
    assert "no finding 'ffffffff'" in capsys.readouterr().err


def test_findings_become_tests_that_fail_while_they_are_there(report_file, tmp_path):
    file = tmp_path / "test_findings.py"
    assert command(["replay", str(report_file), "null-clears", "--pytest", str(file)]) == 0
    run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file), "-x"]
    failed = subprocess.run(run, check=False, stdout=subprocess.PIPE, text=True)
    assert failed.returncode == 1, failed.stdout
    assert "the same responses came" in failed.stdout
    with running(load_api("telnyx").api) as server:
        where = {
            "TRUNKLINE_BASE_URL": server.url,
            "TRUNKLINE_TOKEN": server.credentials["token"],
        }
        where |= os.environ
        passed = subprocess.run(run, check=False, env=where, stdout=subprocess.PIPE, text=True)
    assert passed.returncode == 0, passed.stdout


def test_a_replay_touches_nothing_that_it_did_not_make(loaded):
    """A report that was written by hand, or by somebody else, deletes nobody's objects."""
    with running(loaded.api) as server:
        config = config_of(loaded, server, include_unsafe=())
        headers = {"Authorization": f"Bearer {server.credentials['token']}"}
        made = httpx2.post(f"{server.url}/crates", json={"label": "kept"}, headers=headers).json()
        step = contract.EvidenceStep(
            "",
            204,
            "",
            method="DELETE",
            url=f"{server.url}/crates/{made['id']}",
            headers=(("Authorization", "Bearer $TOKEN"),),
        )
        report = contract.RunReport("complete", "", server.url, 0, "smoke")
        finding = contract.Finding("delete-gone", "removeCrate", "", "made up", (step,))
        report.findings.add(finding)
        (replayed,) = replay(config, report, [finding])
        assert not replayed.fails
        assert "not sent" in replayed.steps[0].reason
        kept = httpx2.get(f"{server.url}/crates/{made['id']}", headers=headers)
    assert kept.status_code == 200


def test_a_report_keeps_its_steps(loaded):
    with running(loaded.api, defects=["create-not-kept"]) as server:
        report = contract.run(config_of(loaded, server, only=("create-read",)))
    again = parse_report("\n".join(json_lines(report)), COMPLETE)
    assert [f.steps for f in again.violations] == [f.steps for f in report.violations]
    assert [f.before for f in again.violations] == [f.before for f in report.violations]
    assert any(step.hands_on for f in again.violations for step in f.steps)
