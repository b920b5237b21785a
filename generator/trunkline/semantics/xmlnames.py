"""What properties are called in XML, by the hints of a description."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trunkline import ir
from trunkline.semantics.schemas import items, resolve

_PLAIN: Final = ir.Xml()


def hint(schemas: Mapping[str, ir.Schema], schema: ir.Schema | None) -> ir.Xml:
    """What a schema says of itself in XML; what it refers to, where it says nothing."""
    if schema is None:
        return _PLAIN
    return schema.meta.xml or resolve(schemas, schema).meta.xml or _PLAIN


def element(schemas: Mapping[str, ir.Schema], schema: ir.Schema | None, name: str) -> str:
    """The name of the element, or attribute, of a property called `name`."""
    return written(hint(schemas, schema).name or name)


def list_element(schemas: Mapping[str, ir.Schema], schema: ir.Schema | None, name: str) -> str:
    """The name of each element of a list called `name`: that of its items, where they have one."""
    inner = items(schemas, schema) if schema is not None else None
    named = hint(schemas, inner).name if inner is not None else None
    return written(named) if named is not None else element(schemas, schema, name)


def written(text: str) -> str:
    """A name that XML allows."""
    kept = "".join(c if c.isalnum() or c in "_-." else "_" for c in text)
    return kept if kept[:1].isalpha() or kept[:1] == "_" else f"_{kept}"
