"""Golden cases: a folder is a description and what comes of it.

`expected/` holds the interesting files of the package, or `stderr.txt` what a failure says. All
generated packages are imported and type-checked too. Where a case has a `use.py`, that is
type-checked with the package and run with the address of a server, which answers as `answers.json`
says; `expected/wire.txt` is what it was asked, and then what `use.py` printed.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from trunkline.diagnostics import Diagnostics, TrunklineError
from trunkline.generation import generate_package
from trunkline.names import default_package
from trunkline.output import plan_changes, write
from trunkline.pipeline.load import load_api

HERE = Path(__file__).parent
CASES = sorted(p.name for p in HERE.iterdir() if any(p.glob("openapi.*")))
SCRIPTS = Path(sys.executable).parent

pytestmark = pytest.mark.xdist_group("cases")
"""One process generates the packages that all of them look at."""


@cache
def generate(case: str) -> tuple[dict[PurePosixPath, str], str]:
    """The files of a case and what was reported; no files when it fails."""
    (description,) = (HERE / case).glob("openapi.*")
    try:
        loaded = load_api(description)
        found = Diagnostics()
        files = generate_package(loaded.api, default_package(case), found)
        found.raise_errors()
        reported = [*loaded.diagnostics, *found]
    except TrunklineError as error:
        files, reported = {}, error.diagnostics
    text = "".join(f"{d}\n" for d in reported).replace(f"{description.parent}/", "")
    return files, text


def interesting(files: dict[PurePosixPath, str]) -> dict[str, str]:
    """Files that depend on the description, by path in the package."""
    found: dict[str, str] = {}
    for path, text in files.items():
        inside = path.parts[1:]
        shown = inside[:1] in {("models",), ("params",), ("resources",)} or (
            len(inside) == 1
            and path.parts[0].startswith("trunkline_")
            and path.name not in {"__init__.py", "client.py", "errors.py"}
        )
        if path.suffix == ".py" and shown and "_runtime" not in inside:
            found["/".join(inside)] = text
    return found


@pytest.mark.parametrize("case", CASES)
def test_case_gives_what_is_expected(case: str, *, regenerate: bool) -> None:
    files, reported = generate(case)
    wanted = {f"expected/{name}": text for name, text in interesting(files).items()}
    if reported:
        wanted["stderr.txt"] = reported
    folder = HERE / case
    there = [*folder.glob("expected/**/*.py"), *folder.glob("stderr.txt")]
    if regenerate:
        for path in there:
            path.unlink()
        for name, text in wanted.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        return
    found = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in there}
    assert sorted(found) == sorted(wanted)
    for name, text in wanted.items():
        assert found[name] == text, f"{case}/{name} differs; --regenerate writes it anew"


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package of every case that succeeds."""
    root = tmp_path_factory.mktemp("cases")
    for case in CASES:
        files, _ = generate(case)
        if files:
            write(plan_changes(files, root / case))
            if (HERE / case / "use.py").is_file():
                shutil.copy(HERE / case / "use.py", root / case / f"use_{case}.py")
    return root


@pytest.mark.parametrize("case", [c for c in CASES if (HERE / c / "use.py").is_file()])
def test_clients_send_and_understand_what_is_expected(
    case: str, packages: Path, serve: Callable[[Path], Any], *, regenerate: bool
) -> None:
    service = serve(HERE / case)
    done = subprocess.run(
        [sys.executable, f"use_{case}.py", service.url],
        cwd=packages / case,
        env={"PATH": "", "PYTHONPATH": str(packages / case)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text = "\n".join([*service.record, "--- printed", done.stdout.replace(service.url, "")])
    golden = HERE / case / "expected" / "wire.txt"
    if regenerate:
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_packages_import_and_pass_their_own_tests(packages: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("--rootdir", packages, "--import-mode=importlib", "-c", "/dev/null"),
            *sorted(packages.glob("*/tests")),
        ],
        cwd=packages,
        env={"PYTHONPATH": ":".join(str(p) for p in sorted(packages.iterdir())), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def runtime(package: Path) -> dict[str, str]:
    """The modules that every package has, the name of this one taken out."""
    folder = package / "_runtime"
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8").replace(package.name, "_")
        for path in folder.rglob("*.py")
    }


def test_packages_have_no_type_errors(packages: Path) -> None:
    """The runtime in them is the same, and checked strictly in the first."""
    folders = sorted([*packages.glob("*/trunkline_*"), *packages.glob("*/use_*.py")])
    first, *others = (folder for folder in folders if folder.is_dir())
    assert all(runtime(other) == runtime(first) for other in others)
    (packages / "mypy.ini").write_text(
        "[mypy]\n"
        + "".join(f"[mypy-{other.name}._runtime.*]\nignore_errors = True\n" for other in others)
    )
    done = subprocess.run(
        [SCRIPTS / "mypy", "--strict", "--config-file", packages / "mypy.ini", *folders],
        cwd=packages,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    settings = {
        "typeCheckingMode": "strict",
        "exclude": [f"{other.parent.name}/{other.name}/_runtime" for other in others],
        "executionEnvironments": [{"root": folder.parent.name} for folder in folders],
    }
    (packages / "pyrightconfig.json").write_text(json.dumps(settings))
    done = subprocess.run(
        [SCRIPTS / "pyright", "-p", packages, "--pythonpath", sys.executable],
        cwd=packages,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_packages_are_as_ruff_would_have_them(packages: Path) -> None:
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [SCRIPTS / "ruff", *command, "--no-cache", "."],
            cwd=packages,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


SCRIPT = """
import sys
from pathlib import Path
from trunkline.diagnostics import Diagnostics
from trunkline.generation import generate_package
from trunkline.names import default_package
from trunkline.output import manifest_text
from trunkline.pipeline.load import load_api
api = load_api(Path(sys.argv[1])).api
print(manifest_text(generate_package(api, default_package("x"), Diagnostics())))
"""


def test_bytes_do_not_depend_on_hash_seed_locale_or_folder(tmp_path: Path) -> None:
    results = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT, HERE / "names" / "openapi.yaml"],
            cwd=folder,
            env={"PYTHONHASHSEED": seed, "LC_ALL": locale, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed, locale, folder in (("1", "C", HERE), ("77", "C.UTF-8", tmp_path))
    }
    assert len(results) == 1
