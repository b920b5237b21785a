"""An inventory as YAML, one fact to a line: the difference of two is a list of facts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

_HEAD = (
    "# Made from the document by `python -m callr_inventory TEXT FOLDER`; not to be edited.\n"
    "# `prose` holds, for each line with running text, the start of the text's SHA-256.\n"
)


def to_yaml(data: Mapping[str, Any]) -> str:
    """The text of `sources/<source id>.yaml`."""
    lines = [f"{key}: {data[key]}" for key in ("source", "sha256", "lines")]
    lines.append("facts:")
    lines += [f"  - {_flow(fact)}" for fact in data["facts"]]
    lines.append("prose:")
    lines += [f"  {line}: {json.dumps(digest)}" for line, digest in data["prose"].items()]
    return _HEAD + "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    plain = value.replace("_", "").replace(".", "").replace("-", "").isalnum()
    if plain and value[0].isalpha() and yaml.safe_load(value) == value:
        return value
    return json.dumps(value)
