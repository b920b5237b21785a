"""A value that fits a schema, through its model and back to JSON, is the same value."""

import importlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from trunkline import ir
from trunkline.diagnostics import Diagnostics
from trunkline.generation import generate_package
from trunkline.names import Kind, default_package, plan
from trunkline.output import plan_changes, write
from trunkline.pipeline.load import load_api
from trunkline.semantics.schemas import resolve

ROOT = Path(__file__).parents[2]
CASES = sorted(
    path
    for path in (ROOT / "tests" / "cases").glob("*/openapi.*")
    if path.parent.name != "clash" and not path.parent.name.startswith("failing-")
)
CORPUS = [
    path
    for path in sorted((ROOT.parent / "shared" / "corpus").glob("*.[yj]*"))
    if "schemas" in path.read_text("utf-8")
]
"""Those without a schema have no models."""
SPECS = sorted((ROOT / "specs").glob("*/openapi.yaml"))
FORMATS = {
    "date-time": ["2020-01-02T03:04:05Z", "1999-12-31T23:59:59.250000Z"],
    "date": ["2020-01-02"],
    "uuid": ["9f0c5d9e-32a6-4e3a-9d86-4dbb3dfe7ec1"],
    "decimal": ["1.50", "0"],
}


class Sampler:
    """Values that fit the types of a schema, its limits aside; deterministic."""

    def __init__(self, api: ir.Api, seed: int) -> None:
        self.api = api
        self.random = random.Random(seed)

    def value(self, schema: ir.Schema, depth: int = 0) -> object:
        """One value."""
        if schema.nullable and (depth > 4 or self.random.random() < 0.2):
            return None
        shape = schema.shape
        match shape:
            case ir.Reference():
                return self.value(resolve(self.api.schemas, schema), depth)
            case ir.Boolean():
                return self.random.choice([True, False])
            case ir.Integer():
                return self.random.choice([0, 1, -7, 2**40])
            case ir.Number():
                return self.random.choice([0, 1, 1.5, -2.25])
            case ir.String():
                return self.random.choice(FORMATS.get(shape.format or "", ["", "a", "é ✓", "12"]))
            case ir.Enumeration():
                return self.random.choice(shape.values)
            case ir.Array():
                count = 0 if depth > 4 else self.random.choice([0, 1, 2])
                return [self.value(shape.items, depth + 1) for _ in range(count)]
            case ir.Tuple():
                return [self.value(s, depth + 1) for s in shape.prefix]
            case ir.Object():
                return self.object(shape, depth)
            case ir.Union():
                members = self.short(shape.members) if depth > 4 else shape.members
                return self.tagged(shape, self.random.choice(members), depth)
            case ir.Anything() | ir.Intersection():
                return self.random.choice([None, 1, "x", [1, {"a": None}], {"b": [True]}])
            case _:
                return None

    def short(self, members: tuple[ir.Schema, ...]) -> tuple[ir.Schema, ...]:
        """Alternatives that end here, all where there are none."""
        ends = tuple(
            m
            for m in members
            if not isinstance(resolve(self.api.schemas, m).shape, ir.Object | ir.Union | ir.Tuple)
        )
        return ends or members[:1]

    def tagged(self, shape: ir.Union, chosen: ir.Schema, depth: int) -> object:
        """A member of a union, its tag set as the discriminator has it."""
        value = self.value(chosen, depth + 1)
        found = shape.discriminator
        target = resolve(self.api.schemas, chosen).shape
        if found is None or not isinstance(target, ir.Object) or not isinstance(value, dict):
            return value
        prop = target.property(found.property)
        listed = resolve(self.api.schemas, prop.schema).shape if prop is not None else None
        name = chosen.shape.name if isinstance(chosen.shape, ir.Reference) else ""
        tags = [tag for tag, schema in found.mapping.items() if schema == name]
        if isinstance(listed, ir.Enumeration):
            tags = [tag for tag in tags if tag in listed.values]
        if tags and value.get(found.property) not in tags:
            value[found.property] = self.random.choice(tags)
        return value

    def object(self, shape: ir.Object, depth: int) -> dict[str, object]:
        """An object; deep down only what is required."""
        made: dict[str, object] = {}
        for prop in shape.properties:
            if prop.required or (depth < 3 and self.random.random() < 0.7):
                made[prop.name] = self.value(prop.schema, depth + 1)
        if shape.additional is not None and depth < 3 and not shape.properties:
            made["extra-1"] = self.value(shape.additional, depth + 1)
        if shape.properties and shape.open:
            made["not described"] = {"kept": [1, None]}
        return made


def models(description: Path, root: Path) -> Iterator[tuple[ir.Api, str, object]]:
    """Each named schema with its generated type."""
    case = description.parent.name if description.stem == "openapi" else description.stem
    package = default_package(f"rt {case}")
    api = load_api(description, strict=False).api
    write(plan_changes(generate_package(api, package, Diagnostics()), root))
    names = plan(api, package, Diagnostics())
    sys.path.insert(0, str(root))
    try:
        module = importlib.import_module(f"{package.module}.models")
        for original, cls in names.classes.items():
            if cls.kind is not Kind.INLINE:
                yield api, original, getattr(module, cls.name)
    finally:
        sys.path.remove(str(root))
        for name in [n for n in sys.modules if n.startswith(package.module)]:
            del sys.modules[name]


def check(description: Path, root: Path, rounds: int) -> tuple[int, list[str]]:
    """How many models there are, and what is wrong with which."""
    count = 0
    failures: list[str] = []
    for api, name, type_ in models(description, root):
        count += 1
        adapter = TypeAdapter(type_)
        for seed in range(rounds):
            value = Sampler(api, seed).value(api.schemas[name])
            if value is None:
                continue
            try:
                made = adapter.validate_json(json.dumps(value))
            except ValidationError as error:
                failures.append(f"{name}: {value!r} is refused: {error}")
                break
            if isinstance(made, BaseModel):
                back = made.model_dump(mode="json", by_alias=True, exclude_unset=True)
            else:
                back = adapter.dump_python(made, mode="json", by_alias=True, exclude_unset=True)
            if back != value:
                failures.append(f"{name}: {value!r} came back as {back!r}")
                break
    return count, failures


@pytest.mark.parametrize("description", [*CASES, *SPECS], ids=lambda p: p.parent.name)
def test_values_survive_models(description: Path, tmp_path: Path) -> None:
    _, failures = check(description, tmp_path, rounds=12)
    assert not failures, f"{len(failures)} of them:\n" + "\n".join(failures[:5])


@pytest.mark.exhaustive
@pytest.mark.skipif(not CORPUS, reason="the folder of real descriptions is not there")
@pytest.mark.parametrize("description", CORPUS, ids=lambda p: p.stem)
def test_values_survive_models_of_real_descriptions(description: Path, tmp_path: Path) -> None:
    count, failures = check(description, tmp_path, rounds=6)
    assert count
    assert not failures, f"{len(failures)} of them:\n" + "\n".join(failures[:5])


if __name__ == "__main__":  # what `benchmarks/corpus.py` counts
    found, wrong = check(Path(sys.argv[1]), Path(sys.argv[2]), rounds=6)
    print(json.dumps({"models": found, "failures": wrong}))
