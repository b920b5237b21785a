"""Requests that ask and change nothing, though their method does not say so."""

from __future__ import annotations

import re
from typing import Final

from trunkline import ir

_WORDS: Final = frozenset(
    {"count", "counts", "filter", "find", "history", "lookup", "paginate", "query", "search"}
)


def is_query(operation: ir.Operation) -> bool:
    """Whether a POST asks and changes nothing, by the word that its path ends with.

    `/flows/filter`, `/flows/count`: questions whose filters are too large for an address.
    """
    words = re.split(r"[-_.:]", operation.path.rstrip("/").rpartition("/")[2].lower())
    return operation.method == "post" and "{" not in words[0] and words[0] in _WORDS
