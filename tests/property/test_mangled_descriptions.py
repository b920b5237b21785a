"""Whatever is put in whatever place of a description: it is read, or refused with a message."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from trunkline.diagnostics import Diagnostics, TrunklineError
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.source import Document, Node, parse, written

HERE = Path(__file__).parents[1] / "unit" / "openapi" / "swagger"
DESCRIPTIONS = [
    yaml.safe_load(path.read_text().replace("200:", '"200":'))
    for path in sorted(HERE.glob("*/*.yaml"))
]
JUNK: list[Any] = [
    *(None, True, 0, -1, 1.5, "", "x", "string", "int", "true", "1", "#/definitions/x"),
    *("#/components/schemas/Note", [], [None], ["x"], [[]], {}, {"x": None}, {"$ref": 7}),
    *({"$ref": "#/definitions/Note"}, {"type": "file"}, {"in": "body"}, [{"in": "formData"}]),
    *({"name": 7, "in": "Query", "type": "array"}, [{"name": "a", "in": "formData"}]),
]
NAMES = ["x", "type", "$ref", "in", "schema"]


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every holder and key or index in it."""
    found = []
    pending = [value]
    while pending:
        holder = pending.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], (dict, list)):
                pending.append(holder[key])
    return found


@st.composite
def mangled(draw: st.DrawFn) -> Any:
    """A description with up to three values replaced, removed or put under another key."""
    made = copy.deepcopy(draw(st.sampled_from(DESCRIPTIONS)))
    for _ in range(draw(st.integers(1, 3))):
        listed = places(made)
        if not listed:
            break
        holder, key = draw(st.sampled_from(listed))
        match draw(st.sampled_from(["replace", "remove", "rename"])):
            case "remove":
                del holder[key]
            case "rename" if isinstance(holder, dict):
                name = draw(st.sampled_from([*NAMES, str(key).upper()]))
                holder[name] = holder.pop(key)
            case _:
                holder[key] = copy.deepcopy(draw(st.sampled_from(JUNK)))
    return made


@pytest.mark.parametrize("validate", [False, True])
@given(data=mangled())
@settings(max_examples=300, deadline=None)
def test_it_is_read_or_refused(validate: bool, data: Any) -> None:
    found = Diagnostics()
    document = Document(parse("a.yaml", written(data).encode()), Path(), found, None)
    try:
        description = load(document, found, validate=validate)
        lower(description, found)
    except TrunklineError:
        return
    pending = [Node.root(description.document.file)]
    while pending:
        node = pending.pop()
        pending += [member for _, member in node.items()]
        pending += node.elements()
        assert node.position.line >= 1
