"""Single calls, right and wrong: results as described, errors where they are due."""

from __future__ import annotations

import json

from trunkline import ir
from trunkline.contract import shapes
from trunkline.contract.bench import Bench
from trunkline.contract.exchange import dig
from trunkline.contract.laws.common import show
from trunkline.contract.laws.rpc.calling import arguments, carrier_of, invoke, known, of_first, post
from trunkline.contract.rules import method_law
from trunkline.ir import Json

INVALID_PARAMS, METHOD_NOT_FOUND = -32602, -32601


def _takes_id(bench: Bench, identity: Json) -> bool:
    """Whether the description lets a reply have such an id."""
    error: Json = {"code": -32600, "message": "x"}
    reply: Json = {"jsonrpc": "2.0", "id": identity, "error": error}
    schemas = [
        content.schema
        for response in carrier_of(bench).responses
        for content in response.contents
        if response.is_success and content.schema is not None
    ]
    return not schemas or any(bench.oracle.accepts(s, reply, "response") for s in schemas)


@method_law("rpc-reply", "rpc-id", "rpc-result", "rpc-status", needs=known)
def replies(bench: Bench, method: ir.RpcMethod) -> None:
    """Valid calls with ids of several kinds, with and without what is optional."""
    kinds: tuple[tuple[Json, bool], ...] = ((7, False), ("text-id", True), (2**40, True))
    for identity, full in kinds:
        if not _takes_id(bench, identity):
            continue
        reply = invoke(bench, method.name, arguments(bench, method, full=full), identity)
        if reply.error is not None:
            if not bench.expect(reply.code not in {METHOD_NOT_FOUND, INVALID_PARAMS}):
                bench.violation(
                    carrier_of(bench),
                    f"a valid call of {method.name} is answered with the error {reply.code}",
                    reply.exchange,
                    subject=method.name,
                    origins=(method.origin,),
                    rule="valid-accepted",
                )
            continue
        if method.result is None:
            continue
        for path, message in bench.oracle.faults(method.result, reply.result, "response"):
            bench.expect(False)
            where = ".".join(map(str, path)) or "its root"
            bench.violation(
                carrier_of(bench),
                f"the result of {method.name} breaks its schema at {where}: {message}",
                reply.exchange,
                subject=f"{method.name} {where}",
                origins=(method.result.meta.origin, method.origin),
                rule="rpc-result",
            )
        bench.expect(True)


@method_law("rpc-arity", needs=known)
def arity(bench: Bench, method: ir.RpcMethod) -> None:
    """One parameter too few, none at all, and one too many."""
    required = [p for p in method.parameters if p.required]
    right = arguments(bench, method, full=True)
    if len(right) < len(method.parameters):
        return
    tries = [("one parameter too many", [*right, "surplus"])]
    if required:
        tries += [
            ("one parameter too few", right[: len(required) - 1]),
            ("no parameters", []),
        ]
    for label, params in tries:
        reply = invoke(bench, method.name, params)
        if not bench.expect(reply.code == INVALID_PARAMS):
            came = f"the error {reply.code}" if reply.error is not None else "a result"
            bench.violation(
                carrier_of(bench),
                f"{method.name} with {label} is answered with {came}",
                reply.exchange,
                subject=f"{method.name} {label}",
                origins=(method.origin,),
            )


@method_law("rpc-params", needs=lambda m: known(m) and bool(m.parameters))
def params(bench: Bench, method: ir.RpcMethod) -> None:
    """Each parameter broken in each way its schema knows, the others right."""
    right = arguments(bench, method, full=True)
    for index, parameter in enumerate(method.parameters):
        found = bench.values.bad(parameter.schema)
        for leaf in shapes.leaves(bench.api, parameter.schema):
            if bench.full and shapes.properties(bench.api, parameter.schema):
                for bad in bench.values.bad(leaf.schema)[:3]:
                    base = right[index]
                    value: dict[str, Json] = dict(base) if isinstance(base, dict) else {}
                    bench.put(parameter.schema, value, leaf.path, bad.value)
                    if not bench.oracle.accepts(parameter.schema, value):
                        found.append(type(bad)(bad.rule, f"{leaf.name} as {bad.label}", value))
        for bad in found if bench.full else found[:3]:
            sent = [*right]
            sent[index] = bad.value
            reply = invoke(bench, method.name, sent)
            if not bench.expect(reply.error is not None):
                bench.violation(
                    carrier_of(bench),
                    f"{method.name} with {parameter.name} as {bad.label} "
                    f"({show(bad.value)}) is answered with a result",
                    reply.exchange,
                    subject=f"{method.name} {parameter.name}",
                    origins=(parameter.schema.meta.origin,),
                )


def _any(method: ir.RpcMethod) -> bool:
    return bool(method.name)


@method_law("rpc-unknown", needs=_any)
def unknown(bench: Bench, method: ir.RpcMethod) -> None:
    """Names that resemble those of methods, and one that nobody has."""
    if not of_first(bench, method):
        return
    assert bench.api.rpc is not None
    names = {m.name for m in bench.api.rpc.methods}
    first = method.name
    for name in (f"{first}x", first.swapcase(), f"nothing.{bench.lab.fresh()}", f" {first}", ""):
        if name in names:
            continue
        reply = invoke(bench, name, [])
        right = reply.code == METHOD_NOT_FOUND or (name == "" and reply.error is not None)
        if not bench.expect(right):
            came = f"the error {reply.code}" if reply.error is not None else "a result"
            bench.violation(
                carrier_of(bench),
                f"the unknown method {name!r} is answered with {came}",
                reply.exchange,
                subject=name,
            )


@method_law("rpc-malformed", needs=_any)
def malformed(bench: Bench, method: ir.RpcMethod) -> None:
    """Bodies that are no JSON, and JSON that is no call."""
    if not of_first(bench, method):
        return
    tries: list[tuple[str, bytes, set[int]]] = [
        ("no JSON", b"{", {-32700}),
        ("text", b'"text"', {-32600}),
        ("a number", b"7", {-32600}),
        ("no method", b'{"jsonrpc": "2.0", "id": 1, "params": []}', {-32600}),
        ("a number as method", b'{"jsonrpc":"2.0","id":1,"method":7,"params":[]}', {-32600}),
        (
            "text as params",
            json.dumps({"jsonrpc": "2.0", "id": 1, "method": method.name, "params": "x"}).encode(),
            {-32600, -32602},
        ),
    ]
    for label, raw, codes in tries:
        exchange = post(bench, raw, malformed=True)
        reply = exchange.json
        code = dig(reply, ("error", "code"))
        refused = exchange.refused and not isinstance(reply, dict)
        if not bench.expect(refused or code in codes):
            bench.violation(
                carrier_of(bench),
                f"a body that is {label} is answered with status {exchange.status} and "
                f"the error code {show(code)}",
                exchange,
                subject=label,
            )
