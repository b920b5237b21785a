# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Parameter values as text: the styles of OpenAPI, percent-encoded where they belong."""

from __future__ import annotations

import datetime
import decimal
import enum
import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import quote

from pydantic import BaseModel

from .errors import ParameterError
from .guards import fields_of, is_iterable, is_mapping
from .jsontext import to_json
from .models import dump
from .operation import Style
from .unset import UNSET

_RESERVED: Final = ":/?#[]@!$&'()*+,;="
_QUERY_RESERVED: Final = ":/?[]@!$'()*,;"
"""Reserved characters that cannot be taken for the end of the query or of a parameter."""

_DELIMITERS: Final = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}

_FORM: Final = Style("form", explode=True)
_SIMPLE: Final = Style("simple")


def text(value: object) -> str:
    """A single value as the text that stands for it: `true`, `2024-05-01`, `1.50`, and `` for None.

    A mapping or a list in the place of a single value is printed as JSON.
    """
    if isinstance(value, str):
        return str(value.value) if isinstance(value, enum.Enum) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, enum.Enum):
        return text(value.value)
    if isinstance(value, int | uuid.UUID):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else repr(value)
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        printed = value.isoformat()
        return printed.removesuffix("+00:00") + "Z" if printed.endswith("+00:00") else printed
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return to_json(value).decode()


def _members(value: object) -> list[tuple[str, object]] | None:
    """The members of a value that is an object; None for other values.

    Members that are None or not given are undefined, and left out as RFC 6570 does.
    """
    if isinstance(value, BaseModel):
        value = dump(value)
    else:
        value = fields_of(value) or value
    if is_mapping(value):
        return [(str(k), v) for k, v in value.items() if v is not UNSET and v is not None]
    return None


def _items(value: object) -> list[object] | None:
    """The items of a value that is a list, undefined ones left out; None for other values."""
    if not is_iterable(value):
        return None
    return [item for item in value if item is not UNSET and item is not None]


def _nested(prefix: str, value: object) -> Iterator[tuple[str, str]]:
    """`deepObject`: members in brackets however deep, items of lists by repeating the name."""
    members = _members(value)
    if members is not None:
        for name, member in members:
            yield from _nested(f"{prefix}[{name}]", member)
        return
    items = _items(value)
    if items is None:
        yield prefix, text(value)
        return
    for index, item in enumerate(items):
        nested = _members(item) is not None or _items(item) is not None
        yield from _nested(f"{prefix}[{index}]" if nested else prefix, item)


def expand(name: str, value: object, style: Style) -> tuple[list[tuple[str, list[str]]], str]:
    """A query, cookie or form parameter as pairs of name and values, not yet percent-encoded.

    The second part delimits the values of one pair on the wire: it is written as it is, so that it
    is told from the same character within a value.
    """
    if style.media_type is not None:
        json_like = "json" in style.media_type
        return [(name, [to_json(value).decode() if json_like else text(value)])], ""
    if style.name == "deepObject":
        return [(key, [printed]) for key, printed in _nested(name, value)], ""
    members = _members(value)
    items = None if members is not None else _items(value)
    if members is not None:
        if style.explode:
            return [(key, [text(member)]) for key, member in members], ""
        flat = [part for key, member in members for part in (key, text(member))]
    elif items is not None:
        if style.explode:
            return [(name, [text(item)]) for item in items], ""
        flat = [text(item) for item in items]
    else:
        return [(name, [text(value)])], ""
    return [(name, flat)] if flat else [], _DELIMITERS.get(style.name, ",")


def encode_query(query: Mapping[str, object], styles: Mapping[str, Style] | None) -> str:
    """The query string, without `?`; parameters that are `UNSET` or None are left out."""
    parts: list[str] = []
    for name, value in query.items():
        if value is UNSET or value is None:
            continue
        if type(value) in _PLAIN and (styles is None or name not in styles):
            parts.append(f"{quote(name, safe='')}={quote(text(value), safe='')}")
            continue
        style = _FORM if styles is None else styles.get(name, _FORM)
        pairs, delimiter = expand(name, value, style)
        safe = _QUERY_RESERVED if style.allow_reserved else ""
        for key, values in pairs:
            printed = delimiter.join(quote(part, safe=safe) for part in values)
            parts.append(f"{quote(key, safe='')}={printed}")
    return "&".join(parts)


_PLAIN: Final = frozenset({str, int, bool, float})


def encode_querystring(value: object, media_type: str) -> str:
    """A whole query string from one value: a form, or another media type percent-encoded."""
    if "form-urlencoded" not in media_type:
        return quote(to_json(value).decode() if "json" in media_type else text(value), safe="")
    members = _members(value)
    if members is None:
        raise ParameterError(f"a {type(value).__name__} cannot be sent as a query string")
    return encode_query(dict(members), None)


