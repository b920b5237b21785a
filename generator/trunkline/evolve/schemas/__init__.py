"""Comparing schemas: families of rules over one graph of pairs."""

from trunkline.evolve.change import Area, Rule
from trunkline.evolve.schemas import (
    arrays,
    bounds,
    enums,
    keywords,
    notes,
    numbers,
    objects,
    properties,
    text,
    types,
    unions,
)
from trunkline.evolve.table import SchemaRule, expand

ROWS: tuple[SchemaRule, ...] = (
    *types.ROWS,
    *notes.ROWS,
    *enums.ROWS,
    *bounds.ROWS,
    *text.ROWS,
    *numbers.ROWS,
    *arrays.ROWS,
    *properties.ROWS,
    *objects.ROWS,
    *unions.ROWS,
    *keywords.ROWS,
)
"""Every change a schema can undergo, whatever the area."""

SCHEMA_RULES: dict[tuple[Area, str], Rule] = {
    (rule.area, f"{rule.kind}-{rule.action}"): rule for rule in expand(ROWS)
}
"""The same in each area that holds schemas: area and row → rule."""
