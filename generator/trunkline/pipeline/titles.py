"""What a description calls itself, as a name for files and packages: found without parsing all."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

_INFO: Final = re.compile(
    r"""^(?:info|"info"|'info')[ ]*:.*\n?(?:(?:[ \t#].*|[ \t]*)(?:\n|\Z))*""", re.MULTILINE
)
"""The key at the root, and what is indented below it."""
_NOISE: Final = re.compile(
    r"v?[0-9]+|apis?|rest|http|openapi|swagger|specification|spec|definition|description"
)
"""Words at the end of a title that say nothing about whose it is."""
_LETTERS: Final = str.maketrans({"'": "", "\u2019": "", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l"})
_WORDS: Final = 5
_LONGEST: Final = 40


def title_name(path: Path) -> str | None:
    """A name made of the title of the description at `path`; None where nothing usable is there."""
    try:
        stat = path.stat()
        return name_of(_title(path, stat.st_mtime_ns, stat.st_size))
    except (OSError, ValueError):
        return None


def name_of(title: object) -> str | None:
    """Lower-case words of letters and digits joined by `-`; None where a title has none left.

    Words that only say that it is a description, and its version, are left out at its end.
    """
    if not isinstance(title, str):
        return None
    plain = unicodedata.normalize("NFKD", title.translate(_LETTERS))
    text = plain.encode("ascii", "ignore").decode()
    if sum(map(str.isalnum, text)) * 2 < sum(map(str.isalnum, title)):
        return None  # written in other letters: what is left of them means nothing
    words = [word.lower() for word in re.findall(r"[A-Za-z0-9]+", text)]
    while words and _NOISE.fullmatch(words[-1]):
        words.pop()
    if words[:1] == ["the"]:
        words.pop(0)
    name = "-".join(words[:_WORDS])[:_LONGEST].strip("-")
    return name if name and not name[0].isdigit() else None


@lru_cache(maxsize=64)
def _title(path: Path, _changed: int, _size: int) -> object:
    text = path.read_bytes().decode("utf-8-sig")
    if text.lstrip()[:1] == "{":
        import orjson

        found = orjson.loads(text)
    else:
        import yaml

        block = _INFO.search(text)
        try:
            found = yaml.safe_load(block[0]) if block else None
        except yaml.YAMLError:
            return None
    info = found.get("info") if isinstance(found, dict) else None
    return info.get("title") if isinstance(info, dict) else None
