"""What running text states, as JSON Schema keywords: bounds, defaults, null, closed lists, units.

One table for the rows of properties and one for the explanations of formats. What these tables do
not recognise stays prose; every number of the document is recognised (a test holds that).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

Json = bool | int | str | list[object] | dict[str, object] | None

UINT64_MAX = 2**64 - 1

_NUMBER_BOUNDS = (
    (re.compile(r"Must be (\d+) <= x <= (\d+)"), ("minimum", "maximum")),
    (re.compile(r"Must be between (\d+) and (\d+)"), ("minimum", "maximum")),
    (re.compile(r"(?<!Length: )\b(\d+)\.\.(\d+)"), ("minimum", "maximum")),
    (re.compile(r"\bmin[:=] ?(\d+)"), ("minimum",)),
    (re.compile(r"\bmax ?[:=] ?(\d+)"), ("maximum",)),
    (re.compile(r"Starts at (\d+)"), ("minimum",)),
    (re.compile(r"Length: (\d+)\.\.(\d+)"), ("minLength", "maxLength")),
    (re.compile(r"\b(\d+) alphanumeric characters maximum"), ("maxLength",)),
)
_EXACT_LENGTH = re.compile(r"\b(\d+)-letter code")
_ZERO_BASED = "(zero-based)"
_ARRAY_BOUNDS = {"minimum": "minItems", "maximum": "maxItems"}
_DEFAULTS = (
    re.compile(r'\bdefaults? ?(?:to|:|is) ?(?P<literal>true|FALSE|NULL|\d+|"\w+"|empty)', re.I),
    re.compile(r'\bDefaults to [a-z ]+\((?P<literal>"\w+")\)'),
)
_LITERALS: dict[str, Json] = {"true": True, "false": False, "null": None, "empty": []}
_NULL = re.compile(r"\bNULL\b")
_LIST_IN_PROSE = re.compile(r"Can be one of : (?P<values>[A-Z]+(?:, [A-Z]+)*)")
_ONLY = re.compile(r'(?:only format supported right now is|always|format:) "(?P<value>\w+)"')
_REQUIRED = re.compile(r"\bMUST be filled\b")
_OPTIONAL = re.compile(r"\(optional\b")
_SERVER_MADE = re.compile(r"\((?:auto-filled|auto-generated)\)")
_DEPRECATED = re.compile(r"\bdeprecated\b")
_EXAMPLES = re.compile(r"(?:E\.g\.|Example ?): ?(?P<list>\"[^\"]*\"(?:,? ?(?:or )?\"[^\"]*\")*)")
_QUOTED = re.compile(r"\"([^\"]+)\"|'([^']+)'")
_WORDS = re.compile(
    r"\b(?:milliseconds|seconds|bytes|cents|UTC|E\.164|IANA|alphanumeric)\b|(?i:\bmp3\b)"
    r"|(?<![\w])-1\b|(?<!and )\b\d+ (?:seconds|months)\b|\b(?:200|299)\b"
    r"|\b[a-z]+/[a-z]+\.[a-z_]+\b|\$(?= sign)|(?<=Leave )empty\b"
)
_INCLUSIVE = "(inclusive)"
_DECIMALS = re.compile(r"\b(\d) decimals\b")
_WHOLE_64 = "64-bit unsigned integer"


@dataclass(frozen=True, slots=True)
class Stated:
    """What one piece of running text states.

    `default` is a list of none or one, so that a stated null is told from nothing stated.
    """

    limit: dict[str, Json] = field(default_factory=dict[str, "Json"])
    default: tuple[Json, ...] = ()
    nullable: bool = False
    values: tuple[str, ...] = ()
    required: bool | None = None
    read_only: bool = False
    deprecated: bool = False
    examples: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Units, names and numbers that the description has to repeat."""


def stated(text: str, *, array: bool = False, quotes: bool = True) -> Stated:
    """Read one piece of running text.

    `array` makes bounds count members; without `quotes`, quoted words are notation and not facts.
    """
    limit = _limit(text, array=array)
    examples: tuple[str, ...] = ()
    if found := _EXAMPLES.search(text):
        examples = tuple(double for double, _ in _QUOTED.findall(found["list"]))
    values: tuple[str, ...] = ()
    if found := _LIST_IN_PROSE.search(text):
        values = tuple(found["values"].split(", "))
    elif found := _ONLY.search(text):
        values = (found["value"],)
    default = _default(text)
    return Stated(
        limit=limit,
        default=default,
        nullable=_NULL.search(text) is not None,
        values=values,
        required=True if _REQUIRED.search(text) else False if _OPTIONAL.search(text) else None,
        read_only=_SERVER_MADE.search(text) is not None,
        deprecated=_DEPRECATED.search(text) is not None,
        examples=examples,
        words=_words(
            text, {*examples, *values, *(d for d in default if isinstance(d, str))}, quotes=quotes
        ),
    )


def _limit(text: str, *, array: bool) -> dict[str, Json]:
    if _WHOLE_64 in text:
        return {"minimum": 0, "maximum": UINT64_MAX}
    limit: dict[str, Json] = {}
    for pattern, keywords in _NUMBER_BOUNDS:
        if found := pattern.search(text):
            for keyword, number in zip(keywords, found.groups(), strict=True):
                limit[_ARRAY_BOUNDS.get(keyword, keyword) if array else keyword] = int(number)
    if found := _EXACT_LENGTH.search(text):
        limit |= {"minLength": int(found[1]), "maxLength": int(found[1])}
    if _ZERO_BASED in text:
        limit["minimum"] = 0
    if found := _DECIMALS.search(text):
        limit["pattern"] = rf"^-?[0-9]+\.[0-9]{{{found[1]}}}$"
    return limit


def _default(text: str) -> tuple[Json, ...]:
    for pattern in _DEFAULTS:
        if found := pattern.search(text):
            literal = found["literal"]
            known = literal.lower()
            return (_LITERALS[known] if known in _LITERALS else json.loads(literal),)
    return ()


def _words(text: str, stated_elsewhere: set[str], *, quotes: bool) -> tuple[str, ...]:
    quoted = [double or single for double, single in _QUOTED.findall(text)] if quotes else []
    found = [word.lstrip("$") for word in quoted if word not in stated_elsewhere]
    found += _WORDS.findall(_QUOTED.sub("", text))
    if _INCLUSIVE in text:
        found.append("including")
    return tuple(dict.fromkeys(found))
