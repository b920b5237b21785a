"""Puts the stages together; the only layer that stops a run.

Its parts are imported by name, so that a command pays only for the stages it uses:
`pipeline.load`, `pipeline.generate`, `pipeline.testing`, `pipeline.build`, `pipeline.run`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.pipeline.find import find_spec, spec_name, spec_names, specs_root

if TYPE_CHECKING:
    from trunkline.pipeline.load import Loaded, load_api

__all__ = ["Loaded", "find_spec", "load_api", "spec_name", "spec_names", "specs_root"]


def __getattr__(name: str) -> object:
    """Reading a description costs 0.2 s of imports: only on demand."""
    if name in {"Loaded", "load_api"}:
        from trunkline.pipeline import load

        return getattr(load, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
