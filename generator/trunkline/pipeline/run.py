"""The main job: generate, test on the emulator and build, for one description after the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from trunkline.contract import Progress, RunReport
from trunkline.pipeline.build import build_generated
from trunkline.pipeline.generate import plan_package, write_package
from trunkline.pipeline.testing import RunOptions, Target, run_suite
from trunkline.release import Distribution


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of one description; `seconds` is wall time."""

    name: str
    operations: int
    models: int
    report: RunReport
    distribution: Distribution
    seconds: float


Told = Callable[[str, Progress | None], None]
"""Is told what is being done, and where a contract run stands."""


def run(name: str, out: Path, tell: Told) -> RunResult:
    """Everything for the description called `name`; raises `TrunklineError` at the first fault.

    Violations are not a fault here: they are in the report.
    """
    started = time.monotonic()
    tell("generating", None)
    generated = write_package(plan_package(name))
    tell("testing", None)
    report = run_suite(name, Target(), RunOptions(), lambda progress: tell("testing", progress))
    tell("building", None)
    distribution = build_generated(name, generated, out).distribution
    api = generated.loaded.api
    operations = len(api.operations) + (len(api.rpc.methods) if api.rpc else 0)
    return RunResult(
        name,
        operations,
        len(api.schemas),
        report,
        distribution,
        time.monotonic() - started,
    )
