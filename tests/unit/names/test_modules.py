"""Where models stand: imports lead downwards only, however long modules are taken apart."""

import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

from trunkline.diagnostics import Diagnostics
from trunkline.generation import generate_package
from trunkline.names import default_package, parts, plan
from trunkline.output import plan_changes, write
from trunkline.pipeline.load import load_api
from trunkline.semantics.schemas import references

CASES = sorted(
    path
    for path in Path(__file__).parents[2].joinpath("cases").glob("*/openapi.yaml")
    if not path.parent.name.startswith("failing-")
)


def text(**more):
    return {"type": "string", **more}


def details(words):
    """An object that is described where it stands."""
    return {"type": "object", "properties": {word: text() for word in words.split()}}


def document():
    """Two resources whose objects lead to each other, and what each of them is made of."""
    both = {"Colour": {"type": "object", "properties": {"hue": text(), "tint": text()}}}
    ref = {name: {"$ref": f"#/components/schemas/{name}"} for name in ("Tree", "Bird", "Colour")}
    schemas = both | {
        "Tree": {
            "type": "object",
            "properties": {
                "bird": ref["Bird"],
                "bark": details("kind age note"),
                "leaf": ref["Colour"],
            },
        },
        "Bird": {
            "type": "object",
            "properties": {
                "tree": ref["Tree"],
                "beak": details("length form note"),
                "plume": ref["Colour"],
            },
        },
    }
    paths = {}
    for name in ("Tree", "Bird"):
        found = {"description": "It.", "content": {"application/json": {"schema": ref[name]}}}
        path = f"/{name.lower()}s/{{id}}"
        one = {"name": "id", "in": "path", "required": True, "schema": text()}
        paths[path] = {"get": {"parameters": [one], "responses": {"200": found}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Wood", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


@pytest.fixture
def wood(tmp_path):
    file = tmp_path / "openapi.yaml"
    file.write_text(yaml.safe_dump(document()), encoding="utf-8")
    return load_api(file).api


def modules(api):
    """Class → module."""
    names = plan(api, default_package("wood"), Diagnostics())
    return {cls.name: cls.module for cls in names.classes.values()}


def imports(api):
    """Module → modules that it refers to."""
    classes = plan(api, default_package("wood"), Diagnostics()).classes
    found: dict[str, set[str]] = {cls.module: set() for cls in classes.values()}
    for name, cls in classes.items():
        seen, stack = {name}, [name]
        while stack:
            for target in references(api.schemas[stack.pop()]):
                if target in seen or target not in api.schemas:
                    continue
                seen.add(target)
                if target not in classes:
                    stack.append(target)
                elif classes[target].module != cls.module:
                    found[cls.module].add(classes[target].module)
    return found


def test_short_modules_stay_whole(wood):
    assert set(modules(wood).values()) == {"shared"}


def test_what_long_modules_are_made_of_stands_below(wood, monkeypatch):
    monkeypatch.setattr(parts, "LONG", 20)
    assert modules(wood) == {
        "Tree": "shared",
        "Bird": "shared",
        "TreeBark": "shared_tree_parts",
        "BirdBeak": "shared_bird_parts",
        "Colour": "shared_common_parts",
    }


def test_an_operation_more_moves_no_other_part(wood, monkeypatch, tmp_path):
    monkeypatch.setattr(parts, "LONG", 20)
    more = document()
    more["paths"]["/colours"] = {
        "get": {
            "responses": {
                "200": {
                    "description": "All.",
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Colour"}}
                    },
                }
            }
        }
    }
    file = tmp_path / "more.yaml"
    file.write_text(yaml.safe_dump(more), encoding="utf-8")
    after = modules(load_api(file).api)
    assert after.pop("Colour") == "shared"
    before = modules(wood)
    assert after == {name: before[name] for name in after}


def test_what_is_taken_apart_can_be_used(wood, monkeypatch, tmp_path):
    monkeypatch.setattr(parts, "LONG", 20)
    files = generate_package(wood, default_package("wood"), Diagnostics())
    write(plan_changes(files, tmp_path / "package"))
    program = (
        "from trunkline_wood.models import Tree\n"
        "tree = Tree.model_validate({'bird': {'tree': {'bark': {'kind': 'oak'}}}})\n"
        "assert tree.bird.tree.bark.kind == 'oak', tree\n"
    )
    command = [sys.executable, "-c", program]
    subprocess.run(command, cwd=tmp_path / "package", check=True, timeout=60)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_imports_lead_downwards(path, monkeypatch):
    monkeypatch.setattr(parts, "LONG", 15)
    api = load_api(path).api
    list(TopologicalSorter(imports(api)).static_order())  # raises CycleError
