"""Building the package of a description: only when it is what the description generates."""

from __future__ import annotations

from pathlib import Path

from trunkline.pipeline.generate import Generated, check, plan_package
from trunkline.release import Distribution
from trunkline.release import build as build_distribution


def build(spec: str | Path, out: Path) -> Distribution:
    """The sdist and wheel of `spec`'s package, in `out`.

    Raises `TrunklineError`: OUT_OF_DATE when the package is not what the description generates.
    """
    return build_generated(plan_package(spec), out)


def build_generated(generated: Generated, out: Path) -> Distribution:
    """The same for a package that was just planned."""
    check(generated)
    return build_distribution(generated.folder, out)
