"""HTTP itself: methods, media types, locations."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from trunkline import ir
from trunkline.contract.checks.comparison import is_missing
from trunkline.contract.engine import (
    CheckContext,
    Creatable,
    Family,
    Inconclusive,
    NotApplicable,
    Readable,
    TakesJson,
    collection_check,
    first_at_path,
    first_of_all,
    id_of,
    operation_check,
    reads_json,
    rule,
)
from trunkline.contract.model import Collection, Exchange, Level
from trunkline.contract.session import INVENTED_METHOD, Actor
from trunkline.semantics import media, responses

rule(
    "method-refused",
    Family.PROTOCOL,
    "Methods that are not described answer 405",
    "An operation nobody described is one nobody secured.",
    "Answer 405 for methods that a path does not have.",
)
rule(
    "allow-header",
    Family.PROTOCOL,
    "A 405 names the methods that are there",
    "RFC 9110 requires Allow; tools and gateways read it.",
    "List the methods of the path in Allow.",
)
rule(
    "path-refused",
    Family.PROTOCOL,
    "Paths that are not described answer 404",
    "A server that welcomes any address hides every typing error, and perhaps more.",
    "Answer 404 for paths that are not there; mind catch-all routes.",
)
rule(
    "media-type-refused",
    Family.PROTOCOL,
    "A body of another media type is refused",
    "A body read as what it does not say it is can be made to say anything.",
    "Answer 415 for bodies of other media types, before they are parsed.",
)
rule(
    "accept-honoured",
    Family.PROTOCOL,
    "What the caller accepts is answered, or refused with 406",
    "A caller who gets what it cannot read has no answer.",
    "Answer in a type that the caller accepts, or with 406.",
)
rule(
    "location-leads",
    Family.PROTOCOL,
    "Location leads to the object that was created",
    "Clients follow it instead of guessing the address.",
    "Build Location from the id that was stored, and from the outside address.",
)
rule(
    "charset-accepted",
    Family.PROTOCOL,
    "JSON with a charset parameter is JSON",
    "Many clients send `application/json; charset=utf-8`.",
    "Compare media types without their parameters.",
)

rule(
    "head-same",
    Family.PROTOCOL,
    "HEAD is answered as GET is, without the body",
    "Caches and download managers ask with HEAD what they would get, and believe it.",
    "Let HEAD run the handler of GET and drop the body; leave out Content-Length rather than send "
    "another (RFC 9110, sections 8.6 and 9.3.2).",
)

_METHODS = ("get", "post", "put", "patch", "delete")
_FREE = frozenset({"head", "options"})
"""Methods that servers have for every path, described or not."""
_OF_THE_BODY = ("content-type", "content-length", "etag", "last-modified")
"""Headers that tell of the body, and of what it shows."""
_METHOD_REFUSED = frozenset({400, 401, 403, 404, 405, 501})


@operation_check("method-refused", "allow-header", needs=first_at_path)
def method_refused(ctx: CheckContext, operation: ir.Operation) -> None:
    """Each method that the description does not have at this path."""
    here = [o for o in ctx.api.operations if o.path == operation.path]
    present = {o.method for o in here}
    address = ctx.objects.address_of(operation)
    path, session = ctx.executor.path_of(operation, address), ctx.session
    # A method that another template has at this address is described there.
    # Where none can be tried without harm, a method is made up that no server carries out.
    methods = [
        method
        for method in _METHODS
        if method not in present
        and not session.safety.described(method, path)
        and session.sender.is_harmless(method, path)
    ]
    for method in methods or [INVENTED_METHOD]:
        exchange = ctx.executor.call(operation, address, method=method.upper(), malformed=True)
        ctx.expect(
            exchange.status in _METHOD_REFUSED,
            operation,
            f"{method.upper()} {operation.path} is not described and is answered "
            f"with {exchange.status}",
            exchange,
            subject=method.upper(),
            level=Level.HINT if _is_page(exchange) else Level.VIOLATION,
        )
        if exchange.status == 405:
            _expect_allow(ctx, operation, exchange, present)
    if not methods and "options" not in present:
        # Some servers refuse made-up methods before they look at the address. OPTIONS may be
        # answered where nobody described it; where it is not, 405 has an Allow all the same.
        exchange = ctx.executor.call(operation, address, method="OPTIONS", malformed=True)
        if exchange.status == 405:
            _expect_allow(ctx, operation, exchange, present)


def _expect_allow(
    ctx: CheckContext, operation: ir.Operation, exchange: Exchange, present: set[str]
) -> None:
    """A 405 names the methods that are described at its path, and not the one it refuses."""
    named = exchange.headers.get("allow")
    allowed = {m.strip().lower() for m in (named or "").split(",")} - {""}
    ctx.expect(
        present <= allowed and exchange.request.method.lower() not in allowed,
        operation,
        f"405 with Allow: {named} where {', '.join(sorted(present)).upper()} are described"
        if named is not None
        else "405 without Allow",
        exchange,
        rule="allow-header",
        # Frameworks that have one route for each method name those of the first.
        level=Level.HINT if allowed and allowed - _FREE < present else Level.VIOLATION,
    )


@collection_check("head-same", needs=Readable.of)
def head_same(ctx: CheckContext, target: Readable) -> None:
    """HEAD of an object between two times GET: the status, and what both say of the body."""
    obj = ctx.objects.create(target.collection)
    before = ctx.objects.retrieve(obj)
    head = ctx.executor.call(target.retriever, obj.address, method="HEAD", malformed=True)
    after = ctx.objects.retrieve(obj)
    if not (before.ok and after.ok):
        raise Inconclusive(f"GET is answered with {before.status}")
    # 405 and its like say that there is no HEAD here; 404 says that the object is not there.
    if (head.refused and not is_missing(head.status)) or head.status >= 500:
        raise Inconclusive(f"HEAD is answered with {head.status}")
    ctx.expect(
        head.status == before.status,
        target.retriever,
        f"HEAD is answered with {head.status}, GET with {before.status}",
        *(obj.created, before, head),
        subject="status",
    )
    for name in _OF_THE_BODY:
        shown, wanted = head.headers.get(name), before.headers.get(name)
        # What differs between two GETs is made anew for every response.
        if shown is None or wanted is None or after.headers.get(name) != wanted:
            continue
        ctx.expect(
            shown == wanted,
            target.retriever,
            f"HEAD says {name}: {shown}, GET says {wanted}",
            *(obj.created, before, head),
            subject=name,
        )


@operation_check("path-refused", needs=first_of_all, writes=False)
def path_refused(ctx: CheckContext, operation: ir.Operation) -> None:
    """An address that nobody can have meant, at the root and below the first operation's."""
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
        ctx.expect(
            exchange.refused,
            operation,
            f"{path}, which is not described, is answered with {exchange.status}",
            exchange,
            level=Level.HINT if _is_page(exchange) else Level.VIOLATION,
        )


