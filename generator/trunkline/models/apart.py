"""A module of models that stands in several files, made of the one text that was printed.

Classes refer to each other across the files as they like. Annotations are not evaluated when a
class is made, so that type checkers alone import what stands elsewhere; the package of the files
gives each of them the names of the others (`join` in the runtime). What a named union is made of is
evaluated at once: there, what stands elsewhere or comes later is written as text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

_WORD: Final = re.compile(r"[A-Za-z_]\w*")


def apart(text: str, files: Mapping[str, str]) -> dict[str, str]:
    """File → source, unformatted, with more imports than it needs; `files` has that of each class.

    `text` is what was printed for the module: imports, then classes and named types.
    """
    lines = text.splitlines()
    nodes = ast.parse(text).body
    starts = [node.lineno - 1 for node in nodes]
    header: list[str] = []
    parts: dict[str, _File] = {}
    current: _File | None = None
    for node, start, end in zip(nodes, starts, [*starts[1:], len(lines)], strict=True):
        name = _name(node)
        if name is not None:
            current = parts.setdefault(files[name], _File())
            current.add(name, node, lines[start:end], files)
        elif current is not None:
            # The docstring of a named type; calls that complete a class come too early here.
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                current.text.extend(lines[start:end])
        else:
            header.extend(_imported(node, lines[start:end]))
    comments = lines[: starts[0]]
    return {file: part.source(file, comments + header, files) for file, part in parts.items()}


class _File:
    """What one file is made of."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self._own: set[str] = set()
        self._needs: set[str] = set()

    def add(self, name: str, node: ast.stmt, lines: list[str], known: Mapping[str, str]) -> None:
        """A class or a named type of the module, whose names are `known`."""
        self._needs |= _used(node) & known.keys()
        if isinstance(node, ast.Assign):
            node.value = _Quoted(known.keys() - self._own).named_type(node.value)
            self.text.extend(("", ast.unparse(node)))
        else:
            self.text.extend(lines)
        self._own.add(name)

    def source(self, file: str, header: list[str], files: Mapping[str, str]) -> str:
        """The file: what others hold is imported for type checkers."""
        elsewhere = [name for name in sorted(self._needs - self._own) if files[name] != file]
        typing = [f"    from .{files[name]} import {name}" for name in elsewhere]
        guard = ["if TYPE_CHECKING:", *typing] if typing else []
        added = "from typing import TYPE_CHECKING, Union"
        return "\n".join([*header, added, *guard, "", *self.text, ""])


def _name(node: ast.stmt) -> str | None:
    match node:
        case ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return None


def _imported(node: ast.stmt, lines: list[str]) -> list[str]:
    """An import as it is in a folder below."""
    if isinstance(node, ast.ImportFrom) and node.level:
        node.level += 1
        return [ast.unparse(node)]
    return lines


def _used(node: ast.stmt) -> set[str]:
    """Names in annotations, or in what a named type is made of; text may be a type too."""
    return set(_names(node))


def _names(node: ast.stmt) -> Iterator[str]:
    roots: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        roots.append(node.value)
    elif isinstance(node, ast.ClassDef):
        roots.extend(part.annotation for part in node.body if isinstance(part, ast.AnnAssign))
    for root in roots:
        for part in ast.walk(root):
            if isinstance(part, ast.Name):
                yield part.id
            elif isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield from _WORD.findall(part.value)


class _Quoted(ast.NodeTransformer):
    """Writes names that are not there yet as text."""

    def __init__(self, missing: Collection[str]) -> None:
        self._missing = missing

    def named_type(self, call: ast.expr) -> ast.expr:
        """`TypeAliasType("Name", …)` with its second argument evaluated later."""
        if isinstance(call, ast.Call):
            call.args[1:] = [self.visit(argument) for argument in call.args[1:]]
        return call

    def visit_Name(self, node: ast.Name) -> ast.expr:  # the name that `ast` calls
        """A name, or the same as text."""
        return ast.Constant(node.id) if node.id in self._missing else node

    def visit_Call(self, node: ast.Call) -> ast.expr:  # the same
        """An annotation that is no type: the tag of a union."""
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:  # the same
        """`A | B`, which text cannot be joined to: `Union["A", B]`."""
        members = [self.visit(member) for member in _members(node)]
        if not any(isinstance(m, ast.Constant) and isinstance(m.value, str) for m in members):
            return node
        return ast.Subscript(ast.Name("Union"), ast.Tuple(members))


def _members(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp):
        yield from _members(node.left)
        yield from _members(node.right)
    else:
        yield node
