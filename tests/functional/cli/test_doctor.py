"""`trunkline doctor` says what is missing and how to get it."""

import importlib.metadata
import json
from pathlib import Path

from trunkline.cli.commands import doctor


def test_all_is_well_where_everything_is_installed(trunkline) -> None:
    done = trunkline("doctor")
    assert done.returncode == 0, done.stdout
    names = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("ok")}
    assert {"python", "jinja2", "schemathesis", "loopback", "descriptions"} <= names


def test_a_machine_may_read_it(trunkline) -> None:
    findings = json.loads(trunkline("doctor", "--json").stdout)
    assert all(finding["ok"] for finding in findings if not finding["needed_for"])
    assert {"name", "ok", "found", "remedy", "needed_for"} == set(findings[0])


def test_what_only_some_need_is_no_failure(trunkline, tmp_path: Path) -> None:
    done = trunkline("doctor", env={"PATH": str(tmp_path)})
    assert done.returncode == 0
    assert "--  git" in done.stdout
    assert "only `trunkline diff` between revisions needs it" in done.stdout


def test_packages_are_held_to_their_versions(monkeypatch) -> None:
    required = ["jinja2>=99", "no-such-package-at-all>=1", "pytest>=1; sys_platform == 'nowhere'"]
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: required)
    wrong, absent = doctor.packages()
    assert not wrong.ok
    assert "which is not >=99" in wrong.found
    assert wrong.remedy == "python -m pip install 'jinja2>=99'"
    assert not absent.ok
    assert absent.found == "not installed"
