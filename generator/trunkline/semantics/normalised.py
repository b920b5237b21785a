"""Texts that a server keeps in a form of its own, as the description of a property says in words:
`kept in lower case`, `trimmed`, `stored in E.164`."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_CASE: Final = re.compile(
    r"\b(?:lower|upper)[ -]?cased?\b|\bcapitali[sz]ed\b"
    r"|\bcase[ -]?(?:is )?(?:insensitive|insensitively|ignored)\b"
    r"|\b(?:ignores|regardless of|without regard to) case\b",
    re.I,
)
_SPACE: Final = re.compile(
    r"\btrim(?:s|med)?\b|\bstrip(?:s|ped)?\b"
    r"|\b(?:white ?space|spaces|blanks)\b[^.;]*"
    r"\b(?:removed|taken (?:off|away)|ignored|collapsed|dropped|cut off)\b",
    re.I,
)
_UNICODE: Final = re.compile(r"\bNFK?[CD]\b|\bnormal(?:i[sz]ation)? form\b", re.I)
_ANY: Final = re.compile(r"\bnormali[sz](?:ed|es)\b|\bcanonical(?:i[sz]ed)?\b|\bE\.164\b", re.I)


def as_said(description: str, seen: str, sent: str) -> bool:
    """Whether a text is another, but for the form that a description says it is kept in: letters
    and digits stay in any of them."""
    one, other = (_written(description, text) for text in (seen, sent))
    return one == other and (one != "" or seen == sent)


def _written(description: str, text: str) -> str:
    """What of a text is the same in every form that the description allows."""
    if _ANY.search(description):
        folded = unicodedata.normalize("NFKC", text).casefold()
        return "".join(c for c in folded if c.isalnum())
    if _UNICODE.search(description):
        text = unicodedata.normalize("NFKC", text)
    if _CASE.search(description):
        text = text.casefold()
    return " ".join(text.split()) if _SPACE.search(description) else text
