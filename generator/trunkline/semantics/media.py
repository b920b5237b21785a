"""Media types: what a body of one is, and which of several is meant (RFC 9110, 8.3 and 12.5.1)."""

from __future__ import annotations

import enum
import functools
from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

FORM_URLENCODED: Final = "application/x-www-form-urlencoded"
JSON_PATCH: Final = "application/json-patch+json"
"""A list of changes (RFC 6902), and not the object that they are made to."""
MERGE_PATCH: Final = "application/merge-patch+json"
"""A part of an object, merged into it (RFC 7396)."""
_JSON_LINES: Final = frozenset(
    {
        "application/jsonl",
        "application/x-jsonl",
        "application/json-lines",
        "application/ndjson",
        "application/x-ndjson",
        "application/x-json-stream",
        "application/x-jsonlines",
        "application/stream+json",
        "application/json-stream",
        "application/jsonlines",
    }
)
_JSON_SEQUENCES: Final = frozenset({"application/json-seq"})
_TEXT_IN_APPLICATION: Final = frozenset(
    {
        "application/javascript",
        "application/ecmascript",
        "application/sql",
        "application/yaml",
        "application/x-yaml",
        "application/graphql",
        "application/toml",
    }
)


class MediaKind(enum.Enum):
    """What a body of a media type is."""

    JSON = "json"
    """One JSON value. `*/*` and `application/*` count: a value that is described by a schema is
    written as JSON where everything is allowed."""
    JSON_LINES = "json lines"
    JSON_SEQUENCE = "json sequence"
    """JSON texts, each after a record separator (RFC 7464)."""
    EVENT_STREAM = "event stream"
    FORM = "form"
    MULTIPART = "multipart"
    XML = "xml"
    CSV = "csv"
    TEXT = "text"
    BINARY = "binary"
    """Anything else: bytes."""


class _HasMediaType(Protocol):
    @property
    def media_type(self) -> str: ...


_Content = TypeVar("_Content", bound=_HasMediaType)


