"""Whatever stands in a behaviour file: diagnostics, never an exception; and what has none runs."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trunkline import ir
from trunkline.diagnostics import Diagnostics
from trunkline.lower.behaviour import lower_behaviour
from trunkline.pipeline import load_api
from trunkline.source import Node, parse

SPEC = Path(__file__).parents[2] / "specs" / "callr" / "emulator.yaml"


@cache
def api() -> ir.Api:
    return load_api("callr").api


@cache
def declared() -> Any:
    return yaml.load(SPEC.read_text(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def places() -> tuple[tuple[Any, ...], ...]:
    found: list[tuple[Any, ...]] = []

    def walk(value: Any, path: tuple[Any, ...]) -> None:
        found.append(path)
        if isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, (*path, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(inner, (*path, index))

    walk(declared(), ())
    return tuple(found)


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.sampled_from(["$params", "$", "$$", "$x.y", "$params..a", "do", "return"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["$first", "$list", "$nothing", "find", "when", "do", "set", "as", "a"]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_changed_at_one_place(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(places()))
    value = data.draw(values)
    whole = copy.deepcopy(declared())
    if path:
        at = whole
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
    else:
        whole = value
    diagnostics = Diagnostics()
    file = parse("emulator.json", json.dumps(whole).encode())
    found = lower_behaviour(Node.root(file), api(), diagnostics)
    assert found is not None
    for diagnostic in diagnostics.errors:
        assert diagnostic.position is not None
