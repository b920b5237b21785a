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
