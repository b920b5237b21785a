"""Names as they are compared with others."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = re.compile(r"[\W_]+")


def plain_name(name: str) -> str:
    """A name as it is compared with others, whatever the spelling: `userId`, `user_id`."""
    return _SIGNS.sub("", name).lower()


def plain_one(name: str) -> str:
    """What one of several is called, as it is compared: `userid` for `user_ids`."""
    plain = plain_name(name)
    return f"{plain[:-3]}y" if plain.endswith("ies") else plain.removesuffix("s")
