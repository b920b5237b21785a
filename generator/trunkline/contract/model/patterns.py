"""Texts that match a pattern, another one each time where the pattern has room for it."""

from __future__ import annotations

import functools
import random
import re
from importlib import import_module
from typing import Any

import hypothesis
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

_parser: Any = import_module("re._parser")
"""The only way to a pattern's structure."""
_SETTINGS = hypothesis.settings(
    max_examples=200,
    phases=[hypothesis.Phase.generate],
    deadline=None,
    database=None,
    suppress_health_check=[
        hypothesis.HealthCheck.data_too_large,
        hypothesis.HealthCheck.filter_too_much,
        hypothesis.HealthCheck.too_slow,
    ],
)
_TRIES = 40
LONGEST = 100_000
"""Characters of a text; a pattern that asks for more (or repeats what repeats) gets none."""
_MORE = 12
"""How far a repetition without an end goes beyond its least."""
_PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789"
_CATEGORIES = {
    "CATEGORY_DIGIT": "0123456789",
    "CATEGORY_WORD": _PLAIN,
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_DIGIT": "abcdefghijklmnopqrstuvwxyz",
    "CATEGORY_NOT_WORD": "-.",
    "CATEGORY_NOT_SPACE": _PLAIN,
}


class _UnreadableError(Exception):
    """The pattern has something that texts are not made for here."""


class _TooLongError(Exception):
    """Every text that matches is longer than `LONGEST`."""


def matching(
    pattern: str, low: int | None, high: int | None, rng: random.Random | None = None
) -> str | None:
    """A text in which `pattern` matches, `low` to `high` characters long; None if none was found.

    With `rng` another one each time, as far as that is possible; without the same every time.
    `pattern` is read as Python's `re` reads it; a validator has the last word on whether it fits.
    """
    try:
        compiled = re.compile(pattern)
    except re.error:
        return None
    if (low or 0) > LONGEST:
        return None
    drawn = rng if rng is not None else random.Random(0)  # noqa: S311  # nothing secret
    for _ in range(_TRIES):
        try:
            text = "".join(_drawn(_parser.parse(pattern), drawn, {}))
        except _TooLongError:
            return None
        except (_UnreadableError, RecursionError):
            break
        if (low or 0) > len(text) and not pattern.endswith("$"):
            text += "".join(drawn.choices(_PLAIN, k=(low or 0) - len(text)))
        fits = (low or 0) <= len(text) <= (high if high is not None else len(text))
        if fits and compiled.search(text):
            return text
    return _found(pattern, low, high)


def _drawn(parsed: Any, rng: random.Random, groups: dict[int, str]) -> list[str]:
    """A text for a parsed pattern, in pieces."""
    made: list[str] = []
    for operation, argument in parsed:
        made.append(_piece(str(operation), argument, rng, groups))
    return made


def _piece(name: str, argument: Any, rng: random.Random, groups: dict[int, str]) -> str:
    match name:
        case "LITERAL":
            return chr(argument)
        case "NOT_LITERAL":
            return rng.choice([c for c in _PLAIN if c != chr(argument)])
        case "ANY":
            return rng.choice(_PLAIN)
        case "IN":
            return _member(argument, rng)
        case "BRANCH":
            return "".join(_drawn(rng.choice(argument[1]), rng, groups))
        case "SUBPATTERN":
            number, _, _, inner = argument
            text = "".join(_drawn(inner, rng, groups))
            if number is not None:
                groups[number] = text
            return text
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, inner = argument
            count = rng.randint(int(least), min(int(most), int(least) + _MORE))
            return _repeated(inner, count, rng, groups)
        case "GROUPREF":
            return groups.get(argument, "")
        case "AT" | "ASSERT_NOT":
            return ""
        case _:
            raise _UnreadableError(name)


def _repeated(inner: Any, count: int, rng: random.Random, groups: dict[int, str]) -> str:
    made: list[str] = []
    size = 0
    for _ in range(count):
        text = "".join(_drawn(inner, rng, groups))
        made.append(text)
        size += max(1, len(text))
        if size > LONGEST:
            raise _TooLongError
    return "".join(made)


def _member(options: Any, rng: random.Random) -> str:
    """A character of a class."""
    negated = bool(options) and str(options[0][0]) == "NEGATE"
    allowed: list[str] = []
    for operation, argument in options:
        match str(operation):
            case "LITERAL":
                allowed.append(chr(argument))
            case "RANGE":
                low, high = argument
                allowed += [chr(c) for c in range(low, min(high, low + 300) + 1)]
            case "CATEGORY":
                allowed += _CATEGORIES.get(str(argument), "")
            case "NEGATE":
                continue
            case _:
                raise _UnreadableError(str(operation))
    if negated:
        allowed = [c for c in _PLAIN if c not in allowed]
    plain = [c for c in allowed if c.isascii() and c.isprintable()] or allowed
    if not plain:
        raise _UnreadableError("a class without members")
    return rng.choice(plain)


@functools.lru_cache(maxsize=4096)
def _found(pattern: str, low: int | None, high: int | None) -> str | None:
    """A text found by trying, the same every time: for patterns with look-around."""
    strategy = st.from_regex(pattern, alphabet=st.characters(min_codepoint=32, max_codepoint=126))
    try:
        return hypothesis.find(
            strategy,
            lambda text: (low or 0) <= len(text) <= (high if high is not None else len(text)),
            settings=_SETTINGS,
            random=random.Random(0),  # noqa: S311  # reproducible on purpose
        )
    except HypothesisException:
        return None
