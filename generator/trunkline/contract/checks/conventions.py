"""What good servers do though no description says it: tried in the full profile, or by name."""

from __future__ import annotations

import json
from urllib.parse import quote

from trunkline import ir
from trunkline.contract.checks.comparison import changeable, different_value, same, show
from trunkline.contract.engine import (
    CheckContext,
    Family,
    Inconclusive,
    collection_check,
    operation_check,
    rule,
)
from trunkline.contract.model import (
    Collection,
    Path,
    body_schema,
    creatable,
    get_path,
    shapes,
    updatable,
)
from trunkline.ir import Json

rule(
    "nested-kept",
    Family.PATCH,
    "An update of one nested member leaves its neighbours",
    "JSON merge patch (RFC 7396) is what callers expect of PATCH.",
)
rule(
    "body-unambiguous",
    Family.ROBUSTNESS,
    "A body with a member twice is refused",
    "Two parsers on the way take different ones: what was checked is not what is done.",
)
rule(
    "brackets-plain",
    Family.ROBUSTNESS,
    "Brackets in parameter names count plain as they do percent-encoded",
    "Clients in use send them either way.",
)
rule(
    "error-points",
    Family.VALIDATION,
    "An error names the member it is about",
    "Forms show the error beside the field it names.",
)


def _nests(collection: Collection) -> bool:
    return updatable(collection) and any(
        len(leaf.path) > 1 for leaf in collection.input_leaves(collection.updated)
    )


@collection_check("nested-kept", needs=_nests, convention=True)
def nested_kept(ctx: CheckContext, collection: Collection) -> None:
    """A nested member updated alone: the others beside it read as before."""
    updater = collection.updater
    assert updater is not None
    assert collection.updated is not None
    obj = ctx.create(collection, full=True)
    obj.value, _ = ctx.read(obj)
    groups: dict[Path, list[shapes.Leaf]] = {}
    for leaf in changeable(ctx, collection):
        if len(leaf.path) > 1:
            groups.setdefault(leaf.path[:-1], []).append(leaf)
    for leaves in groups.values():
        for leaf in leaves[:2]:
            others = [o for o in leaves if o.path != leaf.path]
            value = different_value(ctx, leaf, get_path(obj.value, leaf.path))
            body = ctx.required_now(obj, collection.updated)
            ctx.put(collection.updated, body, leaf.path, value)
            if not ctx.validator.accepts(collection.updated, body):
                continue
            exchange = ctx.call(updater, obj.address, body=body)
            if not exchange.ok:
                continue
            shown, read = ctx.read(obj)
            for other in others:
                before, after = get_path(obj.value, other.path), get_path(shown, other.path)
                if not ctx.expect(same(before, after)):
                    ctx.violation(
                        updater,
                        f"updating {leaf.name} alone changed {other.name} "
                        f"from {show(before)} to {show(after)}",
                        obj.created,
                        exchange,
                        read,
                        about=other,
                    )
            obj.value = shown


def _takes_json(operation: ir.Operation) -> bool:
    return body_schema(operation) is not None


@operation_check("body-unambiguous", needs=_takes_json, convention=True)
def body_unambiguous(ctx: CheckContext, operation: ir.Operation) -> None:
    """A valid body whose first member is given once more."""
    schema = body_schema(operation)
    assert schema is not None
    body = ctx.made(schema, full=True)
    if not body:
        raise Inconclusive("the body has no members")
    address = ctx.address_of(operation)
    name, value = next(iter(body.items()))
    twice = f"{json.dumps({name: value})[:-1]}, {json.dumps(body)[1:]}"
    exchange = ctx.send_raw(operation, address, twice.encode())
    if not ctx.expect(not exchange.ok):
        ctx.violation(
            operation,
            f"a body that gives {name} twice is accepted with {exchange.status}",
            exchange,
        )


def _bracketed(operation: ir.Operation) -> bool:
    return operation.method == "get" and any(
        "[" in p.name and p.location is ir.ParameterLocation.QUERY for p in operation.parameters
    )


@operation_check("brackets-plain", needs=_bracketed, writes=False, convention=True)
def brackets_plain(ctx: CheckContext, operation: ir.Operation) -> None:
    """Each parameter with brackets, given a wrong or a telling value, both ways."""
    from trunkline.contract.checks.requests import wrong_texts

    address = ctx.address_of(operation)
    for parameter in operation.parameters:
        if "[" not in parameter.name or parameter.location is not ir.ParameterLocation.QUERY:
            continue
        values = [text for _, text in wrong_texts(ctx, parameter)][:1]
        values += [ctx.session.fresh()] if not values else []
        for text in values:
            encoded = ctx.call(operation, address, query=[(parameter.name, text)])
            plain = ctx.call(
                operation, address, plain_query=f"{parameter.name}={quote(text, safe='')}"
            )
            alike = encoded.status == plain.status and _count(operation, encoded) == _count(
                operation, plain
            )
            if not ctx.expect(alike):
                ctx.violation(
                    operation,
                    f"{parameter.name}={text} is answered with {encoded.status} when its brackets "
                    f"are percent-encoded, and with {plain.status} when they are not",
                    encoded,
                    plain,
                    about=parameter,
                )


def _count(operation: ir.Operation, exchange: object) -> int | None:
    from trunkline.contract.model import Exchange

    assert isinstance(exchange, Exchange)
    found = exchange.at(operation.payload)
    return len(found) if isinstance(found, list) else None


def pointer_path(api: ir.Api) -> tuple[str | int, ...] | None:
    """Where an error body holds the JSON pointer of the member at fault, if that is said."""
    said = api.extensions.get("x-trunkline-errors")
    body = said.get("body") if isinstance(said, dict) else None
    return _find(body, "{pointer}")


def _find(value: Json, wanted: str) -> tuple[str | int, ...] | None:
    if value == wanted:
        return ()
    children: list[tuple[str | int, Json]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = list(enumerate(value))
    for key, child in children:
        found = _find(child, wanted)
        if found is not None:
            return (key, *found)
    return None


@collection_check(
    "error-points",
    needs=lambda c: creatable(c) and pointer_path(c.api) is not None,
)
def error_points(ctx: CheckContext, collection: Collection) -> None:
    """One member wrong: the error's pointer leads to it or into it."""
    assert collection.creator is not None
    assert collection.created is not None
    path = pointer_path(ctx.api)
    assert path is not None
    for leaf in collection.input_leaves(collection.created):
        invalid = next(iter(ctx.values.invalid_examples(leaf.schema)), None)
        if invalid is None:
            continue
        body = ctx.body(collection)
        ctx.put(collection.created, body, leaf.path, invalid.value)
        exchange, _ = ctx.try_create(collection, body)
        found: Json = exchange.json
        for key in path:
            if isinstance(found, dict) and isinstance(key, str):
                found = found.get(key)
            elif isinstance(found, list) and isinstance(key, int) and key < len(found):
                found = found[key]
            else:
                found = None
        if not exchange.refused or not isinstance(found, str):
            continue
        wanted = "/" + "/".join(leaf.path)
        right = found == wanted or found.startswith(f"{wanted}/") or wanted.startswith(f"{found}/")
        if not ctx.expect(right):
            ctx.violation(
                collection.creator,
                f"{leaf.name} is wrong, the error points to {found}",
                exchange,
                about=leaf,
            )
