"""Compare comparisons: which of the single edits with known verdicts each tool tells right.

    python benchmarks/diff.py [--tools DIR] [--only trunkline,redocly,specmatic] [--write FILE]

DIR holds `node_modules` with `@redocly/cli` and `specmatic`; without it they are installed with npm
into a folder of their own under the user's cache. A tool that cannot be installed or run is left
out, and the table says so. Edits are those of tests/unit/evolve/edits whose verdict for the HTTP
contract is breaking or compatible, made to a plain version of their base: OpenAPI 3.1 without
extensions, webhooks, callbacks, links or recursion, so that every tool can read both sides.
"""

from __future__ import annotations

import argparse
import copy
import datetime
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
EDITS = ROOT / "tests" / "unit" / "evolve" / "edits"
CACHE = Path.home() / ".cache" / "trunkline" / "diff-peers"
PACKAGES = {"redocly": "@redocly/cli", "specmatic": "specmatic"}
TODAY = datetime.date(2026, 11, 21)

Compare = Callable[[Path, Path], bool | None]
"""Whether the step breaks the HTTP contract; None when the tool gave no answer."""


def plain(value: object) -> object:
    """Without `x-…` keys."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if not str(k).startswith("x-")}
    return [plain(item) for item in value] if isinstance(value, list) else value


def base() -> dict:
    """The edits' base, with what some tool cannot read left out."""
    document = plain(yaml.safe_load((EDITS / "base.yaml").read_text()))
    document["info"]["license"]["identifier"] = "MIT"
    del document["webhooks"]
    for path in ("/rpc", "/ping", "/stream", "/gone"):
        del document["paths"][path]
    calls = document["paths"]["/calls"]
    where = next(p for p in calls["get"]["parameters"] if "content" in p)
    del where["content"]
    where["schema"] = {"type": "string"}
    del calls["get"]["responses"]["200"]["links"]
    del calls["post"]["callbacks"]
    del document["components"]["schemas"]["Call"]["properties"]["parent"]
    return document


def edited(document: dict, edit: dict) -> dict:
    """As the tests do it; KeyError or IndexError when the plain base has no such place."""
    document = copy.deepcopy(document)
    for pointer, value in edit.get("set", {}).items():
        holder, key = find(document, pointer)
        if isinstance(holder, list) and key == "-":
            holder.append(copy.deepcopy(value))
        else:
            holder[int(key) if isinstance(holder, list) else key] = copy.deepcopy(value)
    for pointer in edit.get("remove", []):
        holder, key = find(document, pointer)
        del holder[int(key) if isinstance(holder, list) else key]
    return document


def find(document: dict, pointer: str) -> tuple[dict | list, str]:
    """The holder of what the pointer leads to, and the last step."""
    *steps, last = [s.replace("~1", "/").replace("~0", "~") for s in pointer.split("/")[1:]]
    holder = document
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    return holder, last


def cases() -> list[tuple[str, bool, dict, dict]]:
    """Name, whether it breaks, and both sides, of every edit that can be made to the plain base."""
    start, found = base(), []
    for case in yaml.safe_load((EDITS / "edits.yaml").read_text()):
        text = json.dumps(case)
        if (
            case["http"] == "dangerous"
            or "sunset" in text
            or '"x-' in text
            or "/x-" in text
            or "openapi" in text
        ):
            continue
        try:
            old = edited(start, case.get("before") or {})
            new = edited(old, case)
        except (KeyError, IndexError):
            continue
        if old != new:
            found.append((case["name"], case["http"] == "breaking", old, new))
    return found


def trunkline(old: Path, new: Path) -> bool | None:
    """In this process, imports paid once: the others are paid for by their own start."""
    from trunkline.evolve import Verdict, compare
    from trunkline.pipeline import load_api

    changes = compare(load_api(old).api, load_api(new).api, today=TODAY)
    return any(change.http is Verdict.BREAKING for change in changes)


