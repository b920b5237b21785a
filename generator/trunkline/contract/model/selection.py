"""Which operations a run is about, by Schemathesis' names for the ways to tell them."""

from __future__ import annotations

import difflib
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
                            Code.BAD_VALUE,
                            f"--{word}-{selector} {value!r} fits no operation",
                            hint=_nearest(api, selector, value),
                        )
        if not any(map(self.chooses, api.operations)) and (self.include or self.exclude):
            raise TrunklineError.usage(Code.BAD_VALUE, "no operation is left to test")


def _nearest(api: ir.Api, selector: str, value: str) -> str:
    """What there is that may have been meant."""
    there = sorted({text for o in api.operations for text in SELECTORS[selector](o)})
    near = difflib.get_close_matches(value, there, 1)
    if near:
        return f"did you mean {near[0]!r}?"
    more = ", …" if len(there) > 5 else ""
    return f"there is {', '.join(there[:5])}{more}" if there else f"no operation has a {selector}"


def _fits(operation: ir.Operation, selector: str, values: tuple[str, ...]) -> bool:
    texts = SELECTORS[selector](operation)
    if selector == "method":
        values = tuple(value.upper() for value in values)
    return any(fnmatchcase(text, value) for text in texts for value in values)
