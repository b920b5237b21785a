"""What the comparisons share: both APIs, the graph of schema pairs, and where findings go."""

from __future__ import annotations

import datetime

from trunkline import ir
from trunkline.evolve.change import DIRECTIONS, Area, Change, Place, Rule
from trunkline.evolve.schemas import SCHEMA_RULES
from trunkline.evolve.schemas.graph import Graph
from trunkline.evolve.schemas.pair import Usage, show
from trunkline.position import Position

_Group = tuple[str, Position | None, Position | None, tuple[tuple[str, str], ...], tuple[str, ...]]


class Context:
    """Two APIs under comparison on a given day."""

    def __init__(self, old: ir.Api, new: ir.Api, today: datetime.date) -> None:
        self.old = old
        self.new = new
        self.today = today
        self.graph = Graph(old, new, today)
        self._found: dict[_Group, tuple[Rule, dict[Place, None]]] = {}

    def add(
        self,
        rule: Rule,
        place: Place,
        old: ir.Origin | None = None,
        new: ir.Origin | None = None,
        **args: object,
    ) -> None:
        """Record one change."""
        shown = tuple((name, show(value)) for name, value in args.items())
        positions = (old.position if old else None, new.position if new else None)
        # Without a position in either file only the place tells two changes apart.
        own = () if any(positions) else (place.subject, *place.path)
        self._record(rule, place, positions, shown, own)

    def schemas(
        self, area: Area, place: Place, old: ir.Schema, new: ir.Schema, *, text: bool = False
    ) -> None:
        """Record every difference of two schemas; `text`: the value travels as text."""
        usage = Usage(DIRECTIONS[area], text)
        for path, note in self.graph.differences(old, new, usage):
            rule = SCHEMA_RULES[area, note.row.key]
            full = Place(place.subject, place.path + path + note.path)
            self._record(rule, full, (note.old, note.new), note.args, note.path)

    def _record(
        self,
        rule: Rule,
        place: Place,
        positions: tuple[Position | None, Position | None],
        args: tuple[tuple[str, str], ...],
        own: tuple[str, ...],
    ) -> None:
        key = (rule.id, *positions, args, own)
        self._found.setdefault(key, (rule, {}))[1][place] = None

    def changes(self) -> tuple[Change, ...]:
        """What was recorded, in the order it was found; one entry for one cause."""
        return tuple(
            Change(
                rule=rule,
                message=rule.message.format(**dict(args)),
                places=tuple(places),
                old=old,
                new=new,
                particulars=args,
            )
            for (_, old, new, args, _), (rule, places) in self._found.items()
        )
