"""The Python verdict is what happens to the package, for every edit of the table."""

from pathlib import Path

import pytest
import yaml

from trunkline.evolve import Verdict, compare
from trunkline.pipeline.evidence import judged

CASES = yaml.safe_load((Path(__file__).parent / "edits" / "edits.yaml").read_text())
ELSEWHERE = {"component made inline": "the class is as it was, and listed in another place"}
"""Edits whose packages differ, but not in what the change that looks harmful concerns."""


def worst(changes):
    return max((c.python for c in changes), key=lambda v: v.rank, default=Verdict.COMPATIBLE)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_verdict_is_what_happens_to_the_package(case, base, edit, api, code):
    before = edit(base, case.get("before") or {})
    old, new = api(before), api(edit(before, case))
    changes = compare(old, new)
    found = judged(changes, old, new)
    assert [c.rule for c in found] == [c.rule for c in changes]
    assert [c.http for c in found] == [c.http for c in changes]
    if code(old) == code(new) or case["name"] in ELSEWHERE:
        assert worst(found) is Verdict.COMPATIBLE
    else:
        assert worst(found) == case["python"]
