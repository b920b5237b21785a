"""An overlay and its actions, from a parsed file; what is malformed is an error at its position."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import Final

from trunkline.diagnostics import Code, Diagnostics
from trunkline.overlay.query import BadQueryError, Query
from trunkline.source import Node, ParsedFile

_VERSION: Final = re.compile(r"1\.([01])(\.\d+)?\Z")
_ROOT: Final = ("overlay", "info", "extends", "actions")
_ACTION: Final = ("target", "description", "update", "copy", "remove")
_EXAMPLE: Final = "A target is a JSONPath of RFC 9535, such as $.paths['/pets'].get."


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """One change. Exactly one of `update`, `copy` and `remove` decides what it is."""

    node: Node
    target: Query
    update: Node | None = None
    copy: Query | None = None
    remove: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """An overlay as it is written; `extends` is the address of what it was made for."""

    file: ParsedFile
    concatenates: bool
    """Whether a list as `update` of a list is its items, as in 1.1, or one more item, as in 1.0."""
    actions: tuple[Action, ...]
    extends: Node | None = None


def parse_overlay(file: ParsedFile, diagnostics: Diagnostics) -> Overlay | None:
    """The overlay in `file`; None, with errors, where it is not one or nothing of it is clear.

    An action that is not understood is an error, and left out.
    """
    root = Node.root(file)
    minor = _minor(root, diagnostics)
    if minor is None:
        return None
    _unknown(root, _ROOT, diagnostics)
    info = root.get("info")
    if info is None or not all(isinstance(info.text(key), str) for key in ("title", "version")):
        diagnostics.add(
            Code.NONCONFORMING,
            "An overlay has info with a title and a version, both text",
            (info or root).position,
        )
    listed = root.get("actions")
    if listed is None or not isinstance(listed.value, list) or not listed.value:
        _bad("An overlay needs actions, a list that is not empty", listed or root, diagnostics)
        return None
    extends = root.get("extends")
    if extends is not None and not isinstance(extends.value, str):
        _bad("extends is the address of a description, as text", extends, diagnostics)
        extends = None
    found = (_action(node, minor, diagnostics) for node in listed.elements())
    actions = tuple(action for action in found if action is not None)
    return Overlay(file, minor >= 1, actions, extends)


def _minor(root: Node, diagnostics: Diagnostics) -> int | None:
    version = root.get("overlay")
    if version is None:
        _bad("Not an overlay: no 'overlay' member", root, diagnostics, "Add `overlay: 1.0.0`.")
        return None
    match = _VERSION.match(str(version.value))
    if match is None:
        message = f"Overlay {str(version.value)!r} is not known"
        _bad(message, version, diagnostics, "Versions 1.0 and 1.1 are read.")
        return None
    return int(match[1])


def _action(node: Node, minor: int, diagnostics: Diagnostics) -> Action | None:
    if not isinstance(node.value, dict):
        _bad("An action is a mapping with a target", node, diagnostics)
        return None
    if not _unknown(node, _ACTION, diagnostics):
        return None
    target = _query(node, "target", diagnostics)
    remove = node.get("remove")
    if remove is not None and not isinstance(remove.value, bool):
        _bad("remove is true or false", remove, diagnostics)
        return None
    if target is None:
        return None
    if remove is not None and remove.value is True:
        if target.is_root:
            _bad("The whole description cannot be removed", node, diagnostics)
            return None
        return Action(node, target, remove=True)
    update, copied = node.get("update"), node.get("copy")
    if copied is not None and minor == 0:
        _bad("copy is of overlay 1.1", copied, diagnostics, "Write `overlay: 1.1.0`.")
        return None
    if update is not None and copied is not None:
        _bad("An action has update or copy, not both", copied, diagnostics)
        return None
    if copied is not None:
        source = _query(node, "copy", diagnostics)
        return None if source is None else Action(node, target, copy=source)
    if update is None:
        kinds = "update, copy or remove: true" if minor else "update or remove: true"
        _bad(f"This action does nothing: it needs {kinds}", node, diagnostics)
        return None
    return Action(node, target, update=update)


def _query(node: Node, key: str, diagnostics: Diagnostics) -> Query | None:
    found = node.get(key)
    if found is None or not isinstance(found.value, str):
        _bad(f"An action needs {key}, as text", found or node, diagnostics, _EXAMPLE)
        return None
    try:
        return Query.parse(found.value)
    except BadQueryError as error:
        _bad(f"Not a JSONPath: {error}", found, diagnostics, _EXAMPLE)
        return None


def _unknown(node: Node, known: tuple[str, ...], diagnostics: Diagnostics) -> bool:
    """Whether all keys are known; those that are not are errors."""
    fine = True
    for key, member in node.items():
        if key in known or key.startswith("x-"):
            continue
        near = difflib.get_close_matches(key, known, 1, cutoff=0.6)
        hint = f"Did you mean {near[0]!r}?" if near else "Keys of your own begin with x-."
        diagnostics.add(
            Code.OVERLAY, f"{key!r} is not known in an overlay", member.key_position, hint
        )
        fine = False
    return fine


def _bad(message: str, node: Node, diagnostics: Diagnostics, hint: str | None = None) -> None:
    diagnostics.add(Code.OVERLAY, message, node.position, hint)
