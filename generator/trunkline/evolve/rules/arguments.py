"""How a method of the client takes a body: an argument for each property, or the body whole."""

from __future__ import annotations

from typing import Final

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.table import B, C, rule
from trunkline.semantics.media import is_form, is_json
from trunkline.semantics.schemas import has_null_flag, read_only, resolve

FORMS: Final = ("application/x-www-form-urlencoded", "multipart/")

WHOLE = rule(
    Area.REQUEST,
    "arguments",
    "joined",
    "{media} is given whole, not by property",
    C,
    B,
    "Calls that give a property as an argument are refused.",
    "Keep the body an object that cannot be null.",
)
FIELDS = rule(
    Area.REQUEST,
    "arguments",
    "separated",
    "{media} is given by property, not whole",
    C,
    B,
    "Calls that give the body as one argument are refused.",
    "Give each property as an argument.",
)

RULES: tuple[Rule, ...] = (WHOLE, FIELDS)


def compare(context: Context, old: ir.Content, new: ir.Content, place: Place) -> None:
    """One media type of a request's body in both."""
    was, now = by_property(context.old, old), by_property(context.new, new)
    if was is not now:
        row = FIELDS if now else WHOLE
        context.add(row, place, old.origin, new.origin, media=old.media_type)


def by_property(api: ir.Api, content: ir.Content) -> bool:
    """Whether the client has an argument for each property."""
    named = is_json(content.media_type) or is_form(content.media_type)
    if content.schema is None or not named:
        return False
    shape = resolve(api.schemas, content.schema).shape
    if not isinstance(shape, ir.Object) or shape.pattern_properties:
        return False
    if has_null_flag(api.schemas, content.schema):
        return False
    sent = [p for p in shape.properties if not _read_only(api, p.schema)]
    return 0 < len(sent) <= ir.MAX_ARGUMENTS


def _read_only(api: ir.Api, schema: ir.Schema) -> bool:
    return read_only(api.schemas, schema)
