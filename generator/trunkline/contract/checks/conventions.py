"""What good servers do though no description says it: tried in the full profile, or by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import quote

from trunkline import ir
from trunkline.contract.checks.comparison import (
    changeable,
    different_value,
    invalid_values,
    same,
    show,
)
from trunkline.contract.checks.requests import wrong_texts
from trunkline.contract.engine import (
    CheckContext,
    Creatable,
    Family,
    NotApplicable,
    TakesJson,
    Updatable,
    collection_check,
    json_media_type,
    operation_check,
    queried,
    rule,
)
from trunkline.contract.model import Collection, Exchange, Level
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, media
from trunkline.semantics.jsonvalue import Path
from trunkline.semantics.schemas import Leaf

rule(
    "nested-kept",
    Family.PATCH,
    "An update of one nested member leaves its neighbours",
    "JSON merge patch (RFC 7396) is what callers expect of PATCH.",
    "Merge nested objects member by member.",
)
rule(
    "merge-nested",
    Family.PATCH,
    "A JSON merge patch is merged member by member, nested objects too",
    "The media type says what is done with the body (RFC 7396): who reads it so loses data.",
    "Merge nested objects member by member.",
)
rule(
    "body-unambiguous",
    Family.ROBUSTNESS,
    "A body with a member twice is refused",
    "Two parsers on the way take different ones: what was checked is not what is done.",
    "Let the parser refuse members that are there twice.",
    Level.HINT,
)
rule(
    "brackets-plain",
    Family.ROBUSTNESS,
    "Brackets in parameter names count plain as they do percent-encoded",
    "Clients in use send them either way.",
    "Decode names of parameters before they are looked up.",
)
rule(
    "error-points",
    Family.VALIDATION,
    "An error names the member it is about",
    "Forms show the error beside the field it names.",
    "Name the member in the error, where the documented error has a place for it.",
)


def _nests(collection: Collection) -> Updatable | None:
    nested = any(len(leaf.path) > 1 for leaf in collection.input_leaves(collection.updated))
    return Updatable.of(collection) if nested else None


def _merges(collection: Collection) -> Updatable | None:
    """One whose updates say by their media type that they are merged."""
    updatable = _nests(collection)
    if updatable is None or json_media_type(updatable.updater) != media.MERGE_PATCH:
        return None
    return updatable


@collection_check("merge-nested", needs=_merges)
def merge_nested(ctx: CheckContext, target: Updatable) -> None:
    """A nested member patched alone: the others beside it read as before."""
    _neighbours_kept(ctx, target)


@collection_check("nested-kept", needs=_nests, convention=True)
def nested_kept(ctx: CheckContext, target: Updatable) -> None:
    """A nested member updated alone: the others beside it read as before."""
    _neighbours_kept(ctx, target)


def _neighbours_kept(ctx: CheckContext, target: Updatable) -> None:
    collection = target.collection
    updater = target.updater
    obj = ctx.objects.create(collection, full=True)
    obj.value, _ = ctx.objects.read(obj)
    groups: dict[Path, list[Leaf]] = {}
    for leaf in changeable(ctx, collection):
        if len(leaf.path) > 1:
            groups.setdefault(leaf.path[:-1], []).append(leaf)
    for leaves in groups.values():
        for leaf in leaves[:2]:
            others = [o for o in leaves if o.path != leaf.path]
            value = different_value(ctx, leaf, jsonvalue.get(obj.value, leaf.path))
            body = ctx.bodies.required_now(obj, target.updated)
            ctx.bodies.put(target.updated, body, leaf.path, value)
            if not ctx.validators.fits(target.updated, body, "request"):
                continue
            exchange = ctx.executor.call(updater, obj.address, body=body)
            if not exchange.ok:
                continue
            shown, read = ctx.objects.read(obj)
            for other in others:
                before, after = (
                    jsonvalue.get(obj.value, other.path),
                    jsonvalue.get(shown, other.path),
                )
                ctx.expect(
                    same(before, after),
                    updater,
                    f"updating {leaf.name} alone changed {other.name} "
                    f"from {show(before)} to {show(after)}",
                    obj.created,
                    exchange,
                    read,
                    about=other,
                )
            obj.value = shown


@operation_check("body-unambiguous", needs=TakesJson.of, convention=True)
def body_unambiguous(ctx: CheckContext, target: TakesJson) -> None:
    """A valid body whose first property is given once more."""
    operation = target.operation
    body = ctx.bodies.valid(target.schema, full=True)
    if not body:
        raise NotApplicable("the body has no properties")
    address = ctx.objects.address_of(operation)
    name, value = next(iter(body.items()))
    twice = f"{json.dumps({name: value})[:-1]}, {json.dumps(body)[1:]}"
    exchange = ctx.objects.send_raw(operation, address, twice.encode())
    ctx.expect(
        not exchange.ok,
        operation,
        f"a body that gives {name} twice is accepted with {exchange.status}",
        exchange,
    )


def _bracketed(api: ir.Api, operation: ir.Operation) -> ir.Operation | None:
    named = any("[" in p.name for p in operation.parameters)
    return queried(api, operation) if named else None


@operation_check("brackets-plain", needs=_bracketed, writes=False, convention=True)
def brackets_plain(ctx: CheckContext, operation: ir.Operation) -> None:
    """Each parameter with brackets, given a wrong or a telling value, both ways."""
    address = ctx.objects.address_of(operation)
    for parameter in operation.parameters:
        if "[" not in parameter.name or parameter.location is not ir.ParameterLocation.QUERY:
            continue
        values = [text for _, text in wrong_texts(ctx, parameter)][:1]
        values += [ctx.session.fresh()] if not values else []
        for text in values:
            encoded = ctx.executor.call(operation, address, query=[(parameter.name, text)])
            plain = ctx.executor.call(
                operation, address, plain_query=f"{parameter.name}={quote(text, safe='')}"
            )
            alike = encoded.status == plain.status and _count(operation, encoded) == _count(
                operation, plain
            )
            ctx.expect(
                alike,
                operation,
                f"{parameter.name}={text} is answered with {encoded.status} when its brackets "
                f"are percent-encoded, and with {plain.status} when they are not",
                encoded,
                plain,
                about=parameter,
            )


def _count(operation: ir.Operation, exchange: Exchange) -> int | None:
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


@dataclass(frozen=True, slots=True)
class _Pointing:
    """Errors of create requests hold the JSON pointer of the property at fault."""

    creatable: Creatable
    path: tuple[str | int, ...]
    """Where an error body holds the pointer."""

    @classmethod
    def of(cls, collection: Collection) -> _Pointing | None:
        creatable, path = Creatable.of(collection), pointer_path(collection.api)
        return cls(creatable, path) if creatable is not None and path is not None else None


@collection_check("error-points", needs=_Pointing.of)
def error_points(ctx: CheckContext, pointing: _Pointing) -> None:
    """One member wrong: the error's pointer leads to it or into it."""
    target, path = pointing.creatable, pointing.path
    collection = target.collection
    for leaf in collection.input_leaves(target.created):
        invalid = next(iter(invalid_values(ctx, collection, target.created, leaf)), None)
        if invalid is None:
            continue
        body = ctx.bodies.of(collection)
        ctx.bodies.put(target.created, body, leaf.path, invalid.value)
        exchange, _ = ctx.objects.try_create(collection, body)
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
        ctx.expect(
            right,
            target.creator,
            f"{leaf.name} is wrong, the error points to {found}",
            exchange,
            about=leaf,
        )
