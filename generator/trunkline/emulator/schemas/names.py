"""Names and values as they are compared."""

from __future__ import annotations

from trunkline.ir import Json
from trunkline.semantics.jsonvalue import scalar_text


def plain_name(name: str) -> str:
    """A name as it is compared with others, whatever the spelling: `userId`, `user_id`."""
    return name.lower().replace("_", "").replace("-", "")


def plain_text(value: Json) -> str:
    """A value as it stands in a path."""
    return str(value) if isinstance(value, (list, dict)) else scalar_text(value)
