"""Requests about a whole collection, by the word that their path ends with: those that ask and
change nothing though their method does not say so, those that make or delete several objects."""

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


_MANY: Final = ("bulk", "batch", "many", "import", "multiple")
_GONE: Final = ("delete", "remove", "destroy")
_ACTION: Final = re.compile(r":(?=[^/{}]*$)")


def action_word(path: str) -> tuple[str, str]:
    """What a path acts on, and the word it ends with: `/x/{id}` and `close` for `/x/{id}/close` and
    `/x/{id}:close`; no word where it ends with a parameter."""
    above, _, last = _ACTION.sub("/", path.rstrip("/")).rpartition("/")
    return (path, "") if "{" in last else (above, last)


def about_many(operation: ir.Operation) -> str | None:
    """The path of the collection of which a request makes or deletes several objects at once:
    `/things` for `POST /things/bulk-delete`; None for any other request."""
    above, last = action_word(operation.path)
    words = re.split(r"[-_.]", last.lower())
    named = any(word.startswith((*_MANY, *_GONE)) for word in words)
    return above if operation.method in ("post", "put") and named and above else None


def deletes_many(operation: ir.Operation) -> bool:
    """Whether a request about several objects deletes them."""
    return any(word in action_word(operation.path)[1].lower() for word in _GONE)
