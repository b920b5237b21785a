"""Text that matches a pattern: a walk over the parsed expression.

Covers what descriptions use for identifiers and codes. What it cannot do (look-around, back
references) comes out wrong, so the caller checks the result and has Hypothesis search instead.
"""

from __future__ import annotations

import functools
import random
import re
import string
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

# The parser of regular expressions has no public name.
op: Any = import_module("re._constants")
_parser: Any = import_module("re._parser")

_PRINTABLE = [chr(code) for code in range(0x20, 0x7F)]
_CATEGORIES: dict[Any, list[str]] = {
    op.CATEGORY_DIGIT: list(string.digits),
    op.CATEGORY_WORD: list(string.ascii_letters + string.digits + "_"),
    op.CATEGORY_SPACE: [" "],
    op.CATEGORY_NOT_DIGIT: list(string.ascii_letters),
    op.CATEGORY_NOT_WORD: list(" -.:"),
    op.CATEGORY_NOT_SPACE: list(string.ascii_letters + string.digits),
}
_LONGEST = 64
_EXTRA = 6
"""How far beyond its minimum an unbounded repetition goes."""


def to_python(pattern: str) -> str:
    """An ECMA-262 pattern in Python's spelling."""
    pattern = re.sub(r"\(\?<([A-Za-z_]\w*)>", r"(?P<\1>", pattern)
    pattern = re.sub(r"\\k<([A-Za-z_]\w*)>", r"(?P=\1)", pattern)
    return pattern.replace(r"\/", "/")


@functools.lru_cache(maxsize=512)
def _parsed(pattern: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _parser.parse(to_python(pattern))


def generate(
    pattern: str,
    rng: random.Random,
    fits: Callable[[str], bool],
    minimum: int = 0,
) -> str | None:
    """A text for which `fits` holds, found through `pattern`; None when none was found."""
    try:
        tree = _parsed(pattern)
    except (re.error, RecursionError, OverflowError):
        return None
    for attempt in range(12):
        extra = 0 if attempt == 0 else max(_EXTRA, minimum) * attempt // 2
        try:
            text = _sequence(tree, rng, extra)
        except (KeyError, NotImplementedError, RecursionError):
            break
        if fits(text):
            return text
        if len(text) < minimum:
            for padded in (text + "0" * (minimum - len(text)), "0" * (minimum - len(text)) + text):
                if fits(padded):
                    return padded
    return _search(pattern, fits)


def roomy(pattern: str, rng: random.Random, fits: Callable[[str], bool], length: int) -> str | None:
    """A text for which `fits` holds, of `length` characters or more where the pattern has room for
    them, else the longest that was met; None when none was found."""
    try:
        tree = _parsed(pattern)
        texts = [_sequence(tree, rng, extra) for extra in (length * 2, length, length // 2) * 3]
    except (re.error, RecursionError, OverflowError, KeyError, NotImplementedError):
        return None
    best: str | None = None
    for text in texts:
        if (best is None or len(text) > len(best)) and fits(text):
            best = text
        if best is not None and len(best) >= length:
            break
    return best


def is_known(pattern: str) -> bool:
    """Whether it is a pattern that can be taken apart."""
    try:
        _parsed(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


@functools.lru_cache(maxsize=512)
def positions(pattern: str) -> tuple[str, ...] | None:
    """The characters allowed at each place of the shortest matches, for patterns that say no more
    than that; else None."""
    try:
        return tuple(_places(_parsed(pattern)))
    except (re.error, RecursionError, OverflowError, NotImplementedError, KeyError):
        return None


def _places(tree: Any) -> Iterator[str]:
    for code, argument in tree:
        if code is op.LITERAL:
            yield chr(argument)
        elif code is op.IN:
            yield "".join(_class(argument))
        elif code is op.MAX_REPEAT and argument[0] <= _LONGEST and len(argument[2]) == 1:
            yield from argument[0] * list(_places(argument[2]))
        elif code is not op.AT:
            raise NotImplementedError(str(code))


def _search(pattern: str, fits: Callable[[str], bool]) -> str | None:
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis import strategies as st
    from hypothesis.errors import HypothesisException

    try:
        return find(
            st.from_regex(to_python(pattern)),
            fits,
            settings=settings(
                max_examples=200,
                derandomize=True,
                database=None,
                deadline=None,
                phases=(Phase.generate,),
                suppress_health_check=tuple(HealthCheck.__members__.values()),
            ),
        )
    except (HypothesisException, re.error, RecursionError):
        return None


def _sequence(tree: Any, rng: random.Random, extra: int) -> str:
    return "".join(_one(code, argument, rng, extra) for code, argument in tree)


def _one(code: Any, argument: Any, rng: random.Random, extra: int) -> str:
    if code is op.LITERAL:
        return chr(argument)
    if code is op.NOT_LITERAL:
        return next(c for c in "a0_" if ord(c) != argument)
    if code is op.ANY:
        return rng.choice(string.ascii_lowercase)
    if code is op.IN:
        return rng.choice(_class(argument))
    if code is op.AT:
        return ""
    if code is op.BRANCH:
        return _sequence(rng.choice(argument[1]), rng, extra)
    if code is op.SUBPATTERN:
        return _sequence(argument[-1], rng, extra)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        low, high, inner = argument
        top = min(low + extra, low + extra if high is op.MAXREPEAT else int(high))
        count = min(rng.randint(low, top), 4096)
        if len(inner) == 1 and inner[0][0] is op.IN:
            return "".join(rng.choices(_class(inner[0][1]), k=count))
        return "".join(_sequence(inner, rng, extra) for _ in range(count))
    if code is op.ATOMIC_GROUP:
        return _sequence(argument, rng, extra)
    raise NotImplementedError(str(code))


_CLASSES: dict[int, tuple[Sequence[Any], list[str]]] = {}


def _class(parts: Sequence[Any]) -> list[str]:
    known = _CLASSES.get(id(parts))
    if known is None:
        if len(_CLASSES) > 4096:
            _CLASSES.clear()
        # Holding the parts keeps their id from being used again.
        known = _CLASSES[id(parts)] = (parts, _members(parts))
    return known[1]


def _members(parts: Sequence[Any]) -> list[str]:
    negated = False
    chosen: list[str] = []
    for code, argument in parts:
        if code is op.NEGATE:
            negated = True
        elif code is op.LITERAL:
            chosen.append(chr(argument))
        elif code is op.RANGE:
            low, high = argument
            chosen.extend(map(chr, range(low, min(high, low + 256) + 1)))
        elif code is op.CATEGORY:
            chosen.extend(_CATEGORIES[argument])
        else:
            raise NotImplementedError(str(code))
    if negated:
        excluded = set(chosen)
        alphanumeric = [c for c in _PRINTABLE if c.isalnum() and c not in excluded]
        return alphanumeric or [c for c in _PRINTABLE if c not in excluded]
    return chosen