def redocly(binary: Path) -> Compare:
    """`redocly diff`: breaking is what it rates major."""

    def run(old: Path, new: Path) -> bool | None:
        done = subprocess.run(
            [binary, "diff", old, new, "--format", "json"],
            capture_output=True, text=True, timeout=120, check=False, cwd=old.parent,
        )  # fmt: skip
        start = done.stdout.find("{")
        if start < 0:
            return None
        report = json.JSONDecoder().raw_decode(done.stdout[start:])[0]
        return any(change["impact"] == "major" for change in report["changes"])

    return run


def specmatic(binary: Path) -> Compare:
    """`specmatic compare`: its last words say it."""

    def run(old: Path, new: Path) -> bool | None:
        done = subprocess.run(
            [binary, "compare", old, new],
            capture_output=True, text=True, timeout=240, check=False, cwd=old.parent,
        )  # fmt: skip
        if "is not backward compatible" in done.stdout:
            return True
        return False if "is backward compatible" in done.stdout else None

    return run


def peers(folder: Path | None, wanted: set[str]) -> dict[str, Compare]:
    """The tools that can be had."""
    makers = {"redocly": redocly, "specmatic": specmatic}
    tools: dict[str, Compare] = {}
    for name in [n for n in makers if n in wanted]:
        place = folder or CACHE
        binary = place / "node_modules" / ".bin" / name
        if not binary.exists() and folder is None and shutil.which("npm"):
            place.mkdir(parents=True, exist_ok=True)
            command = ["npm", "install", "--prefix", place, "--no-fund", "--no-audit"]
            subprocess.run([*command, PACKAGES[name]], check=False, capture_output=True)
        if binary.exists():
            tools[name] = makers[name](binary)
        else:
            print(f"{name}: not installed, left out", file=sys.stderr)
    return tools


def measure(name: str, tool: Compare, folder: Path) -> tuple[list[str], dict[str, float]]:
    """A row of the table, and what it got wrong on stderr."""
    missed, alarms, silent, seconds = [], [], [], 0.0
    everything = cases()
    for number, (edit, breaks, old, new) in enumerate(everything):
        before, after = folder / f"{number}.old.yaml", folder / f"{number}.new.yaml"
        before.write_text(yaml.safe_dump(old, sort_keys=False))
        after.write_text(yaml.safe_dump(new, sort_keys=False))
        start = time.perf_counter()
        try:
            said = tool(before, after)
        except subprocess.TimeoutExpired:
            said = None
        seconds += time.perf_counter() - start
        if said is None:
            silent.append(edit)
        elif said is not breaks:
            (missed if breaks else alarms).append(edit)
    breaking = sum(breaks for _, breaks, _, _ in everything)
    harmless = len(everything) - breaking
    found = breaking - len(missed) - sum(b for n, b, _, _ in everything if n in silent)
    calm = harmless - len(alarms) - sum(not b for n, b, _, _ in everything if n in silent)
    for title, names in (("missed", missed), ("false alarm", alarms), ("no answer", silent)):
        for edit in names:
            print(f"{name}: {title}: {edit}", file=sys.stderr)
    row = [name, f"{found} of {breaking}", f"{calm} of {harmless}", str(len(silent)),
           f"{seconds / len(everything):.2f}"]  # fmt: skip
    return row, {"seconds": seconds}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tools", type=Path)
    parser.add_argument("--only", default="trunkline,redocly,specmatic")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    wanted = set(options.only.split(","))
    tools: dict[str, Compare] = {"trunkline": trunkline} if "trunkline" in wanted else {}
    tools |= peers(options.tools, wanted)
    head = ["tool", "breaking found", "harmless left alone", "no answer", "s per comparison"]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for name, tool in tools.items():
        with tempfile.TemporaryDirectory() as folder:
            row, _ = measure(name, tool, Path(folder))
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], file=sys.stderr)
    machine = f"{platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    text = "\n".join([*lines, "", f"Measured on {machine}."]) + "\n"
    print(text)
    if options.write:
        options.write.write_text(text)


if __name__ == "__main__":
    main()
