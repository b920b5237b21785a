"""The reference of templates: which there are, and every member of every view; from the code."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import jinja2
from jinja2 import meta

from trunkline.python import views
from trunkline.render.engine import SUFFIX, templates_root

VIEWS: Final = {
    "client": views.ClientModuleView,
    "commands": views.CommandsModuleView,
    "dialogue": views.DialogueView,
    "dictionaries": views.ParamsModuleView,
    "joined": views.JoinedModuleView,
    "models": views.ModelsInitView,
    "module": views.ResourceModuleView,
    "package": views.PackageView,
    "rpc": views.RpcModuleView,
    "service": views.ServiceModuleView,
}
"""Name in a template → view, `webhooks.py` excepted, where `module` is a `WebhooksModuleView`."""

_INTRODUCTION: Final = """\
# Templates

Everything in a generated package is printed by a template, the models by those that
datamodel-code-generator renders. `--templates DIR` names a folder laid out like `templates/`; any
file in it replaces the one of the same path, the others stay.

Templates hold `for`, boolean `if`, `include` and attribute access: what a view has is finished
text or a flag. A member that a view does not have is an error (G005) with file and line. The
templates run in a sandbox; they cannot call Python.

This page is written from the code by `pytest tests/unit/render --regenerate`.

## Templates of a package: `templates/python/`
"""
_MODELS: Final = """\

## Templates of models: `templates/models/`

Rendered by datamodel-code-generator with its own data (`class_name`, `base_class`, and `fields`
with `name` and `type_hint`) and ours, `trunkline`:

| template | `trunkline` has |
| --- | --- |
| `pydantic_v2/BaseModel.jinja2` | `doc`: docstring or empty; `fields`: attribute → `alias` \
(literal or empty), `default` (` = …` or empty), `doc` |
| `TypeAliasType.jinja2`, `PydanticV2TypeAlias.jinja2` | `members`: `name` and `value` of an \
enumeration's members, then also `base`; else `tag`: the `Tagged(…)` of a union or empty, \
`is_open` where unknown tags are `UnknownVariant`; `doc` |

## Templates of a new description: `templates/init/`

Printed by `trunkline init`; each gets `start` with `title_literal`, `distribution`, `module`,
`client` and `prefix`, as text for YAML and TOML.

## Views
"""


def templates_reference() -> str:
    """The page, as Markdown."""
    parts = [_INTRODUCTION, "| template | gets |", "| --- | --- |"]
    environment = jinja2.Environment(autoescape=True)
    for path in sorted((templates_root() / "python").glob(f"*{SUFFIX}")):
        names = sorted(meta.find_undeclared_variables(environment.parse(path.read_text("utf-8"))))
        shown = ", ".join(f"`{name}`: {_view_of(path, name)}" for name in names)
        parts.append(f"| `{path.name}` | {shown or 'nothing'} |")
    return "\n".join([*parts, _MODELS, *_views()]) + "\n"


def _view_of(path: Path, name: str) -> str:
    if name == "module" and path.name.startswith("webhooks"):
        return "WebhooksModuleView"
    if name == "method":
        return "MethodView"
    if name == "generator":
        return "Trunkline's version"
    return VIEWS[name].__name__


def _views() -> Iterator[str]:
    for name, view in sorted(vars(views).items()):
        if not (isinstance(view, type) and dataclasses.is_dataclass(view)):
            continue
        yield f"\n### {name}\n"
        yield f"{inspect.getdoc(view)}\n"
        yield "| member | type |\n| --- | --- |"
        for item in dataclasses.fields(view):
            kind = re.sub(r"\s+", " ", str(item.type))
            yield f"| `{item.name}` | `{kind}` |"
