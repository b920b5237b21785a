"""Schemas for editors: they know what the readers know, and take what the project itself has."""

import json
import tomllib
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from typer.main import get_command

from trunkline.cli.configuration import json_schema
from trunkline.cli.main import application, run
from trunkline.diagnostics import Diagnostics
from trunkline.lower import behaviour
from trunkline.names import package
from trunkline.pipeline import upstream
from trunkline.schemas import SCHEMAS, schema_text

ROOT = Path(__file__).parents[3]
READ = {".toml": tomllib.loads, ".yaml": yaml.safe_load}
BEHAVIOURS = [p for place in ("specs", "tests") for p in (ROOT / place).rglob("*emulator.yaml")]
DESCRIPTIONS = [
    *ROOT.glob("specs/*/openapi.yaml"),
    *ROOT.glob("specs/*/history/*.yaml"),
    *(
        p
        for p in ROOT.glob("tests/cases/*/openapi.yaml")
        if not p.parent.name.startswith("failing")
    ),
]


def faults(name, value):
    """Where a value breaks a schema."""
    validator = jsonschema_rs.validator_for(json.loads(schema_text(name)))
    return ["/".join(map(str, e.instance_path)) for e in validator.iter_errors(value)]


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "openapi"])
def test_it_is_a_schema(name):
    jsonschema_rs.meta.validate(json.loads(schema_text(name)))


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("package", [*ROOT.glob("specs/*/package.toml")]),
        ("behaviour", BEHAVIOURS),
        ("extensions", DESCRIPTIONS),
    ],
    ids=["package", "behaviour", "extensions"],
)
def test_what_the_project_has_fits(name, files):
    assert len(files) >= 3
    told = {str(f): faults(name, READ[f.suffix](f.read_text("utf-8"))) for f in files}
    assert {f: places for f, places in told.items() if places} == {}


def test_the_keys_are_those_that_are_read():
    def keys(name):
        return set(json.loads(schema_text(name))["properties"])

    assert keys("package") == set(package._KEYS)
    assert keys("upstream") == set(upstream._KEYS)
    assert keys("behaviour") == set(behaviour._KEYS)
    assert json.loads(schema_text("configuration")) == json_schema(get_command(application()))


@pytest.mark.parametrize(
    ("name", "value", "places"),
    [
        ("package", {"versoin": "1"}, [""]),
        ("package", {"unofficial": "yes"}, ["unofficial"]),
        ("upstream", {"sha256": "0"}, [""]),
        ("upstream", {"address": "openapi.yaml"}, ["address"]),
        ("behaviour", {"resources": {"users": {"maskd": {}}}}, ["resources/users"]),
        ("extensions", {"paths": {"/a": {"get": {"x-trunkline-payloda": ""}}}}, ["paths//a/get"]),
        (
            "extensions",
            {"paths": {"/a": {"get": {"x-trunkline-resource": {"action": "make"}}}}},
            ["paths//a/get/x-trunkline-resource/action"],
        ),
        ("configuration", {"test": {"max-secs": 1}}, ["test"]),
        ("configuration", {"apis": {"a": {"test": {"seed": "1"}}}}, ["apis/a/test/seed"]),
    ],
)
def test_what_is_misspelt_is_marked(name, value, places):
    assert faults(name, value) == places


def test_new_files_name_the_schemas_that_are_written(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert run(["init", "shop"]) == 0
    folder = tmp_path / "specs" / "shop"
    for file in ("package.toml", "openapi.yaml"):
        first = (folder / file).read_text().splitlines()[0]
        named = (folder / first.partition("../")[1] / first.partition("../")[2]).resolve()
        assert named.is_file(), first
        assert named.parent == tmp_path / "specs" / ".schemas"
    assert {p.stem for p in (tmp_path / "specs" / ".schemas").iterdir()} == set(SCHEMAS)
    assert faults("package", tomllib.loads((folder / "package.toml").read_text())) == []
    assert faults("extensions", yaml.safe_load((folder / "openapi.yaml").read_text())) == []
    capsys.readouterr()
    assert run(["schema", "package"]) == 0
    assert capsys.readouterr().out == schema_text("package")
    assert run(["schema", "packages"]) == 2


def test_the_templates_first_lines_are_no_findings(tmp_path, monkeypatch):
    from trunkline.names import load_package

    monkeypatch.chdir(tmp_path)
    run(["init", "shop"])
    found = Diagnostics()
    load_package(tmp_path / "specs" / "shop" / "package.toml", "shop", found)
    assert not list(found)
