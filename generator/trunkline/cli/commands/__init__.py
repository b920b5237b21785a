"""One module a command. Each imports what it works with inside its function: start-up stays cheap."""

import typer

from trunkline.cli.commands import build, explain, generate, run, serve, test

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add every command to `app`."""
    app.command("run")(run.run)
    app.command("generate")(generate.generate)
    app.command("serve")(serve.serve)
    app.command("test")(test.test)
    app.command("build")(build.build)
    app.command("explain")(explain.explain)
