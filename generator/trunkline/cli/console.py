"""Writing to the terminal: results on stdout, everything else on stderr, colours only when asked.

`NO_COLOR` and a stream that is not a terminal both switch colours off.
"""

from __future__ import annotations

import os
import sys
from typing import TextIO

from trunkline.diagnostics import Diagnostic, Severity
from trunkline.untrusted import printable, styled

_CODES = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "cyan": "36", "dim": "2"}


def _coloured(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Console:
    """Where commands write."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr

    def style(self, text: str, *names: str, stream: TextIO | None = None) -> str:
        """`text` in the colours named, where the stream (stdout unless said) shows colours."""
        if not _coloured(stream or self._out):
            return text
        codes = ";".join(_CODES[name] for name in names)
        return f"\x1b[{codes}m{text}\x1b[0m"

    def print(self, text: str = "") -> None:
        """One line of the result."""
        print(styled(text), file=self._out, flush=True)

    def error(self, text: str) -> None:
        """One line about what went wrong."""
        print(styled(text), file=self._err, flush=True)

    def progress(self, text: str) -> None:
        """One line about what is being done."""
        print(self.style(printable(text), "dim", stream=self._err), file=self._err, flush=True)

    def diagnostic(self, diagnostic: Diagnostic) -> None:
        """A finding with its position and hint."""
        colour = "red" if diagnostic.severity is Severity.ERROR else "yellow"
        first, *rest = printable(str(diagnostic)).split("\n")
        first = first.replace(
            f"{diagnostic.severity}:",
            self.style(f"{diagnostic.severity}:", colour, "bold", stream=self._err),
            1,
        )
        self.error("\n".join([first, *rest]))

    def table(self, header: list[str], rows: list[list[str]]) -> None:
        """Aligned columns; those whose cells are all numbers stand to the right."""
        widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
        numeric = [
            bool(rows)
            and all(row[i].replace(".", "", 1).isdigit() or row[i] == "-" for row in rows)
            for i in range(len(header))
        ]
        for number, row in enumerate([header, *rows]):
            cells = [
                cell.rjust(width) if right else cell.ljust(width)
                for cell, width, right in zip(row, widths, numeric, strict=True)
            ]
            line = "  ".join(cells).rstrip()
            self.print(self.style(line, "bold") if number == 0 else line)
