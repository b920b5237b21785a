"""Whatever is altered in a description, an example or an inventory, the audit names it."""

import json
import random
import shutil
from pathlib import Path

import pytest
import yaml

from trunkline.audit import audit

SPECS = sorted(
    path.parent
    for path in Path(__file__).parents[3].glob("specs/*/openapi.yaml")
    if (path.parent / "sources").is_dir()
)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EXEMPT = {
    ("sources/beyond", "source"): "the record's own name: citations name documents, never records",
}
"""Leaves that may change unnoticed, by the beginning of the file's name and the place."""


def read(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".yaml", ".yml", ".json"):
        return yaml.load(text, LOADER)
    return text


def leaves(value, place=()):
    """The places of all values that hold no others, lists and objects without any included."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*place, key))
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            yield from leaves(inner, (*place, index))
    else:
        yield place


def other(value):
    """Another value of the same type."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            # A letter more, where a number may stand in prose: the smallest change there is.
            return value[:-1] + ("x" if value[-1:] != "x" else "y")
        case None:
            return "something"
        case _:
            return [*value, "more"] if isinstance(value, list) else {"more": 1}


def write(path, value):
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    path.write_text(text, encoding="utf-8")


def altered(path, place):
    value = read(path)
    if not place:
        return other(value)
    inner = value
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = other(inner[place[-1]])
    return value


def candidates(folder):
    """Every leaf of every file that the audit reads."""
    patterns = ("openapi.yaml", "history/*.yaml", "examples/**/*", "sources/*.yaml")
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                for place in leaves(read(path)):
                    yield path.relative_to(folder), place


def unnoticed(folder, copy, chosen):
    """The leaves of `chosen` whose alteration the audit has nothing to say about."""
    shutil.copytree(folder, copy)
    assert audit(copy).ok
    for name, place in chosen:
        path = copy / name
        before = path.read_bytes()
        write(path, altered(path, place))
        try:
            report = audit(copy)
        finally:
            path.write_bytes(before)
        exempt = any(
            name.as_posix().startswith(start) and place[:1] == (key,) for start, key in EXEMPT
        )
        named = [d for d in report.diagnostics if d.position is not None and d.message]
        if not exempt and (report.ok or not named):
            yield name.as_posix(), place


@pytest.mark.parametrize("folder", SPECS, ids=lambda path: path.name)
def test_an_altered_leaf_is_noticed(folder, tmp_path):
    chosen = random.Random(0).sample(list(candidates(folder)), 4)
    assert list(unnoticed(folder, tmp_path / folder.name, chosen)) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("folder", SPECS, ids=lambda path: path.name)
def test_many_altered_leaves_are_noticed(folder, tmp_path):
    """Sixty: what one leaf in twenty could do unnoticed is met with 95 percent."""
    chosen = random.Random(folder.name).sample(list(candidates(folder)), 60)
    assert list(unnoticed(folder, tmp_path / folder.name, chosen)) == []


def test_no_more_than_ten_leaves_are_exempt():
    assert len(EXEMPT) < 10
