"""What a rule is: a code of the catalogue and a function that yields findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from trunkline import ir
from trunkline.diagnostics import Code, Diagnostics
from trunkline.lower import lower
from trunkline.openapi import Description
from trunkline.rules.values import Values
from trunkline.rules.walk import Part, parts
from trunkline.source import Document, Node


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule objects to: a sentence without a final stop about `node`."""

    node: Node
    message: str
    hint: str | None = None


class Context:
    """What rules look at; computed once for all of them."""

    def __init__(self, description: Description, api: ir.Api | None = None) -> None:
        """`api` is what was lowered from the description; lowered when asked for without it."""
        self.description = description
        self._api = api
        self.document: Document = description.document

    @property
    def root(self) -> Node:
        """The OpenAPI object."""
        return self.document.root

    @cached_property
    def api(self) -> ir.Api:
        """The representation of the description."""
        return self._api if self._api is not None else lower(self.description, Diagnostics())

    @cached_property
    def parts(self) -> list[Part]:
        """Every part of the description."""
        return list(parts(self.document))

    @cached_property
    def values(self) -> Values:
        """Validation of values by schemas."""
        return Values(self.document)

    def of(self, *what: str) -> Iterator[Node]:
        """Nodes of these kinds that stand where they are, references excepted."""
        return (p.node for p in self.parts if p.what in what and not p.reference)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of our own over descriptions; the catalogue says why and what to do."""

    code: Code
    check: Callable[[Context], Iterator[Finding]]
