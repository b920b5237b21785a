"""Comparing and writing: edits are kept safe, nothing outside is touched."""

import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from trunkline.diagnostics import Code, Diagnostics, ExitCode, TrunklineError
from trunkline.output import MANIFEST, ChangeKind, formatted, plan_changes, write
from trunkline.output.lock import exclusive
from trunkline.output.manifest import STAGE

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


def test_a_run_killed_between_two_moves_leaves_no_edits_behind(tmp_path: Path) -> None:
    """The child ends itself in the middle; the next run, of newer texts, needs no --force."""
    target = tmp_path / "out"
    generate(target, {A: "a\n", B: "b\n"})
    child = (
        "import os, pathlib, sys\n"
        "from trunkline.output import plan_changes, write\n"
        "moved = []\n"
        "move = pathlib.Path.replace\n"
        "def once(self, target):\n"
        "    if moved: os._exit(9)\n"
        "    moved.append(target); return move(self, target)\n"
        "pathlib.Path.replace = once\n"
        "files = {pathlib.PurePosixPath('pkg/a.py'): 'a 2\\n',\n"
        "         pathlib.PurePosixPath('pkg/c.py'): 'c 2\\n'}\n"
        "write(plan_changes(files, pathlib.Path(sys.argv[1])))\n"
    )
    killed = subprocess.run([sys.executable, "-c", child, str(target)], check=False)
    assert killed.returncode == 9
    assert (target / A).read_text() == "a 2\n"
    assert (target / STAGE).is_dir()

    changes = plan_changes({A: "a 3\n", B: "b\n"}, target)

    assert changes.hand_edited == ()
    write(changes)
    assert sorted(p.name for p in target.rglob("*") if p.is_file()) == [
        ".trunkline.json",
        "a.py",
        "b.py",
    ]
    assert (target / A).read_text() == "a 3\n"


def test_a_plan_that_another_run_made_stale_is_not_carried_out(tmp_path: Path) -> None:
    target = tmp_path / "out"
    generate(target, {A: "a\n"})
    first = plan_changes({A: "one\n"}, target)
    second = plan_changes({A: "two\n"}, target)
    write(first)

    with pytest.raises(TrunklineError) as raised:
        write(second)

    assert raised.value.diagnostics[0].code is Code.BUSY
    assert (target / A).read_text() == "one\n"
    assert not plan_changes({A: "one\n"}, target)


def test_two_runs_with_one_plan_both_succeed(tmp_path: Path) -> None:
    target = tmp_path / "out"
    plans = [plan_changes({A: "same\n"}, target) for _ in range(2)]
    for plan in plans:
        write(plan)
    assert (target / A).read_text() == "same\n"


def test_a_folder_that_is_held_by_another_process_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "out"
    generate(target, {A: "a\n"})
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import pathlib, sys\nfrom trunkline.output.lock import exclusive\n"
            "with exclusive(pathlib.Path(sys.argv[1])):\n"
            "    print('held', flush=True)\n    sys.stdin.read()\n",
            str(target),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(TrunklineError) as raised, exclusive(target, patience=0.1):
        pass
    holder.kill()
    holder.communicate()
    with exclusive(target, patience=5):
        assert raised.value.diagnostics[0].code is Code.BUSY


def test_a_disk_that_takes_no_more_changes_nothing(tmp_path: Path) -> None:
    """A limit on the size of files is what a full disk looks like from inside."""
    target = tmp_path / "out"
    generate(target, {A: "a\n", B: "b\n"})
    child = (
        "import pathlib, resource, sys\n"
        "from trunkline.diagnostics import TrunklineError\n"
        "from trunkline.output import plan_changes, write\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "files = {pathlib.PurePosixPath('pkg/a.py'): 'a 2\\n',\n"
        "         pathlib.PurePosixPath('pkg/z.py'): 'x' * 9000}\n"
        "try: write(plan_changes(files, pathlib.Path(sys.argv[1])))\n"
        "except TrunklineError as error: print(error); sys.exit(int(error.exit_code))\n"
    )
    before = {p: p.read_bytes() for p in target.rglob("*") if p.is_file()}

    done = subprocess.run(
        [sys.executable, "-c", child, str(target)], capture_output=True, text=True, check=False
    )

    assert done.returncode == ExitCode.USAGE, done.stderr
    assert "Cannot write" in done.stdout
    assert "[U003]" in done.stdout
    assert {p: p.read_bytes() for p in target.rglob("*") if p.is_file()} == before
