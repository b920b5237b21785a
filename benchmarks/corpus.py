"""Generate a client from every description of a folder and check each one.

    python benchmarks/corpus.py [FOLDER] [--only NAME …] [--out DIR] [--no-check]

Prints a Markdown section on stdout and each row on stderr as it comes; exits with 1 when anything
is skipped or wrong. FOLDER defaults to `../shared/corpus` beside the checkout; the descriptions in
`specs/` come after it. Each description is generated in a process of its own: seconds and peak
memory are that process's, imports of the generator included. Of every model (`trips`), values made
from its schema are read, printed again and compared.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
SUFFIXES = {".yaml", ".yml", ".json"}
CHECKS = ("mypy", "pyright", "ruff", "imports", "trips")
COLUMNS = ("description", "operations", "skipped", "models", "s", "CPU s", "MB", *CHECKS)
INTRODUCTION = """## Every description

Generated in a process each; `skipped` counts operations that are left out, `mypy` and `pyright`
errors of their strict modes, `ruff` lines that it would change or reports, `imports` modules that
do not import, `trips` models through which a value does not come back as it was.
"""


def name_of(description: Path) -> str:
    """What a description is called: its file, or its folder in `specs/`."""
    return description.parent.name if description.stem == "openapi" else description.stem


def generate(description: Path, out: Path) -> dict[str, object]:
    """Generate in this process and say what it took."""
    import resource
    import time

    started = time.perf_counter()
    from trunkline.diagnostics import Diagnostics
    from trunkline.generation import generate_package
    from trunkline.names import default_package
    from trunkline.output import plan_changes, write
    from trunkline.pipeline import load_api

    loaded = load_api(description, strict=False)
    read = time.perf_counter()
    found = Diagnostics()
    package = default_package(name_of(description))
    files = generate_package(loaded.api, package, found)
    target = out / package.name
    write(plan_changes(files, target), force=True)
    done = time.perf_counter()
    messages = [str(d).splitlines()[0] for d in (*loaded.diagnostics, *found)]
    return {
        "target": str(target),
        "module": package.module,
        "operations": len(loaded.api.operations),
        "skipped": sum("[L003]" in m for m in messages),
        "errors": [m for m in messages if " error: " in m],
        "models": len(re.findall(r"^class ", _models(files), re.M)),
        "read": read - started,
        "seconds": done - started,
        "cpu": time.process_time(),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _models(files: dict) -> str:  # type: ignore[type-arg]
    return "\n".join(text for path, text in files.items() if "models" in path.parts)


def run(command: list[str], cwd: Path) -> str:
    """Output of a command, whatever its exit code."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


IMPORTS = """
import importlib, pkgutil, sys
import pydantic
package = importlib.import_module(sys.argv[1])
bad = []
for info in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    try:
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, pydantic.BaseModel):
                if value.__module__ == info.name:
                    value.model_rebuild()
    except Exception as error:
        bad.append(f"{info.name}: {type(error).__name__}: {error}")
print(*bad, sep="\\n")
"""


def round_trips(description: Path, out: Path) -> list[str]:
    """Models through which a value does not come back as it was."""
    script = ROOT / "tests" / "property" / "test_generator_roundtrip.py"
    printed = run([sys.executable, str(script), str(description), str(out)], ROOT)
    try:
        failures: list[str] = json.loads(printed.splitlines()[-1])["failures"]
    except (ValueError, KeyError, IndexError):
        return [printed.strip()[-300:]]
    return failures


def check(description: Path, target: Path, module: str) -> dict[str, object]:
    """Type errors, imports, ruff's opinion and round trips of a generated package."""
    cache = target.parent / ".mypy_cache"
    mypy = run(
        [
            str(SCRIPTS / "mypy"),
            "--strict",
            "--no-error-summary",
            "--cache-dir",
            str(cache),
            module,
        ],
        target,
    )
    pyright = run(
        [str(SCRIPTS / "pyright"), "--outputjson", "--pythonpath", sys.executable, module], target
    )
    try:
        found = json.loads(pyright)["generalDiagnostics"]
        strict = [
            f"{Path(d['file']).name}:{d['range']['start']['line'] + 1}: {d['message']}"
            for d in found
            if d["severity"] == "error"
        ]
    except (ValueError, KeyError):
        strict = [pyright.strip()[:300]]
    ruff = run([str(SCRIPTS / "ruff"), "format", "--check", "--no-cache", "-q", "."], target)
    ruff += run([str(SCRIPTS / "ruff"), "check", "--no-cache", "-q", "."], target)
    imports = run([sys.executable, "-c", IMPORTS, module], target).strip()
    return {
        "mypy": [line for line in mypy.splitlines() if ": error:" in line],
        "pyright": strict,
        "ruff": ruff.strip().splitlines(),
        "imports": [line for line in imports.splitlines() if line],
        "trips": round_trips(description, target.parent / "trips" / module),
    }


def main() -> int:
    """Generate, check, print; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--no-check", action="store_true")
    parser.add_argument("--show", type=int, default=3, help="errors to show per kind")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(generate(options.one, options.out)))
        return 0
    if not options.folder.is_dir():
        print(f"{options.folder} is not there")
        return 2
    listed = sorted(p for p in options.folder.iterdir() if p.suffix in SUFFIXES)
    listed += sorted((ROOT / "specs").glob("*/openapi.yaml"))
    chosen = [p for p in listed if not options.only or name_of(p) in options.only]
    with tempfile.TemporaryDirectory() as temporary:
        out = options.out or Path(temporary)
        return _table(chosen, out, show=options.show, checked=not options.no_check)


def _table(chosen: list[Path], out: Path, *, show: int, checked: bool) -> int:
    """The section on stdout, each row on stderr as it comes; 1 when anything is wrong."""
    rows: list[str] = []
    notes: list[str] = []
    wrong = 0
    for path in chosen:
        name = name_of(path)
        command = [sys.executable, __file__, "--one", str(path), "--out", str(out)]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        if done.returncode:
            wrong += 1
            said = (done.stderr.strip().splitlines() or ["no message"])[-1]
            rows.append(_row(name, ["failed", *[""] * (len(COLUMNS) - 2)]))
            notes.append(f"- {name}: {said[:300]}")
            print(notes[-1], file=sys.stderr, flush=True)
            continue
        took = json.loads(done.stdout.splitlines()[-1])
        found = check(path, Path(took["target"]), took["module"]) if checked else {}
        faults = [str(len(found[kind])) if kind in found else "–" for kind in CHECKS]
        wrong += bool(any(found.values()) or took["skipped"] or took["errors"])
        measured = [took["operations"], took["skipped"], took["models"]]
        measured += [f"{took['seconds']:.1f}", f"{took['cpu']:.1f}", f"{took['megabytes']:.0f}"]
        rows.append(_row(name, [*map(str, measured), *faults]))
        print(rows[-1], file=sys.stderr, flush=True)
        for kind, items in {"error": took["errors"], **found}.items():
            for line in items[:show]:
                notes.append(f"- {name}, {kind}: {line[:260]}")
                print(notes[-1], file=sys.stderr, flush=True)
    print(INTRODUCTION)
    print(_row(COLUMNS[0], COLUMNS[1:]))
    print(_row("---", ["---:"] * (len(COLUMNS) - 1)))
    print("\n".join(rows))
    if notes:
        print("\n" + "\n".join(notes))
    return 1 if wrong else 0


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {' | '.join([name, *cells])} |"


if __name__ == "__main__":
    sys.exit(main())
