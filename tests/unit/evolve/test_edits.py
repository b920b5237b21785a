"""Single edits with known verdicts: exactly the rules named, nothing missed and nothing added."""

from pathlib import Path

import pytest
import yaml

from trunkline.evolve import BY_ID, Verdict
from trunkline.evolve.schemas import SCHEMA_RULES

CASES = yaml.safe_load((Path(__file__).parent / "edits" / "edits.yaml").read_text())


def worst(verdicts):
    return max(verdicts, key=lambda v: v.rank, default=Verdict.COMPATIBLE)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_edit(case, base, edit, changes):
    old = edit(base, case.get("before") or {})
    found = changes(old, edit(old, case))
    assert sorted({c.rule.id for c in found}) == sorted(case["rules"])
    assert worst(c.http for c in found) == case["http"]
    assert worst(c.python for c in found) == case["python"]


def test_names_are_unique():
    assert len({c["name"] for c in CASES}) == len(CASES)


def test_every_rule_outside_schemas_is_reached():
    reached = {rule for case in CASES for rule in case["rules"]}
    schema_rules = {rule.id for rule in SCHEMA_RULES.values()}
    assert sorted(set(BY_ID) - schema_rules - reached) == []
