"""What changed between two versions of an API, and whom it breaks.

`compare` takes two `ir.Api` and returns changes; each is an instance of a rule with a stable id
and two verdicts, one for the HTTP contract and one for the Python client. Judged is the contract,
not the server: what the old description promised callers, and what it let them send.
"""

from trunkline.evolve.change import DIRECTIONS, Area, Change, Direction, Place, Rule, Verdict
from trunkline.evolve.changelog import changelog
from trunkline.evolve.compare import compare
from trunkline.evolve.render import (
    Report,
    github,
    html,
    json_text,
    junit,
    markdown,
    sarif,
    terminal,
)
from trunkline.evolve.rules import BY_ID, RULES
from trunkline.evolve.version import Bump, enough, next_version, version_bump
from trunkline.evolve.waivers import Waived, Waiver, apply_waivers, read_waivers

__all__ = [
    "BY_ID",
    "DIRECTIONS",
    "RULES",
    "Area",
    "Bump",
    "Change",
    "Direction",
    "Place",
    "Report",
    "Rule",
    "Verdict",
    "Waived",
    "Waiver",
    "apply_waivers",
    "changelog",
    "compare",
    "enough",
    "github",
    "html",
    "json_text",
    "junit",
    "markdown",
    "next_version",
    "read_waivers",
    "sarif",
    "terminal",
    "version_bump",
]
