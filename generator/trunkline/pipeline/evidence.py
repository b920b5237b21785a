"""The Python verdict of a change is what happens to the package.

A rule says what a kind of change does to callers in general. Whether it does so here is seen by
printing the packages of both versions: where the part that a change concerns is the same in both,
nobody's program can tell, whatever the description did.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from trunkline.diagnostics import Diagnostics
from trunkline.evolve import Area, Change, Place, Verdict
from trunkline.ir import Api
from trunkline.names import NamePlan, default_package, plan
from trunkline.names.operations import resource_path
from trunkline.render import package_sources

_NAME: Final = "compared"
"""Both packages are called the same: names of packages are no part of a description."""
_WEBHOOK_AREAS: Final = frozenset(
    {Area.WEBHOOK, Area.WEBHOOK_PARAMETER, Area.WEBHOOK_REQUEST, Area.WEBHOOK_RESPONSE}
)

_Unit = tuple[str, str]
"""A module, and a name defined in it: `("resources/calls", "Calls.list")`."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One definition: its code without docstrings, and the names that it mentions."""

    code: str
    names: frozenset[str]


class _Package:
    """A package as a caller meets it: its definitions, and where each is."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.names: NamePlan = plan(api, default_package(_NAME), Diagnostics())

    @cached_property
    def parts(self) -> dict[_Unit, _Part]:
        """Every definition of every module, the copied runtime excepted."""
        module = PurePosixPath(self.names.package.module)
        found: dict[_Unit, _Part] = {}
        for path, text in package_sources(self.api, self.names).items():
            if path.suffix != ".py" or not path.is_relative_to(module):
                continue
            place = path.relative_to(module).with_suffix("")
            if place.parts[0] != "_runtime":
                for name, part in _definitions(text, split=place.parts[0] == "resources"):
                    found[str(place), name] = part
        return found

    @cached_property
    def _places(self) -> dict[str, list[_Unit]]:
        places: dict[str, list[_Unit]] = {}
        for unit in self.parts:
            places.setdefault(unit[1], []).append(unit)
        return places

    def reached(self, units: Iterable[_Unit]) -> dict[_Unit, str]:
        """The code of definitions, and of all that they lead to."""
        found: dict[_Unit, str] = {}
        waiting = list(units)
        while waiting:
            unit = waiting.pop()
            if unit in found or unit not in self.parts:
                continue
            part = self.parts[unit]
            found[unit] = part.code
            for name in part.names & self._places.keys():
                own = (unit[0], name)
                waiting += [own] if own in self.parts else self._places[name]
        return found

    def units(self, change: Change, place: Place) -> list[_Unit] | None:
        """The definitions that a change concerns at one of its places; None where that is all of
        them."""
        if change.rule.area in _WEBHOOK_AREAS:
            # What a webhook may be answered with is a class that nothing else leads to.
            return [unit for unit in self.parts if unit[0].startswith(("webhooks", "models/"))]
        if change.rule.area is Area.MODEL:
            classes = [self.names.classes[n].name for n in place.path if n in self.names.classes]
            return [unit for name in classes for unit in self._places.get(name, ())]
        return self._methods.get(place.subject)

    @cached_property
    def _methods(self) -> dict[str, list[_Unit]]:
        found: dict[str, list[_Unit]] = {}
        for operation in self.api.operations:
            if operation.id in self.names.methods:
                further = [name for _, name in self.names.further.get(operation.id, ())]
                for method in (self.names.methods[operation.id], *further):
                    subject = f"{operation.method.upper()} {operation.path}"
                    found.setdefault(subject, []).extend(
                        self._of_resource(operation.resource, method.name)
                    )
        for rpc in self.api.rpc.methods if self.api.rpc is not None else ():
            if rpc.name in self.names.rpc:
                name = self.names.rpc[rpc.name].name
                found[f"rpc {rpc.name}"] = self._of_resource(rpc.resource, name)
        return found

    def _of_resource(self, resource: tuple[str, ...], method: str) -> list[_Unit]:
        place = self.names.resources[resource_path(resource)]
        module = f"resources/{place.module}"
        return [(module, f"{c}.{method}") for c in (place.class_name, place.async_class_name)]


def called(old: Api, new: Api) -> Mapping[str, str]:
    """From `GET /calls` to `client.calls.list`: the new package's names, or, where something is
    gone, the old one's."""
    return {
        subject: path
        for api in (old, new)
        for subject, path in method_paths(api, _Package(api).names).items()
    }


def judged(changes: tuple[Change, ...], old: Api, new: Api) -> tuple[Change, ...]:
    """The changes, marked where the packages of both versions are the same.

    Packages are printed only where a rule says that something happens to callers; for a large
    description that takes as long as generating it twice.
    """
    if all(change.python is Verdict.COMPATIBLE for change in changes):
        return changes
    was, now = _Package(old), _Package(new)
    whole = was.parts == now.parts
    return tuple(
        replace(change, same_package=True)
        if change.python is not Verdict.COMPATIBLE and (whole or _is_same(change, was, now))
        else change
        for change in changes
    )


def _is_same(change: Change, was: _Package, now: _Package) -> bool:
    for place in change.places:
        units = was.units(change, place)
        if not units or not any(unit in was.parts for unit in units):
            return False
        if was.reached(units) != now.reached(units):
            return False
    return True


def method_paths(api: Api, names: NamePlan) -> dict[str, str]:
    """From `GET /calls` to `client.calls.list`."""

    def path(resource: tuple[str, ...], method: str) -> str:
        ways = [resource[: length + 1] for length in range(len(resource))]
        attributes = [names.resources[way].attribute for way in ways if way in names.resources]
        return ".".join(("client", *(attributes or ["root"]), method))

    found = {
        f"{operation.method.upper()} {operation.path}": path(
            operation.resource, names.methods[operation.id].name
        )
        for operation in api.operations
        if operation.id in names.methods
    }
    for method in api.rpc.methods if api.rpc is not None else ():
        if method.name in names.rpc:
            found[method.name] = path(method.resource, names.rpc[method.name].name)
    return found


class _Bare(ast.NodeTransformer):
    """Code without what only people read, and without the operation's id, which nothing sends."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        body = getattr(node, "body", None)
        if isinstance(body, list):
            kept = [one for one in body if not _is_text(one)]
            node.body = kept or [ast.Pass()]  # type: ignore[attr-defined]  # it has one
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "Operation":
            node.keywords = [k for k in node.keywords if k.arg != "id"]
        return node


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _definitions(text: str, *, split: bool) -> Iterator[tuple[str, _Part]]:
    """What a module defines, with `split` each method alone; imports lead to other definitions and
    are none."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _is_text(node):
            continue
        if split and isinstance(node, ast.ClassDef):
            inner = [
                one for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
            ]
            for method in inner:
                yield f"{node.name}.{method.name}", _part(method)
            node.body = [one for one in node.body if one not in inner] or [ast.Pass()]
            yield node.name, _part(node)
        else:
            yield _defined(node), _part(node)


def _defined(node: ast.stmt) -> str:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            return ast.unparse(node)


def _part(node: ast.stmt) -> _Part:
    bare = _Bare().visit(node)
    names = {one.id for one in ast.walk(bare) if isinstance(one, ast.Name)}
    names |= {  # a class that is defined further down is named by a text
        one.value
        for one in ast.walk(bare)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value.isidentifier()
    }
    return _Part(ast.unparse(bare), frozenset(names))
