"""What changed between two versions of an API, and whom it breaks.

`compare` takes two `ir.Api` and returns changes; each is an instance of a rule with a stable id
and two verdicts, one for the HTTP contract and one for the Python client. Judged is the contract,
not the server: what the old description promised callers, and what it let them send.
"""

from trunkline.evolve.change import DIRECTIONS, Area, Change, Direction, Place, Rule, Verdict
from trunkline.evolve.compare import compare
from trunkline.evolve.rules import BY_ID, RULES

__all__ = [
    "BY_ID",
    "DIRECTIONS",
    "RULES",
    "Area",
    "Change",
    "Direction",
    "Place",
    "Rule",
    "Verdict",
    "compare",
]
