"""Patches, conditions, deletions that are marks, files: right, and with one mistake each."""

import json
from pathlib import Path

import pytest

from trunkline.pipeline.testing import RunOptions, Target, run_suite

APPS = Path(__file__).with_name("apps")
MISTAKES = {
    "kept step by step": "json-patch-whole",
    "merged flat": "merge-nested",
    "any mark": "not-modified",
    "one state more": "enum-enforced",
    "owner given": "owned-on-create",
    "no head": "head-same",
    "another charset": "headers-formed",
    "uploads cut": "upload-kept",
    "size of text": "upload-told",
    "bytes trimmed": "bytes-kept",
}


@pytest.fixture
def described(monkeypatch, tmp_path):
    """The description in a file."""
    monkeypatch.syspath_prepend(str(APPS))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    import binders

    file = tmp_path / "binders.json"
    file.write_text(json.dumps(binders.DESCRIPTION))
    return file


@pytest.fixture
def found(monkeypatch, described):
    """What is found on a server with one mistake, or with none."""
    import binders

    def run(mistake, only=()):
        monkeypatch.setattr(binders, "app", binders.make(mistake), raising=False)
        report = run_suite(described, Target(app="binders:app"), RunOptions(only=only))
        assert report.complete
        return report

    return run


def test_nothing_is_found_on_the_right_server(found):
    report = found("")
    assert [f"{v.rule} {v.operation}: {v.message}" for v in report.violations] == []
    passed = {r.unit.partition("/")[2] for r in report.results if r.verdict == "passed"}
    assert {*MISTAKES.values(), "delete-gone"} - {"upload-told"} <= passed | {
        "enum-enforced",
        "headers-formed",
    }


@pytest.mark.parametrize(("mistake", "rule"), MISTAKES.items())
def test_a_mistake_is_found(mistake, rule, found):
    always = {
        "headers-formed": ("text-kept", "headers-formed"),
        "enum-enforced": ("create-bounds",),
    }
    report = found(mistake, always.get(rule, (rule,)))
    assert rule in {v.rule for v in report.violations}


DEFECTS = {
    "any-tag-taken-for-the-own": "not-modified",
    "bytes-cut": "bytes-kept",
    "json-patch-tests-nothing": "json-patch-whole",
    "nested-replaced": "merge-nested",
    "uploads-cut": "upload-kept",
}


@pytest.mark.parametrize("defect", [None, *DEFECTS])
def test_a_defect_of_the_emulator_is_found(defect, described):
    target = Target(defects=(defect,) if defect else ())
    report = run_suite(described, target, RunOptions(only=tuple(DEFECTS.values())))
    rules = {v.rule for v in report.violations}
    assert rules == set() if defect is None else DEFECTS[defect] in rules
