"""A description compared with itself has not changed, whatever it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline.diagnostics import TrunklineError
from trunkline.pipeline.compare import compare_versions

TESTS = Path(__file__).parents[2]
FILES = sorted([*TESTS.glob("cases/*/openapi.*"), *TESTS.glob("unit/openapi/swagger/*/*.yaml")])


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_nothing_changed(file: Path) -> None:
    try:
        report = compare_versions(str(file), str(file)).report
    except TrunklineError:
        assert file.parent.name.startswith(("failing-", "clash"))
        return
    assert report.changes == ()


@pytest.mark.parametrize(
    "pair", sorted({path.parent for path in FILES if path.stem == "swagger"}), ids=lambda p: p.name
)
def test_what_means_the_same_is_the_same(pair: Path) -> None:
    report = compare_versions(str(pair / "swagger.yaml"), str(pair / "openapi.yaml")).report
    assert [change.message for change in report.changes] == []
