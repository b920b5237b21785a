"""What slips have in common, whatever object they stand in: each is put right and told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from trunkline.diagnostics import Code, Diagnostics
from trunkline.pointer import split
from trunkline.source import ParsedFile, Place, Value
from trunkline.source.yaml_text import plain_scalar

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_YES: Final = {"true": True, "yes": True, "false": False, "no": False}
_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
_PLAIN: Final = re.compile(r"[^\s,\]}#]+")


def known(names: str) -> Mapping[str, str]:
    """The keys of an object, by themselves in lower case."""
    return {name.lower(): name for name in names.split()}


class Slip:
    """Puts one slip right, and says so."""

    def __init__(self, file: ParsedFile, root: Place, diagnostics: Diagnostics) -> None:
        self._file = file
        self._root = root
        self._diagnostics = diagnostics

    def tell(self, what: str, reading: str, at: Place, *, key: bool = False) -> None:
        """A warning at a value, or at its key."""
        position = self._file.position(at.key_at if key else at.at)
        self._diagnostics.add(Code.NONCONFORMING, f"{what}: read as {reading}", position)

    def keys(self, mapping: Place, names: Mapping[str, str]) -> None:
        """Keys that are right but for their case."""
        value = mapping.value
        if not isinstance(value, dict):
            return
        for key in list(value):
            right = names.get(key.lower())
            if right is None or key == right or right in value:
                continue
            member = mapping.get(key)
            assert member is not None
            self.tell(f"{key!r} is not known here", right, member, key=True)
            mapping.rename(key, right)

    def list_of_one(self, holder: Place, key: str) -> None:
        """A mapping or a text where a list of them belongs."""
        member = holder.get(key)
        if member is not None and isinstance(member.value, (dict, str)) and member.value:
            self.tell(f"{key} is not a list", "a list of one", member)
            member.replace([member.value])

    def flags(self, holder: Place, *keys: str) -> None:
        """Truth values in quotes."""
        for key in _texts(holder, keys):
            member = holder.get(key)
            if member is not None and isinstance(member.value, str):
                meant = _YES.get(member.value.lower())
                if meant is not None:
                    self.tell(f"{key} is text", str(meant).lower(), member)
                    member.replace(meant)

    def numbers(self, holder: Place, keys: Sequence[str]) -> None:
        """Numbers in quotes."""
        for key in _texts(holder, keys):
            member = holder.get(key)
            if member is not None and isinstance(member.value, str):
                meant = plain_scalar(member.value.strip())
                if isinstance(meant, (int, float)) and not isinstance(meant, bool):
                    self.tell(f"{key} is text", str(meant), member)
                    member.replace(meant)

    def text(self, holder: Place, key: str) -> None:
        """Numbers where a text belongs: as they are written, 1.10 included."""
        member = holder.get(key)
        if member is None or isinstance(member.value, (bool, str)):
            return
        if isinstance(member.value, (int, float)):
            written = self._written(member)
            self.tell(f"{key} is a number", f'"{written}"', member)
            member.replace(written)

    def _written(self, member: Place) -> str:
        position = self._file.position(member.at)
        for start, other in (*reversed(self._file.laid), (0, self._file)):
            if member.at >= start:
                found = _PLAIN.match(other.text, member.at - start)
                return found[0] if found else str(member.value)
        raise AssertionError(position)

    def keep(self, holder: Place, path: Sequence[str], was: Place) -> None:
        """Let the value at `path` stand where it stood before it was moved there."""
        place: Place | None = holder
        for key in path:
            place = place.get(key) if place is not None else None
        assert place is not None
        place.key_at = was.key_at
        place.replace(was.value, was.at)

    def reference(self, place: Place, section: str) -> bool:
        """Whether a reference stands there; one that is plainly meant is put right."""
        if isinstance(place.value, str) and self._leads(place.value):
            self.tell("A reference without $ref", f"{{$ref: {place.value!r}}}", place)
            place.replace({"$ref": place.value})
        ref = place.get("$ref")
        if ref is None:
            return False
        if isinstance(ref.value, str) and ref.value:
            meant = self._meant(ref.value, section)
            if meant is not None:
                self.tell(f"Reference {ref.value!r}", meant, ref)
                ref.replace(meant)
        return True

    def _meant(self, written: str, section: str) -> str | None:
        """What a reference that leads to nothing would lead to if it were written right."""
        if self._leads(written) or "://" in written:
            return None
        tries: list[str] = []
        if written.startswith("#") and not written.startswith("#/"):
            tries.append(f"#/{written[1:]}")
        elif written.startswith("/"):
            tries.append(f"#{written}")
        elif written.startswith("components/"):
            tries.append(f"#/{written}")
        elif written.startswith("#/definitions/"):
            tries.append(f"#/components/schemas/{written.removeprefix('#/definitions/')}")
        elif _NAME.match(written):
            tries.append(f"#/components/{section}/{written}")
        beside = Path(self._file.name).parent / written
        if not written.startswith("#") and ("://" in self._file.name or beside.exists()):
            return None
        return next((one for one in tries if self._leads(one)), None)

    def _leads(self, reference: str) -> bool:
        if not reference.startswith("#/"):
            return False
        value: Value = self._root.value
        for token in split(reference[1:]):
            if isinstance(value, dict) and token in value:
                value = value[token]
            elif isinstance(value, list) and token.isdigit() and int(token) < len(value):
                value = value[int(token)]
            else:
                return False
        return True


def _texts(holder: Place, keys: Sequence[str]) -> list[str]:
    """Which of the keys hold text."""
    value = holder.value
    if not isinstance(value, dict):
        return []
    return [key for key in keys if key in value and isinstance(value[key], str)]
