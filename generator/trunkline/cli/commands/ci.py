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
    force: Annotated[
        bool, typer.Option("--force", help="Replace workflows that were changed.")
    ] = False,
) -> None:
    """Write workflows that check, test and publish what is in specs/.

    On a pull request: validate, audit, generate --check, the difference as a comment, contract
    tests on the emulator in shards. Every night: contract tests against the service, an issue
    when it differs. On a tag NAME-vX.Y.Z: test, build and publish with trusted publishing.

    Example: trunkline ci github
    """
    from trunkline.release.workflows import workflows, write_workflows
    from trunkline.render import templates_root

    console = Console()
    files = workflows(system.value, templates_root())
    changed = write_workflows(files, out, force=force)
    for path in files:
        console.print(f"{out / path}: {'written' if path in changed else 'as it should be'}")
