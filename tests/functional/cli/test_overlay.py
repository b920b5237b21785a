"""Overlays on the command line: every command reads a description with them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from trunkline import load
from trunkline.overlay import laid_over
from trunkline.pipeline.compare import from_bundle
from trunkline.pipeline.generate import plan_package, write_package
from trunkline.pipeline.versions import make_bundle
from trunkline.pipeline.watch import Watched

BASE = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: http://127.0.0.1:9}]
paths:
  /books:
    get:
      operationId: listBooks
      responses:
        "200":
          description: All
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Book"}}}
components:
  schemas:
    Book: {type: object, properties: {title: {type: string}}}
"""
ADDS = """\
overlay: 1.0.0
info: {title: Fix, version: "1"}
actions:
  - target: $.components.schemas.Book.properties
    update: {pages: {type: integer}}
"""
BREAKS = """\
overlay: 1.0.0
info: {title: Fix, version: "1"}
actions:
  - target: $.components.schemas.Book.properties
    update: {author: {$ref: "#/components/schemas/Athor"}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "specs" / "shop"
    (folder / "overlays").mkdir(parents=True)
    (folder / "openapi.yaml").write_text(BASE)
    (folder / "package.toml").write_text('version = "0.1.0"\n')
    return tmp_path


def book(spec: str | Path, **how: object) -> set[str]:
    shape = load(spec, **how).api.schemas["Book"].shape  # type: ignore[arg-type]
    return {p.name for p in shape.properties}  # type: ignore[union-attr]


def test_those_in_the_folder_are_laid_over_in_name_order(project: Path) -> None:
    folder = project / "specs/shop"
    (folder / "overlays/20.yaml").write_text(ADDS.replace("integer", "number"))
    (folder / "overlays/10.yaml").write_text(ADDS)
    loaded = load(folder / "openapi.yaml")
    pages = loaded.document.locate(["components", "schemas", "Book", "properties", "pages", "type"])
    assert pages.value == "number"
    assert pages.position.file.endswith("20.yaml")


def test_a_folder_beside_any_other_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "overlays").mkdir()
    (tmp_path / "overlays/10.yaml").write_text("a: 1\n")
    (tmp_path / "openapi.yaml").write_text(BASE)
    assert book(tmp_path / "openapi.yaml") == {"title"}


def test_from_python(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(BASE)
    (tmp_path / "fix.yaml").write_text(ADDS)
    assert book(tmp_path / "api.yaml", overlays=[tmp_path / "fix.yaml"]) == {"title", "pages"}
    assert book(tmp_path / "api.yaml") == {"title"}


@pytest.mark.parametrize("command", ["generate", "validate"])
def test_a_finding_points_into_the_overlay(trunkline, tmp_path: Path, command) -> None:
    (tmp_path / "api.yaml").write_text(BASE)
    (tmp_path / "fix.yaml").write_text(BREAKS)
    done = trunkline(command, "api.yaml", "--overlay", "fix.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert "fix.yaml:5:29: error: " in done.stderr
    assert "[S004]" in done.stderr


def test_a_missing_overlay_is_one_message(trunkline, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(BASE)
    (tmp_path / "fix.yaml").write_text(ADDS)
    done = trunkline("validate", "api.yaml", "--overlay", "fx.yaml", cwd=tmp_path)
    assert done.returncode != 0
    assert done.stderr.splitlines()[:2] == [
        "error: Cannot read fx.yaml: No such file or directory [S001]",
        "  hint: There is fix.yaml",
    ]


def test_the_suite_holds_to_what_the_overlay_says(trunkline, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(BASE)
    (tmp_path / "fix.yaml").write_text(ADDS)
    done = trunkline("test", "api.yaml", "--overlay", "fix.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_generating_notices_an_overlay_that_came_or_changed(trunkline, project: Path) -> None:
    def generate() -> str:
        done = trunkline("generate", "shop", cwd=project)
        assert done.returncode == 0, done.stderr
        return done.stdout

    models = project / "generated/shop/trunkline_shop/models/books.py"
    generate()
    assert "nothing to do" in generate()
    overlay = project / "specs/shop/overlays/10.yaml"
    overlay.write_text(ADDS)
    assert "files changed" in generate()
    assert "pages" in models.read_text()
    assert "nothing to do" in generate()
    overlay.write_text(ADDS.replace("pages", "leaves"))
    assert "files changed" in generate()
    overlay.unlink()
    generate()
    assert "leaves" not in models.read_text()


def test_watching_notices_a_new_overlay(project: Path) -> None:
    file = project / "specs/shop/openapi.yaml"
    watched = Watched(str(file), None)
    watched.run(plan_package)
    assert watched.concerns(project / "specs/shop/overlays/10.yaml")
    assert not watched.concerns(project / "specs/shop/notes.yaml")
    (project / "elsewhere").mkdir()
    with laid_over([project / "elsewhere/fix.yaml"]):
        assert project / "elsewhere" in watched.folders


def test_a_revision_is_read_with_its_overlays(trunkline, project: Path) -> None:
    def git(*arguments: str) -> None:
        named = ("-c", "user.name=n", "-c", "user.email=n@example.org")
        subprocess.run(["git", *named, *arguments], cwd=project, check=True, capture_output=True)

    (project / "specs/shop/overlays/10.yaml").write_text(ADDS)
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "one")
    assert "Nothing changed" in trunkline("diff", "main", "shop", cwd=project).stdout
    (project / "specs/shop/overlays/10.yaml").unlink()
    done = trunkline("diff", "main", "shop", "--format", "json", cwd=project)
    (change,) = json.loads(done.stdout)["changes"]
    assert "pages" in json.dumps(change)
    assert "main:specs/shop/overlays/10.yaml" in json.dumps(change)


def test_a_package_carries_its_overlays(project: Path) -> None:
    folder = project / "specs/shop"
    (folder / "overlays/10.yaml").write_text(ADDS)
    planned = plan_package(folder / "openapi.yaml", out=project / "out")
    write_package(planned)
    bundle = make_bundle(planned.loaded.document.texts, planned.package, "")
    assert set(bundle.files) == {"openapi.yaml", "overlays/10.yaml"}
    assert bundle.root == "openapi.yaml"
    shape = from_bundle(bundle).api.schemas["Book"].shape
    assert {p.name for p in shape.properties} == {"title", "pages"}  # type: ignore[union-attr]


def test_diff_lays_it_over_the_new_side(trunkline, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(BASE)
    (tmp_path / "fix.yaml").write_text(ADDS)
    done = trunkline("diff", "api.yaml", "api.yaml", "--overlay", "fix.yaml", cwd=tmp_path)
    assert "pages" in done.stdout
    assert "Nothing changed" in trunkline("diff", "api.yaml", "api.yaml", cwd=tmp_path).stdout


def test_apply_and_diff_undo_each_other(trunkline, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(BASE)
    (tmp_path / "fix.yaml").write_text(ADDS)
    applied = trunkline("overlay", "apply", "api.yaml", "fix.yaml", cwd=tmp_path)
    (tmp_path / "new.yaml").write_text(applied.stdout)
    made = trunkline("overlay", "diff", "api.yaml", "new.yaml", cwd=tmp_path)
    (tmp_path / "made.yaml").write_text(made.stdout)
    again = trunkline("overlay", "apply", "api.yaml", "made.yaml", cwd=tmp_path)
    assert again.stdout == applied.stdout
    assert book(tmp_path / "new.yaml") == {"title", "pages"}


def test_what_it_extends_need_not_be_named(trunkline, tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(BASE)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/fix.yaml").write_text(ADDS.replace("actions", "extends: ../api.yaml\nactions"))
    done = trunkline("overlay", "apply", "sub/fix.yaml", "--out", "new.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "new.json").read_text())["components"]["schemas"]["Book"]
    (tmp_path / "fix.yaml").write_text(ADDS)
    done = trunkline("overlay", "apply", "fix.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "does not say what it extends" in done.stderr


def test_check_fails_for_what_is_stale(trunkline, project: Path) -> None:
    overlay = project / "specs/shop/overlays/10.yaml"
    overlay.write_text(ADDS)
    assert trunkline("overlay", "check", "shop", cwd=project).returncode == 0
    overlay.write_text(ADDS.replace("Book", "Boook"))
    done = trunkline("overlay", "check", "shop", cwd=project)
    assert done.returncode == 1
    assert "specs/shop/overlays/10.yaml:4:13: warning: This action matches nothing" in done.stderr
    assert "It leads as far as $.components.schemas." in done.stderr
    overlay.unlink()
    assert trunkline("overlay", "check", "shop", cwd=project).returncode == 2


def test_the_context_ends_with_the_block(tmp_path: Path) -> None:
    (tmp_path / "api.yaml").write_text(BASE)
    (tmp_path / "fix.yaml").write_text(ADDS)
    with laid_over([tmp_path / "fix.yaml"]):
        assert book(tmp_path / "api.yaml") == {"title", "pages"}
    assert book(tmp_path / "api.yaml") == {"title"}
