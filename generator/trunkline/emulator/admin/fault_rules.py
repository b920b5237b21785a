"""Faults on purpose: latency, error statuses, dropped and truncated responses, malformed JSON."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from trunkline.ir import Json

KINDS = ("latency", "status", "drop", "truncate", "malformed")


class BadRule(ValueError):  # noqa: N818  # shown to the caller as it is
    """The rule cannot be understood; the message says why."""


@dataclass(slots=True)
class FaultRule:
    """When and how to fail.

    `method` and `path` (a pattern with `*`, without the query) select requests, all by default;
    `probability` draws from a generator started with `seed`. `seconds` is for latency, `status`
    and `retry_after` (seconds) for error statuses. After `times` hits the rule is spent.
    """

    kind: str
    method: str = "*"
    path: str = "*"
    probability: float = 1.0
    seed: int = 0
    seconds: float = 0.0
    status: int = 503
    retry_after: int | None = None
    times: int | None = None
    hits: int = 0
    _random: random.Random = field(default_factory=random.Random, repr=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311  # reproducible on purpose

    def strikes(self, method: str, path: str) -> bool:
        """Whether the rule applies to this request; counts the hit."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method not in ("*", method) or not fnmatchcase(path, self.path):
            return False
        if self.probability < 1.0 and self._random.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def shown(self) -> dict[str, Json]:
        """The rule as JSON."""
        return {k: v for k, v in asdict(self).items() if not k.startswith("_")}


@dataclass(slots=True)
class FaultRules:
    """The rules in force, in the order in which they are tried."""

    active: list[FaultRule] = field(default_factory=list[FaultRule])


def parse_rules(value: Json) -> list[FaultRule]:
    """Rules from JSON: a list of objects; `BadRule` for anything else."""
    if not isinstance(value, list):
        raise BadRule("faults are a list of rules")
    return [_rule(one) for one in value]


_TYPES: Mapping[str, tuple[type, ...]] = {
    "kind": (str,),
    "method": (str,),
    "path": (str,),
    "probability": (int, float),
    "seed": (int,),
    "seconds": (int, float),
    "status": (int,),
    "retry_after": (int,),
    "times": (int,),
}


def _rule(value: Json) -> FaultRule:
    if not isinstance(value, dict):
        raise BadRule("a rule is an object")
    named: dict[str, Any] = {}
    for name, given in value.items():
        kinds: Sequence[type] = _TYPES.get(name, ())
        if not kinds:
            raise BadRule(f"unknown member {name!r}; known: {', '.join(_TYPES)}")
        if isinstance(given, bool) or not isinstance(given, tuple(kinds)):
            raise BadRule(f"{name} has the wrong type")
        named[name] = given
    if named.get("kind") not in KINDS:
        raise BadRule(f"kind must be one of {', '.join(KINDS)}")
    rule = FaultRule(**named)
    if not 0 <= rule.probability <= 1:
        raise BadRule("probability is between 0 and 1")
    if not 0 <= rule.seconds <= 60:
        raise BadRule("seconds are between 0 and 60")
    if not 400 <= rule.status <= 599:
        raise BadRule("status is between 400 and 599")
    return rule
