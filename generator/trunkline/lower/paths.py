"""Path templates as segments: which words make a resource, and what is put in between."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from trunkline.semantics.parameters import EXPRESSION

VERBS: Final = frozenset({"add", "create", "delete", "get", "list", "remove", "update"})
"""Words that no resource is called by."""

_VERSION: Final = re.compile(r"v?\d+(\.\d+)*([a-z]+\d*)?|\d{4}-\d{2}(-\d{2})?")
_EXTENSION: Final = re.compile(r"\.(json|xml|html)\Z")
_DOTTED: Final = re.compile(r"[A-Za-z]\w*(?:\.[A-Za-z]\w*)+")
"""Methods in an address, as in the way of RPC: `/conversations.list`, `/chat.postMessage`."""
_FILE: Final = re.compile(
    r"\.(ashx|asmx|aspx|atom|avro|bin|bmp|cgi|csv|docx?|flac|geojson|gif|gpx|gz|html?|ics|ini|"
    r"jpe?g|js|jsonl?|jsp|kml|m3u8|md|mp[34]|ndjson|ogg|parquet|pdf|php|png|pptx?|proto|rss|svg|"
    r"tar|tiff?|toml|ts|tsv|txt|vcf|vtt|wav|webm|webp|wsdl|xlsx?|xml|xsd|ya?ml|zip)\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A word of a path, or (`parameter`) a place for a value."""

    text: str
    parameter: bool
    method: bool = False
    """Whether it is the last of words with dots between them."""


@dataclass(frozen=True, slots=True)
class Template:
    """A path as segments, without versions and what all paths start with."""

    segments: tuple[Segment, ...]

    @property
    def nouns(self) -> tuple[str, ...]:
        """The words, in order."""
        return tuple(s.text for s in self.segments if not s.parameter)

    @property
    def ends_in_parameter(self) -> bool:
        """Whether it leads to an item of a collection."""
        return bool(self.segments) and self.segments[-1].parameter

    @property
    def ends_in_method(self) -> bool:
        """Whether its last word is a method of what stands before."""
        return bool(self.segments) and self.segments[-1].method

    @property
    def parent(self) -> Template:
        """The path without its last segment."""
        return Template(self.segments[:-1])

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for paths that differ in names of parameters only."""
        return tuple("{}" if s.parameter else s.text for s in self.segments)


def split(path: str) -> list[Segment]:
    """The segments of a path; `/x/{id}.json`, `{id}:cancel`, `x#y` and `x.list` taken apart."""
    found: list[Segment] = []
    for raw in path.split("/"):
        for text in re.split(r"[:#](?![^{]*\})", raw):
            if not text:
                continue
            if _DOTTED.fullmatch(text) and not _FILE.search(text):
                *nouns, last = text.split(".")
                found.extend(Segment(noun, parameter=False) for noun in nouns)
                found.append(Segment(last, parameter=False, method=True))
                continue
            stripped = _EXTENSION.sub("", text)
            if EXPRESSION.fullmatch(stripped):
                found.append(Segment(stripped[1:-1], parameter=True))
                continue
            word = EXPRESSION.sub("", stripped).strip(".-_,;()")
            ends = stripped.endswith("}") and not word
            if word:
                found.append(Segment(word, parameter=False))
            found.extend(
                Segment(name, parameter=True)
                for name in EXPRESSION.findall(stripped)
                if ends or stripped.endswith("}")
            )
    return found


def after_version(path: str) -> list[str]:
    """The words of a path, without the versions, `api` or `rest` that it begins with."""
    texts = [text for text in re.split("[/#]", path) if text and not text.startswith("{")]
    while len(texts) > 1 and _is_version(texts[0]):
        del texts[0]
    return texts


def _is_version(text: str) -> bool:
    return text in ("api", "rest") or _VERSION.fullmatch(text) is not None


def templates(paths: Iterable[str]) -> dict[str, Template]:
    """Every path as segments. Leading versions, `api`, and words all paths share are left out."""
    split_paths = {path: split(path) for path in paths}
    for segments in split_paths.values():
        while segments and not segments[0].parameter and len(segments) > 1:
            if not _is_version(segments[0].text):
                break
            del segments[0]
    while len(split_paths) > 2 and _share_start(split_paths):
        for segments in split_paths.values():
            del segments[0]
    return {path: Template(tuple(segments)) for path, segments in split_paths.items()}


def _share_start(paths: Mapping[str, list[Segment]]) -> bool:
    first = {segments[0] if segments else None for segments in paths.values()}
    second = {
        segments[1].text if len(segments) > 1 and not segments[1].parameter else None
        for segments in paths.values()
    }
    start = next(iter(first))
    if {(text or "").partition(".")[0].lower() for text in second} & VERBS:
        return False  # `/notes/create`, `/notes/list`: what they share is what they are about
    return (
        len(first) == 1
        and start is not None
        and not start.parameter
        and (None not in second and len(second) > 1)
    )


def children(found: Mapping[str, Template]) -> dict[tuple[str, ...], set[str]]:
    """What follows directly on each path, `{}` standing for any parameter."""
    following: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for template in found.values():
        key = template.key
        for length in range(len(key)):
            following[key[:length]].add(key[length])
    return following
