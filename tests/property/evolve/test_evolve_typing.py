"""Code that type-checks with the old package must with the new one, when that is called compatible.

For every description, programs are made that use everything: each method with each argument in
each type that may fit, each field read as each type that it may have, each class, each member of
each enumeration. One line is one program; those that do not type-check with the old package were
never right and do not count. Not among them are constructing models, reading back what only
requests hold, and matching enumerations exhaustively (they are open).
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mypy import api as mypy

from trunkline import ir
from trunkline.diagnostics import Diagnostics
from trunkline.evolve import Verdict, compare
from trunkline.names import Kind, NamePlan, PackageConfig, default_package, plan
from trunkline.render import package_sources
from trunkline.semantics.schemas import references

HEAD = """from __future__ import annotations
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID
"""
SCALARS = ("str", "int", "float", "bool", "datetime", "date", "UUID")
PLAIN = (
    *SCALARS, *(f"Sequence[{one}]" for one in SCALARS), *(f"dict[str, {one}]" for one in SCALARS),
    "Mapping[str, object]", "int | bool", "str | int | bool", "object",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """An edit whose verdict is being tested: what it is, and the modules of both packages."""

    what: str
    old: str
    new: str
    breaks: bool


def types(names: NamePlan) -> list[str]:
    """Every type that something may have, with and without None."""
    classes = [c.name for c in names.classes.values() if c.kind is not Kind.INLINE]
    found = [*PLAIN, *classes, *(f"Sequence[{one}]" for one in classes)]
    return ["None", *found, *(f"{one} | None" for one in found)]


def answered(api: ir.Api) -> set[str]:
    """The schemas that answers hold."""
    contents = [c for o in api.operations for r in o.responses for c in r.contents]
    stack = [name for c in contents if c.schema is not None for name in references(c.schema)]
    found: set[str] = set()
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(references(api.schemas[name]))
    return found


def program(names: NamePlan, api: ir.Api, document: Any, grammar: Any) -> str:
    """Every use of the package, each on a line of its own; {module} is filled in later."""
    client = names.package.client
    lines = [f"from {{module}} import {client}"]
    read = answered(api)
    models = {n: c for n, c in names.classes.items() if c.kind is not Kind.INLINE}
    lines += [f"from {{module}}.models import {c.name}" for c in models.values()]
    for name, model in models.items():
        lines += [f"{model.name}.{member}" for member, _ in model.members]
        for field in model.fields.values() if name in read else ():
            for one in types(names):
                lines.append(f"def f(v: {model.name}) -> None: x: {one} = v.{field}")
    lines += _calls(names, client, document, grammar)
    return HEAD + "".join(f"{line}\n" for line in lines)


def _calls(names: NamePlan, client: str, document: Any, grammar: Any) -> Iterator[str]:
    members = [f"{c.name}.{member}" for c in names.classes.values() for member, _ in c.members]
    for path, _, operation in grammar.operations_of(document):
        known = names.methods[operation["operationId"]]
        surface = names.surfaces[operation["operationId"]].operation
        resource = names.resources[surface.resource or ("root",)].attribute
        call = f"client.{resource}.{known.name}"
        needed, given = {}, {}
        item = document["paths"][path]
        parameters = [*item.get("parameters", []), *operation.get("parameters", [])]
        for one in parameters:
            argument = known.arguments[one["in"], one["name"]]
            given[argument] = grammar.values(document, one["schema"])
            if one.get("required"):
                needed[argument] = repr(given[argument][0])
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is not None:
            schema = content["schema"]
            for name, inner in schema["properties"].items():
                argument = known.arguments["body", name]
                given[argument] = grammar.values(document, inner)
                if name in schema.get("required", []):
                    needed[argument] = repr(given[argument][0])
        for one in types(names):
            yield f"def f(client: {client}) -> None: x: {one} = {call}({_said(needed)})"
        positional = {k: v for k, v in needed.items() if k == "widget_id"}
        rest = _said({k: v for k, v in needed.items() if k not in positional})
        for value in positional.values():
            yield f"def f(client: {client}) -> None: {call}({value}, {rest})"
        for argument, examples in given.items():
            for text in [*map(repr, examples), *members]:
                said = _said({**needed, argument: text})
                yield f"def f(client: {client}) -> None: {call}({said})"
            for one in types(names):
                said = _said({**needed, argument: "v"})
                yield f"def f(client: {client}, v: {one}) -> None: {call}({said})"


def _said(arguments: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in arguments.items())


class Bench:
    """A folder of packages that share one runtime, so that it is checked once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, api: Any, name: str, package: PackageConfig) -> NamePlan | None:
        """Put the package of `api` in as the module `name`; None where names clash."""
        found = Diagnostics()
        config = default_package(name)
        config = PackageConfig(
            name=name, distribution=name, module=config.module, client=package.client
        )
        names = plan(api, config, found)
        if found.errors:
            return None
        for path, text in package_sources(api, names).items():
            if path.parts[:1] != (config.module,) or path.suffix != ".py":
                continue
            shared = "_runtime" in path.parts
            place = self.folder.joinpath(*(("shared_runtime", path.name) if shared else path.parts))
            place.parent.mkdir(parents=True, exist_ok=True)
            if not shared:
                own = rf"from (?:\.+|{config.module}\.)_runtime"
                text = re.sub(own, "from shared_runtime", text)
            place.write_text(text, encoding="utf-8")
        return names

    def errors(self, programs: Iterable[str]) -> dict[str, dict[int, str]]:
        """What is wrong on which line of which program, in one run."""
        said, trouble, _ = mypy.run(
            ["--strict", "--follow-imports=silent", "--disable-error-code=no-redef",
             "--cache-dir", str(self.folder / ".cache"), "--config-file=", "--no-error-summary",
             *(str(self.folder / one) for one in programs)]
        )  # fmt: skip
        assert not trouble, trouble
        found: dict[str, dict[int, str]] = {}
        for line in said.splitlines():
            match = re.match(r"(.*?):(\d+): error: (.*)", line)
            if match:
                found.setdefault(Path(match[1]).name, {})[int(match[2])] = match[3]
        return found


