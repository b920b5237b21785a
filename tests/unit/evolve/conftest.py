"""Descriptions in memory, edited, written and read back through the real stages."""

import ast
import copy
import datetime
from pathlib import Path

import pytest
import yaml

from trunkline.diagnostics import Diagnostics
from trunkline.evolve import compare
from trunkline.names import default_package, plan
from trunkline.pipeline import load_api
from trunkline.render import package_sources

EDITS = Path(__file__).parent / "edits"
READ = {}
"""Text → what it reads as: an `ir.Api` is never changed."""
CODE = {}
"""By identity: the representation, kept so that the identity stays its own, and its modules."""
TODAY = datetime.date(2026, 11, 21)


def edited(document, edit):
    """A copy of the document with what `edit` sets set, and what it removes removed."""
    document = copy.deepcopy(document)
    for pointer, value in edit.get("set", {}).items():
        holder, key = _find(document, pointer)
        if isinstance(holder, list):
            if key == "-":
                holder.append(copy.deepcopy(value))
            else:
                holder[int(key)] = copy.deepcopy(value)
        else:
            holder[key] = copy.deepcopy(value)
    for pointer in edit.get("remove", []):
        holder, key = _find(document, pointer)
        if isinstance(holder, list):
            del holder[int(key)]
        else:
            del holder[key]
    return document


def _find(document, pointer):
    *steps, last = [s.replace("~1", "/").replace("~0", "~") for s in pointer.split("/")[1:]]
    holder = document
    for step in steps:
        if isinstance(holder, list):
            holder = holder[int(step)]
        else:
            key = int(step) if step.isdigit() and int(step) in holder else step
            holder = holder.setdefault(key, {})
    if isinstance(holder, dict) and last.isdigit() and int(last) in holder:
        return holder, int(last)
    return holder, last


@pytest.fixture(scope="session")
def base():
    """The description that the single edits edit."""
    return yaml.safe_load((EDITS / "base.yaml").read_text())


@pytest.fixture
def api(tmp_path):
    """Writes a document to a file and reads it into an `ir.Api`."""

    def read(document):
        text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
        if text not in READ:
            path = tmp_path / f"{len(READ)}.yaml"
            path.write_text(text)
            READ[text] = load_api(path).api
        return READ[text]

    return read


@pytest.fixture
def changes(api):
    """Compares two documents."""

    def run(old, new, today=TODAY):
        return compare(api(old), api(new), today=today)

    return run


@pytest.fixture
def edit():
    """`edited`, for tests to call."""
    return edited


@pytest.fixture
def code():
    """The modules of a description's package, without texts for people and operations' ids."""
    return _code


def _only_people_see(node):
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _code(api):
    """As `code` says; worked out once for each that is read."""
    if id(api) not in CODE:
        CODE[id(api)] = api, _modules(api)
    return CODE[id(api)][1]


def _modules(api):
    names = plan(api, default_package("evolving"), Diagnostics())
    found = {}
    for path, text in package_sources(api, names).items():
        if (
            path.parts[0] != "trunkline_evolving"
            or path.suffix != ".py"
            or "_runtime" in path.parts
        ):
            continue
        tree = ast.parse(text)
        for node in ast.walk(tree):
            if isinstance(getattr(node, "body", None), list):
                node.body = [one for one in node.body if not _only_people_see(one)]
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Operation":
                node.keywords = [keyword for keyword in node.keywords if keyword.arg != "id"]
        found[path] = ast.dump(tree)
    return found
