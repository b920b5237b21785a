"""Which operations a run is about, by Schemathesis' names for the ways to tell them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code, TrunklineError

SELECTORS: Final[Mapping[str, Callable[[ir.Operation], tuple[str, ...]]]] = {
    "path": lambda operation: (operation.path,),
    "method": lambda operation: (operation.method.upper(),),
    "name": lambda operation: (f"{operation.method.upper()} {operation.path}",),
    "tag": lambda operation: operation.tags,
    "operation-id": lambda operation: (operation.id,),
}
"""What an operation can be chosen by."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Operations: those that fit one value of every selector in `include`, and none in `exclude`.

    `*` in a value stands for anything.
    """

    include: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def chooses(self, operation: ir.Operation) -> bool:
        """Whether the run is about an operation."""
        return not self.excludes(operation) and all(
            _fits(operation, selector, values) for selector, values in self.include.items()
        )

    def excludes(self, operation: ir.Operation) -> bool:
        """Whether an operation is not to be called by any check."""
        return any(_fits(operation, selector, values) for selector, values in self.exclude.items())

    def validate(self, api: ir.Api) -> None:
        """Raise a usage error for a value that fits no operation."""
        for word, chosen in (("include", self.include), ("exclude", self.exclude)):
            for selector, values in chosen.items():
                for value in values:
                    if not any(_fits(o, selector, (value,)) for o in api.operations):
                        raise TrunklineError.usage(
                            Code.BAD_VALUE, f"--{word}-{selector} {value} fits no operation"
                        )
        if not any(map(self.chooses, api.operations)) and (self.include or self.exclude):
            raise TrunklineError.usage(Code.BAD_VALUE, "no operation is left to test")


def _fits(operation: ir.Operation, selector: str, values: tuple[str, ...]) -> bool:
    texts = SELECTORS[selector](operation)
    if selector == "method":
        values = tuple(value.upper() for value in values)
    return any(fnmatchcase(text, value) for text in texts for value in values)
