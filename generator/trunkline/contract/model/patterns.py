"""Texts that match a pattern, found once each and the same every time."""

from __future__ import annotations

import functools
import random
import re

import hypothesis
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

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


@functools.lru_cache(maxsize=4096)
def matching(pattern: str, low: int | None, high: int | None) -> str | None:
    """A short text in which `pattern` matches, `low` to `high` characters long; None if none found.

    `pattern` is read as Python's `re` reads it; the validator has the last word on whether it fits.
    """
    try:
        compiled = re.compile(pattern)
    except re.error:
        return None
    for guess in (
        "a",
        "A",
        "1",
        "US",
        "+12025550123",
        "abc",
        "ABC",
        "10",
        "10.5",
        "a1",
        "10:00",
        "1" * 19,
        "2026-01-02",
    ):
        if compiled.search(guess) and (low or 0) <= len(guess) <= (high or len(guess)):
            return guess
    strategy = st.from_regex(compiled, alphabet=st.characters(min_codepoint=32, max_codepoint=126))
    try:
        return hypothesis.find(
            strategy,
            lambda text: (low or 0) <= len(text) <= (high if high is not None else len(text)),
            settings=_SETTINGS,
            random=random.Random(0),  # noqa: S311  # reproducible on purpose
        )
    except HypothesisException:
        return None
