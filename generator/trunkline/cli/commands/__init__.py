"""One module a command. Each imports what it works with inside its function: start-up stays cheap."""

import typer

from trunkline.cli.commands import explain, serve

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add every command to `app`."""
    app.command("serve")(serve.serve)
    app.command("explain")(explain.explain)
