"""From a representation to the files of a package: a pure function of its inputs."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from trunkline.diagnostics import Diagnostics
from trunkline.ir import Api
from trunkline.names import PackageConfig, plan
from trunkline.output import formatted
from trunkline.render import package_sources, report_unused


def generate_package(
    api: Api,
    package: PackageConfig,
    diagnostics: Diagnostics,
    templates: Path | None = None,
) -> dict[PurePosixPath, str]:
    """Every file of the package, by path in the distribution's folder.

    The same bytes for the same inputs, whatever the hash seed, locale or current folder. Name
    clashes and formatter failures are added to `diagnostics`; a template's fault is raised as
    `TrunklineError`. `templates` is a folder whose files replace ours.
    """
    if templates is not None and templates.is_dir():
        report_unused(templates, diagnostics)
    names = plan(api, package, diagnostics)
    return formatted(package_sources(api, names, templates), diagnostics)
