"""Descriptions in text, lowered through the real stages."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from trunkline.diagnostics import Diagnostics
from trunkline.ir import Api, Schema
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.source import Document, parse


@dataclass
class Lowered:
    api: Api
    found: Diagnostics

    def __getitem__(self, name: str) -> Schema:
        return self.api.schemas[name]

    @property
    def codes(self) -> list[str]:
        return [d.code.name for d in self.found]


def _lower(text: str, version: str) -> Lowered:
    found = Diagnostics()
    written = f"openapi: {version}\ninfo: {{title: t, version: '1'}}\n" + textwrap.dedent(text)
    document = Document(parse("api.yaml", written.encode()), Path(), found, None)
    return Lowered(lower(load(document, found, validate=False), found), found)


@pytest.fixture
def lowered() -> Callable[..., Lowered]:
    """The members of the root after `info`, in YAML, as an API and what was found."""

    def make(text: str, version: str = "3.1.0") -> Lowered:
        return _lower(text, version)

    return make


@pytest.fixture
def schemas() -> Callable[..., Lowered]:
    """Component schemas in YAML, lowered."""

    def make(text: str, version: str = "3.1.0") -> Lowered:
        body = textwrap.indent(textwrap.dedent(text), "    ")
        return _lower(f"paths: {{}}\ncomponents:\n  schemas:\n{body}", version)

    return make
