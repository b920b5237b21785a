"""Values of Python as JSON text."""

from __future__ import annotations

import base64
import datetime
import decimal
import enum
import json
import uuid
from typing import Any, Final

from pydantic import BaseModel

from .errors import ParameterError
from .guards import fields_of, is_bytes, is_iterable, is_mapping
from .models import dump
from .unset import UNSET

_SCALARS: Final = frozenset({str, int, bool, float, type(None)})


def plain(value: object) -> Any:
    """A value as what `json` prints; members that are `UNSET` are left out.

    Models and dataclasses become their set members, dates ISO 8601, decimals their exact text,
    bytes base64. Raises `ParameterError` for what has no JSON form.
    """
    if type(value) in _SCALARS:
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, BaseModel):
        return dump(value)
    if is_mapping(value):
        return {str(k): plain(v) for k, v in value.items() if v is not UNSET}
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime.datetime):
        printed = value.isoformat()
        return printed.removesuffix("+00:00") + "Z" if printed.endswith("+00:00") else printed
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, uuid.UUID):
        return str(value)
    if is_bytes(value):
        return base64.b64encode(value).decode("ascii")
    members = fields_of(value)
    if members is not None:
        return {k: plain(v) for k, v in members.items() if v is not UNSET}
    if is_iterable(value):
        return [plain(item) for item in value if item is not UNSET]
    raise ParameterError(f"a {type(value).__name__} cannot be sent as JSON")


def number(value: decimal.Decimal | float) -> int | float:
    """A decimal as a JSON number; raises `ParameterError` where that would not be exact."""
    if not isinstance(value, decimal.Decimal):
        return value
    if value == value.to_integral_value():
        return int(value)
    printed = float(value)
    if decimal.Decimal(repr(printed)) != value:
        raise ParameterError(f"{value} has too many digits for a JSON number")
    return printed


def to_json(value: object) -> bytes:
    """A value as JSON; see `plain`."""
    try:
        printed = json.dumps(
            plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
        return printed.encode()
    except RecursionError:
        raise ParameterError("the body is nested too deeply, or contains itself") from None
    except ValueError as error:
        if isinstance(error, ParameterError):
            raise
        raise ParameterError(f"the body cannot be sent as JSON: {error}") from error
