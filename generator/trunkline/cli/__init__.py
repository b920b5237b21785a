"""The command line: the only package that prints.

Every command is a module of its own under `trunkline.cli.commands`, imported when it is called, so
that one command does not pay for what another one needs.
"""

from trunkline.cli.main import main

__all__ = ["main"]
