"""Code that type-checks with the old package must with the new one, when that is called compatible.

Every package is generated and all user programs are checked in one strict run.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from trunkline.pipeline import load_api
from trunkline.pipeline.generate import plan_package, write_package

EDITS = Path(__file__).parent / "edits"
CASES = yaml.safe_load((EDITS / "edits.yaml").read_text())
SAFE = [
    c
    for c in CASES
    if c["python"] == "compatible"
    and "before" not in c
    and not all(r.startswith("info-") or r.endswith("description-changed") for r in c["rules"])
]
QUICK = (
    "optional request property added",
    "response null forbidden",
    "response number became integer",
)
BROKEN = (
    "operationId renamed",
    "resource renamed",
    "parameter removed",
    "response integer became number",
    "response format changes the Python type",
    "response enum value removed",
    "request null forbidden",
    "RPC parameter type",
)
"""Edits after which the program below stops type-checking: it is able to notice."""

PROGRAM = """
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from {module} import {client}
from {module}.models import CallState, Error, Event, EventType, ListCallsSort, Phone, Sip


def use(client: {client}, who: str | None, limit: int, states: Sequence[CallState]) -> None:
    made = client.calls.create(
        to="+100", from_=who, codec="opus", record=True, callback_url="https://x", limit=limit,
        labels=["a"], target={{"kind": "phone", "number": "1"}},
    )
    ident: UUID = made.id
    state: CallState = made.state
    when: datetime = made.created_at
    caller: str | None = made.from_
    price: float | None = made.price
    seconds: int | None = made.seconds
    counts: dict[str, int] | None = made.counts
    if isinstance(made.target, Phone):
        print(made.target.number)
    elif isinstance(made.target, Sip):
        print(made.target.uri)
    assert made.parent is None or made.parent.id != ident
    for call in client.calls.list(
        page=1, size=limit, state=["up"], since=when, note="x", flag="y", x_trace="t",
        where={{"city": "x"}}, older="a", sort=ListCallsSort("state"),
    ):
        assert call.id
    read = client.calls.retrieve("1")
    changed = client.calls.update(str(read.id), to="+200", from_=None)
    client.calls.delete(str(changed.id))
    client.calls.hang_up("1")
    event: Event = client.stream_.retrieve()
    kind: EventType = event.type
    sent: str = client.sms.send("a", "b", {{"flash": True}})
    client.sms.count()
    print(state, caller, price, seconds, counts, states, kind, sent, Error)
"""


def check(folder, base, edit, cases):
    """Names of the edits whose program does not type-check, and what was said."""
    programs = {}
    for number, case in enumerate(cases):
        spec = folder / f"spec{number}.yaml"
        spec.write_text(yaml.safe_dump(edit(base, case), sort_keys=False))
        load_api(spec)
        name = f"edit{number}"
        package = plan_package(spec, out=folder / name, name=name)
        write_package(package)
        (folder / f"trunkline_{name}").symlink_to(folder / name / f"trunkline_{name}")
        program = folder / f"use_{name}.py"
        names = {"module": package.package.module, "client": package.package.client}
        program.write_text(PROGRAM.format(**names))
        programs[program.name] = case["name"]
    # Apart from what is read otherwise: whoever follows imports in another way reads all anew.
    cache = Path(os.environ["MYPY_CACHE_DIR"]).with_name("mypy-silent")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent",
         "--cache-dir", cache, *programs],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    failed = {}
    for line in done.stdout.splitlines():
        name = programs.get(line.split(":")[0])
        if name and ": error:" in line:
            failed.setdefault(name, []).append(line)
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert done.returncode == 0 or failed, done.stdout
    return failed


def test_a_few_edits_called_compatible_keep_type_checking(tmp_path, base, edit):
    cases = [{"name": "no edit"}, *(c for c in SAFE if c["name"] in QUICK)]
    assert len(cases) == len(QUICK) + 1
    assert check(tmp_path, base, edit, cases) == {}


def test_the_program_notices_what_breaks(tmp_path, base, edit):
    cases = [c for c in CASES if c["name"] in BROKEN]
    assert len(cases) == len(BROKEN)
    assert set(check(tmp_path, base, edit, cases)) == set(BROKEN)


@pytest.mark.exhaustive
def test_every_edit_called_compatible_keeps_type_checking(tmp_path, base, edit):
    assert check(tmp_path, base, edit, SAFE) == {}
