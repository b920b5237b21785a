# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""`UNSET`: an argument that was not given, told apart from one that is `None`.

`None` travels as JSON null; `UNSET` does not travel at all.
"""

from __future__ import annotations

import enum
from typing import Final, Literal


class Unset(enum.Enum):
    """The type of `UNSET`; false in a condition, and narrowed by `is UNSET`."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
