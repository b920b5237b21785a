"""Servers that do one thing otherwise than described: each gets the one right edit, or none."""

import importlib.util
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.responses import JSONResponse

from trunkline import contract
from trunkline.cli.main import run
from trunkline.contract.drift import as_overlay, patch, propose
from trunkline.contract.model import bundle
from trunkline.contract.reports import json_lines
from trunkline.overlay import laid_over
from trunkline.pipeline import load_api
from trunkline.pointer import escape

HERE = Path(__file__).parent / "drift"
MUSEUM = HERE / "museum.yaml"
_MARK = "x-trunkline-source"


def table():
    """The servers; their modules stand beside the description."""
    sys.path.insert(0, str(HERE))
    try:
        spec = importlib.util.spec_from_file_location("drift_servers", HERE / "servers.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(HERE))
    return module


SERVERS = table()
TELLING = {
    "a property that is not described",
    "null where the property comes from a merge key",
    "what is missing is told in another way",
    "shorter titles alone are taken",
    "unknown members are ignored",
    "what was added stands in an envelope",
    "either of two members is demanded",
    "the inside of the server is shown",
    "nothing is checked",
}
"""Tried in every run; the others in the exhaustive one."""


def rows(names):
    return [n if n in TELLING else pytest.param(n, marks=pytest.mark.exhaustive) for n in names]


@contextmanager
def serving(server):
    """The application on a free port of the loopback."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(server().app(), log_level="critical", lifespan="off")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join()


def run_on(server, path=MUSEUM):
    """The loaded description, and the report of a run on the server."""
    loaded = load_api(path)
    with serving(server) as url:
        report = contract.run(
            contract.RunConfig(
                api=loaded.api,
                name="museum",
                description=bundle(loaded.document),
                base_url=url,
                credentials=contract.GivenCredentials("curator"),
                phases=False,
                settle=0.05,
            )
        )
    return loaded, report


def drifted(loaded, report):
    return as_overlay(loaded.document, propose(loaded.document, loaded.api, report), "Seen")


def differences(old, new, pointer=""):
    """Where two descriptions differ, and what stands there in the new one; the marks of what was
    observed left out."""
    for key in {**old, **new}:
        here = f"{pointer}/{escape(key)}"
        if key == _MARK:
            continue
        if key not in new:
            yield here, SERVERS.GONE
        elif key not in old:
            yield here, unmarked(new[key])
        elif isinstance(old[key], dict) and isinstance(new[key], dict):
            yield from differences(old[key], new[key], here)
        elif isinstance(old[key], list) and isinstance(new[key], list) and old[key] != new[key]:
            pairs = [*zip(old[key], new[key], strict=False)]
            if len(old[key]) == len(new[key]) and all(isinstance(o, dict) for o, _ in pairs):
                for index, (one, other) in enumerate(pairs):
                    yield from differences(one, other, f"{here}/{index}")
            else:
                yield here, new[key]
        elif old[key] != new[key]:
            yield here, new[key]


def unmarked(value):
    if isinstance(value, dict):
        return {key: unmarked(member) for key, member in value.items() if key != _MARK}
    return value


def test_the_museum_does_what_it_says():
    _, report = run_on(SERVERS.Museum)
    assert report.findings.all == []


def test_the_table_is_whole():
    assert len(SERVERS.EDITED) + len(SERVERS.AMBIGUOUS) + len(SERVERS.BUGS) >= 30
    assert len(SERVERS.BUGS) >= 10
    assert {*SERVERS.EDITED, *SERVERS.AMBIGUOUS, *SERVERS.BUGS} >= TELLING


@pytest.mark.parametrize("name", rows(SERVERS.EDITED))
def test_one_right_edit_and_then_nothing(name, tmp_path):
    server, wanted = SERVERS.EDITED[name]
    loaded, report = run_on(server)
    assert report.violations or report.gaps
    made = drifted(loaded, report)
    # What is left is refused for the same, and the second run shows that it was.
    assert all("test again" in proposal.reason for proposal in made.unsettled)
    file = tmp_path / "seen.yaml"
    file.write_text(made.text)
    with laid_over([file]):
        again, after = run_on(server)
        before, now = loaded.document.file.data, again.document.file.data
        assert dict(differences(before, now)) == wanted
        assert after.violations == after.gaps == []
    assert made.text.count("observed: ") >= 1
    ids = {finding.id for finding in (*report.violations, *report.gaps)}
    assert any(f"  # {one} " in made.text for one in ids)


@pytest.mark.parametrize("name", rows([*SERVERS.AMBIGUOUS, *SERVERS.BUGS]))
def test_no_edit_but_a_reason(name):
    server = {**SERVERS.AMBIGUOUS, **SERVERS.BUGS}[name]
    loaded, report = run_on(server)
    assert report.violations
    made = drifted(loaded, report)
    assert made.text == ""
    assert len(made.unsettled) == len(report.violations) + len(report.gaps)
    assert all(proposal.reason for proposal in made.unsettled)


def test_what_others_share_is_not_touched_for_an_envelope(tmp_path):
    """The suite does not look for items inside of envelopes: a second run says so again."""

    class Enveloping(SERVERS.Museum):
        def page(self, items, total):
            return JSONResponse({"items": [{"exhibit": one} for one in items], "total": total})

    loaded, report = run_on(Enveloping)
    made = drifted(loaded, report)
    assert all("test again" in proposal.reason for proposal in made.unsettled)
    file = tmp_path / "seen.yaml"
    file.write_text(made.text)
    with laid_over([file]):
        now = load_api(MUSEUM).document.file.data
    listed = "/paths/~1exhibits/get/responses/200/content/application~1json/schema"
    items = f"{listed}/properties/items/items"
    assert dict(differences(loaded.document.file.data, now)) == {
        f"{items}/$ref": SERVERS.GONE,
        f"{items}/type": "object",
        f"{items}/properties": {"exhibit": {"$ref": "#/components/schemas/Exhibit"}},
    }


def test_each_edit_is_accepted_by_itself(tmp_path, monkeypatch, capsys):
    server, _ = SERVERS.EDITED["what is missing is told in another way"]
    _, report = run_on(server)
    file = tmp_path / "report.jsonl"
    file.write_text("\n".join(json_lines(report)))
    monkeypatch.chdir(tmp_path)
    command = ["drift", str(MUSEUM), str(file), "--format", "overlay"]
    found = next(f for f in report.violations if f.subject == "404 errors")
    assert run([*command, "--only", found.id]) == 1
    one = capsys.readouterr().out
    assert "errors:" in one
    assert "required" not in one
    assert run([*command, "--only", "00000000"]) == 2
    assert "00000000" in capsys.readouterr().err


def test_of_alternatives_one_can_be_taken(tmp_path, monkeypatch, capsys):
    class Naming(SERVERS.AMBIGUOUS["either of two members is demanded"]):
        def wrong(self, body):
            wrong = super().wrong(body)
            return "a note or a material" if wrong == "incomplete" else wrong

    _, report = run_on(Naming)
    file = tmp_path / "report.jsonl"
    file.write_text("\n".join(json_lines(report)))
    monkeypatch.chdir(tmp_path)
    command = ["drift", str(MUSEUM), str(file), "--format", "overlay"]
    found = next(f for f in report.violations if f.rule == "create-accepted")
    run(command)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"{found.id}.1 if the server demands material" in shown.err
    assert f"{found.id}.2 if the server demands note" in shown.err
    run([*command, "--only", f"{found.id}.2"])
    overlay = capsys.readouterr().out
    assert "target: $.components.schemas.NewExhibit.required\n    update: note" in overlay


def test_what_responses_show_and_requests_may_not_say(tmp_path):
    """A second run says why it does not take back what the first one put there."""
    path = tmp_path / "museum.yaml"
    before = "note: {type: string, maxLength: 80}"
    after = "note: {type: [string, 'null'], maxLength: 80, x-trunkline-source: {observed: Seen.}}"
    assert before in MUSEUM.read_text()
    path.write_text(MUSEUM.read_text().replace(before, after))
    loaded, report = run_on(SERVERS.Museum, path)
    assert [f.rule for f in report.violations] == ["bounds-accepted"]
    made = drifted(loaded, report)
    assert made.text == ""
    assert "give requests a schema of their own" in made.unsettled[0].reason


def test_the_patch_writes_out_what_a_merge_key_brings(tmp_path, monkeypatch):
    server, wanted = SERVERS.EDITED["null where the property comes from a merge key"]
    path = tmp_path / "museum.yaml"
    path.write_text(MUSEUM.read_text())
    loaded, report = run_on(server, path)
    made = patch(loaded.document, propose(loaded.document, loaded.api, report), tmp_path)
    assert made.unsettled == ()
    (tmp_path / "drift.patch").write_text(made.text)
    subprocess.run(["git", "apply", "drift.patch"], check=True, cwd=tmp_path)
    again, after = run_on(server, path)
    changed = dict(differences(loaded.document.file.data, again.document.file.data))
    assert changed == wanted
    assert after.violations == []
