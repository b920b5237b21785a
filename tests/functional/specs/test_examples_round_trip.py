"""Documented examples go through the generated models and come out as they went in."""

import importlib
import json
import sys
import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from trunkline.audit import Kind, load_material
from trunkline.audit.examples import Examples, illustrated
from trunkline.audit.place import find
from trunkline.diagnostics import Diagnostics

ROOT = Path(__file__).parents[3]
SPECS = sorted(path.parent for path in (ROOT / "specs").glob("*/openapi.yaml"))


@pytest.fixture(params=SPECS, ids=lambda path: path.name)
def folder(request):
    return request.param


@pytest.fixture
def models(folder, monkeypatch):
    """The module of generated models, from the source tree."""
    package = ROOT / "generated" / folder.name
    if not package.is_dir():
        pytest.skip(f"{package} is not generated")
    name = tomllib.loads((folder / "package.toml").read_text())["module"]
    monkeypatch.syspath_prepend(str(package))
    yield importlib.import_module(f"{name}.models")
    for module in [m for m in sys.modules if m.partition(".")[0] == name]:
        del sys.modules[module]


def _examples(folder):
    """Name of the component illustrated, and value, of each example not set aside by a ruling."""
    material = load_material(folder, Diagnostics()).without_records()
    document = material.descriptions["openapi.yaml"]
    reader = Examples(folder, Diagnostics())
    for fact in material.facts():
        ruled = any(not e.kept and e.holds_for("openapi.yaml") for e in material.rulings.of(fact))
        if fact.kind is not Kind.EXAMPLE or ruled or "openapi.yaml" not in fact.descriptions:
            continue
        for pointer in fact.places:
            place = find(document, pointer)
            schema = illustrated(document, place)
            ref = schema.text("$ref") if schema is not None else None
            name = ref.rpartition("/")[2] if ref else schema.key if schema is not None else ""
            yield fact.id, name, reader.value(fact)


def _instants(value):
    """The value with date-times as instants: 27.521 and 27.521000 seconds are the same."""
    if isinstance(value, dict):
        return {key: _instants(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_instants(inner) for inner in value]
    if isinstance(value, str) and value[10:11] == "T":
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return value
    return value


def test_every_documented_example_survives_its_model(folder, models):
    seen = 0
    for fact, name, value in _examples(folder):
        model = getattr(models, name.replace(".", ""), None)
        if not hasattr(model, "model_validate_json") or not isinstance(value, dict):
            continue
        text = model.model_validate_json(json.dumps(value)).model_dump_json(
            by_alias=True, exclude_unset=True
        )
        assert _instants(json.loads(text)) == _instants(value), fact
        seen += 1
    assert seen >= {"telnyx": 10, "callr": 30}.get(folder.name, 1)
