"""The modules of models: what the model generator is given, and that it left nothing out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from trunkline.model_printing import Task, printed
from trunkline.models.apart import apart
from trunkline.models.data import base_classes, class_data
from trunkline.models.schema import document
from trunkline.names import NamePlan

if TYPE_CHECKING:
    from trunkline.ir import Api


def model_files(api: Api, plan: NamePlan, templates: Path) -> dict[str, str]:
    """Module name → source, unformatted; every class of the plan is in the module it names.

    A module of several files has each of them as `module/file`, without the package that joins
    them.

    `templates` is a folder with the model templates. Raises `RuntimeError` when the generator
    leaves out a class or prints one under another name, which only a fault of ours can cause.
    """
    if not plan.classes:
        return {}
    runtime = f"{plan.package.module}._runtime"
    files = printed(
        Task(
            schema=json.dumps(document(api, plan)),
            runtime=runtime,
            templates=templates,
            data=class_data(api, plan),
            bases=base_classes(api, plan, f"{runtime}.models"),
        )
    )
    _check(plan, files)
    places: dict[str, dict[str, str]] = {}
    for cls in plan.classes.values():
        if cls.file:
            places.setdefault(cls.module, {})[cls.name] = cls.file
    for module, inside in places.items():
        for file, text in apart(files.pop(module), inside).items():
            files[f"{module}/{file}"] = text
    return files


def _check(plan: NamePlan, files: dict[str, str]) -> None:
    for cls in plan.classes.values():
        text = files.get(cls.module, "")
        if f"\nclass {cls.name}(" not in text and f"\n{cls.name} = TypeAliasType(" not in text:
            raise RuntimeError(f"the model generator left out {cls.module}.{cls.name}")
