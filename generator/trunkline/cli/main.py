"""Entry point: runs a command and turns whatever ends it into one message and one exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from trunkline.cli.command_line import ARGUMENTS
from trunkline.cli.commands import register
from trunkline.cli.configuration import defaults, split
from trunkline.cli.console import Console
from trunkline.cli.findings import MOST, brief
from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError
from trunkline.version import __version__

EPILOG = (
    "Exit codes: 0 done and clean · 1 findings: invalid description, violations, differences · "
    "2 wrong usage · 3 server unreachable · 4 budget spent · 70 a fault of Trunkline's own · "
    "130 interrupted"
)

_SUMMARY = (
    "Typed clients, a stateful emulated server and a contract suite from one OpenAPI description."
)
_DISK = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS),
    *(errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.EISDIR),
}
"""The disk takes no more, or not there, wherever in a run that shows."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trunkline {__version__}")
        raise typer.Exit


def application() -> typer.Typer:
    """The whole command line, for `main` and for the reference page."""
    app = typer.Typer(
        name="trunkline",
        help=_SUMMARY,
        epilog=EPILOG,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(help=_SUMMARY)(_options)
    register(app)
    return app


def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=_version, help="Print the version and exit."
        ),
    ] = False,
    config: Annotated[  # read before everything else, and shown by --help
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="Read this configuration, not the nearest trunkline.toml or pyproject.toml.",
        ),
    ] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="Read no configuration.")] = False,
) -> None:
    """What there is without a command."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns the exit code. Never raises for what a user can cause."""
    console = Console()
    ARGUMENTS.set(tuple(arguments))
    try:
        command = get_command(application())
        rest, configuration = split(arguments)
        said = defaults(command, configuration, rest) if configuration is not None else None
        result = command.main(
            args=rest, prog_name="trunkline", standalone_mode=False, default_map=said
        )
    except TrunklineError as error:
        brief(console, error.diagnostics, MOST)
        return int(error.exit_code)
    except typer.Exit as error:
        return error.exit_code
    except typer.TyperException as error:
        # How typer came to know is nothing to the reader.
        message = error.format_message().replace(": Value error, ", ": ")
        console.error(message if message.startswith("Usage:") else f"error: {message}")
        context = getattr(error, "ctx", None)
        if context is not None and not message.startswith("Usage:"):
            console.error(f"  hint: see {context.command_path} --help")
        return int(ExitCode.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        console.error("interrupted")
        return int(ExitCode.INTERRUPTED)
    except (BrokenPipeError, SystemExit):
        # Typer leaves by itself where nobody reads any more, which is no failure.
        return int(ExitCode.OK)
    except Exception as error:
        if os.environ.get("TRUNKLINE_DEBUG"):
            raise
        if isinstance(error, OSError) and error.errno in _DISK:
            place = error.filename or "to the disk"
            told = Diagnostic(Code.CANNOT_WRITE, f"Cannot write {place}: {error.strerror}")
            console.diagnostic(told)
            return int(ExitCode.USAGE)
        console.error(f"error: a fault of Trunkline's own: {type(error).__name__}: {error}")
        console.error("  hint: TRUNKLINE_DEBUG=1 shows where; please report it with that")
        return int(ExitCode.INTERNAL)
    return result if isinstance(result, int) else int(ExitCode.OK)


def main() -> None:
    """Entry point of the console script."""
    sys.exit(run(sys.argv[1:]))
