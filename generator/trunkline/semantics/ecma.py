r"""Patterns of JSON Schema (ECMA-262, no `u` flag) in the dialect of the engine of validators.

The two differ in what they refuse: ECMA-262 takes `[\w-.]`, `[^]`, `x{,3}` and an escape of any
character, the engine does not. What the engine takes means the same in both.
"""

from __future__ import annotations

import functools
import re
from typing import Final

import jsonschema_rs

_QUANTIFIER: Final = re.compile(r"\{[0-9]+(?:,[0-9]*)?\}")
_CLASS_ESCAPES: Final = frozenset("dDwWsS")
_ANY: Final = r"[\s\S]"
_NONE: Final = r"(?!)"


@functools.lru_cache(maxsize=8192)
def engine_pattern(pattern: str) -> str | None:
    """The pattern as the engine takes it, the same one where it can; None where it has no
    equivalent (repetitions beyond all bounds, `\\Z`, broken syntax)."""
    for candidate in (pattern, _translated(pattern)):
        if candidate is not None and _compiles(candidate):
            return candidate
    return None


def _compiles(pattern: str) -> bool:
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True


def _translated(pattern: str) -> str | None:
    """With what only ECMA-262 takes written so that both do; None for anchors of other dialects,
    which ECMA-262 reads as letters and no author means so."""
    out: list[str] = []
    index = 0
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            pair = pattern[index : index + 2]
            if pair in (r"\A", r"\Z", r"\z"):
                return None
            out.append(pair)
            index += 2
        elif char == "[":
            text, index = _class(pattern, index + 1)
            out.append(text)
        elif char == "{" and _QUANTIFIER.match(pattern, index) is None:
            out.append(r"\{")
            index += 1
        elif char == "}" and not _closes(pattern, index):
            out.append(r"\}")
            index += 1
        else:
            out.append(char)
            index += 1
    return "".join(out)


def _closes(pattern: str, index: int) -> bool:
    start = pattern.rfind("{", 0, index)
    found = _QUANTIFIER.match(pattern, start) if start >= 0 else None
    return found is not None and found.end() == index + 1


def _class(pattern: str, index: int) -> tuple[str, int]:
    """A character class from behind its bracket, and where it ends."""
    negated = pattern.startswith("^", index)
    index += negated
    if pattern.startswith("]", index):
        return (_ANY if negated else _NONE), index + 1
    atoms: list[str] = []
    while index < len(pattern) and pattern[index] != "]":
        if pattern[index] == "\\":
            atoms.append(pattern[index : index + 2])
            index += 2
        else:
            atoms.append(pattern[index])
            index += 1
    return f"[{'^' if negated else ''}{''.join(_atoms(atoms))}]", index + 1


def _atoms(atoms: list[str]) -> list[str]:
    """The members of a class, a hyphen beside a class escape (which begins no range) and an
    opening bracket or a doubled operator (which nest classes in the engine) escaped."""
    found: list[str] = []
    for place, atom in enumerate(atoms):
        before = atoms[place - 1] if place else ""
        after = atoms[place + 1] if place + 1 < len(atoms) else ""
        if atom == "-" and (_is_class(before) or _is_class(after) or not before or not after):
            found.append(r"\-")
        elif atom in ("[", "&", "~") or (atom == "-" and before == "-"):
            found.append(f"\\{atom}")
        else:
            found.append(atom)
    return found


def _is_class(atom: str) -> bool:
    return len(atom) == 2 and atom[0] == "\\" and atom[1] in _CLASS_ESCAPES
