"""Whether a description says what a fact says: one small function for each kind of fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from trunkline.audit.model import Kind
from trunkline.audit.place import Place, choices, find
from trunkline.ir import Absent, Json
from trunkline.pointer import split
from trunkline.source import Document

Check = Callable[[Document, Place, "Json | Absent"], str | None]
"""None when the fact holds, otherwise what the description has instead, for people."""


def same(one: Json | Absent, other: Json | Absent) -> bool:
    """Equality of JSON values: true is not 1, but 10 is 10.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(v, other[k]) for k, v in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def holds(kind: Kind, document: Document, place: Place, value: Json | Absent) -> str | None:
    """None when the place says it, otherwise what it says instead."""
    return _CHECKS[kind](document, place, value)


def _is(found: Json | Absent, wanted: Json | Absent, what: str) -> str | None:
    if same(found, wanted):
        return None
    return f"there is no {what}" if isinstance(found, Absent) else f"{what} is {_show(found)}"


def _show(value: Json | Absent) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"


def _exists(_d: Document, _p: Place, _v: Json | Absent) -> str | None:
    return None


def _operation(_d: Document, place: Place, value: Json | Absent) -> str | None:
    return None if isinstance(value, Absent) else _is(_key(place), value, "method")


def _key(place: Place) -> str:
    tokens = split(place.pointer)
    return tokens[-1] if tokens else ""


def _path(_d: Document, place: Place, value: Json | Absent) -> str | None:
    tokens = split(place.pointer)
    return _is(tokens[-2] if len(tokens) > 1 else "", value, "path")


def _member(key: str) -> Check:
    def check(_d: Document, place: Place, value: Json | Absent) -> str | None:
        return None if isinstance(value, Absent) else _is(place.value(key), value, key)

    return check


def _response(_d: Document, place: Place, value: Json | Absent) -> str | None:
    if not isinstance(value, str):
        return None
    found = place.value("description")
    starts = isinstance(found, str) and found.casefold().startswith(value.casefold())
    return None if starts else _is(found, value, "description")


def _named(_d: Document, place: Place, value: Json | Absent) -> str | None:
    if isinstance(value, Absent):
        return None
    names = [split(pointer)[-1] for pointer in place.pointers() if pointer]
    return None if value in names else f"it is called {names[-1] if names else 'nothing'}"


def _security(_d: Document, place: Place, value: Json | Absent) -> str | None:
    if isinstance(value, Absent) or any(same(place.value(k), value) for k in ("scheme", "name")):
        return None
    return f"scheme is {_show(place.value('scheme'))}, name {_show(place.value('name'))}"


def _field(_d: Document, place: Place, value: Json | Absent) -> str | None:
    return None if isinstance(value, Absent) else _is(_key(place), value, "name")


def types(document: Document, place: Place) -> set[str]:
    """The JSON types a schema allows, as far as `type`, values and choices tell."""
    declared = place.value("type")
    if isinstance(declared, str):
        found = {declared}
    elif isinstance(declared, list):
        found = {t for t in declared if isinstance(t, str)}
    else:
        found = {type_of(v) for v in _constants(place)}
        if not found:
            for choice in choices(document, place):
                found |= types(document, choice)
    if place.value("nullable") is True:
        found.add("null")
    return found


def _constants(place: Place) -> list[Json]:
    listed = place.value("enum")
    if isinstance(listed, list):
        return listed
    constant = place.value("const")
    return [] if isinstance(constant, Absent) else [constant]


def type_of(value: Json) -> str:
    """The JSON type of a value."""
    if value is None:
        return "null"
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
    return names.get(type(value), "object")


def _type(document: Document, place: Place, value: Json | Absent) -> str | None:
    wanted = set(map(str, value)) if isinstance(value, list) else {str(value)}
    found = types(document, place)
    if found == wanted:
        return None
    return f"type is {' or '.join(sorted(found))}" if found else "there is no type"


def _format(_d: Document, place: Place, value: Json | Absent) -> str | None:
    if same(place.value("format"), value):
        return None
    names = [node.key for node in place.chain[1:]]
    return None if value in names else _is(place.value("format"), value, "format")


