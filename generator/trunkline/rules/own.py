"""Rules that other distributions add to `trunkline validate`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from trunkline.diagnostics import Code
from trunkline.plugins import RULES, Plugin, broken, plugins
from trunkline.rules.rule import Context, Finding, Rule


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A rule of somebody's own; the entry point's name in the group `trunkline.rules` is its id.

    `check` yields what it objects to. Findings have the code V100, or V101 where `error`.
    """

    check: Callable[[Context], Iterable[Finding]]
    error: bool = False


def own_rules() -> tuple[Rule, ...]:
    """All of them as rules like ours; `TrunklineError` for one that is broken."""
    return tuple(map(_rule, plugins(RULES, OwnRule)))


def _rule(plugin: Plugin[OwnRule]) -> Rule:
    def check(context: Context) -> Iterator[Finding]:
        try:
            for found in plugin.value.check(context):
                yield Finding(found.node, f"{plugin.name}: {found.message}", found.hint)
        except Exception as error:
            what = f"failed: {type(error).__name__}: {error}"
            raise broken(plugin.title, what) from error

    return Rule(Code.OWN_ERROR if plugin.value.error else Code.OWN_WARNING, check)