def _is_page(exchange: Exchange) -> bool:
    """Whether an answer is a page for people: an application in the browser beside the API.

    It is served for any address, since the addresses of such applications are their own.
    """
    return (
        exchange.request.method in {"GET", "HEAD"}
        and exchange.ok
        and exchange.media_type == "text/html"
    )


def _fits(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        w == g or w.startswith("{") for w, g in zip(wanted, given, strict=True)
    )


@operation_check("media-type-refused", "charset-accepted", needs=TakesJson.of)
def media_type_refused(ctx: CheckContext, target: TakesJson) -> None:
    """A valid body under media types the operation does not take; and JSON with a charset."""
    operation, schema = target.operation, target.schema
    offered = [content.media_type for content in target.body.contents]
    if any(map(media.is_range, offered)):
        raise NotApplicable("takes any media type")
    address = ctx.objects.address_of(operation)
    for other in ("text/plain", "application/xml"):
        if any(media.matches(described, other) for described in offered):
            continue
        exchange = ctx.executor.call(
            operation,
            address,
            body=ctx.bodies.valid(schema),
            headers={"Content-Type": other},
            malformed=True,
        )
        ctx.objects.note_created(operation, exchange, address)
        ctx.expect(
            not exchange.ok,
            operation,
            f"a body sent as {other} is accepted with {exchange.status}",
            exchange,
            subject=other,
        )
    body = ctx.bodies.valid(schema)
    plain = ctx.executor.call(operation, address, body=body)
    ctx.objects.note_created(operation, plain, address)
    if not plain.ok:
        return
    exchange = ctx.executor.call(
        operation,
        address,
        body=ctx.bodies.valid(schema),
        headers={"Content-Type": f"{target.content.media_type}; charset=utf-8"},
    )
    ctx.objects.note_created(operation, exchange, address)
    ctx.expect(
        exchange.status != 415,
        operation,
        "JSON with a charset parameter is refused with 415",
        exchange,
        rule="charset-accepted",
    )


