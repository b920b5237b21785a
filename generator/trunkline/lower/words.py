"""Words of identifiers: splitting, PascalCase, singular forms of English nouns."""

from __future__ import annotations

import functools
import re
from typing import Final

_BREAK: Final = re.compile(r"[A-Z]+(?=[A-Z][^\W\d_A-Z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|[0-9]+")

_PASCAL: Final = re.compile(r"[A-Z][A-Za-z0-9]*")

_IRREGULAR: Final = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "indices": "index",
    "vertices": "vertex",
    "matrices": "matrix",
    "movies": "movie",
    "cookies": "cookie",
    "series": "series",
    "species": "species",
    "criteria": "criterion",
    "caches": "cache",
    "leaves": "leaf",
    "shelves": "shelf",
    "knives": "knife",
    "lives": "life",
    "bonuses": "bonus",
    "buses": "bus",
    "campuses": "campus",
    "statuses": "status",
}
_UNCOUNTED: Final = frozenset(
    {"news", "data", "media", "metadata", "sms", "mms", "dns", "https", "aws", "sip_is", "gps"}
)


@functools.lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of an identifier or a phrase, as written: `createHTTPRoute` → create, HTTP, Route.

    Digits stay with the word before them (`v2`, `oauth2`).
    """
    found: list[str] = []
    end = -1
    for match in _BREAK.finditer(text):
        word = match.group()
        if word.isdigit() and found and match.start() == end:
            found[-1] += word
        else:
            found.append(word)
        end = match.end()
    return tuple(found)


@functools.lru_cache(maxsize=20_000)
def pascal(text: str) -> str:
    """`text` in PascalCase; capitals inside are kept (`callURL` → `CallURL`)."""
    return "".join(word[0].upper() + word[1:] for word in words(text))


@functools.lru_cache(maxsize=20_000)
def joined(parent: str, child: str) -> str:
    """The PascalCase name of something called `child` inside `parent`.

    Words that end the one and start the other are said once: `Payment`, `payment_type` →
    `PaymentType`.
    """
    head = parent if _PASCAL.fullmatch(parent) else pascal(parent)
    before, after = words(head), words(pascal(child))
    for count in range(min(len(after) - 1, len(before)), 0, -1):
        if [w.lower() for w in before[-count:]] == [w.lower() for w in after[:count]]:
            after = after[count:]
            break
    return head + "".join(after)


def singular(word: str) -> str:
    """The singular of an English noun in any case; a word that is none comes back unchanged."""
    lower = word.lower()
    if lower in _IRREGULAR:
        found = _IRREGULAR[lower]
        return found.capitalize() if word[0].isupper() else found
    if lower in _UNCOUNTED or len(lower) < 4 or not lower.endswith("s"):
        return word
    if lower.endswith(("ss", "us", "is", "ous")):
        return word
    if lower.endswith("ies"):
        return word[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def singular_phrase(text: str) -> str:
    """`text` with its last word in the singular."""
    parts = words(text)
    if not parts:
        return text
    last = parts[-1]
    at = text.rfind(last)
    return text[:at] + singular(last) + text[at + len(last) :]
