"""Names and values as they are compared."""

from __future__ import annotations

import re

from trunkline.ir import Json
from trunkline.semantics.jsonvalue import scalar_text

_SIGNS = re.compile(r"[\W_]+")


def plain_name(name: str) -> str:
    """A name as it is compared with others, whatever the spelling: `userId`, `user_id`."""
    return _SIGNS.sub("", name).lower()


def plain_text(value: Json) -> str:
    """A value as it stands in a path."""
    if type(value) is str:
        return value
    return str(value) if isinstance(value, (list, dict)) else scalar_text(value)
