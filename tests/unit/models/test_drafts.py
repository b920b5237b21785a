"""Required properties that only the server sets: demanded of answers, not of requests."""

import subprocess
import sys
import warnings
from pathlib import Path

import pytest
import yaml
from pydantic import Field, TypeAdapter, ValidationError

from trunkline.diagnostics import Diagnostics
from trunkline.generation import generate_package
from trunkline.names import default_package
from trunkline.output import plan_changes, write
from trunkline.pipeline.load import load_api
from trunkline.runtime.models import DraftModel, Model, ReadOnly, dump


class Owner(DraftModel):
    id: str = ReadOnly()
    since: int = Field(alias="memberSince", default_factory=int)
    name: str
    parts: "list[Owner] | None" = None


class Holder(Model):
    owner: Owner
    other: Owner | int | None = None


def test_a_model_for_a_request_is_built_without_them():
    owner = Owner(name="Ada")
    assert type(owner) is Owner
    assert dump(owner) == {"name": "Ada"}
    with pytest.raises(AttributeError):
        _ = owner.id
    assert owner == Owner(name="Ada")
    assert "Ada" in repr(owner)


def test_at_any_depth_and_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        owner = Owner(name="Ada", parts=[Owner(name="Bob", parts=[Owner(id="3", name="Cy")])])
        holder = Holder(owner=owner, other=Owner(name="Di"))
        assert dump(holder) == {
            "owner": {
                "name": "Ada",
                "parts": [{"name": "Bob", "parts": [{"id": "3", "name": "Cy"}]}],
            },
            "other": {"name": "Di"},
        }


def test_what_is_given_is_kept_and_still_checked():
    assert dump(Owner(id="1", name="Ada", more=1)) == {"id": "1", "name": "Ada", "more": 1}
    assert dump(Owner(name="Ada", more=1)) == {"name": "Ada", "more": 1}
    with pytest.raises(ValidationError):
        Owner(id=["1"], name="Ada")
    with pytest.raises(ValidationError) as error:
        Owner()
    assert [e["loc"] for e in error.value.errors()] == [("name",)]


@pytest.mark.parametrize("value", [{"name": "Ada"}, {"id": None, "name": "Ada"}])
def test_an_answer_has_to_have_them(value):
    for read in (Owner.model_validate, TypeAdapter(Owner).validate_python):
        with pytest.raises(ValidationError):
            read(value)
    assert Owner.model_validate({"id": "1", "name": "Ada"}).id == "1"


def text(**more):
    return {"type": "string", **more}


def test_type_checkers_agree(tmp_path):
    part = {
        "type": "object",
        "required": ["part-id", "kind"],
        "properties": {"part-id": text(readOnly=True), "kind": text()},
    }
    thing = {
        "type": "object",
        "required": ["id", "name", "part", "self_link"],
        "properties": {
            "id": text(readOnly=True),
            "name": text(),
            "read_only": {"type": "boolean"},
            "self_link": text(readOnly=True),
            "part": {"$ref": "#/components/schemas/Part"},
        },
    }
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
    described = {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {
            "/things": {
                "post": {
                    "requestBody": {**body, "required": True},
                    "responses": {"200": {"description": "It.", **body}},
                }
            }
        },
        "components": {"schemas": {"Thing": thing, "Part": part}},
    }
    file = tmp_path / "openapi.yaml"
    file.write_text(yaml.safe_dump(described), encoding="utf-8")
    found = generate_package(load_api(file).api, default_package("things"), Diagnostics())
    folder = tmp_path / "package"
    write(plan_changes(found, folder))
    program = folder / "program.py"
    program.write_text(
        "from trunkline_things.models import Part, Thing\n\n"
        'thing = Thing(name="a", part=Part(kind="b"))\n'
        "name: str = thing.name\n"
        "\n\n"
        "def shown(found: Thing) -> str:\n"
        "    return found.id + found.part.part_id\n\n\n"
        "assert thing.model_dump(mode='json', by_alias=True, exclude_unset=True) == {\n"
        '    "name": "a", "part": {"kind": "b"}\n'
        "}\n"
        "read = Thing.model_validate(\n"
        '    {"id": "1", "name": "a", "self_link": "", "part": {"part-id": "2", "kind": "b"}}\n'
        ")\n"
        'assert shown(read) == "12"\n',
        encoding="utf-8",
    )
    folder_of = Path(sys.executable).parent
    for command in (
        [sys.executable],
        [str(folder_of / "mypy"), "--strict"],
        [str(folder_of / "pyright"), "--pythonpath", sys.executable],
    ):
        done = subprocess.run(
            [*command, "program.py"], cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    wrong = program.read_text(encoding="utf-8").replace('name="a", part', "part", 1)
    program.write_text(wrong, encoding="utf-8")
    done = subprocess.run(
        [str(folder_of / "mypy"), "--strict", "program.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'Missing named argument "name"' in done.stdout, done.stdout
