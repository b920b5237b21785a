"""What our model templates print beside the types: docstrings, aliases, members, tags.

All of it is finished text, escaped here; the templates only place it.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from trunkline.ir import Api, Object, Property, Schema, Union
from trunkline.models.schema import Types, key, promised
from trunkline.names import ClassName, Kind, NamePlan
from trunkline.names.describe import described, details, meaning
from trunkline.semantics.schemas import read_only
from trunkline.text import docstring, literal

ClassData: TypeAlias = dict[str, Any]


def class_data(api: Api, plan: NamePlan) -> dict[str, ClassData]:
    """Template data by key of the class (`module.Class`), under `trunkline`."""
    types = Types(api, plan)
    found: dict[str, ClassData] = {}
    for name, cls in plan.classes.items():
        schema = api.schemas[name]
        match schema.shape:
            case Object() as shape if cls.kind is Kind.MODEL:
                data = _model(api, types, cls, schema, shape)
            case _ if cls.kind is Kind.ENUM:
                data = _enum(api, cls, schema)
            case _:
                data = _alias(api, plan, schema)
        found[key(cls)] = {"trunkline": data}
    return found


def base_classes(api: Api, plan: NamePlan, models: str) -> dict[str, str | list[str]]:
    """Keys of the classes whose base is not `Model`, with the base's dotted path."""
    types = Types(api, plan)
    found: dict[str, str | list[str]] = {}
    for name, cls in plan.classes.items():
        shape = api.schemas[name].shape
        if not isinstance(shape, Object):
            continue
        if any(_is_set_by_server(api, types, p) for p in shape.properties):
            found[key(cls)] = f"{models}.DraftModel"
        elif any(_constant(types, p) for p in shape.properties):
            found[key(cls)] = f"{models}.TaggedModel"
    return found


def _constant(types: Types, prop: Property) -> str | None:
    """The literal of a required property that has only one possible value."""
    if not prop.required:
        return None
    values = types.of(prop.schema).get("enum", [])
    return literal(values[0]) if len(values) == 1 else None


def _is_set_by_server(api: Api, types: Types, prop: Property) -> bool:
    """Whether answers have the property and requests need not."""
    return (
        promised(api, prop)
        and read_only(api.schemas, prop.schema)
        and _constant(types, prop) is None
    )


def _model(api: Api, types: Types, cls: ClassName, schema: Schema, shape: Object) -> ClassData:
    fields = {cls.fields[p.name]: _field(api, types, cls, p) for p in shape.properties}
    return {"doc": docstring(described(api, schema), 4), "fields": fields}


def _field(api: Api, types: Types, cls: ClassName, prop: Property) -> ClassData:
    name = cls.fields[prop.name]
    constant = _constant(types, prop)
    default = constant if constant is not None else None if promised(api, prop) else "None"
    if _is_set_by_server(api, types, prop):
        default = "ReadOnly()"
    return {
        "alias": literal(prop.name) if name != prop.name else "",
        "default": f" = {default}" if default is not None else "",
        "doc": docstring(described(api, prop.schema), 4),
    }


def _enum(api: Api, cls: ClassName, schema: Schema) -> ClassData:
    strings = isinstance(cls.members[0][1], str)
    return {
        "doc": docstring(described(api, schema), 4),
        "base": "OpenStrEnum" if strings else "OpenIntEnum",
        "members": [{"name": name, "value": literal(value)} for name, value in cls.members],
    }


def _alias(api: Api, plan: NamePlan, schema: Schema) -> ClassData:
    tag, is_open = "", False
    if isinstance(schema.shape, Union) and schema.shape.discriminator is not None:
        discriminator = schema.shape.discriminator
        mapping = {
            value: plan.classes[target].name
            for value, target in discriminator.mapping.items()
            if target in plan.classes
        }
        if mapping:
            default = plan.classes.get(discriminator.default or "")
            rest = f", {literal(default.name)}" if default is not None else ""
            is_open = default is None
            tag = f"Tagged({literal(discriminator.property)}, {literal(mapping)}{rest})"
    text = "\n\n".join(p for p in (meaning(api, schema), details(api, schema)) if p)
    return {"doc": docstring(text), "tag": tag, "is_open": is_open, "members": []}