# A service speaks few media types and is asked about them with every request.
@functools.lru_cache(maxsize=128)
def essence(media_type: str) -> str:
    """A media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


@functools.lru_cache(maxsize=128)
def kind(media_type: str) -> MediaKind:
    """What a body of this media type is."""
    bare = essence(media_type)
    main, _, sub = bare.partition("/")
    if bare in _JSON_LINES:
        return MediaKind.JSON_LINES
    if bare in _JSON_SEQUENCES or sub.endswith("+json-seq"):
        return MediaKind.JSON_SEQUENCE
    if bare == "text/event-stream":
        return MediaKind.EVENT_STREAM
    if (
        sub == "json"
        or sub.endswith("+json")
        or bare in ("*/*", "*", "application/*")
        or (main == "application" and sub.endswith("-json"))
    ):
        return MediaKind.JSON
    if bare == FORM_URLENCODED:
        return MediaKind.FORM
    if main == "multipart":
        return MediaKind.MULTIPART
    if sub == "xml" or sub.endswith("+xml"):
        return MediaKind.XML
    if sub in ("csv", "tab-separated-values"):
        return MediaKind.CSV
    if main == "text" or bare in _TEXT_IN_APPLICATION:
        return MediaKind.TEXT
    return MediaKind.BINARY


def is_json(media_type: str) -> bool:
    """Whether a body of this media type is one JSON value."""
    return kind(media_type) is MediaKind.JSON


def is_form(media_type: str) -> bool:
    """Whether a body of this media type is properties by name, in one part or in several."""
    return kind(media_type) in (MediaKind.FORM, MediaKind.MULTIPART)


def is_range(media_type: str) -> bool:
    """Whether it stands for several media types, as `image/*` does."""
    return "*" in essence(media_type)


def concrete(media_type: str) -> str:
    """What is written as `Content-Type` for a described media type: JSON for a range that JSON is
    in; other ranges name no type, and stay as they are."""
    return "application/json" if is_range(media_type) and is_json(media_type) else media_type


def json_content(contents: Iterable[_Content]) -> _Content | None:
    """The alternative of a body that is JSON: `application/json` before its relatives, those
    before ranges, and a JSON Patch last; None where there is none."""
    found = [content for content in contents if is_json(content.media_type)]
    return min(found, key=lambda c: _json_rank(c.media_type), default=None)


def form_content(contents: Iterable[_Content]) -> _Content | None:
    """The form among several contents; None where JSON is among them, or no form."""
    known = list(contents)
    if json_content(known) is not None:
        return None
    forms = (MediaKind.FORM, MediaKind.MULTIPART)
    return next((c for c in known if kind(c.media_type) in forms), None)


def _json_rank(media_type: str) -> int:
    bare = essence(media_type)
    if bare == "application/json":
        return 0
    if bare == JSON_PATCH:
        return 3
    return 2 if is_range(bare) else 1


def matches(described: str, given: str) -> bool:
    """Whether a body of media type `given` is one that `described` (a type or a range) speaks of.

    Parameters that the description names must be the same, `charset` of text excepted.
    """
    pattern, bare = essence(described), essence(given)
    if pattern in ("*/*", "*"):
        return True
    if pattern.endswith("/*"):
        return bare.partition("/")[0] == pattern[:-2]
    if pattern != bare:
        return False
    wanted = {k: v for k, v in parameters(described).items() if k not in ("charset", "boundary")}
    shown = parameters(given)
    return all(shown.get(name, value) == value for name, value in wanted.items())


def parameters(media_type: str) -> dict[str, str]:
    """The parameters of a media type, names and values in lower case, quotes taken off."""
    found: dict[str, str] = {}
    for part in media_type.split(";")[1:]:
        name, separator, value = part.partition("=")
        if separator:
            found[name.strip().lower()] = value.strip().strip('"').lower()
    return found


def describing(contents: Iterable[_Content], media_type: str | None) -> _Content | None:
    """The alternative that a body of this media type is described by: the exact one before
    ranges; None where there is none. A body without a media type is taken for JSON, else for the
    only alternative."""
    options = list(contents)
    if media_type is None:
        return json_content(options) or (options[0] if len(options) == 1 else None)
    fitting = [c for c in options if matches(c.media_type, media_type)]
    return min(fitting, key=lambda c: essence(c.media_type).count("*"), default=None)


def acceptable(accept: str | None, contents: Sequence[_Content]) -> _Content | None:
    """The alternative to respond with to an `Accept` header; None where the caller accepts none.

    JSON wins ties, then the order of the description.
    """
    if accept is None or not accept.strip():
        accept = "*/*"
    ranges = _weighted(accept)
    best: tuple[float, int, int] | None = None
    chosen: _Content | None = None
    for index, content in enumerate(contents):
        quality = _quality(content.media_type, ranges)
        if quality <= 0:
            continue
        rank = (
            quality,
            -_json_rank(content.media_type) if is_json(content.media_type) else -3,
            -index,
        )
        if best is None or rank > best:
            best, chosen = rank, content
    return chosen


def _weighted(accept: str) -> list[tuple[str, dict[str, str], float]]:
    found: list[tuple[str, dict[str, str], float]] = []
    for part in accept.split(","):
        named = parameters(part)
        try:
            quality = min(max(float(named.pop("q", "1")), 0.0), 1.0)
        except ValueError:
            quality = 1.0
        if bare := essence(part):
            found.append((bare, named, quality))
    return found


def _quality(media_type: str, ranges: Sequence[tuple[str, dict[str, str], float]]) -> float:
    bare, own = essence(media_type), parameters(media_type)
    if bare in ("*/*", "*"):
        return max((quality for _, _, quality in ranges), default=0.0)
    best = (-1, 0.0)
    for name, named, quality in ranges:
        if is_range(bare) and (name in ("*/*", "*") or name.partition("/")[0] == bare[:-2]):
            precision = 1
        elif name == bare:
            if any(own.get(key) != value for key, value in named.items() if key != "charset"):
                continue
            precision = 2 + len(named)
        elif name == f"{bare.partition('/')[0]}/*":
            precision = 1
        elif name in ("*/*", "*"):
            precision = 0
        else:
            continue
        best = max(best, (precision, quality))
    return best[1] if best[0] >= 0 else 0.0