def misjudged(
    grammar: Any, folder: Path, seeds: Iterable[int], number: int
) -> tuple[list[str], int]:
    """Edits that are called compatible and break a line; how many of the breaking ones broke one.

    Of every description, `number` edits are drawn, and of those called breaking three are tried.
    """
    programs: list[str] = []
    bench, cases = Bench(folder), []
    for seed in seeds:
        rng = random.Random(seed)
        document = grammar.description(rng)
        api = grammar.lowered(document, folder)
        package = default_package(f"s{seed}")
        names = bench.install(api, f"s{seed}_old", package)
        text = program(names, api, document, grammar)
        old = f"use_s{seed}.py"
        (folder / old).write_text(text.replace("{module}", names.package.module))
        programs.append(old)
        breaking = 0
        for count in range(number):
            edit = grammar.random_edit(rng, document)
            new = grammar.lowered(edit.new, folder)
            if new is None:
                continue
            safe = {c.python for c in compare(api, new)} <= {Verdict.COMPATIBLE}
            breaking += not safe
            if not safe and breaking > 3:
                continue
            made = bench.install(new, f"s{seed}_e{count}", package)
            if made is None:
                continue
            use = f"use_s{seed}_e{count}.py"
            (folder / use).write_text(text.replace("{module}", made.package.module))
            cases.append(Case(edit.what, old, use, not safe))
    errors = bench.errors([*programs, *(case.new for case in cases)])
    wrong, noticed = [], 0
    for case in cases:
        before, after = errors.get(case.old, {}), errors.get(case.new, {})
        came = [line for line in after if line not in before]
        noticed += case.breaks and bool(came)
        if came and not case.breaks:
            shown = (folder / case.new).read_text().splitlines()[came[0] - 1]
            wrong.append(f"{case.new}: {case.what}\n    {shown}\n    {after[came[0]]}")
    right = sum(
        len((folder / old).read_text().splitlines()) - len(errors.get(old, {})) for old in programs
    )
    assert right > 50 * len(programs), "the programs hardly use anything"
    return wrong, noticed


def test_what_is_called_compatible_keeps_type_checking(grammar, tmp_path):
    wrong, noticed = misjudged(grammar, tmp_path, range(2), 12)
    assert not wrong, "\n".join(wrong)
    assert noticed > 2, "the programs notice nothing"


@pytest.mark.exhaustive
@pytest.mark.timeout(1800)
def test_what_is_called_compatible_keeps_type_checking_in_many(grammar, tmp_path):
    """Ten descriptions and 400 edits: about ten of each kind that the grammar makes."""
    wrong, _ = misjudged(grammar, tmp_path, range(210, 220), 40)
    assert not wrong, "\n".join(wrong)
