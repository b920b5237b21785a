"""What documentation says about a schema: meaning, limits, default, source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from trunkline.ir import (
    ABSENT,
    Api,
    Array,
    Integer,
    Number,
    Object,
    Origin,
    Reference,
    Schema,
    String,
)
from trunkline.semantics.schemas import resolve
from trunkline.text import literal, sentence

_LONG: Final = 200


def meaning(api: Api, schema: Schema) -> str:
    """The description, else the title, of a schema or of the one it refers to."""
    for candidate in (schema, resolve(api.schemas, schema)):
        text = candidate.meta.description or ""
        if text.strip():
            return text
    return ""


def limits(api: Api, schema: Schema) -> str:
    """The constraints in words, "" where there are none."""
    return ", ".join(_limits(resolve(api.schemas, schema)))


def _limits(schema: Schema) -> Iterator[str]:
    match schema.shape:
        case Integer() | Number() as shape:
            if shape.minimum is not None:
                yield f"at least {shape.minimum}"
            if shape.exclusive_minimum is not None:
                yield f"more than {shape.exclusive_minimum}"
            if shape.maximum is not None:
                yield f"at most {shape.maximum}"
            if shape.exclusive_maximum is not None:
                yield f"less than {shape.exclusive_maximum}"
            if shape.multiple_of is not None:
                yield f"a multiple of {shape.multiple_of}"
        case String() as shape:
            yield from _counted(shape.min_length, shape.max_length, "character")
            if shape.pattern is not None and len(shape.pattern) <= _LONG:
                yield f"matching `{sentence(shape.pattern)}`"
        case Array() as shape:
            yield from _counted(shape.min_items, shape.max_items, "item")
            if shape.unique_items:
                yield "no two alike"
        case Object() as shape:
            yield from _counted(shape.min_properties, shape.max_properties, "member")
        case _:
            return


def _counted(least: int | None, most: int | None, noun: str) -> Iterator[str]:
    if least is not None and least == most:
        yield f"exactly {least} {noun}{'' if least == 1 else 's'}"
        return
    if least:
        yield f"at least {least} {noun}{'' if least == 1 else 's'}"
    if most is not None:
        yield f"at most {most} {noun}{'' if most == 1 else 's'}"


def source(origin: Origin) -> str:
    """Who says so, "" where nothing is cited."""
    return "; ".join(sentence(str(p)).rstrip(".") for p in origin.provenance)


def paragraphs(summary: str | None, description: str | None, otherwise: str) -> list[str]:
    """What a callable's documentation starts with: the summary as a sentence, the description.

    A summary that the description starts with is not said twice.
    """
    first, rest = sentence(summary or ""), description or ""
    if first and sentence(rest).startswith(first.rstrip(".")):
        first = ""
    found = [first, rest] if first else [rest]
    found = [text for text in found if text.strip()] or [otherwise]
    if not sentence(found[0]).endswith((".", "!", "?", ":")):
        found[0] = f"{found[0].rstrip()}."
    return found


def details(api: Api, schema: Schema, *, default: bool = True) -> str:
    """Limits, default, deprecation and source as sentences on one line."""
    parts: list[str] = []
    limited = limits(api, schema)
    if limited:
        parts.append(f"{limited[0].upper()}{limited[1:]}.")
    value = schema.meta.default
    if value is ABSENT:
        value = resolve(api.schemas, schema).meta.default
    if default and value is not ABSENT:
        shown = literal(value)
        if len(shown) <= _LONG:
            parts.append(f"Default: `{shown}`.")
    if schema.meta.deprecated or (
        isinstance(schema.shape, Reference) and resolve(api.schemas, schema).meta.deprecated
    ):
        parts.append("Deprecated.")
    cited = source(schema.meta.origin)
    if cited:
        parts.append(f"Source: {cited}.")
    return " ".join(parts)


def described(api: Api, schema: Schema) -> str:
    """Meaning, and on a paragraph of its own what `details` gives."""
    return "\n\n".join(part for part in (meaning(api, schema), details(api, schema)) if part)
