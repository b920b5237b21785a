"""Text of a description on its way into Python source: the only ways in.

Names go through `trunkline.names`; everything else is either a docstring, a comment or a literal.
"""

from __future__ import annotations

import math
import re
import textwrap
import unicodedata
from typing import Final

WIDTH: Final = 100

_NEWLINES: Final = re.compile("\r\n?|[\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_QUOTES: Final = re.compile(r'"{2,}|\A"|"\Z')
_BLANK_LINES: Final = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """The text without control, format, bidirectional and surrogate characters."""
    text = _NEWLINES.sub("\n", text).expandtabs(4)
    if not text.replace("\n", "").isprintable():
        text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNSAFE)
    lines = [line.rstrip() for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _wrapped(text: str, width: int) -> str:
    """Lines that are too long are broken at spaces; the others stay as they are."""
    out: list[str] = []
    for line in text.split("\n"):
        if len(line) <= width:
            out.append(line)
            continue
        lead = line[: len(line) - len(line.lstrip())]
        out.extend(
            textwrap.wrap(
                line,
                width,
                subsequent_indent=f"{lead}    " if lead else "",
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    return "\n".join(out)


def _escaped(text: str) -> str:
    """Without a run of quotes, or one at either end, that could join the delimiters."""
    return _QUOTES.sub(lambda m: '\\"' * len(m[0]), text.replace("\\", "\\\\"))


def docstring(text: str, indent: int = 0) -> str:
    """A docstring with its quotes, lines after the first indented by `indent` spaces; "" for "".

    Whatever the text holds, the result is one Python string literal.
    """
    cleaned = clean(text)
    if not cleaned:
        return ""
    body = _escaped(_wrapped(cleaned, WIDTH - indent - 3))
    if "\n" not in body:
        if len(body) + 6 + indent <= WIDTH or " " not in body:
            return f'"""{body}"""'
        body = _escaped(_wrapped(cleaned, WIDTH - indent - 6))
    margin = " " * indent
    lines = [f"{margin}{line}" if line else "" for line in body.split("\n")]
    joined = "\n".join(lines).lstrip(" ")
    return f'"""{joined}\n{margin}"""'


def sentence(text: str) -> str:
    """The text on one line."""
    return " ".join(clean(text).split())


def literal(value: object) -> str:
    """A Python literal: strings only hold printable characters, the rest escaped."""
    if isinstance(value, str):
        return ascii(value) if not value.isprintable() else repr(value)
    if isinstance(value, dict):
        inner = ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        inner = ", ".join(map(literal, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, float) and not math.isfinite(value):
        return f"float({str(value)!r})"
    return repr(value)
