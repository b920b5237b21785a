"""HTTP itself: methods, media types, locations."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from trunkline import ir
from trunkline.contract.engine import (
    CheckContext,
    Family,
    Inconclusive,
    collection_check,
    operation_check,
    rule,
)
from trunkline.contract.model import Collection, body_schema, documented, shapes
from trunkline.contract.session import Actor

rule(
    "method-refused",
    Family.PROTOCOL,
    "Methods that are not described answer 405",
    "An operation nobody described is one nobody secured.",
)
rule(
    "allow-header",
    Family.PROTOCOL,
    "A 405 names the methods that are there",
    "RFC 9110 requires Allow; tools and gateways read it.",
)
rule(
    "path-refused",
    Family.PROTOCOL,
    "Paths that are not described answer 404",
    "A server that welcomes any address hides every typing error, and perhaps more.",
)
rule(
    "media-type-refused",
    Family.PROTOCOL,
    "A body of another media type is refused",
    "A body read as what it does not say it is can be made to say anything.",
)
rule(
    "accept-honoured",
    Family.PROTOCOL,
    "What the caller accepts is answered, or refused with 406",
    "A caller who gets what it cannot read has no answer.",
)
rule(
    "location-leads",
    Family.PROTOCOL,
    "Location leads to the object that was created",
    "Clients follow it instead of guessing the address.",
)
rule(
    "charset-accepted",
    Family.PROTOCOL,
    "JSON with a charset parameter is JSON",
    "Many clients send `application/json; charset=utf-8`.",
)

_METHODS = ("get", "post", "put", "patch", "delete")


def _first(operation: ir.Operation) -> bool:
    return True


@operation_check("method-refused", "allow-header", needs=_first)
def method_refused(ctx: CheckContext, operation: ir.Operation) -> None:
    """Each method that the description does not have at this path."""
    here = [o for o in ctx.api.operations if o.path == operation.path]
    if here[0] is not operation or (ctx.api.rpc and ctx.api.rpc.operation == operation.id):
        return
    present = {o.method for o in here}
    address = ctx.address_of(operation)
    for method in _METHODS:
        if method in present:
            continue
        exchange = ctx.call(operation, address, method=method.upper(), malformed=True)
        if not ctx.expect(exchange.status in {404, 405, 501} or exchange.status in {401, 403}):
            ctx.violation(
                operation,
                f"{method.upper()} {operation.path} is not described and is answered "
                f"with {exchange.status}",
                exchange,
                subject=method.upper(),
            )
        if exchange.status != 405:
            continue
        allowed = {m.strip().lower() for m in exchange.headers.get("allow", "").split(",")}
        if not ctx.expect(present <= allowed and method not in allowed):
            named = exchange.headers.get("allow")
            ctx.violation(
                operation,
                f"405 with Allow: {named} where {', '.join(sorted(present)).upper()} are described"
                if named is not None
                else "405 without Allow",
                exchange,
                rule="allow-header",
            )


@operation_check("path-refused", needs=_first, writes=False)
def path_refused(ctx: CheckContext, operation: ir.Operation) -> None:
    """An address that nobody can have meant, at the root and below the first operation's."""
    if ctx.api.operations[0] is not operation:
        return
    first = operation.path.split("{")[0].rstrip("/")
    for path in (f"/{ctx.session.fresh()}", f"{first}/{ctx.session.fresh()}/{ctx.session.fresh()}"):
        if any(_fits(o.path, path) for o in ctx.api.operations):
            continue
        exchange = ctx.session.send(
            "GET",
            path,
            headers={"Accept": "application/json"},
            credential=ctx.session.credential(operation, Actor.ME),
            operation=operation.id,
        )
        if not ctx.expect(exchange.refused):
            ctx.violation(
                operation,
                f"{path}, which is not described, is answered with {exchange.status}",
                exchange,
            )


def _fits(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        w == g or w.startswith("{") for w, g in zip(wanted, given, strict=True)
    )


def _takes_json(operation: ir.Operation) -> bool:
    return body_schema(operation) is not None


