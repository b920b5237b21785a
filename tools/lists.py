"""How much of lists and responses a client of any description gives: counted, with reasons.

    python tools/lists.py DESCRIPTION...

For each description: list operations that take a parameter by which pages are asked for, how many
of them are methods that go through all pages, and the rest one by one with the reason; and the
properties of success responses that a method does not return.
"""

from __future__ import annotations

import sys
from pathlib import Path

from trunkline import ir
from trunkline.diagnostics import Code, TrunklineError
from trunkline.lower.bodyshape import BodyShapes
from trunkline.lower.pagination import inputs, looks_paged
from trunkline.names.surface import ResultKind, result_surface
from trunkline.pipeline.load import load_api
from trunkline.semantics.responses import success_schema
from trunkline.semantics.schemas import items, members, resolve


def lists(api: ir.Api, operation: ir.Operation) -> bool:
    """Whether the response of an operation has a list of its own."""
    schema = success_schema(operation)
    if schema is None:
        return False
    if items(api.schemas, schema) is not None:
        return True
    return any(
        items(api.schemas, m.schema) is not None or members(api.schemas, m.schema)
        for m in members(api.schemas, schema).values()
    )


def dropped(api: ir.Api, operation: ir.Operation) -> list[str]:
    """Properties beside what a method returns, on the way to it, that say something."""
    surface = result_surface(api, operation)
    schema = success_schema(operation)
    if schema is None or surface.kind is not ResultKind.JSON:
        return []
    shapes = BodyShapes(api.schemas)
    found: list[str] = []
    for name in surface.payload:
        beside = [n for n in shapes.every_member(schema) if n != name]
        said = "x-trunkline-payload" in operation.extensions
        found += [n for n in beside if not said and not shapes.is_all(schema, (name,))]
        schema = shapes.every_member(schema)[name]
    return found


def report(path: Path) -> None:
    """Print the counts of one description."""
    try:
        loaded = load_api(path)
    except TrunklineError as error:
        print(f"{path.name}: not read: {error.diagnostics[0]}")
        return
    api = loaded.api
    shapes = BodyShapes(api.schemas)
    asking = [
        o
        for o in api.operations
        if o.method == "get" and looks_paged(inputs(shapes, o)) is not None and lists(api, o)
    ]
    pages = [o for o in asking if result_surface(api, o).kind is ResultKind.PAGE]
    every = [o for o in api.operations if result_surface(api, o).kind is ResultKind.PAGE]
    lost = {o.id: names for o in api.operations if (names := dropped(api, o))}
    unknown = [d for d in loaded.diagnostics if d.code is Code.PAGING_UNKNOWN]
    told = {d.message.partition(" ")[0] for d in unknown}
    print(
        f"{path.name}: {len(api.operations)} operations, {len(asking)} lists with a page parameter,"
        f" {len(pages)} of them go through all pages ({len(every)} methods in all);"
        f" properties dropped: {sum(map(len, lost.values()))}"
    )
    for operation in asking:
        if operation in pages:
            continue
        schema = success_schema(operation)
        assert schema is not None
        shape = type(resolve(api.schemas, schema).shape).__name__
        shown = ", ".join(members(api.schemas, schema))[:100] or shape
        asked = looks_paged(inputs(shapes, operation))
        said = "told" if operation.id in told else "SILENT"
        print(f"  {said}: {operation.id} ({asked.name if asked else ''}) responds with: {shown}")
    for name, properties in lost.items():
        print(f"  dropped: {name}: {', '.join(properties)}")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        report(Path(argument))
