"""Fact inventories made by machine: the parser of the CALLR objects reference.

`text → parse → ObjectsReference → inventory → sources/callr-objects.yaml`, and back: `text_of`
prints the tree, `rebuild` prints the inventory, and both give the text again.
"""

from trunkline.inventory.facts import inventory, pieces
from trunkline.inventory.parse import parse
from trunkline.inventory.rebuild import rebuild
from trunkline.inventory.tree import ObjectsReference, text_of
from trunkline.inventory.write import to_yaml

__all__ = ["ObjectsReference", "inventory", "parse", "pieces", "rebuild", "text_of", "to_yaml"]
