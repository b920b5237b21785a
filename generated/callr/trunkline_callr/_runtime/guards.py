# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Questions about values of unknown type, answered for type checkers too."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Mapping
from typing import IO, Any, TypeGuard

from pydantic import BaseModel


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether it is a decoded JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether it is a list."""
    return isinstance(value, list)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether it is a tuple."""
    return isinstance(value, tuple)


def is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    """Whether it is a mapping of any kind."""
    return isinstance(value, Mapping)


def is_iterable(value: object) -> TypeGuard[Iterable[Any]]:
    """Whether it is a list, tuple, set, generator or the like: text and mappings are not."""
    return isinstance(value, Iterable) and not isinstance(
        value, str | bytes | bytearray | memoryview | Mapping | BaseModel
    )


def is_bytes(value: object) -> TypeGuard[bytes | bytearray]:
    """Whether it is bytes of any kind."""
    return isinstance(value, bytes | bytearray | memoryview)


def is_path(value: object) -> TypeGuard[os.PathLike[str]]:
    """Whether it is the path of a file (text is not)."""
    return isinstance(value, os.PathLike)


def is_file(value: object) -> TypeGuard[IO[bytes]]:
    """Whether it can be read like a file."""
    return hasattr(value, "read")


def fields_of(value: object) -> dict[str, Any] | None:
    """The members of a dataclass instance; None for other values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return None
