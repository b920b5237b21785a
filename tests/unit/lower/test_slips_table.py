"""The table of slips (`slips`): each is read as it is meant or costs its part, is told at its place,
and ends a command as the table says."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from slips import BASE, BOTH, FATAL, ROWS, WARNING, edited, read

from trunkline.diagnostics import GAPS, ExitCode, TrunklineError
from trunkline.pipeline import generate as generating

CASES = [(slip, version) for slip, row in ROWS.items() for version in row.versions]


@pytest.mark.parametrize(
    ("slip", "version"), [case for case in CASES if ROWS[case[0]].level != FATAL]
)
def test_it_is_read_as_it_is_meant_or_costs_only_its_part(slip: str, version: str) -> None:
    row = ROWS[slip]
    text, _ = edited(row.part, row.slip, version)
    right, _ = edited(row.part, row.right, version)
    wanted, _ = read(right.replace(*row.also) if row.also[0] else right)
    seen, found = read(text)
    assert seen == wanted
    assert all(one.code in GAPS for one in found.errors)


@pytest.mark.parametrize(("slip", "version"), CASES)
def test_it_is_told_at_its_place(slip: str, version: str) -> None:
    row = ROWS[slip]
    text, place = edited(row.part, row.slip, version)
    try:
        told = list(read(text)[1])
    except TrunklineError as error:
        told = error.diagnostics
    if slip == "a status that is a number":
        assert not told
        return
    said = [one for one in told if one.code is row.code]
    assert said, [str(one) for one in told]
    assert {one.severity for one in said} == {"warning" if row.level == WARNING else "error"}
    assert all(one.position is not None for one in told)
    if place is not None:
        places = [f"{one.position.line}:{one.position.column}" for one in said if one.position]
        assert place in places, [str(one) for one in told]


@pytest.mark.parametrize("slip", ROWS)
def test_a_command_ends_as_the_table_says(
    slip: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ROWS[slip]
    text, _ = edited(row.part, row.slip, row.versions[0])
    (tmp_path / "api.yaml").write_text(text, encoding="utf-8")
    nothing: dict[PurePosixPath, str] = {}
    monkeypatch.setattr(generating, "generate_package", lambda *given: nothing)

    def ends(*, allow_skips: bool) -> int:
        try:
            generating.plan_package(
                tmp_path / "api.yaml", out=tmp_path / "out", allow_skips=allow_skips
            )
        except TrunklineError as error:
            return int(error.exit_code)
        return int(ExitCode.OK)

    assert ends(allow_skips=False) == (0 if row.level == WARNING else 1)
    assert ends(allow_skips=True) == (1 if row.level == FATAL else 0)


def test_the_description_without_a_slip_says_nothing() -> None:
    for version in BOTH:
        _, found = read(BASE.replace("{version}", version))
        assert not list(found)
