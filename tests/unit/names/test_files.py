"""Modules of models in several files: short, found by the words of names, and not reshuffled."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from trunkline.diagnostics import Diagnostics
from trunkline.generation import generate_package
from trunkline.names import default_package, files, plan
from trunkline.names.files import in_files
from trunkline.names.sizes import sizes
from trunkline.output import plan_changes, write
from trunkline.pipeline.load import load_api

STEMS = ("Account", "Audit", "Billing", "Call", "Device", "Event", "Fleet", "Number", "Order")
ENDS = ("Plan", "Note", "State", "Filter", "Limits", "Member", "Owner", "Rate", "Report", "Terms")


def placed(names, lines=60):
    """File of each class of one module, all equally long."""
    same = {name: name for name in names}
    return in_files(dict.fromkeys(names, lines), dict.fromkeys(names, "shared"), same)


def many():
    return [f"{stem}{end}{more}" for stem in STEMS for end in ENDS for more in ("", "Details")]


def test_a_short_module_is_one_file():
    assert placed(["AccountPlan", "AccountNote"]) == {}


def test_classes_that_begin_alike_stand_together():
    found = placed(many())
    assert {found[n] for n in found if n.startswith("Audit")} == {"audit"}
    assert {found[n] for n in found if n.startswith("Number")} == {"number"}


def test_no_file_is_longer_than_one_may_be():
    names = [f"Account{a}{b}" for a in ENDS for b in (*ENDS, *STEMS)] + list(
        map("X{}".format, ENDS)
    )
    lines = dict(zip(names, random.Random(0).choices(range(5, 90), k=len(names)), strict=True))
    found = in_files(lines, dict.fromkeys(names, "m"), {n: n for n in names})
    totals: dict[str, int] = {}
    for name, file in found.items():
        totals[file] = totals.get(file, 0) + lines[name]
    assert found.keys() == set(names)
    assert max(totals.values()) <= files.LONG


@pytest.mark.parametrize("alphabet", ["abc", "z"])
def test_names_that_begin_unlike_are_shared_out_by_letters(alphabet):
    names = [f"{a.upper()}{i}q" for a in alphabet for i in range(120)]
    totals: dict[str, int] = {}
    for file in placed(names, 40).values():
        totals[file] = totals.get(file, 0) + 40
    assert max(totals.values()) <= files.LONG


@pytest.mark.parametrize("seed", range(20))
def test_one_class_more_or_less_moves_its_neighbours_at_most(seed):
    names = many()
    gone = random.Random(seed).choice(names)
    before, after = placed(names), placed([n for n in names if n != gone])
    stem = next(s for s in STEMS if gone.startswith(s))
    assert {n for n in after if after[n] != before[n] and not n.startswith(stem)} == set()


def text(**more):
    return {"type": "string", **more}


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


def document():
    """Four objects in a circle, through a tagged union, a plain one and a list."""
    tagged = {
        "oneOf": [reference("BirdNest"), reference("TreeLeaf")],
        "discriminator": {"propertyName": "kind"},
    }
    schemas = {
        "TreeTop": {"type": "object", "properties": {"guest": reference("GuestAny")}},
        "TreeLeaf": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": text(const="TreeLeaf"), "top": reference("TreeTop")},
        },
        "BirdNest": {
            "type": "object",
            "required": ["kind", "eggs"],
            "properties": {
                "kind": text(const="BirdNest"),
                "eggs": {"type": "array", "items": reference("GuestPlain")},
                "state": reference("StateNow"),
            },
        },
        "StateNow": {"type": "string", "enum": ["empty", "full"]},
        "GuestAny": tagged,
        "GuestPlain": {
            "anyOf": [reference("TreeTop"), {"type": "array", "items": reference("BirdNest")}]
        },
    }
    answer = {"description": "It.", "content": {"application/json": {"schema": {}}}}
    paths = {}
    for path, name in (("/tops", "TreeTop"), ("/guests", "GuestAny"), ("/plains", "GuestPlain")):
        content = {"application/json": {"schema": reference(name)}}
        paths[path] = {"get": {"responses": {"200": {**answer, "content": content}}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wood", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The package in as many files as there are."""
    monkeypatch.setattr(files, "LONG", 20)
    monkeypatch.setattr(files, "SHARE", 1)
    monkeypatch.setattr(files, "_LEAST", 0)
    file = tmp_path / "openapi.yaml"
    file.write_text(yaml.safe_dump(document()), encoding="utf-8")
    api = load_api(file).api
    found = generate_package(api, default_package("wood"), Diagnostics())
    write(plan_changes(found, tmp_path / "package"))
    return tmp_path / "package"


