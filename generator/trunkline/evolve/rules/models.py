"""Names that user code imports: component schemas. They are nothing on the wire."""

from __future__ import annotations

from collections.abc import Mapping

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.table import SAFE, B, C, rule

A = Area.MODEL
IMPORTS = "User code that imports the model by its name fails."

ADDED = rule(A, "model", "added", "the model {name} was added", C, C, SAFE)
REMOVED = rule(
    A,
    "model",
    "removed",
    "the model {name} was removed",
    C,
    B,
    IMPORTS,
    "Import what took its place.",
)
RENAMED = rule(
    A,
    "model",
    "renamed",
    "the model {was} is called {now}",
    C,
    B,
    IMPORTS,
    "Keep the name of the component.",
)
MADE_UP = rule(
    A,
    "made-up-name",
    "changed",
    "the model made for {was} is called {now}",
    C,
    B,
    IMPORTS,
    "Keep the schema where it stood, or the component's name.",
)

RULES: tuple[Rule, ...] = (ADDED, REMOVED, RENAMED, MADE_UP)


def compare(context: Context) -> None:
    """Components; then the names that were made up for inline schemas, where they have classes.

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
            context.add(
                RENAMED,
                Place("models", (name,)),
                schema.meta.origin,
                other.meta.origin,
                was=name,
                now=successors[name],
            )
        elif name not in after:
            context.add(REMOVED, Place("models", (name,)), schema.meta.origin, None, name=name)
    for name, schema in after.items():
        if name not in before and name not in successors.values():
            context.add(ADDED, Place("models", (name,)), None, schema.meta.origin, name=name)
    _made_up(context, before)


def _made_up(context: Context, components: Mapping[str, ir.Schema]) -> None:
    """Names follow from where a schema stands, and from the ids of operations."""
    old, new = context.old.schemas, context.new.schemas
    for was, now in context.graph.named:
        if was in components or was in new or was not in old or now not in new:
            continue
        if _has_class(old[was].shape):
            origins = old[was].meta.origin, new[now].meta.origin
            context.add(MADE_UP, Place("models", (was,)), *origins, was=was, now=now)


def _has_class(shape: ir.Shape) -> bool:
    match shape:
        case ir.Object():
            return bool(shape.properties)
        case ir.Enumeration():
            return len(shape.values) > 1
        case ir.Union():
            return shape.discriminator is not None or len(shape.members) > 4
        case _:
            return False


def _components(api: ir.Api) -> dict[str, ir.Schema]:
    return {name: schema for name, schema in api.schemas.items() if name in api.components}
