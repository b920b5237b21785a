"""Data as YAML or JSON that is read back as the same."""

from __future__ import annotations

import json
from typing import Any

import yaml

from trunkline.source.parsed import Value
from trunkline.source.yaml_text import plain_scalar

_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Block style, nothing shared, texts quoted where YAML 1.1 or 1.2 would take them for more."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002  # the base decides by it
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002  # lists are indented
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if plain_scalar(text) != text:
        style = '"'
    elif "\n" in text:
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def written(data: Value, *, as_json: bool = False) -> str:
    """`data` as a text that ends in a line end; members keep their order."""
    if as_json:
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
