"""Methods are called what the makers of public APIs call them, and stay so as others go."""

import csv
import importlib.util
import random
from collections import Counter
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[3] / "tools" / "names.py"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("names_tool", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows(tool):
    with tool.TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_the_table_is_named_as_its_makers_do(tool, rows):
    counts = Counter()
    for sdk in {row["sdk"] for row in rows}:
        ours = [row for row in rows if row["sdk"] == sdk]
        named = tool.names(ours)
        counts.update(
            tool.verdict(named[row["method"], row["path"]], row["name"], row["path"])
            for row in ours
        )
    assert counts.total() == 200
    assert counts["same"] + counts["same words"] >= 160


def test_verdicts_are_not_lenient(tool):
    assert tool.verdict("create", "create", "/x") == "same"
    assert tool.verdict("retrieve", "get_file_by_id", "/files/{id}") == "same words"
    assert tool.verdict("update", "set_thing", "/things/{id}") == "other"
    assert tool.verdict("create", "create_copy", "/files/{id}") == "same verb"


@pytest.mark.parametrize("seed", range(3))
def test_few_names_change_when_operations_go(tool, rows, seed):
    """A name may become plainer when what it was told apart from is gone; others stay."""
    ours = [row for row in rows if row["sdk"] == "resend"]
    before = tool.names(ours)
    kept = random.Random(seed).sample(ours, len(ours) - 3)
    after = tool.names(kept)
    changed = {k: (before[k], v) for k, v in after.items() if before[k] != v}
    assert len(changed) <= 3, changed
