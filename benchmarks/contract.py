"""Defects found and time to verdict: our suite beside stock Schemathesis with every check on.

    python benchmarks/contract.py [--all] [--api NAME] [--seconds N]

Each run is a command against a fresh emulator in a process of its own, with the same budget of
seconds. A defect counts as found when a run names something that the same command does not name on
the server without defects. Without `--all` one defect of each area is tried.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from trunkline.emulator.defects import CATALOGUE
from trunkline.pipeline import load_api
from trunkline.pipeline.subprocess_emulator import Address, emulator

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SAMPLE = (
    "filter-ignored",
    "location-elsewhere",
    "page-skips-one",
    "refused-update-half-done",
    "required-member-left-out",
    "crash-on-quote",
    "update-not-kept",
    "others-objects-listed",
    "long-text-accepted",
    "create-ignores-a-member",
    "delete-takes-neighbours",
    "unknown-value-accepted",
)
"""One or two of each area, none of them chosen for who finds it."""


@dataclass
class Run:
    """What one command came to."""

    seconds: float
    requests: int
    named: set[str] = field(default_factory=set)
    """Rule or check, and operation."""


Tool = Callable[[Path, Address, float], Run]


def trunkline(profile: str) -> Tool:
    """`trunkline test` with a profile."""

    def run(spec: Path, server: Address, seconds: float) -> Run:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.jsonl"
            command = [BIN / "trunkline", "test", spec, "--base-url", server.url, "--json", report]
            taken = timed(
                [*command, "--profile", profile, "--max-seconds", str(seconds)],
                TRUNKLINE_TOKEN=server.credentials["token"],
                TRUNKLINE_OTHER_TOKEN=server.credentials["other_token"],
            )[0]
            records = [json.loads(line) for line in report.read_text().splitlines()]
        named = {f"{r['rule']} {r['operation']}" for r in records if r["kind"] == "violation"}
        requests = next(r["requests"] for r in records if r["kind"] == "summary")
        return Run(taken, requests, named)

    return run


def stock(spec: Path, server: Address, seconds: float) -> Run:
    """`schemathesis run` as it is, every check on, and the account's credentials."""
    with tempfile.TemporaryDirectory() as folder:
        junit = Path(folder) / "junit.xml"
        command = [BIN / "schemathesis", "--config-file", os.devnull, "run", spec]
        command += ["--url", server.url, "--checks", "all", "--continue-on-failure"]
        command += ["-H", f"Authorization: Bearer {server.credentials['token']}"]
        command += ["--generation-database", ":memory:", "--seed", "0"]
        taken, said = timed(
            [*command, "--max-time", str(int(seconds)), "--report-junit-path", junit],
            cwd=folder,
        )
        named = set()
        if junit.exists():
            for case in ET.parse(junit).getroot().iter("testcase"):
                for failure in case.iter("failure"):
                    text = failure.text or ""
                    for title in re.findall(r"^- (.+)$", text, re.MULTILINE):
                        named.add(f"{title} {case.get('name')}")
    found = re.search(r"(\d+) generated", said)
    return Run(taken, int(found[1]) if found else 0, named)


TOOLS: dict[str, Tool] = {
    "smoke": trunkline("smoke"),
    "full": trunkline("full"),
    "Schemathesis": stock,
}


def timed(command: list[object], cwd: str | None = None, **environment: str) -> tuple[float, str]:
    """Seconds a command takes, and what it says."""
    started = time.perf_counter()
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    return time.perf_counter() - started, done.stdout + done.stderr


def main() -> None:
    """Print the section."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true", help="the whole catalogue")
    parser.add_argument("--api", default="telnyx")
    parser.add_argument("--seconds", type=float, default=60, help="budget of a whole run")
    parser.add_argument("--each", type=float, default=10, help="budget with one defect")
    options = parser.parse_args()
    timings(options.api, options.seconds)
    table(ROOT / "contract_tests" / "complete.yaml", options.each, every=options.all)


def timings(name: str, seconds: float) -> None:
    """Time to verdict on a correct server."""
    spec = ROOT / "specs" / name / "openapi.yaml"
    api = load_api(str(spec)).api
    count = len(api.operations)
    print(f"### Time to verdict: {name}, {count} operations, a server without defects\n")
    print("| | seconds | requests | requests/s | ms per request | s per operation | findings |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for tool, run in TOOLS.items():
        with emulator(api) as server:
            done = run(spec, server, seconds)
        log(f"{tool}: {done.seconds:.1f} s")
        rate = done.requests / done.seconds
        print(
            f"| {tool} | {done.seconds:.1f} | {done.requests} | {rate:.0f} | {1000 / rate:.1f} | "
            f"{done.seconds / count:.2f} | {len(done.named)} |"
        )
    print(f"\nWhole commands, start and report included; at most {seconds:.0f} s each.\n")


def table(spec: Path, seconds: float, *, every: bool) -> None:
    """Defects found by each tool."""
    api = load_api(str(spec)).api
    chosen = [d for d in CATALOGUE if CATALOGUE[d].applies(api)] if every else list(SAMPLE)
    # The full profile finds every defect, as `contract_tests/` proves; this is what seconds do.
    tools = {tool: run for tool, run in TOOLS.items() if tool != "full"}
    usual: dict[str, set[str]] = {}
    for tool, run in tools.items():
        with emulator(api) as server:
            usual[tool] = run(spec, server, seconds).named
    areas: dict[str, list[str]] = {}
    for defect in chosen:
        areas.setdefault(CATALOGUE[defect].area, []).append(defect)
    score = dict.fromkeys(tools, 0)
    print(f"### Defects found, {seconds:.0f} s each\n")
    print(f"| area, defects | {' | '.join(tools)} |")
    print(f"| --- | {' | '.join('---' for _ in tools)} |")
    for area, defects in sorted(areas.items()):
        row = dict.fromkeys(tools, 0)
        for defect in defects:
            for tool, run in tools.items():
                with emulator(api, defects=[defect]) as server:
                    found = bool(run(spec, server, seconds).named - usual[tool])
                row[tool] += found
                log(f"{defect}: {tool} {'finds it' if found else 'is silent'}")
        for tool in tools:
            score[tool] += row[tool]
        print(f"| {area}, {len(defects)} | {' | '.join(str(n) for n in row.values())} |")
    print(f"| **all, {len(chosen)}** | {' | '.join(f'**{n}**' for n in score.values())} |")
    false = ", ".join(f"{tool} {len(named)}" for tool, named in usual.items())
    print(f"\nFindings on the server without defects, not counted above: {false}.")


def log(text: str) -> None:
    """Progress, out of the way of the section."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
