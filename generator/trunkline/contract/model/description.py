"""The description as one plain mapping: what other files hold is put where it is referred to."""

from __future__ import annotations

from typing import Any

from trunkline.source import Document, Node

_DEPTH = 60


def bundle(document: Document) -> dict[str, Any]:
    """A copy of the root file that refers only to itself.

    References inside the root file stay as they are; what stands in other files is put in place,
    and left out where it leads in a circle. The result shares nothing with `document`.
    """
    made = _copy(document, document.root, ())
    return made if isinstance(made, dict) else {}


def _copy(document: Document, node: Node, inside: tuple[tuple[str, str], ...]) -> Any:
    if len(inside) > _DEPTH:
        return {}
    value = node.value
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str) and not _stays(document, node):
            target = document.target(node)
            if target is None or target.place in inside:
                return {}
            return _copy(document, target, (*inside, target.place))
        return {str(key): _copy(document, member, inside) for key, member in node.items()}
    if isinstance(value, list):
        return [_copy(document, element, inside) for element in node.elements()]
    return value


def _stays(document: Document, node: Node) -> bool:
    reference = node.text("$ref") or ""
    return reference.startswith("#") and node.file is document.file
