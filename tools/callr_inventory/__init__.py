"""Fact inventories made by machine: the parser of the CALLR objects reference.

`text → parse → ObjectsReference → inventory → sources/callr-objects.yaml`, and back: `text_of`
prints the tree, `rebuild` prints the inventory, and both give the text again.
"""

from callr_inventory.facts import inventory, pieces
from callr_inventory.parse import parse
from callr_inventory.rebuild import rebuild
from callr_inventory.tree import ObjectsReference, text_of
from callr_inventory.write import to_yaml

__all__ = ["ObjectsReference", "inventory", "parse", "pieces", "rebuild", "text_of", "to_yaml"]
