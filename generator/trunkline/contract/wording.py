"""What calls are put together from, and what has no call."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from trunkline.ir import Json
from trunkline.text import literal

_DEEPEST = 80
"""Brackets within brackets that Python's parser takes, with some to spare (it stops at 200)."""
_LONGEST = 20_000
"""Bytes of a body above which nobody reads, or pastes, the call."""


class Unsayable(Exception):  # noqa: N818  # no error: most malformed requests are
    """The client has no way to send this request."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a call is put together from."""

    who: str
    positional: list[str]
    keywords: dict[str, str]
    options: dict[str, dict[str, object]]

    def text(self, method: str) -> str:
        """The call of `method`, as Python."""
        parts = [*self.positional, *(f"{name}={value}" for name, value in self.keywords.items())]
        given = {name: value for name, value in self.options.items() if value}
        if given:
            parts.append(f"options={literal(given)}")
        return f"{self.who}.{method}({', '.join(parts)})"


def parse(raw: bytes) -> Any:
    """The JSON in `raw`; `ValueError` where printing it again would give something else."""

    def once(pairs: Iterable[tuple[str, Json]]) -> dict[str, Json]:
        listed = list(pairs)
        made = dict(listed)
        if len(made) != len(listed):
            raise Unsayable
        return made

    def refuse(word: str) -> Json:
        raise Unsayable

    value = json.loads(raw.decode("utf-8"), object_pairs_hook=once, parse_constant=refuse)
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    if _depth(value) > _DEEPEST or len(raw) > _LONGEST:
        raise Unsayable
    return value


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inner), default=0) if isinstance(value, dict | list) else 0
