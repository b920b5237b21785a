"""Two schemas at one place, and what was noted about them: the currency of the schema families."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass, field

from trunkline import ir
from trunkline.evolve.change import Direction
from trunkline.evolve.table import SchemaRule
from trunkline.position import Position

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Usage:
    """Who writes the value, and whether it travels as text (a parameter that is not JSON)."""

    direction: Direction
    text: bool = False

    @property
    def sent(self) -> bool:
        """Whether the user of the API writes it."""
        return self.direction is Direction.SENT


class ComparisonScope(enum.Enum):
    """How much of two schemas is compared; the rest was compared further out."""

    ALL = "all"
    WITHOUT_NULL = "without null"
    """Members of unions: whether null fits was asked of the union."""
    SHAPE = "shape"
    """Only shape and keywords: what is said about the place was looked up through a reference."""


@dataclass(frozen=True, slots=True)
class Below:
    """Two schemas below a pair, and the way to them."""

    path: tuple[str, ...]
    old: ir.Schema
    new: ir.Schema
    scope: ComparisonScope = ComparisonScope.ALL


@dataclass(frozen=True, slots=True)
class Note:
    """One difference, found at `path` below the pair it was found in."""

    row: SchemaRule
    path: tuple[str, ...]
    args: tuple[tuple[str, str], ...]
    old: Position | None
    new: Position | None


@dataclass(slots=True)
class Pair:
    """What a schema family is given: two resolved schemas, and where to put what it finds."""

    old: ir.Schema
    new: ir.Schema
    usage: Usage
    old_api: ir.Api
    new_api: ir.Api
    notes: list[Note] = field(default_factory=list[Note])
    children: list[Below] = field(default_factory=list[Below])

    def note(
        self,
        row: SchemaRule,
        *,
        path: tuple[str, ...] = (),
        old: ir.Schema | None = None,
        new: ir.Schema | None = None,
        **args: object,
    ) -> None:
        """Record a difference; positions are those of `old` and `new`, or of the pair."""
        self.notes.append(
            Note(
                row,
                path,
                tuple((name, show(value)) for name, value in args.items()),
                (old or self.old).meta.origin.position,
                (new or self.new).meta.origin.position,
            )
        )

    def child(
        self,
        path: tuple[str, ...],
        old: ir.Schema,
        new: ir.Schema,
        scope: ComparisonScope = ComparisonScope.ALL,
    ) -> None:
        """Have two schemas below this pair compared as well."""
        self.children.append(Below(path, old, new, scope))


def show(value: object) -> str:
    """A value as messages show it: text that is a name as it is, anything else as short JSON."""
    if isinstance(value, str):
        return shorten(value)
    return shorten(json.dumps(value, ensure_ascii=False, default=str))


def quote(value: object) -> str:
    """A JSON value as JSON, shortened."""
    return shorten(json.dumps(value, ensure_ascii=False, default=str))


def shorten(text: str) -> str:
    """At most `LONGEST` characters, the end replaced by an ellipsis."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
