"""`trunkline doctor`."""

import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from trunkline.cli.console import Console
from trunkline.diagnostics import ExitCode

PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for; `needed_for` is empty where nothing works without it."""

    name: str
    ok: bool
    found: str
    remedy: str
    needed_for: str = ""


def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the findings as one JSON array.")
    ] = False,
) -> None:
    """Say what is there, what is missing and how to get it.

    Example: trunkline doctor
    """
    import json

    console = Console()
    findings = [python(), *packages(), *programs(), loopback(), descriptions()]
    missing = [finding for finding in findings if not finding.ok and not finding.needed_for]
    if as_json:
        console.print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        width = max(len(finding.name) for finding in findings)
        for finding in findings:
            colour = "green" if finding.ok else "yellow" if finding.needed_for else "red"
            mark = console.style(
                "ok" if finding.ok else "--" if finding.needed_for else "no", colour
            )
            console.print(f"{mark}  {finding.name:{width}}  {finding.found}")
            if not finding.ok:
                wants = f" (only {finding.needed_for} needs it)" if finding.needed_for else ""
                console.print(f"    {'':{width}}  {finding.remedy}{wants}")
    if missing:
        raise typer.Exit(int(ExitCode.FINDINGS))


def python() -> Finding:
    """The interpreter."""
    wanted = ".".join(map(str, PYTHON))
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", sys.version_info >= PYTHON, found, f"install Python {wanted} or newer")


def packages() -> Iterator[Finding]:
    """What Trunkline depends on, held to the versions that it declares."""
    from importlib import metadata

    from packaging.requirements import Requirement

    for text in sorted(metadata.requires("trunkline") or ()):
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        remedy = f"python -m pip install '{requirement.name}{requirement.specifier}'"
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield Finding(requirement.name, False, "not installed", remedy)
            continue
        fits = requirement.specifier.contains(version, prereleases=True)
        found = version if fits else f"{version}, which is not {requirement.specifier}"
        yield Finding(requirement.name, fits, found, remedy)


def programs() -> Iterator[Finding]:
    """Programs that some commands call."""
    for name, needed_for in (("git", "`trunkline diff` between revisions"),):
        path = shutil.which(name)
        yield Finding(name, path is not None, path or "not found", f"install {name}", needed_for)


def loopback() -> Finding:
    """Whether a server may listen on 127.0.0.1, as `serve` and `test` do."""
    try:
        with socket.create_server(("127.0.0.1", 0)):
            return Finding("loopback", True, "127.0.0.1 can be listened on", "")
    except OSError as error:
        remedy = "allow this machine to listen on 127.0.0.1"
        return Finding("loopback", False, error.strerror or str(error), remedy)


def descriptions() -> Finding:
    """The descriptions that commands find by name from here."""
    from trunkline.pipeline import spec_names

    names = spec_names()
    return Finding(
        "descriptions",
        bool(names),
        ", ".join(names) or "none in specs/",
        "run it in a project, make one with `trunkline init NAME`, or give commands a path",
        "naming a description",
    )
