"""Versions and changelogs: what the changes since the last published version ask for."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from trunkline.diagnostics import Code, Diagnostics, TrunklineError
from trunkline.evolve import Bump
from trunkline.names import load_package
from trunkline.pipeline.load import load_api
from trunkline.pipeline.versions import (
    Step,
    check_version,
    last_published,
    make_bundle,
    note_published,
    step,
    with_entry,
    with_version,
    write_version,
)

SHORTER = ("maxLength", 10)
WIDER = ("maxLength", 30)


def described(maximum=20, **more):
    name = {"type": "string", "maxLength": maximum, **more}
    body = {"type": "object", "properties": {"name": name}}
    content = {"application/json": {"schema": body}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {
            "/things": {
                "post": {
                    "operationId": "createThing",
                    "requestBody": {"required": True, "content": content},
                    "responses": {"204": {"description": "Made"}},
                }
            }
        },
    }


class Project:
    """A description with versions that were published."""

    def __init__(self, folder: Path) -> None:
        self.spec = folder / "things" / "openapi.yaml"
        self.spec.parent.mkdir()

    def describe(self, **how) -> None:
        self.spec.write_text(yaml.safe_dump(described(**how)))

    def package(self, version):
        found = load_package(self.spec.parent / "package.toml", "things", Diagnostics())
        return replace(found, version=version)

    def publish(self, version, digest="aa"):
        texts = load_api(self.spec).document.texts
        return note_published(self.spec, make_bundle(texts, self.package(version), digest))

    def check(self, version, digest="bb"):
        check_version(self.spec, self.package(version), digest, None)


@pytest.fixture
def project(tmp_path):
    made = Project(tmp_path)
    made.describe()
    return made


def refusal(call, *arguments, **more):
    with pytest.raises(TrunklineError) as caught:
        call(*arguments, **more)
    (found,) = caught.value.diagnostics
    return found


@pytest.mark.parametrize(
    ("change", "enough", "too_little"),
    [
        ({"maximum": 10}, ["2.0.0", "3.1.0", "2.0.0rc1"], ["1.2.3", "1.2.4", "1.3.0", "1.99.0"]),
        ({"maximum": 30}, ["1.3.0", "2.0.0", "1.4.0"], ["1.2.4", "1.2.3", "1.0.0"]),
        ({"description": "Said."}, ["1.2.4", "1.3.0"], ["1.2.3", "1.2.2", "0.9.0"]),
        ({}, ["1.2.4", "1.3.0"], ["1.2.3", "1.2.2"]),
    ],
)
def test_versions_that_go_far_enough(project, change, enough, too_little):
    project.publish("1.2.3")
    project.describe(**change)
    for version in enough:
        project.check(version)
    for version in too_little:
        code = refusal(project.check, version).code
        assert code is (Code.PUBLISHED if version == "1.2.3" else Code.WRONG_VERSION)


def test_the_message_says_what_is_asked_for(project):
    project.publish("1.2.3")
    project.describe(maximum=10)
    found = refusal(project.check, "1.3.0")
    assert found.message == "things cannot be 1.3.0: 1 breaking change since 1.2.3 asks for 2.0.0"
    assert found.hint == "see `trunkline version things`; --write sets it"


def test_the_same_version_with_the_same_contents_may_be_published_again(project):
    project.publish("1.2.3", digest="aa")
    project.check("1.2.3", digest="aa")
    assert refusal(project.check, "1.2.3", digest="cc").code is Code.PUBLISHED


def test_what_was_published_is_never_written_over(project):
    path = project.publish("1.2.3")
    assert project.publish("1.2.3") == path
    before = path.read_bytes()
    assert refusal(project.publish, "1.2.3", digest="cc").code is Code.PUBLISHED
    project.describe(maximum=10)
    assert refusal(project.publish, "1.2.3").code is Code.PUBLISHED
    assert path.read_bytes() == before


def test_the_highest_final_version_counts(project):
    for version in ("0.9.0", "1.10.0", "1.9.0", "2.0.0rc1"):
        project.publish(version)
    found = last_published(project.spec, project.package("9.0.0"))
    assert found is not None
    assert found.version == "1.10.0"


def test_nothing_was_published(project):
    project.check("0.0.1")
    found = step(project.spec)
    assert (found.bundle, found.bump, found.version) == (None, Bump.NONE, "0.1.0")


def test_references_are_carried(tmp_path):
    project = Project(tmp_path)
    document = described()
    content = document["paths"]["/things"]["post"]["requestBody"]["content"]
    body = content["application/json"]["schema"]
    content["application/json"]["schema"] = {"$ref": "parts/body.yaml"}
    project.spec.write_text(yaml.safe_dump(document))
    part = project.spec.parent / "parts" / "body.yaml"
    part.parent.mkdir()
    part.write_text(yaml.safe_dump(body))
    project.publish("1.0.0")
    assert step(project.spec).bump is Bump.NONE
    body["properties"]["name"]["maxLength"] = 5
    part.write_text(yaml.safe_dump(body))
    found = step(project.spec)
    (change,) = found.changes
    assert found.version == "2.0.0"
    assert change.old.file.endswith("==1.0.0/parts/body.yaml")
    assert change.new.file == str(part)


def test_writing_a_version(project):
    project.publish("1.2.3")
    project.describe(maximum=10)
    (project.spec.parent / "CHANGELOG.md").write_text("# Things\n\n## 1.2.3\n\nThe first.\n")
    (project.spec.parent / "package.toml").write_text(
        'version = "1.2.3"  # now\nclass = "Things"\n\n[environment]\nversion = "V"\n'
    )
    written = write_version(project.spec, step(project.spec))
    assert {path.name for path in written} == {"package.toml", "CHANGELOG.md"}
    log = (project.spec.parent / "CHANGELOG.md").read_text()
    assert log.startswith("# Things\n\n## 2.0.0\n\n### Breaking\n\n- `client.things.create`")
    assert log.endswith("\n\n## 1.2.3\n\nThe first.\n")
    package = (project.spec.parent / "package.toml").read_text()
    assert package == 'version = "2.0.0"\nclass = "Things"\n\n[environment]\nversion = "V"\n'
    assert write_version(project.spec, step(project.spec)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 'version = "2.0.0"\n'),
        ('class = "A"\n', 'class = "A"\nversion = "2.0.0"\n'),
        ('[environment]\nversion = "V"\n', 'version = "2.0.0"\n[environment]\nversion = "V"\n'),
        ("version='1'", 'version = "2.0.0"'),
    ],
)
def test_setting_the_version_touches_nothing_else(text, expected):
    assert with_version(text, "2.0.0") == expected


def test_an_entry_of_the_same_version_is_replaced():
    found = Step(None, (), Bump.NONE, "2.0.0", "## 2.0.0\n\nNew.\n")
    text = "# Log\n\n## 2.0.0 (2026-01-01)\n\nOld.\n\n## 1.0.0\n\nFirst.\n"
    assert with_entry(text, found) == "# Log\n\n## 2.0.0\n\nNew.\n\n## 1.0.0\n\nFirst.\n"
    assert with_entry("", found) == "# Changelog\n\n## 2.0.0\n\nNew.\n"


def test_a_release_whose_record_is_lost_is_not_the_first(project):
    project.publish("1.2.3")
    for record in (project.spec.parent / "published").glob("*.json"):
        record.unlink()

    def git(*arguments):
        subprocess.run(["git", "-C", str(project.spec.parent), *arguments], check=True)

    git("init", "-q")
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "x")
    git("tag", f"{project.spec.parent.name}-v1.2.3")
    found = refusal(step, project.spec)
    assert found.code is Code.PUBLISHED
    assert "-v1.2.3" in found.message
    assert "--index" in found.hint
