"""JSON Schemas of the files that people write beside descriptions, for editors that complete and
check what is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SCHEMAS: Final = ("configuration", "package", "upstream", "behaviour", "extensions", "openapi")
"""`trunkline.toml`, `package.toml`, `upstream.toml`, `emulator.yaml`, the `x-trunkline-` keys of a
description, and a description with them."""


def schema_text(name: str) -> str:
    """One of `SCHEMAS`, as JSON."""
    return Path(__file__).with_name(f"{name}.json").read_text("utf-8")