def _reference(document: Document, place: Place, value: Json | Absent) -> str | None:
    found: list[str] = []
    pending = [place]
    seen: set[str] = set()
    while pending:
        current = pending.pop()
        if current.pointer in seen:
            continue
        seen.add(current.pointer)
        for node in current.chain:
            ref = node.text("$ref")
            if ref is not None:
                found.append(ref.rpartition("/")[2])
        for key in ("items", "additionalProperties", "schema"):
            inner = current.get(key)
            place_in = find(document, inner.pointer) if inner is not None else None
            if place_in is not None and not current.chain[1:]:
                pending.append(place_in)
        if not current.chain[1:]:
            pending.extend(choices(document, current))
    if value in found:
        return None
    return f"it refers to {', '.join(found)}" if found else "it refers to nothing"


def _enum(document: Document, place: Place, value: Json | Absent) -> str | None:
    allowed = _constants(place)
    for choice in choices(document, place):
        allowed = allowed + _constants(choice)
    if any(same(v, value) for v in allowed):
        return None
    return f"the values are {_show(allowed)}" if allowed else "there is no list of values"


def _limit(_d: Document, place: Place, value: Json | Absent) -> str | None:
    if not isinstance(value, Mapping):
        return "the fact's value must be a mapping of keywords"
    wrong = (_is(place.value(key), wanted, key) for key, wanted in value.items())
    return next((w for w in wrong if w), None)


def _nullable(document: Document, place: Place, value: Json | Absent) -> str | None:
    found = "null" in types(document, place)
    return _is(found, True if isinstance(value, Absent) else value, "null allowed:")


def _required(document: Document, place: Place, value: Json | Absent) -> str | None:
    wanted = True if isinstance(value, Absent) else value
    if place.get("in") is not None:
        return _is(place.value("required") is True, wanted, "required")
    owner, _, holder = place.pointer.rpartition("/")[0].rpartition("/")
    parent = find(document, owner) if holder == "properties" else None
    listed = parent.value("required") if parent is not None else []
    found = isinstance(listed, list) and _key(place) in listed
    return _is(found, wanted, "required")


def _flag(key: str) -> Check:
    def check(_d: Document, place: Place, value: Json | Absent) -> str | None:
        wanted = True if isinstance(value, Absent) else value
        return _is(place.value(key) is True, wanted, key)

    return check


def _example(_d: Document, place: Place, value: Json | Absent) -> str | None:
    shown = [place.value(key) for key in ("value", "example", "const")]
    listed = place.get("examples")
    if listed is not None:
        shown += [element.value for element in listed.elements()]
        for _, example in listed.items():
            inner = example.get("value")
            shown.append(example.value if inner is None else inner.value)
    if any(same(found, value) for found in shown):
        return None
    return "the example is not there"


def _text(_d: Document, place: Place, value: Json | Absent) -> str | None:
    said = " ".join(
        text
        for node in place.chain
        for text in (node.text("title"), node.text("summary"), node.text("description"))
        if text
    )
    said = " ".join(said.split()).casefold()
    words = value if isinstance(value, list) else [value]
    missing = [str(w) for w in words if " ".join(str(w).split()).casefold() not in said]
    return f"the text does not speak of {', '.join(map(repr, missing))}" if missing else None


_CHECKS: Final[dict[Kind, Check]] = {
    Kind.OPERATION: _operation,
    Kind.PATH: _path,
    Kind.PARAMETER: _member("name"),
    Kind.HEADER: _exists,
    Kind.RESPONSE: _response,
    Kind.REQUEST: _exists,
    Kind.SCHEMA: _named,
    Kind.SECURITY: _security,
    Kind.SERVER: _member("url"),
    Kind.WEBHOOK: _exists,
    Kind.METHOD: _exists,
    Kind.FIELD: _field,
    Kind.TYPE: _type,
    Kind.FORMAT: _format,
    Kind.REFERENCE: _reference,
    Kind.ENUM: _enum,
    Kind.DEFAULT: lambda _d, place, value: _is(place.value("default"), value, "default"),
    Kind.LIMIT: _limit,
    Kind.NULLABLE: _nullable,
    Kind.REQUIRED: _required,
    Kind.READ_ONLY: _flag("readOnly"),
    Kind.WRITE_ONLY: _flag("writeOnly"),
    Kind.DEPRECATED: _flag("deprecated"),
    Kind.EXAMPLE: _example,
    Kind.TEXT: _text,
    Kind.EXTENSION: _limit,
}
