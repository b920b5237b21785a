"""`trunkline ci`."""

import enum
from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.console import Console


class System(enum.StrEnum):
    """Whose workflows."""

    GITHUB = "github"
    GITLAB = "gitlab"


def ci(
    system: Annotated[System, typer.Argument(help="Whose workflows to write.")],
    out: Annotated[Path, typer.Option(help="The repository's root.")] = Path(),
    install: Annotated[
        str | None,
        typer.Option(
            metavar="REQUIREMENT",
            help="What pip installs there to have Trunkline: a wheel in the repository, an "
            "address, a version. Without it, what is installed here.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace workflows that were changed.")
    ] = False,
) -> None:
    """Write workflows that check, test and publish what is in specs/.

    On a pull request: validate, audit, generate --check, the difference as a comment, contract
    tests on the emulator in shards. Every night: contract tests against the service, an issue
    when it differs. Every week: what the owners of descriptions have made of them, as a pull
    request (`trunkline pull`). On a tag NAME-vX.Y.Z: test, build and publish with trusted
    publishing.

    Example: trunkline ci github --install trunkline==0.1.0
    """
    from trunkline.diagnostics import Code, TrunklineError
    from trunkline.release.workflows import requirement, workflows, write_workflows
    from trunkline.render import templates_root

    console = Console()
    wanted = install or requirement()
    if wanted is None:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            "This Trunkline was installed from a folder or file that a CI system does not have",
            None,
            "Name what is to be installed there: --install vendor/trunkline.whl, or "
            "--install git+https://HOST/PATH@REVISION.",
        )
    files = workflows(system.value, templates_root(), wanted)
    changed = write_workflows(files, out, force=force)
    for path in files:
        console.print(f"{out / path}: {'written' if path in changed else 'as it should be'}")
