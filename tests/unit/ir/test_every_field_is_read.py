"""No field of the representation is there for nobody: each is read by a stage after lowering."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path

import pytest

from trunkline import ir
from trunkline.ir import behaviour

ROOT = Path(ir.__file__).parents[1]
BEFORE = {"source", "openapi", "lower", "ir", "diagnostics"}
"""Stages that make the representation, and what lies below it."""


def read_names() -> set[str]:
    """The attributes that consumers read, by name or as a pattern's keyword, and those looked up
    by a text."""
    found: set[str] = set()
    for path in ROOT.rglob("*.py"):
        inside = path.relative_to(ROOT).parts
        if inside[0] in BEFORE and inside != ("ir", "jsonschema.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                found.add(node.attr)
            elif isinstance(node, ast.MatchClass):
                found.update(node.kwd_attrs)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def fields() -> list[str]:
    found = []
    for module in (ir, behaviour):
        for name, value in vars(module).items():
            if inspect.isclass(value) and dataclasses.is_dataclass(value):
                found += [f"{name}.{field.name}" for field in dataclasses.fields(value)]
    return sorted(set(found))


READ = read_names()


@pytest.mark.parametrize("field", fields())
def test_a_consumer_reads_it(field: str) -> None:
    assert field.partition(".")[2] in READ


def test_the_fields_are_found() -> None:
    assert len(fields()) > 200
