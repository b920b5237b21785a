"""Secrets that a service shows once and then no more: what it shows in their place."""

from __future__ import annotations

import re
from typing import Final

_MASK: Final = re.compile(r"[^*\u2022]{0,8}[*\u2022]{3,}[^*\u2022]{0,8}")
"""Asterisks or bullets, perhaps with the first or last characters of what they hide."""


def is_mask(text: str) -> bool:
    """Whether a text stands for one that is not shown."""
    return _MASK.fullmatch(text) is not None
