"""The part of the admin surface that makes things happen and shows what was sent."""

from __future__ import annotations

from collections.abc import Mapping

from trunkline.emulator.behaviour.engine import Engine
from trunkline.emulator.behaviour.script_interpreter import ScriptFailed
from trunkline.ir import ABSENT, Json


class Unknown(Exception):  # noqa: N818  # control flow towards a response
    """What was asked for is not there, or not as it must be."""


def occurrences(engine: Engine) -> Json:
    """What can be made to happen, and what it can be told."""
    return {
        name: {"params": dict(one.params), "description": one.description}
        for name, one in engine.behaviour.external_events.items()
    }


def occur(engine: Engine, name: str, account: str, given: Mapping[str, Json]) -> Json:
    """Make something happen; returns what it came to. Raises `Unknown`."""
    one = engine.behaviour.external_events.get(name)
    if one is None:
        known = ", ".join(engine.behaviour.external_events) or "none"
        raise Unknown(f"nothing called {name!r} can happen; known: {known}")
    unknown = sorted(set(given) - set(one.params))
    if unknown:
        raise Unknown(f"{name} knows no {unknown[0]!r}; known: {', '.join(one.params)}")
    params: dict[str, Json] = {**one.params, **given}
    try:
        after = engine.run(one.do, account, {"params": params})
    except ScriptFailed as failed:
        raise Unknown(f"{name} failed: {failed.data}") from None
    return None if after.returned is ABSENT else after.returned


def deliveries(engine: Engine) -> Json:
    """Every event sent lately, oldest first."""
    if engine.deliveries is None:
        return []
    return [one.shown() for one in engine.deliveries.log]


def conversations(engine: Engine) -> Json:
    """Every conversation held lately, oldest first."""
    return [one.shown() for one in engine.conversations.log]
