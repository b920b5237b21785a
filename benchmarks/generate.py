"""Generation of clients beside other generators: time, peak memory, what was left out.

    python benchmarks/generate.py [--only NAME …] [--types] [--corpus FOLDER]

Prints a Markdown section. Every tool runs in a process of its own, as its users run it, formatting
included: openapi-python-client and openapi-generator print clients, datamodel-code-generator prints
models alone. Short runs are repeated and the median is taken. Public descriptions are read from
FOLDER (`../shared/corpus` beside the checkout); those that are not there are named and left out.
`tangled` is made by `tangled.py`: 1,200 operations.

`--types` also imports every module and runs mypy --strict over what was printed, which takes some
twenty minutes, and keeps the counts in `generate-types.json` for the runs without it.
"""

from __future__ import annotations

import argparse
import ast
import json
import multiprocessing
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import tangled
import yaml

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
PEERS = ROOT / ".peers" / "tools"
KEPT = Path(__file__).with_suffix("").with_name("generate-types.json")
PUBLIC = ("resend.yaml", "twilio-api-2010.json", "box.json", "discord.json", "openai.yaml")
OURS = ("opentact", "telnyx", "callr")
LIMIT = 120.0
SHORT = 4.0
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@dataclass
class Run:
    """What one tool did with one description; seconds are medians."""

    wall: float
    cpu: float
    megabytes: float
    emitted: int
    longest: int
    """Lines of the longest module."""
    said: str = ""


@dataclass
class Tool:
    """A generator: its command line, and how many operations (or models) its output has."""

    name: str
    command: Callable[[Path, Path], list[str | Path]]
    count: Callable[[Path], int]
    python: Path
    """An interpreter that has what the output imports."""
    is_client: bool = True


def _calls(pattern: str, glob: str) -> Callable[[Path], int]:
    def count(out: Path) -> int:
        return sum(
            len(re.findall(pattern, path.read_text("utf-8"), re.MULTILINE))
            for path in out.glob(glob)
        )

    return count


def _described(out: Path) -> int:
    """Ours: an operation that streams too is printed twice, and counted once."""
    text = "".join(path.read_text("utf-8") for path in out.glob("*/resources/*.py"))
    addresses = set(re.findall(r'method="(\w+)",\s+path="([^"]+)"', text))
    return len(addresses) + len(re.findall(r"\] = RpcMethod\(", text))


def _classes(out: Path) -> int:
    try:
        tree = ast.parse((out / "models.py").read_text("utf-8"))
    except (OSError, SyntaxError):
        return 0
    return sum(isinstance(node, ast.ClassDef) for node in tree.body)


def _longest(out: Path) -> int:
    return max((len(path.read_bytes().splitlines()) for path in out.rglob("*.py")), default=0)


TOOLS = (
    Tool(
        "Trunkline",
        lambda spec, out: [
            SCRIPTS / "trunkline", "generate", spec, "--out", out, "--name", _name(spec),
        ],
        _described,
        Path(sys.executable),
    ),
    Tool(
        "openapi-python-client",
        lambda spec, out: [
            PEERS / "openapi-python-client/bin/openapi-python-client", "generate",
            "--path", spec, "--output-path", out, "--meta", "none",
        ],
        _calls(r"^def _get_kwargs\(", "api/**/*.py"),
        PEERS / "openapi-python-client/bin/python",
    ),
    Tool(
        "openapi-generator",
        lambda spec, out: [
            PEERS / "openapi-generator/bin/openapi-generator-cli", "generate", "-i", spec,
            "-g", "python", "-o", out,
        ],
        _calls(r"^    def \w+_with_http_info\(", "openapi_client/api/*.py"),
        Path(sys.executable),
    ),
    Tool(
        "datamodel-code-generator (models)",
        lambda spec, out: [
            SCRIPTS / "datamodel-codegen", "--input", spec, "--input-file-type", "openapi",
            "--output-model-type", "pydantic_v2.BaseModel", "--output", out / "models.py",
        ],
        _classes,
        Path(sys.executable),
        is_client=False,
    ),
)  # fmt: skip


