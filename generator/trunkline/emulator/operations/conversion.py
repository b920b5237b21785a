"""JSON values in other media types that a description offers: XML by its hints, CSV by rows, JSON
by lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Json, Reference, Schema
from trunkline.semantics import xmlnames
from trunkline.semantics.jsonvalue import scalar_text
from trunkline.semantics.media import MediaKind

CONVERTED = (MediaKind.XML, MediaKind.CSV, MediaKind.JSON_LINES)
"""What a value that is described as an object or a list is written in, beside JSON."""


def written(kind: MediaKind, schemas: Schemas, schema: Schema, value: Json) -> bytes:
    """A value in a kind of `CONVERTED`; UTF-8."""
    if kind is MediaKind.CSV:
        return _csv(value).encode()
    if kind is MediaKind.JSON_LINES:
        return b"".join(dump(row) + b"\n" for row in _rows(value))
    name = xmlnames.hint(schemas.named, schema).name or _type_name(schema)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return (head + "".join(_element(schemas, schema, name, value, root=True))).encode()


def _type_name(schema: Schema) -> str:
    return schema.shape.name if isinstance(schema.shape, Reference) else "root"


def _element(
    schemas: Schemas, schema: Schema | None, key: str, value: Json, *, root: bool = False
) -> Iterator[str]:
    named = schemas.named
    name = xmlnames.element(named, schema, key)
    if isinstance(value, list):
        inner = schemas.items(schema) if schema is not None else None
        one = xmlnames.list_element(named, schema, "item" if root else key)
        listed = "".join("".join(_element(schemas, inner, one, item)) for item in value)
        wrapped = root or xmlnames.hint(named, schema).wrapped
        yield f"<{name}>{listed}</{name}>" if wrapped else listed
        return
    if not isinstance(value, dict):
        yield f"<{name}>{escape(_text(value))}</{name}>"
        return
    members = schemas.members(schema) if schema is not None else {}
    attributes: list[str] = []
    parts: list[str] = []
    for inside, inner_value in value.items():
        member = members.get(inside)
        its = member.schema if member is not None else None
        if xmlnames.hint(named, its).attribute:
            shown = xmlnames.element(named, its, inside)
            attributes.append(f" {shown}={quoteattr(_text(inner_value))}")
        else:
            parts.extend(_element(schemas, its, inside, inner_value))
    yield f"<{name}{''.join(attributes)}>{''.join(parts)}</{name}>"


def _text(value: Json) -> str:
    text = str(value) if isinstance(value, list | dict) else scalar_text(value)
    return "".join(c for c in text if c >= " " or c in "\t\n\r")


def _rows(value: Json) -> list[Json]:
    """The list in a value, or the value as a list of one."""
    found = value
    if isinstance(value, dict):
        lists = [v for v in value.values() if isinstance(v, list)]
        found = lists[0] if len(lists) == 1 else value
    return found if isinstance(found, list) else [found]


def _csv(value: Json) -> str:
    """A list of objects as rows under their names; anything else as one row."""
    rows = _rows(value)
    names = list(dict.fromkeys(k for row in rows if isinstance(row, dict) for k in row))
    out = io.StringIO()
    writer = csv.writer(out)
    if names:
        writer.writerow(names)
    for row in rows:
        writer.writerow(
            [_text(row.get(name)) for name in names] if isinstance(row, dict) else [_text(row)]
        )
    return out.getvalue()
