"""`trunkline publish`: what it refuses, and that it can be repeated."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
TOKEN = {"TRUNKLINE_INDEX_TOKEN": "pypi-secret"}


def test_an_upload_that_broke_off_is_taken_up_again(
    ready: Path, trunkline: Run, scripted: Any
) -> None:
    scripted.answers = ["200", "500"]
    arguments = ("publish", "shop", "--index", f"{scripted.url}/upload/")

    first = trunkline(*arguments, cwd=ready, env=TOKEN)

    assert first.returncode == 1
    assert first.stderr.count("error:") == 1
    assert "answered 500" in first.stderr
    assert "files the index has are passed over" in first.stderr
    assert [name.rsplit(".", 1)[-1] for name in scripted.listing] == ["whl"]

    second = trunkline(*arguments, cwd=ready, env=TOKEN)

    assert second.returncode == 0, second.stderr
    assert "already there" in second.stdout
    assert len(scripted.uploads) == 3, "the wheel, the sdist that failed, the sdist"
    assert sorted(name.rsplit(".", 1)[-1] for name in scripted.listing) == ["gz", "whl"]
    assert "pypi-secret" not in first.stdout + first.stderr + second.stdout + second.stderr


def test_a_dry_run_needs_no_token_and_uploads_nothing(
    ready: Path, trunkline: Run, scripted: Any
) -> None:
    done = trunkline(
        "publish", "shop", "--dry-run", "--index", f"{scripted.url}/upload/", cwd=ready
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("would be uploaded") == 2
    assert scripted.uploads == []


def test_a_token_from_trusted_publishing_reaches_the_index(
    ready: Path, trunkline: Run, scripted: Any
) -> None:
    import base64

    claims = base64.urlsafe_b64encode(json.dumps({"aud": "index"}).encode()).decode()
    scripted.audience, scripted.identity = "index", f"e30.{claims}.c2ln"
    job = {
        "GITHUB_ACTIONS": "true",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "request",
        "ACTIONS_ID_TOKEN_REQUEST_URL": f"{scripted.url}/identity?v=1",
    }

    done = trunkline("publish", "shop", "--index", f"{scripted.url}/upload/", cwd=ready, env=job)

    assert done.returncode == 0, done.stderr
    sent = {headers["Authorization"] for headers, _ in scripted.uploads}
    assert sent == {"Basic " + base64.b64encode(b"__token__:pypi-minted").decode()}


def edit_package(project: Path) -> None:
    client = next((project / "generated" / "shop").rglob("client.py"))
    client.write_text(client.read_text() + "\n")


def edit_readme_template(project: Path) -> None:
    """What `generate` would write again, but the run tested something else."""
    record = project / "build" / "contract" / "shop.json"
    data = json.loads(record.read_text())
    record.write_text(json.dumps({**data, "package": "0" * 64}))


def edit_description(project: Path) -> None:
    record = project / "build" / "contract" / "shop.json"
    data = json.loads(record.read_text())
    record.write_text(json.dumps({**data, "description": "0" * 64}))


def fail_the_run(project: Path) -> None:
    record = project / "build" / "contract" / "shop.json"
    record.write_text(json.dumps({**json.loads(record.read_text()), "passed": False}))


def forget_the_run(project: Path) -> None:
    (project / "build" / "contract" / "shop.json").unlink()


def break_the_record(project: Path) -> None:
    (project / "build" / "contract" / "shop.json").write_text('{"passed": "yes"}')


def leave_uncommitted(project: Path) -> None:
    (project / "specs" / "shop" / "notes.txt").write_text("to do\n")


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (edit_package, "G003", "differs"),
        (edit_readme_template, "P003", "package was changed since its contract run"),
        (edit_description, "P003", "description was changed since its contract run"),
        (fail_the_run, "P003", "found violations"),
        (forget_the_run, "P003", "no contract run"),
        (break_the_record, "P003", "no contract run"),
        (leave_uncommitted, "P005", "notes.txt not committed"),
    ],
)
def test_what_must_not_be_published_is_not(
    ready: Path,
    trunkline: Run,
    scripted: Any,
    spoil: Callable[[Path], None],
    code: str,
    said: str,
) -> None:
    spoil(ready)

    done = trunkline("publish", "shop", "--index", f"{scripted.url}/upload/", cwd=ready, env=TOKEN)

    assert done.returncode == 1, done.stdout
    assert f"[{code}]" in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert scripted.requests == []
    assert not (ready / "dist").exists()


def test_files_that_are_not_committed_can_be_published_on_demand(
    ready: Path, trunkline: Run, scripted: Any
) -> None:
    leave_uncommitted(ready)

    done = trunkline(
        *("publish", "shop", "--allow-dirty", "--index", f"{scripted.url}/upload/"),
        cwd=ready,
        env=TOKEN,
    )

    assert done.returncode == 0, done.stderr
    provenance = json.loads(next((ready / "dist").glob("*.provenance.json")).read_text())
    materials = provenance["predicate"]["buildDefinition"]["resolvedDependencies"]
    assert not any("gitCommit" in one["digest"] for one in materials), "it is no commit's state"


@pytest.mark.parametrize("part", ["--only=S001", "--shard=1/2"])
def test_a_part_of_a_run_does_not_count(
    project: Path, trunkline: Run, scripted: Any, part: str, commit: Callable[[Path], None]
) -> None:
    trunkline("generate", cwd=project)
    commit(project)
    trunkline("test", "shop", part, cwd=project)

    done = trunkline(
        "publish", "shop", "--index", f"{scripted.url}/upload/", cwd=project, env=TOKEN
    )

    assert done.returncode == 1
    assert "[P003]" in done.stderr


def test_the_same_version_with_other_contents_is_refused(
    ready: Path, trunkline: Run, scripted: Any, tmp_path: Path, commit: Callable[[Path], None]
) -> None:
    other = shutil.copytree(ready, tmp_path / "other")
    description = other / "specs" / "shop" / "openapi.yaml"
    description.write_text(description.read_text().replace("maxLength: 40", "maxLength: 50"))
    assert trunkline("generate", "shop", cwd=other).returncode == 0
    assert trunkline("build", "shop", cwd=other).returncode == 0
    (wheel,) = (other / "dist").glob("*.whl")
    scripted.listing[wheel.name] = ("", wheel.read_bytes())

    done = trunkline("publish", "shop", "--index", f"{scripted.url}/upload/", cwd=ready, env=TOKEN)

    assert done.returncode == 1
    assert "[P008]" in done.stderr
    assert "trunkline-shop==1.0.0" in done.stderr
    assert scripted.uploads == []


def test_what_was_published_is_noted_and_does_not_stand_in_the_way(
    ready: Path, trunkline: Run, scripted: Any
) -> None:
    arguments = ("publish", "shop", "--index", f"{scripted.url}/upload/")
    assert trunkline(*arguments, cwd=ready, env=TOKEN).returncode == 0
    noted = ready / "specs" / "shop" / "published" / "1.0.0.json"
    assert json.loads(noted.read_text())["version"] == "1.0.0"

    again = trunkline(*arguments, cwd=ready)

    assert again.returncode == 0, again.stderr
    assert again.stdout.count("already there") == 2
    assert len(scripted.uploads) == 2