def _name(spec: Path) -> str:
    return spec.parent.name if spec.stem == "openapi" else spec.stem


def operations(spec: Path) -> int:
    """How many operations a description has; JSON-RPC methods count."""
    load = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = spec.read_text("utf-8")
    data = json.loads(text) if spec.suffix == ".json" else yaml.load(text, load)
    found = 0
    for item in data.get("paths", {}).values():
        for method in METHODS & item.keys():
            calls = item[method].get("x-trunkline-rpc", {}).get("methods", {})
            found += len(calls) or 1
    return found


def apart(work: Callable[[], int]) -> int:
    """Have it worked out in a process of its own: what this one has ever held would be counted as
    memory of every process that it starts."""
    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=lambda: writer.send(work()))
    process.start()
    writer.close()
    found = int(reader.recv())
    process.join()
    return found


def once(command: list[str | Path], environment: dict[str, str]) -> tuple[float, float, float, str]:
    """Wall and CPU seconds, peak megabytes of the largest process, and what went wrong."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command],
            stdout=output, stderr=output, env=environment, start_new_session=True,
        )  # fmt: skip
        timer = threading.Timer(LIMIT, lambda: os.killpg(child.pid, 9))
        timer.start()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    said = ""
    if child.returncode:
        said = f"killed after {LIMIT:.0f} s" if child.returncode == -9 else "fails"
    elif "Traceback" in text:
        said = "traceback"
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def run(tool: Tool, spec: Path, folder: Path) -> Run:
    """Run a tool, three times when it is quick; the last output stays in `folder`."""
    environment = {**os.environ, "PATH": f"{tool.python.parent}:{os.environ['PATH']}"}
    measured: list[tuple[float, float, float, str]] = []
    while len(measured) < 3:
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not tool.is_client:
            folder.mkdir()
        measured.append(once(tool.command(spec, folder), environment))
        if measured[0][0] > SHORT or measured[0][3]:
            break
    walls, cpus, peaks, said = zip(*measured, strict=True)
    return Run(
        statistics.median(walls),
        statistics.median(cpus),
        max(peaks),
        apart(lambda: tool.count(folder)),
        apart(lambda: _longest(folder)),
        said[0],
    )


IMPORT = """
import importlib, pkgutil, sys
sys.path.insert(0, sys.argv[1])
bad = 0
for info in pkgutil.walk_packages([sys.argv[1]], onerror=lambda name: None):
    if info.name.partition(".")[0] != sys.argv[2]:
        continue
    try:
        importlib.import_module(info.name)
    except BaseException:
        bad += 1
print(bad)
"""


def faults(tool: Tool, folder: Path) -> dict[str, int | None]:
    """Modules that do not import and errors of mypy --strict; None where a check failed."""
    top = folder if tool.name in {"Trunkline", "openapi-generator"} or not tool.is_client else None
    root = top or folder.parent
    target = folder if top is None else next(
        (p for p in folder.iterdir() if (p / "__init__.py").exists() and p.name != "test"), folder
    )  # fmt: skip
    package = target.name if tool.is_client else "models"
    imported = subprocess.run(
        [tool.python, "-c", IMPORT, root, package],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    checked = subprocess.run(
        [SCRIPTS / "mypy", "--strict", "--python-executable", tool.python, "--no-incremental",
         *(("-p", package) if tool.is_client else ("-m", package))],
        cwd=root, capture_output=True, text=True, check=False, timeout=1800,
        env={**os.environ, "MYPYPATH": str(root)},
    )  # fmt: skip
    count = re.search(r"Found (\d+) error", checked.stdout)
    clean = "Success" in checked.stdout
    words = imported.stdout.split()
    return {
        "import": int(words[-1]) if words and words[-1].isdigit() else None,
        "mypy": int(count[1]) if count else 0 if clean else None,
    }


def descriptions(corpus: Path, only: list[str], folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of each; missing ones are named on stderr. `folder` is for the made one."""
    made = folder / "tangled.json"
    tangled.write(made)
    listed = [
        *(corpus / name for name in PUBLIC),
        made,
        *(ROOT / "specs" / name / "openapi.yaml" for name in OURS),
    ]
    for path in listed:
        name = _name(path)
        if only and name not in only:
            continue
        if not path.is_file():
            print(f"   {name}: not in {corpus}, left out", file=sys.stderr)
            continue
        yield name, path


