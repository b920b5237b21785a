"""What the store hands out and is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from trunkline.emulator.http.jsontext import parse
from trunkline.ir import Json


class AlreadyExists(Exception):  # noqa: N818  # a response, not a failure
    """Another object of the scope has the id."""


class Row(NamedTuple):
    """A stored object; `number` counts the objects of its resource from 1, in order of age."""

    number: int
    id: str
    text: bytes

    @property
    def document(self) -> dict[str, Json]:
        """The object itself."""
        value = parse(self.text)
        assert isinstance(value, dict)
        return value


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose objects, and below which parent: path parameter values, outermost first."""

    account: str
    parents: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """One text for both parts; no separator is left inside a part."""
        if not self.parents:
            return self.account
        return "\x1f".join((self.account, *map(_quoted, self.parents)))


def _quoted(part: str) -> str:
    return part.replace("\x1e", "\x1e1").replace("\x1f", "\x1e0")
