"""Validation keywords that no type can express: `not`, `if`, `contains` and the like."""

from __future__ import annotations

import json

from trunkline import ir
from trunkline.evolve.schemas.fingerprint import Fingerprints
from trunkline.evolve.schemas.pair import Pair
from trunkline.evolve.table import narrows, undecided, widens

ADDED = narrows("keyword", "added", "values must obey {keyword} now")
REMOVED = widens("keyword", "removed", "values need no longer obey {keyword}")
CHANGED = undecided("keyword", "changed", "what {keyword} says is different now")

ROWS = (ADDED, REMOVED, CHANGED)

SILENT = frozenset({"contentSchema", "$comment", "examples", "title", "description"})
"""Keywords that refuse no value."""


def compare(pair: Pair, old_prints: Fingerprints, new_prints: Fingerprints) -> None:
    """Keyword by keyword; references count by what they lead to, not by its name."""
    old, new = pair.old.unmodelled, pair.new.unmodelled
    for keyword in [k for k in old if k not in SILENT]:
        if keyword not in new:
            pair.note(REMOVED, keyword=keyword)
        elif _plain(old[keyword], old_prints, pair.old_api) != _plain(
            new[keyword], new_prints, pair.new_api
        ):
            pair.note(CHANGED, keyword=keyword)
    for keyword in [k for k in new if k not in SILENT and k not in old]:
        pair.note(ADDED, keyword=keyword)


def _plain(value: ir.Json, prints: Fingerprints, api: ir.Api) -> str:
    return json.dumps(_resolved(value, prints, api), sort_keys=True, default=str)


def _resolved(value: ir.Json, prints: Fingerprints, api: ir.Api) -> ir.Json:
    if isinstance(value, list):
        return [_resolved(item, prints, api) for item in value]
    if not isinstance(value, dict):
        return value
    reference = value.get("$ref")
    name = reference.removeprefix("#/$defs/") if isinstance(reference, str) else ""
    if name in api.schemas:
        return {**value, "$ref": prints.of(api.schemas[name])}
    return {key: _resolved(item, prints, api) for key, item in value.items()}
