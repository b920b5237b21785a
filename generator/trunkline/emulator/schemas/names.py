"""Names and values as they are compared."""

from __future__ import annotations

from trunkline.ir import Json
from trunkline.semantics.jsonvalue import scalar_text
from trunkline.semantics.spelling import plain_name

__all__ = ["plain_name", "plain_text"]


def plain_text(value: Json) -> str:
    """A value as it stands in a path."""
    if type(value) is str:
        return value
    return str(value) if isinstance(value, (list, dict)) else scalar_text(value)
