"""Compare comparisons: which of the single edits with known verdicts each tool tells right.

    python benchmarks/diff.py [--all] [--only trunkline,command,redocly,specmatic]

Prints a Markdown section. The peers come from `python peers/install.py tools`; one that is not
there is left out, and the section says so. Edits are those of tests/unit/evolve/edits whose verdict
for the HTTP contract is breaking or compatible, made to a plain version of their base: OpenAPI 3.1
without extensions, webhooks, callbacks, links or recursion, so that every tool can read both sides.
Tools that start a process for each edit try a sample, the same one first, unless told `--all`.
"""

from __future__ import annotations

import argparse
import copy
import datetime
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
EDITS = ROOT / "tests" / "unit" / "evolve" / "edits"
BINARIES = ROOT / ".peers" / "tools" / "node_modules" / ".bin"
COMMAND = Path(sys.executable).with_name("trunkline")
SAMPLES = {"command": 40, "redocly": 40, "specmatic": 10}
"""How many edits a tool tries, so that the whole ends within about three minutes."""
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


def command(old: Path, new: Path) -> bool | None:
    """`trunkline diff` as a process: start-up is paid for as the peers' is."""
    done = subprocess.run(
        [COMMAND, "diff", old, new, "--format", "json"],
        capture_output=True, text=True, timeout=120, check=False, cwd=old.parent,
    )  # fmt: skip
    if done.returncode not in {0, 1} or not done.stdout:
        return None
    return any(change["http"] == "breaking" for change in json.loads(done.stdout)["changes"])


def tools(wanted: set[str]) -> dict[str, Compare]:
    """Those asked for that are there."""
    found: dict[str, Compare] = {"trunkline": trunkline, "command": command}
    for name, make in {"redocly": redocly, "specmatic": specmatic}.items():
        binary = BINARIES / name
        if binary.exists():
            found[name] = make(binary)
        else:
            print(f"{name}: not installed (python peers/install.py tools)", file=sys.stderr)
    return {name: tool for name, tool in found.items() if name in wanted}


Case = tuple[str, bool, dict, dict]


def ordered(everything: list[Case]) -> list[Case]:
    """Shuffled once for all, breaking and harmless in turn, so that any beginning is a sample."""
    mixed = random.Random(7).sample(everything, len(everything))
    breaking = [case for case in mixed if case[1]]
    harmless = [case for case in mixed if not case[1]]
    turns = max(len(breaking), len(harmless))
    return [c for n in range(turns) for c in (*breaking[n : n + 1], *harmless[n : n + 1])]


def measure(name: str, tool: Compare, tried: list[Case], folder: Path) -> list[str]:
    """A row of the table, and what it got wrong on stderr."""
    right, wrong, seconds = {True: 0, False: 0}, [], []
    for number, (edit, breaks, old, new) in enumerate(tried):
        before, after = folder / f"{number}.old.yaml", folder / f"{number}.new.yaml"
        before.write_text(yaml.safe_dump(old, sort_keys=False))
        after.write_text(yaml.safe_dump(new, sort_keys=False))
        start = time.perf_counter()
        try:
            said = tool(before, after)
        except subprocess.TimeoutExpired:
            said = None
        seconds.append(time.perf_counter() - start)
        if said is breaks:
            right[breaks] += 1
        else:
            what = "no answer" if said is None else "missed" if breaks else "false alarm"
            wrong.append(what)
            print(f"{name}: {what}: {edit}", file=sys.stderr)
    breaking = sum(breaks for _, breaks, _, _ in tried)
    return [
        name,
        f"{right[True]} of {breaking}",
        f"{right[False]} of {len(tried) - breaking}",
        str(wrong.count("no answer")),
        f"{statistics.median(seconds):.3f}",
    ]


TITLES = {
    "trunkline": "Trunkline, in one process",
    "command": "`trunkline diff`",
    "redocly": "Redocly `diff`",
    "specmatic": "Specmatic `compare`",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every edit with every tool")
    parser.add_argument("--only", default=",".join(TITLES))
    options = parser.parse_args()
    everything = ordered(cases())
    head = ["tool", "breaking edits found", "harmless left alone", "no answer",
            "median s per comparison"]  # fmt: skip
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for name, tool in tools(set(options.only.split(","))).items():
        number = len(everything) if options.all else SAMPLES.get(name, len(everything))
        with tempfile.TemporaryDirectory() as folder:
            row = measure(name, tool, everything[:number], Path(folder))
        row[0] = TITLES[name]
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], file=sys.stderr)
    sampled = (
        ""
        if options.all
        else (
            " Tools that are a process for each comparison try the first of them: "
            + ", ".join(f"{TITLES[name]} {number}" for name, number in SAMPLES.items())
            + "; `--all` has every tool try all."
        )
    )
    print("## Telling what breaks\n")
    print(
        f"{len(everything)} single edits of one description, each known to break the HTTP contract "
        f"or to be harmless.{sampled}\n"
    )
    print("\n".join(lines))


if __name__ == "__main__":
    main()
