"""Bodies that are forms, for operations that take nothing else: written as a browser would."""

from __future__ import annotations

import json
import secrets
from collections.abc import Container, Iterator, Mapping
from typing import Final
from urllib.parse import urlencode

from trunkline import ir
from trunkline.ir import Json
from trunkline.semantics import media, schemas
from trunkline.semantics.jsonvalue import scalar_text

FILE_NAME: Final = "trunkline.bin"
"""What files that are sent are called."""


def form_content(operation: ir.Operation) -> ir.Content | None:
    """The form that an operation takes; None where it takes JSON as well, or no form."""
    return media.form_content(operation.body.contents) if operation.body is not None else None


def file_names(known: Mapping[str, ir.Schema], content: ir.Content) -> frozenset[str]:
    """The properties of a form that are files, lists of files included."""
    if content.schema is None:
        return frozenset()
    members = schemas.members(known, content.schema)
    return frozenset(name for name, m in members.items() if _is_file(known, m.schema))


def _is_file(known: Mapping[str, ir.Schema], schema: ir.Schema) -> bool:
    inner = schemas.items(known, schema) or schema
    shape = schemas.resolve(known, inner).shape
    return isinstance(shape, ir.String) and shape.binary


def write_form(
    content: ir.Content,
    value: Mapping[str, Json],
    files: Container[str] = (),
    contents: Mapping[str, bytes] | None = None,
) -> tuple[bytes, str]:
    """A form and its media type: a field for each property, of lists for each item; objects as
    JSON, as OpenAPI has it where nothing else is said. What is null is left out.

    `files`: the properties that are files. Their parts have a name and a media type, as those of
    browsers do, and hold the bytes in `contents`, or the value's text.
    """
    fields = list(_fields(value))
    essence = media.essence(content.media_type)
    if media.kind(content.media_type) is media.MediaKind.FORM:
        return urlencode(fields, errors="surrogatepass").encode(), essence
    boundary = f"trunkline-{secrets.token_hex(8)}"
    parts: list[bytes] = []
    for name, text in fields:
        head = f"--{boundary}\r\nContent-Disposition: form-data; name={json.dumps(name)}"
        if name in files:
            head += f'; filename="{FILE_NAME}"\r\nContent-Type: application/octet-stream'
        data = (contents or {}).get(name)
        if data is None:
            data = text.encode("utf-8", "surrogatepass")
        parts += [head.encode("utf-8", "surrogatepass"), b"\r\n\r\n", data, b"\r\n"]
    return b"".join((*parts, f"--{boundary}--\r\n".encode())), f"{essence}; boundary={boundary}"


def _fields(value: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for name, inner in value.items():
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict | list):
                yield name, json.dumps(one)
            elif one is not None:
                yield name, scalar_text(one)
