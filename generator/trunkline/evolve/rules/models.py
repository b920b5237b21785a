"""Names that user code imports: component schemas. They are nothing on the wire."""

from __future__ import annotations

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.table import SAFE, B, C, rule

A = Area.MODEL
IMPORTS = "User code that imports the model by its name fails."

ADDED = rule(A, "model", "added", "the model {name} was added", C, C, SAFE)
REMOVED = rule(A, "model", "removed", "the model {name} was removed", C, B, IMPORTS,
               "Import what took its place.")  # fmt: skip
RENAMED = rule(A, "model", "renamed", "the model {was} is called {now}", C, B, IMPORTS,
               "Keep the name of the component.")  # fmt: skip

RULES: tuple[Rule, ...] = (ADDED, REMOVED, RENAMED)

PREFIX = "/components/schemas/"


def compare(context: Context) -> None:
    """Components only; names that tools give to inline schemas may change freely.

    Comes last: which components stand in each other's place is known from everything before.
    """
    before, after = _components(context.old), _components(context.new)
    successors: dict[str, str] = {}
    for was, now in context.graph.named:
        if was in before and now in after and was not in after and now not in before:
            successors.setdefault(was, now)
    for name, schema in before.items():
        if name in successors:
            other = after[successors[name]]
            context.add(RENAMED, Place("models", (name,)), schema.meta.origin, other.meta.origin,
                        was=name, now=successors[name])  # fmt: skip
        elif name not in after:
            context.add(REMOVED, Place("models", (name,)), schema.meta.origin, None, name=name)
    for name, schema in after.items():
        if name not in before and name not in successors.values():
            context.add(ADDED, Place("models", (name,)), None, schema.meta.origin, name=name)


def _components(api: ir.Api) -> dict[str, ir.Schema]:
    """Those that stand under components, not those hoisted out of other places."""
    found = {}
    for name, schema in api.schemas.items():
        pointer = schema.meta.origin.pointer.lstrip("#")
        if pointer.startswith(PREFIX) and "/" not in pointer.removeprefix(PREFIX):
            found[name] = schema
    return found
