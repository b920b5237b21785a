"""Known violations: accepted with a reason and an end, noticed when out of date."""

import datetime

import pytest

from trunkline import contract
from trunkline.cli.main import run
from trunkline.contract.reports import Baseline, json_lines, junit, read_report, summary, write
from trunkline.diagnostics import TrunklineError

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def found(library, library_config):
    """A report with violations of two rules."""
    with library("others-can-read", "change-not-stored") as url:
        return contract.run(library_config(url, only=("tenant-read", "update-visible")))


@pytest.fixture
def report(found, tmp_path):
    """A copy of it."""
    file = tmp_path / "report.jsonl"
    file.write_text("\n".join(json_lines(found)))
    return read_report(file)


def listing(tmp_path, *entries):
    file = tmp_path / "known.yaml"
    file.write_text("accepted:\n" + "".join(f"  - {entry}\n" for entry in entries))
    return file


def entry(violation, expires="2026-12-31", reason="on the list", subject=True):
    about = f', subject: "{violation.subject}"' if subject and violation.subject else ""
    return (
        f"{{rule: {violation.rule}, operation: {violation.operation}{about}, "
        f"reason: {reason}, expires: '{expires}'}}"
    )


def test_what_is_accepted_does_not_fail_the_run(report, tmp_path):
    everything = [entry(v) for v in report.violations]
    assert len(everything) > 1
    Baseline.read(listing(tmp_path, *everything)).apply(report, TODAY, whole=True)
    assert report.violations == []
    assert report.exit_code == 0
    text = "\n".join(summary(report))
    assert "accepted until 2026-12-31: tenant-read" in text
    assert "on the list" in text
    assert "<failure" not in junit(report)
    assert "accepted until 2026-12-31: on the list" in junit(report)


def test_one_entry_accepts_only_what_it_names(report, tmp_path):
    first, *rest = report.violations
    Baseline.read(listing(tmp_path, entry(first))).apply(report, TODAY, whole=True)
    assert report.violations == rest
    assert report.exit_code == 1


def test_an_entry_without_a_subject_accepts_all_of_its_operation(report, tmp_path):
    wanted = next(v for v in report.violations if v.rule == "update-visible")
    Baseline.read(listing(tmp_path, entry(wanted, subject=False))).apply(report, TODAY, whole=True)
    left = {v.rule for v in report.violations}
    assert "tenant-read" in left
    assert "update-visible" not in left


def test_an_expired_entry_accepts_nothing_and_is_reported(report, tmp_path):
    first = report.violations[0]
    lines = listing(tmp_path, entry(first, expires="2026-11-20"))
    Baseline.read(lines).apply(report, TODAY, whole=True)
    assert first in report.violations
    assert any("known.yaml:2:5: expired on 2026-11-20" in note for note in report.notes)


def test_an_entry_holds_on_its_last_day(report, tmp_path):
    first = report.violations[0]
    Baseline.read(listing(tmp_path, entry(first, expires="2026-11-21"))).apply(
        report, TODAY, whole=True
    )
    assert first not in report.violations


def test_an_entry_for_what_is_gone_is_reported_once_everything_was_tried(report, tmp_path):
    text = "{rule: create-read, operation: addShelf, reason: r, expires: '2030-01-01'}"
    baseline = Baseline.read(listing(tmp_path, text))
    baseline.apply(report, TODAY, whole=False)
    assert report.notes == []
    baseline.apply(report, TODAY, whole=True)
    assert any("not seen any more" in note for note in report.notes)


def test_a_written_baseline_waits_for_reasons(report, tmp_path):
    file = tmp_path / "new.yaml"
    file.write_text(write(report.violations, TODAY))
    with pytest.raises(TrunklineError) as caught:
        Baseline.read(file)
    assert len(caught.value.diagnostics) == len(report.violations)
    assert "an entry without a reason" in str(caught.value)
    file.write_text(file.read_text().replace('reason: ""', "reason: because"))
    Baseline.read(file).apply(report, TODAY, whole=True)
    assert report.violations == []


GOOD = "rule: create-read, operation: a, reason: r, expires: '2030-01-01'"


@pytest.mark.parametrize(
    ("text", "says", "where"),
    [
        ("accepted: x", "no list", "1:1"),
        ("accepted:\n  - {rule: create-read}", "without operation, reason, expires", "2:5"),
        (f"accepted:\n  - {{{GOOD}, subjekt: x}}", "did you mean", "2:"),
        (f"accepted:\n  - {{{GOOD}}}\nother: 1", "unknown key 'other'", "3:1"),
        (
            "accepted:\n  - {" + GOOD.replace("create-read", "create-reed") + "}",
            "create-read?",
            "2:12",
        ),
        ("accepted:\n  - {" + GOOD.replace("2030-01-01", "soon") + "}", "not a date", "2:"),
        ("accepted: [", "", "1:"),
    ],
)
def test_faults_have_positions(tmp_path, capsys, text, says, where):
    file = tmp_path / "known.yaml"
    file.write_text(text)
    with pytest.raises(TrunklineError) as caught:
        Baseline.read(file)
    shown = "\n".join(map(str, caught.value.diagnostics))
    assert says in shown
    assert f"known.yaml:{where}" in shown
    assert run(["test", "telnyx", "--baseline", str(file)]) != 0
    assert "Traceback" not in capsys.readouterr().err


def test_the_command_takes_and_writes_baselines(library, library_loaded, tmp_path, capsys):
    spec, file = library_loaded.document.file.name, tmp_path / "known.yaml"
    with library("others-can-read") as url:
        command = ["test", spec, "--base-url", url, "--only", "tenant-read"]
        command += ["--token", "card-of-ada", "--other-token", "card-of-bob"]
        assert run([*command, "--write-baseline", str(file)]) == 1
        file.write_text(file.read_text().replace('reason: ""', "reason: known"))
        assert run([*command, "--baseline", str(file)]) == 0
        assert "known" in capsys.readouterr().out
        assert run([*command, "--baseline", str(tmp_path / "none.yaml")]) == 2
