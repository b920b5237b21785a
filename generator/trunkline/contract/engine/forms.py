"""Bodies that are forms, for operations that take nothing else: written as a browser would."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from trunkline import ir
from trunkline.ir import Json
from trunkline.semantics import media
from trunkline.semantics.jsonvalue import scalar_text


def form_content(operation: ir.Operation) -> ir.Content | None:
    """The form that an operation takes; None where it takes JSON as well, or no form."""
    return media.form_content(operation.body.contents) if operation.body is not None else None


def write_form(content: ir.Content, value: Mapping[str, Json]) -> tuple[bytes, str]:
    """A form and its media type: a field for each property, of lists for each item; objects as
    JSON, as OpenAPI has it where nothing else is said. What is null is left out."""
    fields = list(_fields(value))
    essence = media.essence(content.media_type)
    if media.kind(content.media_type) is media.MediaKind.FORM:
        return urlencode(fields, errors="surrogatepass").encode(), essence
    boundary = f"trunkline-{secrets.token_hex(8)}"
    parts = [
        f"--{boundary}\r\nContent-Disposition: form-data; name={json.dumps(name)}\r\n\r\n{text}\r\n"
        for name, text in fields
    ]
    raw = "".join((*parts, f"--{boundary}--\r\n")).encode("utf-8", "surrogatepass")
    return raw, f"{essence}; boundary={boundary}"


def _fields(value: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for name, inner in value.items():
        for one in inner if isinstance(inner, list) else [inner]:
            if isinstance(one, dict | list):
                yield name, json.dumps(one)
            elif one is not None:
                yield name, scalar_text(one)
