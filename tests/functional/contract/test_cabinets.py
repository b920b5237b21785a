"""A server that is unusual and correct: no accusation, nobody's object touched, nothing left."""

import json
import sys
from pathlib import Path

import pytest

from trunkline.contract import reports
from trunkline.contract.model import Budget, Profile
from trunkline.pipeline.testing import RunOptions, Target, run_suite

APPS = Path(__file__).with_name("apps")


@pytest.fixture
def cabinets(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(APPS))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    sys.modules.pop("cabinets", None)
    import cabinets as module

    description = tmp_path / "cabinets.json"
    description.write_text(json.dumps(module.app.openapi()))
    module.description = description
    return module


def run_on(cabinets, monkeypatch, app, **options):
    monkeypatch.setattr(cabinets, "app", app)
    return run_suite(cabinets.description, Target(app="cabinets:app"), RunOptions(**options))


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.exhaustive) for n in range(1, 6))]
)
def test_what_is_unusual_is_no_violation(cabinets, monkeypatch, seed):
    app = cabinets.make()
    report = run_on(cabinets, monkeypatch, app, seed=seed)
    assert [f"{v.rule} {v.operation}: {v.message}" for v in report.violations] == []
    assert list(app.state.cabinets) == ["theirs"]
    assert [d.model_dump() for d in app.state.drawers.values()] == [
        {"id": "d0", "name": "socks", "locked": False, "state": "open"}
    ]
    assert [letter.subject for letter in app.state.letters.values()] == ["to somebody else"]
    assert not app.state.stamps
    passed = {r.unit for r in report.results if r.verdict == "passed"}
    assert {
        "cabinets/create-read",
        "cabinets.drawers/create-read",
        "cabinets.drawers/update-visible",
        "cabinets.drawers/parent-missing",
        "search_drawers/bodies-survived",
        "letters/delete-twice",
    } <= {unit if "/delete-gone" not in unit else unit.replace("gone", "twice") for unit in passed}
    assert any("no credential was given" in r.reason for r in report.results)


MISTAKES = {
    "forgetful": "delete-gone", "everywhere": "parent-listed", "careless": "update-visible"
}  # fmt: skip


@pytest.mark.exhaustive
@pytest.mark.parametrize(("mistake", "rule"), MISTAKES.items())
def test_mistakes_in_it_are_found(cabinets, monkeypatch, mistake, rule):
    app = cabinets.make(**{mistake: True})
    report = run_on(cabinets, monkeypatch, app)
    assert rule in {v.rule for v in report.violations}


def test_both_kinds_get_to_their_turn_when_seconds_are_few(cabinets, monkeypatch):
    budget = Budget.of_profile(Profile.SMOKE, seconds=4)
    report = run_on(cabinets, monkeypatch, cabinets.make(), budget=budget)
    assert report.spent
    assert report.fuzzed > 0
    assert report.exit_code == 4


def test_a_minute_of_smoke_is_no_failure(cabinets, monkeypatch):
    usual = Budget.of_profile(Profile.SMOKE)
    assert (usual.seconds, usual.usual) == (60.0, True)
    assert Budget.of_profile(Profile.FULL).seconds is None
    assert not Budget.of_profile(Profile.SMOKE, seconds=2).usual
    budget = Budget(seconds=2, usual=True)
    report = run_on(cabinets, monkeypatch, cabinets.make(), budget=budget)
    assert report.spent
    assert report.exit_code == 0
    assert any("were not reached within the minute" in line for line in reports.summary(report))


def test_many_causes_have_one_line_each(cabinets, monkeypatch):
    app = cabinets.make(**dict.fromkeys(MISTAKES, True))
    report = run_on(cabinets, monkeypatch, app)
    assert set(MISTAKES.values()) <= {v.rule for v in report.violations}
    lines = reports.summary(report)
    whole = reports.summary(report, verbose=True)
    count = len(report.causes)
    assert count > 3
    assert [line.partition(".")[0] for line in lines[:count]] == [str(n + 1) for n in range(count)]
    assert len(lines) < 20
    assert all(len(line) <= 160 for line in lines[:count])
    assert not any(line.lstrip().startswith("$ ") for line in lines)
    assert any(line.lstrip().startswith("$ ") for line in whole)
    assert len(whole) > len(lines)
