"""Generating again: what is touched, what is passed over, and what may go wrong meanwhile."""

import ctypes
import os
import queue
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SCRIPTS = Path(sys.executable).parent


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def package(project: Path) -> Path:
    return project / "generated" / "shop"


def description(project: Path) -> Path:
    return project / "specs" / "shop" / "openapi.yaml"


def rename_field(project: Path) -> None:
    path = description(project)
    path.write_text(path.read_text().replace("name: {type: string,", "label: {type: string,"))


def only(what: str, text: str) -> Callable[[Path], None]:
    def edit(project: Path) -> None:
        (project / what).write_text(text)

    return edit


def test_nothing_to_do_is_found_out_without_generating(
    project: Path, trunkline: Run, tmp_path: Path
) -> None:
    """Not one module of the generator is imported, and not one file is written."""
    cache = {"XDG_CACHE_HOME": str(tmp_path / "own-cache")}
    assert trunkline("generate", "shop", cwd=project, env=cache).returncode == 0
    before = {path: path.stat().st_mtime_ns for path in package(project).rglob("*")}

    for arguments in (("generate", "shop"), ("generate", "shop", "--check")):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", SCRIPTS / "trunkline", *arguments],
            cwd=project,
            env={**os.environ, **cache},
            capture_output=True,
            text=True,
            check=True,
        )
        imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
        assert "trunkline.pipeline.up_to_date" in imported
        slow = {"datamodel_code_generator", "jinja2", "trunkline.lower", "trunkline.openapi"}
        assert not imported & slow
    assert {path: path.stat().st_mtime_ns for path in package(project).rglob("*")} == before


def delete_output(project: Path) -> None:
    next(package(project).rglob("client.py")).unlink()


@pytest.mark.parametrize(
    "edit",
    [
        rename_field,
        only("specs/shop/package.toml", 'version = "1.0.1"\n'),
        only("specs/shop/package.toml", 'class = "Store"\n'),
        lambda project: (project / "specs" / "shop" / "package.toml").unlink(),
        delete_output,
        lambda project: (package(project) / ".trunkline.json").write_text("{}"),
    ],
    ids=["description", "version", "class", "no package.toml", "output gone", "manifest gone"],
)
def test_what_changed_is_generated_again(
    ready: Path, trunkline: Run, tmp_path: Path, edit: Callable[[Path], None]
) -> None:
    """The outcome is that of generating into an empty folder."""
    assert "nothing to do" in trunkline("generate", "shop", cwd=ready).stdout
    edit(ready)

    done = trunkline("generate", "shop", "--force", cwd=ready)

    assert done.returncode == 0, done.stderr
    assert "nothing to do" not in done.stdout
    fresh = tmp_path / "fresh"
    assert trunkline("generate", "shop", "--out", fresh, cwd=ready).returncode == 0
    assert tree(package(ready)) == tree(fresh)


def test_a_file_that_is_referred_to_counts(ready: Path, trunkline: Run) -> None:
    shared = ready / "specs" / "shop" / "shared.yaml"
    shared.write_text("Refused: {type: object, properties: {error: {type: string}}}\n")
    text = description(ready).read_text()
    start = text.index("          schema:\n            type: object\n            required: [error]")
    end = text.index("  schemas:\n    NewPet")
    reference = "          schema: {$ref: 'shared.yaml#/Refused'}\n"
    description(ready).write_text(text[:start] + reference + text[end:])
    assert trunkline("generate", "shop", cwd=ready).returncode == 0
    assert "nothing to do" in trunkline("generate", "shop", cwd=ready).stdout

    shared.write_text("Refused: {type: object, properties: {reason: {type: string}}}\n")
    done = trunkline("generate", "shop", cwd=ready)

    assert "nothing to do" not in done.stdout
    assert any("reason" in path.read_text() for path in package(ready).rglob("models/*.py"))


