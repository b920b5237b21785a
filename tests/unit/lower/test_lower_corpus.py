"""Descriptions written by people who did not have this reader in mind."""

from __future__ import annotations

from pathlib import Path

import jsonschema_rs
import pytest

from trunkline.diagnostics import Diagnostics
from trunkline.ir import Api, Reference, Schema, definitions
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.source import read

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
FILES = sorted(p.name for p in CORPUS.glob("*.*") if p.suffix != ".md") if CORPUS.is_dir() else []


def _read(name: str) -> tuple[Api, Diagnostics, dict]:
    found = Diagnostics()
    document = read(CORPUS / name, found)
    return lower(load(document, found, validate=False), found), found, document.file.data


@pytest.mark.skipif(not FILES, reason="the collection of descriptions is not beside the project")
@pytest.mark.parametrize("name", FILES)
def test_real_descriptions_are_read_whole(name):
    api, found, written = _read(name)
    assert found.errors == []
    operations = sum(
        method in item
        for path, item in written.get("paths", {}).items()
        for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace")
    )
    assert len(api.operations) == operations
    assert len({o.id for o in api.operations}) == operations
    components = written.get("components", {}).get("schemas", {})
    assert set(components) <= set(api.schemas)
    hoisted = [name.casefold() for name in api.schemas if name not in components]
    assert len(set(hoisted)) == len(hoisted)
    printed = definitions(api)
    # Compiling fails when any reference leads to nothing.
    names = [n.replace("~", "~0").replace("/", "~1") for n in printed]
    jsonschema_rs.validator_for(
        {"$defs": printed, "anyOf": [{"$ref": f"#/$defs/{n}"} for n in names] or [True]}
    )
    for resource in api.resources:
        assert resource.schema is None or isinstance(api.schemas[resource.schema], Schema)
        assert all(api.operation(i).resource == resource.name for i in resource.operations.values())


@pytest.mark.skipif(not FILES, reason="the collection of descriptions is not beside the project")
@pytest.mark.parametrize("name", ["discord.json", "resend.yaml", "twilio-voice.json"])
def test_the_same_twice(name):
    assert _read(name)[0] == _read(name)[0]


@pytest.mark.skipif(not FILES, reason="the collection of descriptions is not beside the project")
def test_known_facts_of_real_descriptions():
    api, _, _ = _read("resend.yaml")
    emails = next(r for r in api.resources if r.name == ("emails",))
    assert (emails.schema, emails.id_parameter, emails.id_member) == ("Email", "email_id", ("id",))
    api, _, _ = _read("oai30-petstore.yaml")
    assert api.operation("listPets").responses[0].contents[0].schema.shape == Reference("Pets")
    assert api.operation("listPets").resource == ("pets",)
