"""All files of a package, unformatted."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Final

import jinja2

from trunkline.ir import Api
from trunkline.models import model_files
from trunkline.names import NamePlan
from trunkline.python import (
    client_module,
    commands_modules,
    credentials,
    dialogues,
    joined_modules,
    models_init,
    package_view,
    params_init,
    params_modules,
    resource_module,
    rpc_module,
    service_module,
    webhooks_module,
)
from trunkline.render.engine import Renderer, model_fault, model_templates
from trunkline.version import __version__

RUNTIME_HEADER: Final = (
    "# Copied by Trunkline from its tested runtime; generating again replaces this file.\n"
)


def package_sources(
    api: Api, plan: NamePlan, override: Path | None = None
) -> dict[PurePosixPath, str]:
    """Path in the distribution's folder → content.

    `override` is a folder of templates that come before ours. Raises `TrunklineError` (TEMPLATE)
    with the place of a fault.
    """
    renderer = Renderer("python", override)
    module = PurePosixPath(plan.package.module)
    found: dict[PurePosixPath, str] = {}
    secrets = credentials(api, plan.package)
    wanted: set[str] = set()
    resources = [(path, resource_module(api, plan, path, wanted)) for path in plan.resources]
    commands = commands_modules(api, plan, wanted)
    package = package_view(
        api, plan, secrets, resources, dialogues(api, commands), has_params=bool(wanted)
    )
    webhooks = webhooks_module(api, plan)
    rpc = rpc_module(api, plan)

    found[module / "__init__.py"] = renderer.render("init.py", package=package)
    found[module / "errors.py"] = renderer.render("errors.py", package=package)
    found[module / "py.typed"] = ""
    found[module / "client.py"] = renderer.render(
        "client.py", client=client_module(api, plan, secrets)
    )
    found[module / "_service.py"] = renderer.render(
        "service.py", service=service_module(api, plan, secrets)
    )
    if rpc is not None:
        found[module / "_rpc.py"] = renderer.render("rpc.py", rpc=rpc)
    if webhooks is not None:
        found[module / "webhooks.py"] = renderer.render("webhooks.py", module=webhooks)
    found[module / "resources" / "__init__.py"] = renderer.render(
        "resources_init.py", package=package
    )
    for name, dialogue in commands.items():
        found[module / f"{name}.py"] = renderer.render("commands.py", commands=dialogue)
    for path, view in resources:
        name = f"{plan.resources[path].module}.py"
        found[module / "resources" / name] = renderer.render("resource.py", module=view)
    found[module / "models" / "__init__.py"] = renderer.render(
        "models_init.py", models=models_init(api, plan)
    )
    for name, text in _models(api, plan, override).items():
        found[module / "models" / f"{name}.py"] = text
    for joined in joined_modules(plan):
        found[module / "models" / joined.module / "__init__.py"] = renderer.render(
            "joined.py", joined=joined
        )
    params = dict(params_modules(api, plan, wanted))
    for name, dictionaries in params.items():
        found[module / "params" / f"{name}.py"] = renderer.render(
            "params.py", dictionaries=dictionaries
        )
    if params:
        found[module / "params" / "__init__.py"] = renderer.render(
            "models_init.py", models=params_init(api, plan, wanted)
        )
    for name, text in runtime_files().items():
        found[module / "_runtime" / name] = text
    for name, template in _ROOT_FILES.items():
        found[PurePosixPath(name)] = renderer.render(
            template, package=package, generator=__version__
        )
    if package.signed_webhook:
        found[PurePosixPath("examples/webhook.py")] = renderer.render(
            "example_webhook.py", package=package
        )
    for shown in package.dialogues:
        found[PurePosixPath(f"examples/{shown.module}.py")] = renderer.render(
            "example_dialogue.py", package=package, dialogue=shown
        )
    return dict(sorted(found.items()))


_ROOT_FILES: Final = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "API.md": "API.md",
    "LICENSE": "LICENSE",
    "sbom.cdx.json": "sbom.cdx.json",
    "examples/first_call.py": "example_first_call.py",
    "tests/test_smoke.py": "test_smoke.py",
}


def _models(api: Api, plan: NamePlan, override: Path | None) -> dict[str, str]:
    with model_templates(override) as folder:
        try:
            return model_files(api, plan, folder)
        except jinja2.TemplateError as error:
            raise model_fault(error) from error


def runtime_files() -> dict[str, str]:
    """The runtime's modules as they are copied into a package."""
    folder = Path(str(files("trunkline"))) / "runtime"
    return {
        path.name: RUNTIME_HEADER + path.read_text("utf-8") for path in sorted(folder.glob("*.py"))
    }
