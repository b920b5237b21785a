"""Comparing and writing: edits are kept safe, nothing outside is touched."""

from pathlib import Path, PurePosixPath

import pytest

from trunkline.diagnostics import Code, Diagnostics, ExitCode, TrunklineError
from trunkline.output import MANIFEST, ChangeKind, formatted, plan_changes, write

A, B = PurePosixPath("pkg/a.py"), PurePosixPath("pkg/sub/b.py")


def generate(target: Path, files: dict[PurePosixPath, str], *, force: bool = False) -> None:
    write(plan_changes(files, target), force=force)


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out"
    files = {A: "a = 1\n", B: "b = 2\n"}
    first = plan_changes(files, target)
    assert {c.path for c in first.changes} == {A, B, MANIFEST}
    assert {c.kind for c in first.changes} == {ChangeKind.ADD}
    write(first)
    assert (target / A).read_text() == "a = 1\n"
    assert not plan_changes(files, target)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_files_no_longer_generated_are_removed_with_their_folders(tmp_path: Path) -> None:
    generate(tmp_path / "out", {A: "a\n", B: "b\n"})
    (tmp_path / "out" / "notes.txt").write_text("mine")
    generate(tmp_path / "out", {A: "a\n"})
    assert not (tmp_path / "out" / "pkg" / "sub").exists()
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"


def test_an_edited_file_is_not_overwritten_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "out"
    generate(target, {A: "a\n", B: "b\n"})
    (target / A).write_text("edited\n")
    changes = plan_changes({A: "new\n", B: "newer\n"}, target)
    assert changes.hand_edited == (A,)
    with pytest.raises(TrunklineError) as raised:
        write(changes)
    (one,) = raised.value.diagnostics
    assert one.code is Code.HAND_EDITED
    assert one.position is not None
    assert one.position.file == str(target / A)
    assert (target / A).read_text() == "edited\n"
    assert (target / B).read_text() == "b\n", "nothing is written when anything is refused"
    write(changes, force=True)
    assert (target / A).read_text() == "new\n"


def test_a_file_of_someone_elses_in_the_way_counts_as_edited(tmp_path: Path) -> None:
    target = tmp_path / "out"
    (target / "pkg").mkdir(parents=True)
    (target / A).write_text("not ours\n")
    assert plan_changes({A: "a\n"}, target).hand_edited == (A,)


def test_an_edit_that_is_what_would_be_generated_is_no_edit(tmp_path: Path) -> None:
    target = tmp_path / "out"
    generate(target, {A: "a\n"})
    (target / A).write_text("b\n")
    changes = plan_changes({A: "b\n"}, target)
    assert changes.hand_edited == ()
    write(changes)
    assert not plan_changes({A: "b\n"}, target)


def test_an_edited_file_is_not_removed_either(tmp_path: Path) -> None:
    generate(tmp_path / "out", {A: "a\n", B: "b\n"})
    (tmp_path / "out" / B).write_text("edited\n")
    with pytest.raises(TrunklineError):
        generate(tmp_path / "out", {A: "a\n"})
    assert (tmp_path / "out" / B).exists()


@pytest.mark.parametrize(
    "path", ["../evil.py", "/etc/evil", "a/../../evil", "lib/mine.py", "a\\b.py", "c:evil", ""]
)
def test_paths_stay_in_the_folder_and_out_of_lib(tmp_path: Path, path: str) -> None:
    with pytest.raises(TrunklineError) as raised:
        plan_changes({PurePosixPath(path): "x"}, tmp_path / "out")
    assert raised.value.exit_code is ExitCode.USAGE


def test_a_manifest_cannot_have_files_outside_removed(tmp_path: Path) -> None:
    target = tmp_path / "out"
    (target / "lib").mkdir(parents=True)
    (tmp_path / "precious").write_text("p")
    (target / "lib" / "mine.py").write_text("m")
    (target / MANIFEST).write_text('{"files": {"../precious": "x", "lib/mine.py": "y"}}')
    generate(target, {A: "a\n"}, force=True)
    assert (tmp_path / "precious").exists()
    assert (target / "lib" / "mine.py").exists()


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    target = tmp_path / "out"
    target.mkdir()
    (target / "pkg").symlink_to(outside)
    with pytest.raises(TrunklineError, match="symbolic link"):
        plan_changes({A: "a\n"}, target)
    whole = tmp_path / "link"
    whole.symlink_to(outside)
    with pytest.raises(TrunklineError, match="symbolic link"):
        plan_changes({A: "a\n"}, whole)
    assert not list(outside.iterdir())


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TrunklineError) as raised:
        generate(tmp_path / "file" / "out", {A: "a\n"})
    assert "Cannot write" in raised.value.diagnostics[0].message


def test_the_difference_is_a_unified_diff(tmp_path: Path) -> None:
    target = tmp_path / "out"
    generate(target, {A: "a = 1\nb = 2\n", B: "old\n"})
    changes = plan_changes({A: "a = 1\nb = 3\n"}, target)
    diff = changes.diff()
    assert "--- a/pkg/a.py\n+++ b/pkg/a.py\n" in diff
    assert "-b = 2\n+b = 3\n" in diff
    assert "--- a/pkg/sub/b.py\n+++ /dev/null\n" in diff
    found = Diagnostics()
    changes.report_stale(found)
    assert {d.code for d in found} == {Code.OUT_OF_DATE}
    assert len(found) == 3


def test_formatting_sorts_imports_and_drops_those_not_used() -> None:
    found = Diagnostics()
    done = formatted(
        {A: "import sys\nimport os\nfrom typing import Any\nx  =  os.sep + sys.path[0]\n"}, found
    )
    assert done[A] == "import os\nimport sys\n\nx = os.sep + sys.path[0]\n"
    assert not list(found)


def test_what_cannot_be_formatted_is_kept_and_reported() -> None:
    found = Diagnostics()
    done = formatted({A: "def (:\n", B: "b  = 1\n"}, found)
    assert done == {A: "def (:\n", B: "b = 1\n"}
    assert {d.code for d in found} == {Code.FORMATTER}