PROGRAM = """
import pickle
from pydantic import TypeAdapter
from trunkline_wood.models.shared.tree import TreeTop
from trunkline_wood.models import BirdNest, GuestAny, GuestPlain, StateNow, TreeLeaf
from trunkline_wood._runtime.decode import construct

value = {"guest": {"kind": "BirdNest", "eggs": [{"guest": {"kind": "TreeLeaf"}}], "state": "full"}}
top = TreeTop.model_validate(value)
assert isinstance(top.guest, BirdNest) and top.guest.state == StateNow.FULL, top
assert isinstance(top.guest.eggs[0].guest, TreeLeaf), top
assert pickle.loads(pickle.dumps(top)) == top
assert isinstance(TypeAdapter(GuestAny).validate_python(value["guest"]), BirdNest)
# What lacks a required property is read as far as it goes, through the named union too.
nest = construct(GuestAny, {"kind": "BirdNest", "state": "empty"})
assert isinstance(nest, BirdNest) and nest.state == StateNow.EMPTY, nest
plain = construct(GuestPlain, [{"kind": "BirdNest", "state": "empty"}])
assert isinstance(plain, list) and isinstance(plain[0], BirdNest), plain
"""


def test_files_of_one_module_work_as_one(package):
    folder = package / "trunkline_wood" / "models" / "shared"
    assert len(list(folder.glob("*.py"))) > 3, sorted(folder.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=package,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "command",
    [["mypy", "--strict"], ["pyright", "--pythonpath", sys.executable], ["ruff", "check"]],
)
def test_type_checkers_see_one_module(package, command):
    program = package / "program.py"
    program.write_text(
        "from trunkline_wood.models import BirdNest, TreeTop\n"
        "from trunkline_wood.models.shared import TreeLeaf\n\n\n"
        "def found(top: TreeTop) -> BirdNest | TreeLeaf | None:\n"
        "    guest = top.guest\n"
        "    return guest if isinstance(guest, BirdNest | TreeLeaf) else None\n",
        encoding="utf-8",
    )
    name, *options = command
    done = subprocess.run(
        [str(Path(sys.executable).parent / name), *options, "trunkline_wood", "program.py"],
        cwd=package,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_sizes_are_those_of_what_is_printed(tmp_path):
    path = Path(__file__).parents[3] / "specs" / "callr" / "openapi.yaml"
    api = load_api(path).api
    names = plan(api, default_package("callr"), Diagnostics())
    estimated: dict[str, int] = {}
    for name, lines in sizes(api, {n: c.name for n, c in names.classes.items()}).items():
        if name in names.classes:
            module = names.classes[name].module
            estimated[module] = estimated.get(module, 0) + lines
    module = path.parents[2] / "generated" / "callr" / "trunkline_callr" / "models" / "shared.py"
    printed = len(module.read_text(encoding="utf-8").splitlines())
    assert estimated["shared"] == pytest.approx(printed, rel=0.1)


def test_a_package_of_very_many_classes_offers_all_of_them(tmp_path):
    count = 1_100
    schemas = {
        f"Thing{number}": {"type": "object", "properties": {"id": text(), f"p{number}": text()}}
        for number in range(count)
    }
    answer = {"description": "It.", "content": {"application/json": {"schema": {}}}}
    paths = {"/things": {"get": {"responses": {"200": answer}}}}
    file = tmp_path / "openapi.yaml"
    described = {
        "openapi": "3.1.0",
        "info": {"title": "Big", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    file.write_text(yaml.safe_dump(described), encoding="utf-8")
    api = load_api(file).api
    found = generate_package(api, default_package("big"), Diagnostics())
    longest = {str(p): n for p, t in found.items() if (n := t.count("\n")) > 3_000}
    assert {p for p in longest if p.endswith(".py")} == set()
    write(plan_changes(found, tmp_path / "package"))
    program = (
        "from trunkline_big import models\n"
        "from trunkline_big.models import *\n"
        f"assert len(models.__all__) == {count}, len(models.__all__)\n"
        "for name in models.__all__:\n"
        "    assert getattr(models, name).__name__ == name\n"
        "    assert globals()[name] is getattr(models, name)\n"
    )
    command = [sys.executable, "-c", program]
    subprocess.run(command, cwd=tmp_path / "package", check=True, timeout=120)