@operation_check("media-type-refused", "charset-accepted", needs=_takes_json)
def media_type_refused(ctx: CheckContext, operation: ir.Operation) -> None:
    """A valid body under media types the operation does not take; and JSON with a charset."""
    schema = body_schema(operation)
    assert schema is not None
    assert operation.body is not None
    offered = {c.media_type.partition(";")[0].strip().lower() for c in operation.body.contents}
    if any("*" in media for media in offered):
        raise Inconclusive("takes any media type")
    address = ctx.address_of(operation)
    for media in ("text/plain", "application/xml"):
        if media in offered:
            continue
        exchange = ctx.call(
            operation,
            address,
            body=ctx.made(schema),
            headers={"Content-Type": media},
            malformed=True,
        )
        ctx.note_created(operation, exchange, address)
        if not ctx.expect(not exchange.ok):
            ctx.violation(
                operation,
                f"a body sent as {media} is accepted with {exchange.status}",
                exchange,
                subject=media,
            )
    content = shapes.json_content(operation.body.contents)
    assert content is not None
    body = ctx.made(schema)
    plain = ctx.call(operation, address, body=body)
    ctx.note_created(operation, plain, address)
    if not plain.ok:
        return
    exchange = ctx.call(
        operation,
        address,
        body=ctx.made(schema),
        headers={"Content-Type": f"{content.media_type}; charset=utf-8"},
    )
    ctx.note_created(operation, exchange, address)
    if not ctx.expect(exchange.status != 415):
        ctx.violation(
            operation,
            "JSON with a charset parameter is refused with 415",
            exchange,
            rule="charset-accepted",
        )


def _reads_json(operation: ir.Operation) -> bool:
    return operation.method == "get" and any(
        shapes.json_content(r.contents) for r in operation.responses if r.is_success
    )


@operation_check("accept-honoured", needs=_reads_json, writes=False)
def accept_honoured(ctx: CheckContext, operation: ir.Operation) -> None:
    """A read that accepts anything, JSON by range, and something the operation does not have."""
    address = ctx.address_of(operation)
    plain = ctx.call(operation, address)
    if not plain.ok:
        raise Inconclusive(f"answered with {plain.status} in any case")
    for accept in ("*/*", "application/*", "application/json;q=0.5, text/html"):
        exchange = ctx.call(operation, address, headers={"Accept": accept})
        if not ctx.expect(exchange.ok):
            ctx.violation(
                operation,
                f"Accept: {accept} is answered with {exchange.status}",
                exchange,
                subject=accept,
            )
    exchange = ctx.call(
        operation, address, headers={"Accept": "application/x-unheard-of"}, malformed=True
    )
    response = documented(operation, exchange.status)
    named = {c.media_type.partition(";")[0] for c in response.contents} if response else set()
    fits = exchange.status == 406 or (exchange.ok and exchange.media_type in named)
    if not ctx.expect(fits):
        ctx.violation(
            operation,
            f"Accept: application/x-unheard-of is answered with {exchange.status} "
            f"and {exchange.media_type or 'no media type'}",
            exchange,
        )


def _located(collection: Collection) -> bool:
    return (
        collection.creator is not None
        and collection.created is not None
        and any(
            h.name.lower() == "location"
            for r in collection.creator.responses
            if r.is_success
            for h in r.headers
        )
    )


@collection_check("location-leads", needs=_located)
def location_leads(ctx: CheckContext, collection: Collection) -> None:
    """What Location names is the object created, on the same server."""
    assert collection.creator is not None
    obj = ctx.create(collection)
    location = obj.created.headers.get("location")
    if location is None:
        required = [
            h
            for r in collection.creator.responses
            for h in r.headers
            if h.name.lower() == "location" and h.required
        ]
        if not ctx.expect(not required):
            ctx.violation(collection.creator, "Location is missing", obj.created)
        return
    target = urljoin(obj.created.request.url, location)
    base = urlsplit(ctx.session.config.base_url)
    parts = urlsplit(target)
    if not ctx.expect((parts.scheme, parts.netloc) == (base.scheme, base.netloc)):
        ctx.violation(
            collection.creator, f"Location leads to another server: {location}", obj.created
        )
        return
    exchange = ctx.session.send_to(target, collection.retriever or collection.creator)
    payload = exchange.at((collection.retriever or collection.creator).payload)
    found = ctx.id_of(collection, payload)
    if not ctx.expect(exchange.ok and found == obj.id):
        ctx.violation(
            collection.creator,
            f"Location {location} answers {exchange.status} with the id {found}, "
            f"created was {obj.id}",
            obj.created,
            exchange,
        )
