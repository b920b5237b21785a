"""The same bytes wherever and whenever a package is built, and what is inside."""

import json
import os
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

Run = Callable[..., "subprocess.CompletedProcess[str]"]
BEFORE = 1_600_000_000
"""Seconds since 1970: some day in 2020."""


def built(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / "dist").iterdir()}


def test_two_builds_of_a_commit_in_other_places_on_other_days_are_the_same(
    ready: Path, trunkline: Run, tmp_path: Path
) -> None:
    assert trunkline("build", cwd=ready).returncode == 0
    other = tmp_path / "another place" / "deeper"
    other.parent.mkdir()
    subprocess.run(["git", "clone", "--quiet", ready, other], check=True)
    for path in other.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (BEFORE, BEFORE))
            path.chmod(0o700 if path.is_dir() else 0o600)
    stray = next((other / "generated").rglob("client.py")).with_name("notes.txt")
    stray.write_text("not generated\n")
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}

    done = trunkline("build", cwd=other, env=elsewhere, umask=0o077)

    assert done.returncode == 0, done.stderr
    first, second = built(ready), built(other)
    assert sorted(name.rsplit(".", 1)[-1] for name in first) == ["gz", "json", "whl"]
    provenance = next(name for name in first if name.endswith(".json"))
    # The clone has a file that is not committed: it is no commit's state.
    commit = json.loads(first.pop(provenance))["predicate"]["buildDefinition"]
    assert any("gitCommit" in one["digest"] for one in commit["resolvedDependencies"])
    second.pop(provenance)
    assert first == second
    stray.unlink()
    assert trunkline("build", cwd=other).returncode == 0
    assert built(other) == built(ready)


def test_the_clock_reaches_nothing(ready: Path, trunkline: Run) -> None:
    """Every entry of both archives has a date of long ago, whatever those of the files."""
    assert trunkline("build", cwd=ready).returncode == 0
    (wheel,) = (ready / "dist").glob("*.whl")
    (sdist,) = (ready / "dist").glob("*.tar.gz")

    assert {entry.date_time for entry in zipfile.ZipFile(wheel).infolist()} == {
        (2020, 2, 2, 0, 0, 0)
    }
    with tarfile.open(sdist) as archive:
        entries = archive.getmembers()
    assert len({entry.mtime for entry in entries}) == 1
    assert {(entry.uid, entry.gid, entry.uname, entry.gname) for entry in entries} == {
        (0, 0, "", "")
    }
    # Bytes 4 to 8 of a gzip file are when it was made.
    assert sdist.read_bytes()[4:8] == int(entries[0].mtime).to_bytes(4, "little")


def test_a_wheel_built_from_the_sdist_by_pip_is_the_same(
    ready: Path, trunkline: Run, tmp_path: Path
) -> None:
    assert trunkline("build", cwd=ready).returncode == 0
    (wheel,) = (ready / "dist").glob("*.whl")
    (sdist,) = (ready / "dist").glob("*.tar.gz")
    from hatchling.builders.wheel import WheelBuilder

    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (folder,) = (tmp_path / "unpacked").iterdir()
    (again,) = WheelBuilder(str(folder)).build(directory=str(tmp_path / "again"))

    assert Path(again).read_bytes() == wheel.read_bytes()


def test_what_is_inside(ready: Path, trunkline: Run) -> None:
    assert trunkline("build", cwd=ready).returncode == 0
    (wheel,) = (ready / "dist").glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    names = archive.namelist()
    info = "trunkline_shop-1.0.0.dist-info"

    assert {
        "trunkline_shop/py.typed",
        "trunkline_shop/_description.json",
        f"{info}/licenses/LICENSE",
        f"{info}/sboms/sbom.cdx.json",
    } <= set(names)
    sbom = archive.read(f"{info}/sboms/sbom.cdx.json").decode()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom) is None
    broken = sbom.replace('"type": "library"', '"type": "libary"', 1)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(broken) is not None
    listed = {
        (part["name"], prop["value"])
        for part in json.loads(sbom)["components"]
        for prop in part.get("properties", [])
    }
    metadata = archive.read(f"{info}/METADATA").decode().splitlines()
    required = [line.split(": ")[1] for line in metadata if line.startswith("Requires-Dist")]
    assert sorted("".join(pair) for pair in listed) == sorted(required)


def test_the_provenance_names_what_was_made_and_of_what(ready: Path, trunkline: Run) -> None:
    import hashlib

    assert trunkline("build", cwd=ready).returncode == 0
    files = built(ready)
    statement = json.loads(files["trunkline_shop-1.0.0.provenance.json"])

    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "https://slsa.dev/provenance/v1"
    assert {one["name"]: one["digest"]["sha256"] for one in statement["subject"]} == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if not name.endswith(".json")
    }
    definition = statement["predicate"]["buildDefinition"]
    materials = {one["name"]: one["digest"] for one in definition["resolvedDependencies"]}
    description = (ready / "specs" / "shop" / "openapi.yaml").read_bytes()
    assert materials["openapi.yaml"] == {"sha256": hashlib.sha256(description).hexdigest()}
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ready, capture_output=True, text=True, check=True
    )
    assert materials["source"] == {"gitCommit": head.stdout.strip()}
    assert str(ready) not in files["trunkline_shop-1.0.0.provenance.json"].decode()


def test_metadata_that_an_index_would_refuse_is_found(
    ready: Path, trunkline: Run, tmp_path: Path
) -> None:
    """A README without a word: what `twine check --strict` warns about."""
    templates = tmp_path / "mine" / "python"
    templates.mkdir(parents=True)
    (templates / "README.md.jinja").write_text("")
    from trunkline.diagnostics import Code, TrunklineError
    from trunkline.release import build

    folder = tmp_path / "package"
    done = trunkline(
        "generate", "shop", "--templates", templates.parent, "--out", folder, cwd=ready
    )
    assert done.returncode == 0, done.stderr

    with pytest.raises(TrunklineError) as raised:
        build(folder, tmp_path / "dist")

    assert raised.value.diagnostics[0].code is Code.METADATA
    assert "long_description" in str(raised.value)
    assert not (tmp_path / "dist").exists()