def encode_path(name: str, value: object, style: Style | None) -> str:
    """One parameter of a path, percent-encoded.

    Raises `ParameterError` for a value that is empty, None, not given, `.` or `..`: the address
    would mean something else.
    """
    style = style or _SIMPLE
    if value is UNSET or value is None:
        raise ParameterError(f"path parameter {name!r} must be given, not {value!r}")
    printed = _path_text(name, value, style)
    if not printed or printed in {".", ".."}:
        raise ParameterError(f"path parameter {name!r} must not be {printed!r}")
    return printed


def _path_text(name: str, value: object, style: Style) -> str:
    if style.media_type is not None:
        return quote(to_json(value).decode(), safe="")
    members = _members(value)
    items = None if members is not None else _items(value)
    key = quote(name, safe="")
    if members is not None:
        pairs = [(quote(k, safe=""), _quoted(v, style)) for k, v in members]
        flat = [f"{k}={v}" if style.explode else f"{k},{v}" for k, v in pairs]
    elif items is not None:
        flat = [_quoted(item, style) for item in items]
    else:
        flat = [_quoted(value, style)]
    if not flat:
        return ""
    if style.name == "label":
        return "." + (".".join(flat) if style.explode else ",".join(flat))
    if style.name == "matrix":
        if members is not None and style.explode:
            return ";" + ";".join(flat)
        if items is not None and style.explode:
            return "".join(f";{key}={item}" for item in flat)
        joined = ",".join(flat)
        return f";{key}={joined}" if joined else f";{key}"
    return ",".join(flat)


def _quoted(value: object, style: Style) -> str:
    # `/`, `?` and `#` would change which address is meant, whatever `allowReserved` says.
    return quote(
        text(value),
        safe="".join(c for c in _RESERVED if c not in "/?#") if style.allow_reserved else "",
    )


def header_text(value: object, style: Style | None) -> str:
    """The value of a header (`simple`): `a,b` for lists, `k,v` or `k=v` for objects.

    Raises `ParameterError` for line breaks and other control characters.
    """
    style = style or _SIMPLE
    if style.media_type is not None:
        printed = to_json(value).decode()
        return json.dumps(json.loads(printed), separators=(",", ":"))
    members = _members(value)
    items = None if members is not None else _items(value)
    if members is not None:
        separator = "=" if style.explode else ","
        printed = ",".join(f"{key}{separator}{text(member)}" for key, member in members)
    elif items is not None:
        printed = ",".join(text(item) for item in items)
    else:
        printed = text(value)
    if any((ord(c) < 32 and c != "\t") or ord(c) == 127 for c in printed):
        raise ParameterError("a header must not contain line breaks or control characters")
    return printed


def encode_cookies(cookies: Mapping[str, object], styles: Mapping[str, Style] | None) -> str:
    """The value of the `Cookie` header for the cookies given, "" for none."""
    parts: list[str] = []
    for name, value in cookies.items():
        if value is UNSET or value is None:
            continue
        style = (styles or {}).get(name, _FORM)
        pairs, delimiter = expand(name, value, style)
        for key, values in pairs:
            if style.name == "cookie":
                parts.append(f"{key}={_as_it_is(name, delimiter.join(values))}")
                continue
            printed = delimiter.join(quote(part, safe=_COOKIE_SAFE) for part in values)
            parts.append(f"{quote(key, safe=_COOKIE_NAME_SAFE)}={printed}")
    return "; ".join(parts)


def _as_it_is(name: str, value: str) -> str:
    """A cookie's value of style `cookie`, which is never encoded: what a cookie cannot hold must
    come encoded already (OpenAPI 3.2, 4.12.3)."""
    if any(ord(c) < 33 or ord(c) > 126 or c in '";\\' for c in value):
        raise ParameterError(f"cookie {name!r} must be escaped by the caller: {value!r}")
    return value


_COOKIE_SAFE: Final = "!#$&'()*+-./:<=>?@[]^_`{|}~"
_COOKIE_NAME_SAFE: Final = "!#$&'*+-.^_`|~"


def encode_form(members: Mapping[str, object], styles: Mapping[str, Style] | None) -> str:
    """An `application/x-www-form-urlencoded` body; None travels as an empty value."""
    parts: list[str] = []
    for name, value in members.items():
        if value is UNSET:
            continue
        style = (styles or {}).get(name, _FORM)
        pairs, delimiter = expand(name, value, style)
        for key, values in pairs:
            parts.append(f"{_form_quote(key)}={delimiter.join(map(_form_quote, values))}")
    return "&".join(parts)


def _form_quote(part: str) -> str:
    return quote(part, safe="*-._ ").replace(" ", "+")
