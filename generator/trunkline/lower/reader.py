"""What reads schemas, as the parts that it consists of see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from trunkline import ir
from trunkline.lower.compound import Compound, Compounds
from trunkline.lower.context import Context
from trunkline.lower.shapes import Scalars
from trunkline.source import Node


class SchemaReader(Protocol):
    """Reads the schemas inside others: `Schemas`, without a need to know it."""

    context: Context
    compounds: Compounds
    scalars: Scalars

    def schema(self, node: Node, name: str) -> ir.Schema:
        """The schema at a node, called `name` if it needs one."""
        ...

    def all_of(self, nodes: Sequence[Node], name: str) -> ir.Schema:
        """One schema of several that must all hold."""
        ...

    def place(self, compound: Compound, node: Node, name: str) -> ir.Schema:
        """A compound as it stands at a node."""
        ...

    def name_of(self, target: Node) -> str:
        """The name of the component schema at a node."""
        ...
