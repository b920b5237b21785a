"""JSONPath by RFC 9535: what a query selects, and how far it leads where it selects nothing."""

from __future__ import annotations

import functools
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from trunkline.source.parsed import MAX_DEPTH, Value

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathEnvironment

Location: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the root."""

_MOST: Final = 1_000_000
"""Nodes that one query may select; descents within descents multiply."""
_SHORT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class BadQueryError(Exception):
    """A text is not a JSONPath, or what it selects is beyond bounds; the message says why."""


@functools.cache
def _environment() -> JSONPathEnvironment:
    # Loaded with the first overlay: most descriptions have none.
    from jsonpath_rfc9535 import JSONPathEnvironment

    class Environment(JSONPathEnvironment):
        max_recursion_depth = MAX_DEPTH + 2

    return Environment()


class Query:
    """A query that was understood; `text` is how it is written."""

    __slots__ = ("_compiled", "text")

    def __init__(self, text: str, compiled: Any) -> None:
        self.text = text
        self._compiled = compiled

    @classmethod
    def parse(cls, text: str) -> Query:
        """`BadQueryError` unless `text` is a JSONPath."""
        from jsonpath_rfc9535 import JSONPathError

        try:
            return cls(text, _environment().compile(text))
        except JSONPathError as error:
            raise BadQueryError(str(error)) from None
        except (RecursionError, ValueError, IndexError) as error:
            raise BadQueryError(str(error) or type(error).__name__) from None

    @property
    def is_root(self) -> bool:
        """Whether it selects the whole, whatever that is."""
        return bool(self._compiled.empty())

    def locations(self, data: Value) -> list[Location]:
        """Where what it selects stands, each place once, in the order of `data`."""
        return self._find(self._compiled, data)

    def reached(self, data: Value) -> str:
        """How far it leads: the longest beginning of it that selects anything."""
        from jsonpath_rfc9535 import JSONPathQuery

        segments = self._compiled.segments
        for count in range(len(segments) - 1, 0, -1):
            shorter = JSONPathQuery(env=self._compiled.env, segments=segments[:count])
            found = self._find(shorter, data, 1)
            if found:
                return path(found[0]) if shorter.singular_query() else str(shorter)
        return "$"

    def _find(self, compiled: Any, data: Value, most: int = _MOST) -> list[Location]:
        from jsonpath_rfc9535 import JSONPathError

        found: dict[Location, None] = {}
        try:
            for count, node in enumerate(islice(compiled.finditer(data), most)):
                found[node.location] = None
                if count + 1 == _MOST:
                    raise BadQueryError(f"it selects more than {_MOST:,} places")
        except JSONPathError as error:
            raise BadQueryError(str(error)) from None
        return list(found)


def path(location: Location) -> str:
    """The query that selects one place: `$.paths['/pets'].get.parameters[0]`."""
    return "$" + "".join(map(step, location))


def step(token: str | int) -> str:
    """One key or index as a segment of a query."""
    if isinstance(token, int):
        return f"[{token}]"
    return f".{token}" if _SHORT.match(token) else f"[{quoted(token)}]"


def quoted(text: str) -> str:
    """A text as a query has it, in single quotes."""
    return "'" + "".join(_escaped(c) for c in text) + "'"


def _escaped(char: str) -> str:
    if char in "'\\":
        return f"\\{char}"
    return f"\\u{ord(char):04x}" if ord(char) < 0x20 else char
