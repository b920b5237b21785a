"""The command that is running, as it may be shown: without secrets."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Final

ARGUMENTS: ContextVar[tuple[str, ...]] = ContextVar("arguments", default=())
"""What the command line was called with."""
_SECRET: Final = frozenset(
    {"--token", "--other-token", "--credential", "--header", "--secret", "--login"}
)


def shown_command() -> str:
    """The command, to be pasted: values that may be secrets are replaced by `…`."""
    return " ".join(["trunkline", *map(shlex.quote, without_secrets(ARGUMENTS.get()))])


def without_secrets(arguments: Sequence[str]) -> list[str]:
    """Arguments with what may be secret replaced; names of files (`@FILE`) and of headers stay."""
    shown: list[str] = []
    option = ""
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if option:
            shown.append(_hidden(option, argument))
            option = ""
        elif name in _SECRET and equals:
            shown.append(f"{name}={_hidden(name, value)}")
        else:
            option = argument if argument in _SECRET else ""
            shown.append(argument)
    return shown


def _hidden(option: str, value: str) -> str:
    if option == "--header":
        return f"{value.partition(':')[0]}: …"
    if option == "--credential":
        name, _, secret = value.partition("=")
        return f"{name}={secret if secret.startswith('@') else '…'}"
    return value if value.startswith("@") else "…"