@operation_check("accept-honoured", needs=reads_json, writes=False)
def accept_honoured(ctx: CheckContext, operation: ir.Operation) -> None:
    """A read that accepts anything, JSON by range, and something the operation does not have."""
    address = ctx.objects.address_of(operation)
    plain = ctx.executor.call(operation, address)
    if not plain.ok or not plain.media_type:
        raise Inconclusive(f"answered with {plain.status} in any case")
    main, _, _ = plain.media_type.partition("/")
    for accept in ("*/*", f"{main}/*", f"{plain.media_type};q=0.5, text/x-unheard-of"):
        exchange = ctx.executor.call(operation, address, headers={"Accept": accept})
        ctx.expect(
            exchange.ok,
            operation,
            f"Accept: {accept} is answered with {exchange.status}",
            exchange,
            subject=accept,
        )
    exchange = ctx.executor.call(
        operation, address, headers={"Accept": "application/x-unheard-of"}, malformed=True
    )
    usual = responses.for_status(operation, plain.status)
    if usual and not any(media.matches(c.media_type, plain.media_type) for c in usual.contents):
        raise Inconclusive(f"answered with {plain.media_type}, which is not described, in any case")
    response = responses.for_status(operation, exchange.status)
    described = response.contents if response is not None else ()
    named = any(media.matches(c.media_type, exchange.media_type) for c in described)
    fits = exchange.status == 406 or (exchange.ok and named)
    ctx.expect(
        fits,
        operation,
        f"Accept: application/x-unheard-of is answered with {exchange.status} "
        f"and {exchange.media_type or 'no media type'}",
        exchange,
    )


def _locations(operation: ir.Operation) -> list[ir.Header]:
    """The `Location` headers of its successes."""
    return [
        header
        for response in operation.responses
        if response.is_success
        for header in response.headers
        if header.name.lower() == "location"
    ]


def _located(collection: Collection) -> Creatable | None:
    target = Creatable.of(collection)
    return target if target is not None and _locations(target.creator) else None


@collection_check("location-leads", needs=_located)
def location_leads(ctx: CheckContext, target: Creatable) -> None:
    """What Location names is the object created, on the same server."""
    collection = target.collection
    obj = ctx.objects.create(collection)
    location = obj.created.headers.get("location")
    if location is None:
        required = any(header.required for header in _locations(target.creator))
        ctx.expect(not required, target.creator, "Location is missing", obj.created)
        return
    address = urljoin(obj.created.request.url, location)
    base = urlsplit(ctx.session.config.base_url)
    parts = urlsplit(address)
    if not ctx.expect(
        (parts.scheme, parts.netloc) == (base.scheme, base.netloc),
        target.creator,
        f"Location leads to another server: {location}",
        obj.created,
    ):
        return
    exchange = ctx.session.send_to(address, collection.retriever or target.creator)
    payload = collection.shown(exchange, collection.retriever or target.creator)
    found = id_of(collection, payload)
    # What 202 leads to tells how far it is, and may send on to what was made (RFC 9110, 15.3.3).
    waits = obj.created.status == 202 and not exchange.refused and exchange.status < 500
    ctx.expect(
        waits or (exchange.ok and found == obj.id),
        target.creator,
        f"Location {location} answers {exchange.status} with the id {found}, created was {obj.id}",
        obj.created,
        exchange,
    )
