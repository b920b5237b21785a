"""The stage's one entry."""

from __future__ import annotations

from trunkline import ir
from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.lower.bodies import Bodies
from trunkline.lower.context import Context, extensions_of
from trunkline.lower.extensions import check_extensions
from trunkline.lower.finish import finish
from trunkline.lower.operations import Operations
from trunkline.lower.resources import Resources
from trunkline.lower.root import Root
from trunkline.lower.rpc import rpc
from trunkline.lower.schemas import Schemas
from trunkline.openapi import Description
from trunkline.source import Node


def lower(description: Description, diagnostics: Diagnostics) -> ir.Api:
    """Decide what `description` means.

    What cannot be expressed is left out and reported by name (`SKIPPED`); what is wrong is
    reported at its position. Always returns an API; callers look at `diagnostics.errors`.
    Raises `TrunklineError` (`TOO_LARGE`) when the description expands without end.
    """
    try:
        return _lower(description, diagnostics)
    except RecursionError:
        raise TrunklineError(
            [
                Diagnostic(
                    Code.TOO_LARGE,
                    "Schemas nest or refer to each other too deeply",
                    description.root.position,
                )
            ],
            ExitCode.FINDINGS,
        ) from None


def _lower(description: Description, diagnostics: Diagnostics) -> ir.Api:
    context = Context(description, diagnostics)
    schemas = Schemas(context)
    schemas.components()
    root = Root(context)
    operations = Operations(context, Bodies(context, schemas), root)
    found = operations.paths()
    webhooks = operations.webhooks()
    calls = rpc(context, schemas, operations.nodes)
    schemas.drain()
    named = finish(context)
    check_extensions(context)
    assigned, resources = Resources(context, named, operations.nodes).assign(found)
    node = description.root
    if not (found or webhooks or calls):
        _refuse_hollow(context, node)
    info = node.get("info") or node
    value = node.value
    assert isinstance(value, dict)
    return ir.Api(
        title=info.text("title") or "",
        version=info.text("version") or "",
        openapi=description.written,
        origin=context.origin(node),
        description=info.text("description"),
        servers=root.servers(node.get("servers")),
        schemas=named,
        components=frozenset(named.keys() & (context.components.keys() | context.defined)),
        operations=assigned,
        resources=resources,
        rpc=calls,
        security_schemes=root.schemes,
        webhooks=webhooks,
        tags=root.tags(),
        contact=root.contact(),
        license=root.license(),
        sources=context.citations.sources,
        extensions={k: v for k, v in extensions_of(value).items() if k != "x-trunkline-sources"},
    )


def _refuse_hollow(context: Context, root: Node) -> None:
    """An error where there was something to read and nothing of it is left: a client without
    methods is nobody's wish."""
    paths = root.get("paths")
    if paths is not None and any(not path.startswith("x-") for path, _ in paths.items()):
        context.warn(Code.INVALID_DESCRIPTION, "No operation of this description is left", paths)
        return
    for key, member in root.items():
        if key not in ("paths", "components") and not key.startswith("x-"):
            first = next((inner for inner, _ in member.items()), "")
            if first.startswith("/"):
                message = f"No operation is described: paths stand under {key!r}"
                context.warn(Code.INVALID_DESCRIPTION, message, member, "Write 'paths'.")
