"""Which type a value has."""

from __future__ import annotations

import datetime

from trunkline import ir
from trunkline.evolve.schemas import arrays, bounds, enums, numbers, objects, text, unions
from trunkline.evolve.schemas import properties as members
from trunkline.evolve.schemas.fingerprint import Fingerprints, kind
from trunkline.evolve.schemas.pair import ComparisonScope, Pair
from trunkline.evolve.table import (
    B,
    C,
    D,
    Effect,
    SchemaRule,
    narrows,
    replaces,
    undecided,
    widens,
)

CHANGED = replaces("type", "changed", "the value is {now}, not {was}")
WIDENED = widens("type", "widened", "the value may be {now}, not only {was}", received=B)
NARROWED = narrows("type", "narrowed", "the value may be {now} only, not {was}", sent=B)
AS_TEXT = SchemaRule(
    "type",
    "became-text",
    "the value is {now}, not {was}, which looks the same in an address",
    Effect(
        C, B, "What was sent is text already.", "Pass text where a value of the old type stood."
    ),
    Effect(B, B, "Callers that read a value of the old type are given any text.", "Keep the type."),
)
AS_LIST = SchemaRule(
    "type",
    "became-list",
    "the value is a list of {now}, not one, which looks the same when there is one",
    Effect(C, B, "One value is sent like a list of one.", "Pass a list where one value stood."),
    Effect(B, B, "Callers that read one value are given several.", "Keep the type."),
)
AS_TEXTS = SchemaRule(
    "type",
    "became-list-of-text",
    "the value is a list of {now}, not one, which looks the same without a comma",
    Effect(
        D,
        B,
        "Where lists are joined by commas, one text with a comma is read as several.",
        "Pass a list where one value stood; find out whether texts hold commas.",
    ),
    Effect(B, B, "Callers that read one value are given several.", "Keep the type."),
)
LIST_MIXED = undecided(
    "type", "list-mixed", "a list may stand where one value may, in text: how it is read is unsaid"
)
PARTS_CHANGED = undecided("all-of", "changed", "the parts that must all fit are others")

ROWS = (CHANGED, WIDENED, NARROWED, AS_TEXT, AS_LIST, AS_TEXTS, LIST_MIXED, PARTS_CHANGED)


class Shapes:
    """Compares two shapes; knows everything that takes more than the two of them."""

    def __init__(self, old: Fingerprints, new: Fingerprints, today: datetime.date) -> None:
        self._prints = (old, new)
        self._today = today

    def compare(self, pair: Pair) -> None:
        """Type first, then what the type allows to be said."""
        old, new = pair.old.shape, pair.new.shape
        match old, new:
            case (ir.Union(), _) | (_, ir.Union()) if not _open(old) and not _open(new):
                if pair.usage.text and _mixed(new) and not _mixed(old):
                    pair.note(LIST_MIXED)
                unions.compare(pair, *self._prints)
            case ir.Enumeration(), ir.Enumeration():
                enums.compare(pair, old, new)
            case ir.Intersection(), ir.Intersection():
                self._parts(pair, old, new)
            case (ir.Intersection(), _) | (_, ir.Intersection()):
                pair.note(PARTS_CHANGED)
            case _:
                self._plain(pair, old, new)

    def _plain(self, pair: Pair, old: ir.Shape, new: ir.Shape) -> None:
        was, now = kind(old), kind(new)
        if was == now:
            self._alike(pair, old, new)
        elif _open(new) or isinstance(old, ir.Nothing):
            pair.note(WIDENED, was=was, now=now)
        elif _open(old) or isinstance(new, ir.Nothing):
            pair.note(NARROWED, was=was, now=now)
        elif (was, now) == ("integer", "number"):
            pair.note(WIDENED, was=was, now=now)
            self._numbers(pair, old, new)
        elif (was, now) == ("number", "integer"):
            pair.note(NARROWED, was=was, now=now)
            self._numbers(pair, old, new)
        elif isinstance(old, ir.Null) and pair.new.nullable:
            pair.note(WIDENED, was=was, now=now)
        elif isinstance(new, ir.Null) and pair.old.nullable:
            pair.note(NARROWED, was=was, now=now)
        elif pair.usage.text and isinstance(new, ir.Array) and now == "list" and was != "object":
            pair.note(AS_TEXTS if _holds_commas(old) else AS_LIST, now=was)
            pair.child(("[]",), pair.old, new.items, ComparisonScope.SHAPE)
        elif pair.usage.text and _any_text(new) and was in {"integer", "number", "boolean"}:
            pair.note(AS_TEXT, was=was, now=now)
        else:
            pair.note(CHANGED, was=was, now=now)

    def _alike(self, pair: Pair, old: ir.Shape, new: ir.Shape) -> None:
        match old, new:
            case ir.Enumeration(), _:
                enums.lifted(pair, old, new, kind(new))
                return
            case _, ir.Enumeration():
                enums.introduced(pair, old, new)
                return
            case ir.String(), ir.String():
                text.compare(pair, old, new)
            case ((ir.Integer() | ir.Number()), (ir.Integer() | ir.Number())):
                numbers.compare(pair, old, new)
            case ir.Array(), ir.Array():
                arrays.compare_arrays(pair, old, new)
            case ir.Tuple(), ir.Tuple():
                arrays.compare_tuples(pair, old, new)
            case (ir.Array(), ir.Tuple()) | (ir.Tuple(), ir.Array()):
                pair.note(CHANGED, was=type(old).__name__.lower(), now=type(new).__name__.lower())
                return
            case ir.Object(), ir.Object():
                members.compare(pair, old, new, self._today)
                objects.compare(pair, old, new)
            case _:
                pass
        bounds.compare(pair, old, new)

    @staticmethod
    def _numbers(pair: Pair, old: ir.Shape, new: ir.Shape) -> None:
        """A whole number and a number: bounds and lists of values still count."""
        match old, new:
            case ir.Enumeration(), ir.Enumeration():
                enums.compare(pair, old, new)
            case ir.Enumeration(), _:
                enums.lifted(pair, old, new, kind(new))
            case _, ir.Enumeration():
                enums.introduced(pair, old, new)
            case _:
                bounds.compare(pair, old, new)

    def _parts(self, pair: Pair, old: ir.Intersection, new: ir.Intersection) -> None:
        if len(old.members) != len(new.members):
            pair.note(PARTS_CHANGED)
            return
        for was, now in zip(old.members, new.members, strict=True):
            pair.child((), was, now, ComparisonScope.WITHOUT_NULL)


def _open(shape: ir.Shape) -> bool:
    return isinstance(shape, ir.Anything)


def _mixed(shape: ir.Shape) -> bool:
    """Whether a value may be a list, and may be none."""
    if not isinstance(shape, ir.Union):
        return False
    lists = [isinstance(member.shape, ir.Array | ir.Tuple) for member in shape.members]
    return any(lists) and not all(lists)


def _holds_commas(shape: ir.Shape) -> bool:
    """Text that nothing keeps from having a comma in it."""
    return isinstance(shape, ir.String) and shape.format is None and shape.pattern is None


def _any_text(shape: ir.Shape) -> bool:
    """Text without a rule that a number or a truth value could break."""
    return (
        isinstance(shape, ir.String)
        and shape.pattern is None
        and shape.format is None
        and not shape.binary
        and not shape.min_length
        and shape.max_length is None
    )