def test_a_template_of_ones_own_counts(ready: Path, trunkline: Run, tmp_path: Path) -> None:
    readme = tmp_path / "mine" / "python" / "README.md.jinja"
    readme.parent.mkdir(parents=True)
    arguments = ("generate", "shop", "--templates", tmp_path / "mine")
    for text in ("first\n", "other\n"):
        readme.write_text(text)
        assert trunkline(*arguments, cwd=ready).returncode == 0
        assert (package(ready) / "README.md").read_text() == text
        assert "nothing to do" in trunkline(*arguments, cwd=ready).stdout
    assert "nothing to do" not in trunkline("generate", "shop", cwd=ready).stdout
    assert (package(ready) / "README.md").read_text() != "other\n"


def test_only_what_changes_is_touched_and_lib_never(ready: Path, trunkline: Run) -> None:
    mine = package(ready) / "lib" / "mine.py"
    mine.parent.mkdir()
    mine.write_text("ANSWER = 42\n")
    before = {path: path.stat().st_ino for path in package(ready).rglob("*") if path.is_file()}
    old = tree(package(ready))
    rename_field(ready)

    assert trunkline("generate", "shop", cwd=ready).returncode == 0

    now = tree(package(ready))
    changed = {name for name in old if old[name] != now.get(name)}
    moved = {
        str(path.relative_to(package(ready)))
        for path, node in before.items()
        if not path.exists() or path.stat().st_ino != node
    }
    assert changed
    assert moved == changed
    assert mine.read_text() == "ANSWER = 42\n"


def test_a_hand_edit_is_kept_until_told_otherwise(ready: Path, trunkline: Run) -> None:
    client = next(package(ready).rglob("client.py"))
    text = client.read_text()
    client.write_text(text + "# mine\n")
    before = tree(package(ready))

    refused = trunkline("generate", "shop", cwd=ready)

    assert refused.returncode == 1
    assert "[G002]" in refused.stderr
    assert tree(package(ready)) == before
    assert trunkline("generate", "shop", "--force", cwd=ready).returncode == 0
    assert client.read_text() == text


