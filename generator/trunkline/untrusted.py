"""Text from descriptions, servers and indexes on its way out: to a terminal, a shell, a page.

Nothing else makes such text printable. What could act on the reader's terminal, or change the order
in which a line is read, is shown as what it is.
"""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Mapping
from typing import Final

_ACTS: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Categories of characters that act instead of being seen, or are not seen at all."""
_PLAIN: Final = frozenset("\n\t")
_OURS: Final = re.compile(r"\x1b\[(?:[0-9]{1,2})(?:;[0-9]{1,2})*m")


def printable(text: str, *, keep: frozenset[str] = _PLAIN) -> str:
    """`text` with every character that acts on a terminal or hides itself written as `\\x1b` or
    `\\u202e`; line ends and tabs stay unless `keep` says otherwise."""
    if text.isprintable():
        return text
    return "".join(
        c if c in keep or unicodedata.category(c) not in _ACTS else _shown(c) for c in text
    )


def one_line(text: str) -> str:
    """`printable`, line ends included."""
    return printable(text, keep=frozenset())


def styled(text: str) -> str:
    """A line that has colours of ours in it: everything else that acts is shown."""
    parts = _OURS.split(text)
    colours = _OURS.findall(text)
    return "".join(
        printable(part) + (colours[i] if i < len(colours) else "") for i, part in enumerate(parts)
    )


def workflow_command(level: str, properties: Mapping[str, str], text: str) -> str:
    """A command that GitHub Actions turns into an annotation, escaped as its runner asks."""
    given = ",".join(
        f"{key}={_command_data(value).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
    )
    return f"::{level} {given}::{_command_data(text)}"


def _command_data(text: str) -> str:
    # `##[` would start a command of the older form anywhere.
    text = text.replace("##[", "## [")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def shell_word(text: str) -> str:
    """`text` as one word of a POSIX shell, which expands nothing in it."""
    return shlex.quote(text)


def shell_bytes(data: bytes) -> str:
    """The word that `printf` turns into these bytes, whatever they are.

    A hyphen at the beginning is written as a number: to some shells it begins an option.
    """
    octal = "".join(
        chr(b) if 32 <= b < 127 and chr(b) not in "\\%'\"`$!" else f"\\{b:03o}" for b in data
    )
    return f"'\\055{octal[1:]}'" if octal.startswith("-") else f"'{octal}'"


def is_plain(data: bytes) -> bool:
    """Whether bytes are text that can stand in a command of one line as it is."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return one_line(text) == text


def _shown(char: str) -> str:
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
