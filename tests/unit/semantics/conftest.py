"""Schemas and operations written in YAML, lowered through the real stages."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from trunkline.diagnostics import Diagnostics
from trunkline.ir import Api
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.source import Document, parse


@pytest.fixture
def api() -> Callable[..., Api]:
    """What follows `info` in a description, as an API."""

    def make(text: str, version: str = "3.2.0") -> Api:
        found = Diagnostics()
        written = f"openapi: {version}\ninfo: {{title: t, version: '1'}}\n" + textwrap.dedent(text)
        document = Document(parse("api.yaml", written.encode()), Path(), found, None)
        lowered = lower(load(document, found, validate=False), found)
        found.raise_errors()
        return lowered

    return make
