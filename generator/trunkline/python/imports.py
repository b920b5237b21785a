"""Imports as data, merged per file."""

from __future__ import annotations


class Imports:
    """What a module imports; printed sorted, each module once."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {}
        self._modules: set[str] = set()

    def add(self, module: str, *names: str) -> None:
        """`from module import names`."""
        self._names.setdefault(module, set()).update(names)

    def add_module(self, module: str) -> None:
        """`import module`."""
        self._modules.add(module)

    def lines(self) -> tuple[str, ...]:
        """The statements, `__future__` first."""
        plain = [f"import {name}" for name in sorted(self._modules)]
        found = [
            f"from {module} import {', '.join(sorted(names))}"
            for module, names in sorted(self._names.items())
        ]
        return ("from __future__ import annotations", *plain, *found)