def main() -> int:
    """Measure and print; 1 when a peer is not installed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--types", action="store_true")
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    options = parser.parse_args()
    missing = [tool.name for tool in TOOLS if not tool.python.exists()]
    if missing:
        print(f"{missing[0]} is not installed: python peers/install.py tools", file=sys.stderr)
        return 1
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else {}
    rows: list[str] = []
    ratios: dict[str, list[float]] = {tool.name: [] for tool in TOOLS[1:]}
    left_out = [n for n in map(_stem, PUBLIC) if not (options.corpus / n[1]).is_file()]
    with tempfile.TemporaryDirectory(prefix="generate-") as temporary:
        for name, spec in descriptions(options.corpus, options.only, Path(temporary)):
            total = apart(partial(operations, spec))
            first: Run | None = None
            for tool in TOOLS:
                folder = Path(temporary) / tool.name.split()[0] / f"client_{name.replace('-', '_')}"
                print(f"   {name}: {tool.name}", file=sys.stderr, flush=True)
                found = run(tool, spec, folder)
                first = first or found
                key = f"{name}/{tool.name}"
                if options.types:
                    kept[key] = faults(tool, folder) if found.emitted else {}
                    KEPT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
                if tool.name in ratios and not found.said:
                    ratios[tool.name].append(found.wall / first.wall)
                rows.append(row(name, total, tool, found, first, kept.get(key, {})))
                print(f"   {rows[-1]}", file=sys.stderr, flush=True)
    print("## Generation\n")
    print(
        "One process per run, start-up and formatting included; wall seconds, CPU seconds of all"
        " its processes, peak memory of the largest. `x` is wall time against Trunkline's."
        " Models of datamodel-code-generator have no operations; classes are counted instead."
        " `unimportable` modules and errors of `mypy --strict` are counted by `--types`,"
        " which is not part of every run.\n"
    )
    print(
        "| description | tool | wall s | x | CPU s | MB | emitted | longest module "
        "| unimportable | mypy --strict |\n"
        "| --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |"
    )
    print("\n".join(rows))
    print()
    for name, values in ratios.items():
        if values:
            print(f"- {name}: median {statistics.median(values):.1f} x Trunkline's wall time, "
                  f"{min(values):.1f} to {max(values):.1f}.")  # fmt: skip
    for name, _ in left_out:
        print(f"- {name}: the description is not there, left out.")
    return 0


def _stem(name: str) -> tuple[str, str]:
    return Path(name).stem, name


def row(name: str, total: int, tool: Tool, found: Run, first: Run, kept: dict[str, object]) -> str:
    """One line of the table."""
    emitted = f"{found.emitted} of {total}" if tool.is_client else f"{found.emitted} classes"
    if found.said:
        emitted = f"{found.said}, {emitted}"
    shown = ["–" if kept.get(key) is None else str(kept[key]) for key in ("import", "mypy")]
    return (
        f"| {name} | {tool.name} | {found.wall:.2f} | {found.wall / first.wall:.1f} "
        f"| {found.cpu:.2f} | {found.megabytes:.0f} | {emitted} | {found.longest} "
        f"| {' | '.join(shown)} |"
    )


if __name__ == "__main__":
    sys.exit(main())