def test_the_same_bytes_on_any_machine(ready: Path, trunkline: Run, tmp_path: Path) -> None:
    second = ready / "specs" / "another"
    shutil.copytree(ready / "specs" / "shop", second)
    trees = []
    worlds = [
        ({"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"}, ["shop", "another"], "a"),
        (
            {"PYTHONHASHSEED": "4711", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo", "COLUMNS": "40"},
            ["another", "shop"],
            "b with blank/deeper",
        ),
        ({"PYTHONHASHSEED": "99", "LANG": "tr_TR.UTF-8", "PYTHONUTF8": "0"}, [], "ç"),
    ]
    for environment, names, place in worlds:
        folder = tmp_path / place
        folder.mkdir(parents=True)
        shutil.copytree(ready / "specs", folder / "specs")
        done = trunkline("generate", *names, cwd=folder, env=environment, umask=0o027)
        assert done.returncode == 0, done.stderr
        trees.append(tree(folder / "generated"))

    assert trees[0] == trees[1] == trees[2]
    assert len(trees[0]) > 60


def test_several_runs_at_once_leave_one_outcome(ready: Path, trunkline: Run) -> None:
    rename_field(ready)
    command = [SCRIPTS / "trunkline", "generate", "shop"]
    runs = [subprocess.Popen(command, cwd=ready, stdout=-1, stderr=-1, text=True) for _ in range(3)]
    for run in runs:
        _, said = run.communicate()
        assert run.returncode == 0 or "[G006]" in said, said
        assert "Traceback" not in said

    done = trunkline("generate", "shop", "--check", cwd=ready)
    assert done.returncode == 0, done.stdout
    assert not (package(ready) / ".trunkline-stage").exists()


def test_runs_that_are_killed_need_no_force_afterwards(ready: Path, trunkline: Run) -> None:
    """Killed at eight moments, from start-up to the end, with another edit after each."""
    started = time.monotonic()
    trunkline("generate", "shop", "--force", "--out", ready / "measure", cwd=ready)
    whole = time.monotonic() - started
    for moment in range(8):
        text = description(ready).read_text()
        description(ready).write_text(text.replace("title: Shop", f"title: Shop {moment}"))
        run = subprocess.Popen(
            [SCRIPTS / "trunkline", "generate", "shop"], cwd=ready, stdout=-1, stderr=-1
        )
        time.sleep(whole * (0.3 + moment / 10))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        for path in package(ready).rglob("*.py"):
            compile(path.read_text(), str(path), "exec")
    done = trunkline("generate", "shop", cwd=ready)

    assert done.returncode == 0, done.stderr
    assert trunkline("generate", "shop", "--check", cwd=ready).returncode == 0
    assert not (package(ready) / ".trunkline-stage").exists()


def test_a_full_disk_changes_nothing(ready: Path, trunkline: Run) -> None:
    before = tree(package(ready))
    rename_field(ready)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    done = trunkline("generate", "shop", cwd=ready, preexec_fn=limit)

    assert done.returncode == 2, done.stderr
    assert "[U003]" in done.stderr
    assert done.stderr.count("error:") == 1
    assert tree(package(ready)) == before
    assert trunkline("generate", "shop", cwd=ready).returncode == 0


def without_superpowers() -> None:
    """Root may write anywhere; from the next program on, it may not (prctl, PR_CAPBSET_DROP)."""
    libc = ctypes.CDLL(None)
    for capability in (1, 2):
        libc.prctl(24, capability, 0, 0, 0)


@pytest.mark.parametrize("command", ["generate", "build"])
def test_a_folder_that_cannot_be_written(ready: Path, trunkline: Run, command: str) -> None:
    if command == "generate":
        rename_field(ready)
    before = tree(package(ready))
    folders = [ready, *(path for path in package(ready).rglob("*") if path.is_dir())]
    for folder in [*folders, package(ready)]:
        folder.chmod(0o555)

    done = trunkline(command, "shop", cwd=ready, preexec_fn=without_superpowers)

    for folder in [*folders, package(ready)]:
        folder.chmod(0o755)
    assert done.returncode == 2, done.stderr
    assert "[U003]" in done.stderr
    assert "Permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(package(ready)) == before
    assert not (ready / "dist").exists()


@pytest.fixture
def watching(ready: Path) -> Iterator[tuple["subprocess.Popen[str]", "queue.Queue[str]"]]:
    process = subprocess.Popen(
        # Where the tests run in the background of a shell, children are born deaf to Ctrl-C.
        ["env", "--default-signal=INT", SCRIPTS / "trunkline", "generate", "shop", "--watch"],
        cwd=ready,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            lines.put(line)

    threading.Thread(target=read, daemon=True).start()
    yield process, lines
    process.kill()
    process.wait()


def test_watching_follows_every_save_and_survives_mistakes(
    ready: Path,
    watching: tuple["subprocess.Popen[str]", "queue.Queue[str]"],
    trunkline: Run,
    tmp_path: Path,
) -> None:
    process, lines = watching

    def until(text: str) -> str:
        said = ""
        while text not in said:
            said += lines.get(timeout=60)
        return said

    until("nothing to do")
    good = description(ready).read_text()
    description(ready).write_text(good.replace("listPets", "searchPets"))
    until("files changed")
    assert any("searchPets" in path.read_text() for path in package(ready).rglob("*.py"))

    description(ready).write_text(good.replace("openapi: 3.1.0", "openapi: ["))
    assert "openapi.yaml:3:1: error" in until("waiting for the next save")

    # As editors save: another file takes the place of the old one.
    staged = description(ready).with_name("openapi.yaml~")
    staged.write_text(good)
    staged.replace(description(ready))
    until("files changed")
    assert not any("searchPets" in path.read_text() for path in package(ready).rglob("*.py"))

    (ready / "specs" / "shop" / "package.toml").write_text('version = "1.4.0"\n')
    until("files changed")
    assert 'version = "1.4.0"' in (package(ready) / "pyproject.toml").read_text()
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 130
    watched = tree(package(ready))
    assert trunkline("generate", "shop", "--out", tmp_path / "fresh", cwd=ready).returncode == 0
    assert tree(tmp_path / "fresh") == watched
