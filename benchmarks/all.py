"""Run every benchmark and write docs/benchmarks.md: one section each, versions, machine.

    python benchmarks/all.py [NAME …]

Each benchmark is a script beside this one that prints a Markdown section on stdout. With names,
only those sections are measured anew; the others stay as they are in the page.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
SECTIONS = ("generate", "client", "emulator", "contract", "services", "diff", "growth")
PACKAGES = ("trunkline", "datamodel-code-generator", "pydantic", "httpx2", "schemathesis", "telnyx")


def machine() -> str:
    """Processor, cores, Python."""
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    name = model[1] if model else platform.machine()
    cores = len(os.sched_getaffinity(0))
    return f"{name}, {cores} cores, {platform.system()}, CPython {platform.python_version()}"


def versions() -> str:
    """Of what is measured; the peers' are in `peers/tools`."""
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)


def kept() -> dict[str, str]:
    """Sections that the page has now, by name."""
    if not PAGE.is_file():
        return {}
    text = PAGE.read_text(encoding="utf-8")
    return dict(re.findall(r"<!-- (\w+) -->\n(.*?)(?=\n<!-- \w+ -->|\Z)", text, re.DOTALL))


def measured(name: str) -> str | None:
    """The section that a benchmark prints; None when it fails."""
    print(f"== {name}", file=sys.stderr, flush=True)
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, HERE / f"{name}.py"], stdout=subprocess.PIPE, text=True, check=False
    )
    seconds = time.perf_counter() - started
    print(f"== {name}: {seconds:.0f} s, exit {done.returncode}", file=sys.stderr, flush=True)
    if done.returncode:
        return None
    today = datetime.datetime.now(datetime.UTC).date()
    note = f"*{today}; `python benchmarks/{name}.py`, {seconds:.0f} s; {machine()}; {versions()}.*"
    return f"{done.stdout.strip()}\n\n{note}\n"


def main() -> int:
    """Measure what is asked for and write the page; 1 when a benchmark failed."""
    names = sys.argv[1:] or list(SECTIONS)
    unknown = [name for name in names if name not in SECTIONS]
    if unknown:
        sys.exit(f"there is no benchmark {unknown[0]!r}; there are {', '.join(SECTIONS)}")
    sections = kept()
    failed = []
    for name in names:
        section = measured(name)
        if section is None:
            failed.append(name)
        else:
            sections[name] = section
    parts = [
        f"<!-- {name} -->\n{sections[name].strip()}\n" for name in SECTIONS if name in sections
    ]
    PAGE.write_text(
        "# Benchmarks\n\n"
        "`make bench` writes this page: ours and theirs side by side in one run, on one "
        "machine. Compare the ratios, not the figures: the machine is small and its neighbours "
        "are noisy.\n\n" + "\n".join(parts),
        encoding="utf-8",
    )
    for name in failed:
        print(f"{name} failed: its section is what it was", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
