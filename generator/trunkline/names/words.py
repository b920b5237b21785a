"""Words of a description's names, and the Python spellings made of them.

One rule for acronyms: a word is kept as written, only its first letter is raised in a class name
(`DIDCountry` and `CDR.In` give `DIDCountry` and `CDRIn`, `cdr_in` gives `CdrIn`). A name of several
words all in capitals has lost that information and is capitalised word by word.
"""

from __future__ import annotations

import hashlib
import keyword
import re
import unicodedata
from typing import Final

LONGEST: Final = 64
"""Names longer than this are cut and end in a digest of the whole, so that they stay apart."""

_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ı": "i",
        "\N{MICRO SIGN}": "u",
        "'": "",
        "\N{RIGHT SINGLE QUOTATION MARK}": "",
    }
)
_WORD: Final = re.compile(
    r"[A-Z]{2,}s(?![a-z])"  # plural acronym: IDs
    r"|[A-Z]+(?![a-z])[0-9]*"  # acronym
    r"|[A-Z]?[a-z]+[0-9]*"
    r"|[A-Z][0-9]*"
    r"|[0-9]+[a-z]{1,2}(?![a-z])"  # 2fa, 3d, 1st
    r"|[0-9]+"
)
_SIGNS: Final = {"+": "plus", "-": "minus"}


def digest(text: str, length: int = 4) -> str:
    """The first hexadecimal digits of the text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _plain(text: str) -> str:
    """ASCII in which everything but letters and digits separates words.

    Letters with marks lose them, other scripts become (decimal) code points, symbols outside
    ASCII their Unicode names; control, format and bidirectional characters separate.
    """
    text = text.translate(_LETTERS)
    if text.isascii():
        return text
    out: list[str] = []
    for char in unicodedata.normalize("NFKD", text):
        if char.isascii():
            out.append(char)
            continue
        category = unicodedata.category(char)
        if category.startswith("M"):
            continue
        if category.startswith("S"):
            out.append(f" {unicodedata.name(char, f'u{ord(char)}').lower()} ")
        elif category.startswith(("L", "N")):
            out.append(f" u{ord(char)} ")
        else:
            out.append(" ")
    return "".join(out)


def words(text: str) -> list[str]:
    """The words of a name, as written; empty when it has neither letter nor digit."""
    return _WORD.findall(_plain(text[: LONGEST * 64]))


def _shouting(parts: list[str]) -> bool:
    return len(parts) > 1 and all(p.upper() == p for p in parts) and any(p.isalpha() for p in parts)


def _named_signs(text: str) -> list[str]:
    """Words for a text of signs alone, from their Unicode names."""
    names = [unicodedata.name(c, "") for c in text[:4] if not c.isspace()]
    return [w for name in names for w in words(name.lower())]


def _cut(name: str, original: str, longest: int = LONGEST) -> str:
    if len(name) <= longest:
        return name
    return f"{name[: longest - 9].rstrip('_')}_{digest(original, 8)}"


def snake(text: str, *, empty: str = "value") -> str:
    """A `snake_case` identifier; may still be a keyword. `empty` stands in for no words at all."""
    parts = words(text) or _named_signs(text) or [empty]
    name = _cut("_".join(p.lower() for p in parts), text)
    return f"{empty}_{name}" if name[0].isdigit() else name


def pascal(text: str, *, empty: str = "Value", longest: int = LONGEST) -> str:
    """A `PascalCase` identifier of at most `longest` letters."""
    parts = words(text) or _named_signs(text) or [empty]
    if _shouting(parts):
        parts = [p.lower() for p in parts]
    name = ""
    for part in parts:
        # Two numbers side by side would read as one.
        joint = "_" if name[-1:].isdigit() and part[0].isdigit() else ""
        name += joint + part[0].upper() + part[1:]
    name = _cut(name, text, longest)
    return f"{empty}{name}" if name[0].isdigit() else name


def constant(text: str, *, empty: str = "VALUE") -> str:
    """An `UPPER_CASE` identifier for the member of an enumeration; leading signs are told apart."""
    parts = words(text) or _named_signs(text)
    if not parts:
        parts = ["EMPTY"] if not text else ["BLANK"]
    elif text[0] in _SIGNS and len(text) > 1:
        parts = [_SIGNS[text[0]], *parts]
    name = _cut("_".join(p.upper() for p in parts), text)
    return f"{empty}_{name}" if name[0].isdigit() else name


def safe(name: str) -> str:
    """The identifier, with an underscore after it where Python keeps the word for itself."""
    return f"{name}_" if keyword.iskeyword(name) else name
