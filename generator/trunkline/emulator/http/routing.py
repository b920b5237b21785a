"""From a percent-encoded path to an operation: a tree of segments, static before templated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes, urlsplit

from trunkline.ir import Api, Operation, Server
from trunkline.semantics.parameters import EXPRESSION

_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


class PathTextError(ValueError):
    """The path is not percent-encoded UTF-8."""


@dataclass(frozen=True, slots=True)
class Match:
    """An operation and its path parameters, decoded, as text."""

    operation: Operation
    parameters: Mapping[str, str]
    others: tuple[Match, ...] = ()
    """What the path may mean as well, by templates that differ in the names of parameters only."""


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No operation. `allowed`: methods the path has (upper case); empty when there is no such
    path."""

    allowed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Leaf:
    path: str
    names: tuple[str, ...]
    methods: dict[str, Operation] = field(default_factory=dict[str, Operation])

    def match(self, method: str, values: tuple[str, ...], others: tuple[Match, ...] = ()) -> Match:
        """What a path with these values means by this template."""
        parameters = dict(zip(self.names, values, strict=True))
        return Match(self.methods[method], parameters, others)


@dataclass(slots=True)
class _Node:
    static: dict[str, _Node] = field(default_factory=dict[str, "_Node"])
    patterns: list[tuple[str, re.Pattern[str], _Node]] = field(
        default_factory=list[tuple[str, re.Pattern[str], "_Node"]]
    )
    anything: _Node | None = None
    leaves: list[_Leaf] = field(default_factory=list[_Leaf])


def base_path(api: Api) -> str:
    """The path of the first server's address, its variables at their defaults; no trailing
    slash."""
    if not api.servers:
        return ""
    return urlsplit(_filled(api.servers[0])).path.rstrip("/")


def origin(api: Api) -> str:
    """What the first server's address begins with; the local host where that is relative."""
    split = urlsplit(_filled(api.servers[0]) if api.servers else "")
    return f"{split.scheme}://{split.netloc}" if split.netloc else "http://localhost"


def _filled(server: Server) -> str:
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    return url


def decode_segment(segment: bytes) -> str:
    """Percent-decode one segment; PathTextError unless it is well-formed UTF-8."""
    if b"%" in segment:
        if _BAD_ESCAPE.search(segment):
            raise PathTextError
        segment = unquote_to_bytes(segment)
    try:
        return segment.decode("utf-8")
    except UnicodeDecodeError:
        raise PathTextError from None


class Router:
    """Knows every path of the API below `base` (`/v2`; no trailing slash)."""

    def __init__(self, operations: Iterable[Operation], base: str = "") -> None:
        self._root = _Node()
        self._concrete: dict[tuple[str, bytes], Match] = {}
        """Of the paths without parameters, as they are usually written."""
        self._base = base.encode()
        self._cut = len(self._base) + 1
        for operation in operations:
            self._add(operation)

    def _add(self, operation: Operation) -> None:
        node = self._root
        names: list[str] = []
        for segment in operation.path.lstrip("/").split("/"):
            found = EXPRESSION.findall(segment)
            names.extend(found)
            if not found:
                node = node.static.setdefault(segment, _Node())
            elif segment == f"{{{found[0]}}}":
                node.anything = node.anything or _Node()
                node = node.anything
            else:
                node = self._pattern(node, segment)
        leaf = next((leaf for leaf in node.leaves if leaf.path == operation.path), None)
        if leaf is None:
            leaf = _Leaf(operation.path, tuple(names))
            node.leaves.append(leaf)
        method = operation.method.upper()
        leaf.methods.setdefault(method, operation)
        if not names and operation.path.isascii() and "%" not in operation.path:
            raw_path = self._base + b"/" + operation.path.lstrip("/").encode()
            self._concrete.setdefault((method, raw_path), Match(operation, {}))

    @staticmethod
    def _pattern(node: _Node, segment: str) -> _Node:
        parts = EXPRESSION.split(segment)
        source = "".join(
            "(.+?)" if index % 2 else re.escape(part) for index, part in enumerate(parts)
        )
        for known, _, child in node.patterns:
            if known == source:
                return child
        child = _Node()
        node.patterns.append((source, re.compile(source, re.DOTALL), child))
        return child

    def match(self, method: str, raw_path: bytes) -> Match | NoMatch:
        """The operation for `method` (upper case) on `raw_path`; PathTextError on a malformed path.

        The path is decoded segment by segment, so an encoded slash never separates segments; dot
        segments have no meaning.
        """
        concrete = self._concrete.get((method, raw_path))
        if concrete is not None:
            return concrete
        if not raw_path.startswith(self._base + b"/") and self._base + b"/" != raw_path:
            return NoMatch()
        segments = [decode_segment(part) for part in raw_path[self._cut :].split(b"/")]
        allowed: dict[str, None] = {}
        found = self._find(self._root, segments, 0, (), method, allowed)
        return found if found is not None else NoMatch(tuple(allowed))

    def _find(
        self,
        node: _Node,
        segments: list[str],
        index: int,
        values: tuple[str, ...],
        method: str,
        allowed: dict[str, None],
    ) -> Match | None:
        if index == len(segments):
            for number, leaf in enumerate(node.leaves):
                if method in leaf.methods:
                    rest = [one for one in node.leaves[number + 1 :] if method in one.methods]
                    others = tuple(one.match(method, values) for one in rest) if rest else ()
                    return leaf.match(method, values, others)
                allowed.update(dict.fromkeys(leaf.methods))
            return None
        # A concrete path says which methods there are: templates that match as well do not add to
        # it, though their operations are found.
        segment = segments[index]
        child = node.static.get(segment)
        if child is not None:
            found = self._find(child, segments, index + 1, values, method, allowed)
            if found is not None:
                return found
        allowed = {} if allowed else allowed
        for _, pattern, child in node.patterns:
            hit = pattern.fullmatch(segment)
            if hit is not None:
                more = (*values, *hit.groups())
                found = self._find(child, segments, index + 1, more, method, allowed)
                if found is not None:
                    return found
        if node.anything is not None and segment:
            return self._find(
                node.anything, segments, index + 1, (*values, segment), method, allowed
            )
        return None
