"""JSON-RPC 2.0: replies in order, parameters checked by position, results as described."""

from __future__ import annotations

import json
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract.checks.comparison import same, show
from trunkline.contract.checks.security import strangers
from trunkline.contract.engine import (
    CheckContext,
    Family,
    Inconclusive,
    NotApplicable,
    RpcCall,
    asks_for_credentials,
    method_check,
    rule,
)
from trunkline.contract.model import Exchange, UnbuildableError
from trunkline.contract.session import Actor
from trunkline.ir import Action, Json
from trunkline.semantics import jsonvalue, schemas
from trunkline.semantics.credentials import CredentialParts

rule(
    "rpc-reply",
    Family.RPC,
    "A reply has the form of JSON-RPC 2.0",
    "Clients tell success from failure by it: version, a result or an error, a whole code.",
    "Answer with `jsonrpc`, `id`, and exactly one of `result` and `error`.",
)
rule(
    "rpc-id",
    Family.RPC,
    "A reply has the id of its call, of the same type",
    "Replies are matched to calls by it.",
    "Copy the id as it came, without converting its type.",
)
rule(
    "rpc-result",
    Family.RPC,
    "A result fits its method's schema",
    "Typed clients are generated from the schema: what breaks it breaks them.",
    "Print the result as described; or let the description say what is answered.",
)
rule(
    "rpc-arity",
    Family.RPC,
    "Too few or too many parameters are answered with -32602",
    "A missing position shifts all that follow: the call means something else.",
    "Compare the number of parameters with the method's, and answer -32602.",
)
rule(
    "rpc-params",
    Family.RPC,
    "Parameters of another form are answered with an error",
    "What is quietly converted comes back as something else.",
    "Check each parameter by its schema, and answer -32602.",
)
rule(
    "rpc-unknown",
    Family.RPC,
    "An unknown method is answered with -32601",
    "A typing error that looks like success is found by the bill.",
    "Look methods up exactly, and answer -32601 for others.",
)
rule(
    "rpc-malformed",
    Family.RPC,
    "What is not a call is answered with -32700 or -32600",
    "A caller without a response waits.",
    "Answer -32700 for what does not parse and -32600 for what is not a call.",
)
rule(
    "rpc-status",
    Family.RPC,
    "Results and errors alike come with the documented HTTP status",
    "Client libraries throw away the body of other statuses, and the error's reason with it.",
    "Answer errors with the HTTP status of results; the error is in the body.",
)
rule(
    "rpc-guarded",
    Family.RPC,
    "No method has a result for callers nobody knows",
    "One method left open opens the account.",
    "Check credentials before the method is looked up.",
)
rule(
    "rpc-created",
    Family.RPC,
    "What one method created, the others of its resource show, change and delete",
    "Methods that do not see each other's objects are of no use together.",
    "Let all methods of a resource use one store and one kind of id.",
)


@dataclass(frozen=True, slots=True)
class RpcReply:
    """What came back for one call."""

    exchange: Exchange
    error: dict[str, Json] | None
    result: Json

    @property
    def code(self) -> Json:
        """The error's code; None for a success."""
        return self.error.get("code") if self.error is not None else None


def endpoint(ctx: CheckContext) -> ir.Rpc:
    """The JSON-RPC endpoint that is described."""
    if ctx.api.rpc is None:
        raise NotApplicable("no JSON-RPC endpoint is described")
    return ctx.api.rpc


def carrier_of(ctx: CheckContext) -> ir.Operation:
    """The HTTP operation that carries every call."""
    return ctx.api.operation(endpoint(ctx).operation)


def post(
    ctx: CheckContext,
    raw: bytes,
    *,
    malformed: bool = False,
    credential: CredentialParts | None = None,
) -> Exchange:
    """Send a body, whatever it holds, as calls are sent."""
    rpc = endpoint(ctx)
    return ctx.executor.call(
        carrier_of(ctx),
        ctx.objects.address_of(carrier_of(ctx)),
        raw=raw,
        headers={"Content-Type": rpc.media_type, "Accept": f"{rpc.media_type}, application/json"},
        malformed=malformed,
        credential=credential,
    )


def invoke(
    ctx: CheckContext,
    method: str,
    params: list[Json],
    identity: Json = 1,
    actor: Actor = Actor.ME,
) -> RpcReply:
    """Call a method and hold the reply to the form every reply has."""
    message = {"jsonrpc": "2.0", "id": identity, "method": method, "params": params}
    credential = None if actor is Actor.ME else ctx.session.credential(carrier_of(ctx), actor)
    exchange = post(ctx, json.dumps(message, ensure_ascii=False).encode(), credential=credential)
    return _judge(ctx, method, exchange, identity)


def _judge(ctx: CheckContext, method: str, exchange: Exchange, identity: Json) -> RpcReply:
    carrier = carrier_of(ctx)
    reply = exchange.json
    documented = {r.status for r in carrier.responses if r.is_success}
    ctx.expect(
        exchange.ok and str(exchange.status) in documented,
        carrier,
        f"{method} is answered with HTTP status {exchange.status}",
        exchange,
        subject=method,
        rule="rpc-status",
    )
    if not isinstance(reply, dict):
        ctx.expect(
            False, carrier, f"the reply to {method} is not an object", exchange, rule="rpc-reply"
        )
        raise Inconclusive("no reply")
    _hold(
        ctx,
        reply.get("jsonrpc") == "2.0",
        exchange,
        f"jsonrpc is {show(reply.get('jsonrpc'))}",
        "version",
    )
    got = reply.get("id")
    ctx.expect(
        type(got) is type(identity) and got == identity,
        carrier,
        f"a call with the id {show(identity)} is answered with the id {show(got)}",
        exchange,
        rule="rpc-id",
    )
    error = reply.get("error")
    _hold(
        ctx,
        ("result" in reply) != (error is not None),
        exchange,
        "the reply has not exactly one of result and error",
        "one",
    )
    if error is None:
        return RpcReply(exchange, None, reply.get("result"))
    code = error.get("code") if isinstance(error, dict) else None
    _hold(
        ctx,
        isinstance(code, int) and not isinstance(code, bool),
        exchange,
        f"the error's code is {show(code)}",
        "code",
    )
    message = error.get("message") if isinstance(error, dict) else None
    _hold(
        ctx,
        isinstance(message, str),
        exchange,
        f"the error's message is {show(message)}",
        "message",
    )
    return RpcReply(exchange, error if isinstance(error, dict) else {}, None)


def _hold(ctx: CheckContext, holds: bool, exchange: Exchange, message: str, subject: str) -> None:
    ctx.expect(holds, carrier_of(ctx), message, exchange, subject=subject, rule="rpc-reply")


def arguments(ctx: CheckContext, method: ir.RpcMethod, *, full: bool) -> list[Json]:
    """Valid parameters: the required ones, or (`full`) all; raises `Inconclusive` if none fit."""
    try:
        return [
            _event(ctx, method, p) or ctx.values.one(p.schema, full=full)
            for p in method.parameters
            if full or p.required
        ]
    except UnbuildableError as error:
        raise Inconclusive(str(error)) from error


def _event(ctx: CheckContext, method: ir.RpcMethod, parameter: ir.RpcParameter) -> str | None:
    """The name of an event, for the parameter that says which one is subscribed to."""
    events = ctx.api.behaviour.events if ctx.api.behaviour is not None else None
    where = events.subscriptions if events is not None else None
    if where is None or where.subscribe != method.name or where.type != (parameter.name,):
        return None
    known = [w.name for w in ctx.api.webhooks if w.commands is None]
    return ctx.rng.choice(known) if known else None


INVALID_PARAMS, METHOD_NOT_FOUND = -32602, -32601


def _takes_id(ctx: CheckContext, identity: Json) -> bool:
    """Whether the description lets a reply have such an id."""
    error: Json = {"code": -32600, "message": "x"}
    reply: Json = {"jsonrpc": "2.0", "id": identity, "error": error}
    described = [
        content.schema
        for response in carrier_of(ctx).responses
        for content in response.contents
        if response.is_success and content.schema is not None
    ]
    return not described or any(ctx.validators.fits(s, reply, "response") for s in described)


@method_check("rpc-reply", "rpc-id", "rpc-result", "rpc-status", needs=RpcCall.of)
def replies(ctx: CheckContext, target: RpcCall) -> None:
    """Valid calls with ids of several kinds, with and without what is optional."""
    method = target.method
    kinds: tuple[tuple[Json, bool], ...] = ((7, False), ("text-id", True), (2**40, True))
    for identity, full in kinds:
        if not _takes_id(ctx, identity):
            continue
        reply = invoke(ctx, method.name, arguments(ctx, method, full=full), identity)
        if reply.error is not None:
            ctx.expect(
                reply.code not in {METHOD_NOT_FOUND, INVALID_PARAMS},
                carrier_of(ctx),
                f"a valid call of {method.name} is answered with the error {reply.code}",
                reply.exchange,
                subject=method.name,
                origins=(method.origin,),
                rule="valid-accepted",
            )
            continue
        if method.result is None:
            continue
        ctx.verdicts.tried += 1
        for error in ctx.validators.errors(method.result, reply.result, "response", most=5):
            where = ".".join(map(str, error.path)) or "its root"
            ctx.expect(
                False,
                carrier_of(ctx),
                f"the result of {method.name} breaks its schema at {where}: {error.message}",
                reply.exchange,
                subject=f"{method.name} {where}",
                origins=(method.result.meta.origin, method.origin),
                rule="rpc-result",
            )


@method_check("rpc-arity", needs=RpcCall.of)
def arity(ctx: CheckContext, target: RpcCall) -> None:
    """One parameter too few, none at all, and one too many."""
    method = target.method
    required = [p for p in method.parameters if p.required]
    right = arguments(ctx, method, full=True)
    if len(right) < len(method.parameters):
        raise Inconclusive("no value is known for each parameter")
    tries = [("one parameter too many", [*right, "surplus"])]
    if required:
        tries += [
            ("one parameter too few", right[: len(required) - 1]),
            ("no parameters", []),
        ]
    for label, params in tries:
        reply = invoke(ctx, method.name, params)
        came = f"the error {reply.code}" if reply.error is not None else "a result"
        ctx.expect(
            reply.code == INVALID_PARAMS,
            carrier_of(ctx),
            f"{method.name} with {label} is answered with {came}",
            reply.exchange,
            subject=f"{method.name} {label}",
            origins=(method.origin,),
        )


def _with_parameters(api: ir.Api, method: ir.RpcMethod) -> RpcCall | None:
    return RpcCall.of(api, method) if method.parameters else None


@method_check("rpc-params", needs=_with_parameters)
def params(ctx: CheckContext, target: RpcCall) -> None:
    """Each parameter broken in each way its schema knows, the others right."""
    method = target.method
    right = arguments(ctx, method, full=True)
    for index, parameter in enumerate(method.parameters):
        found = ctx.values.invalid_examples(parameter.schema)
        for leaf in schemas.leaves(ctx.api.schemas, parameter.schema):
            if ctx.full and schemas.members(ctx.api.schemas, parameter.schema):
                for invalid in ctx.values.invalid_examples(leaf.schema)[:3]:
                    base = right[index]
                    value: dict[str, Json] = dict(base) if isinstance(base, dict) else {}
                    ctx.bodies.put(parameter.schema, value, leaf.path, invalid.value)
                    if not ctx.validators.fits(parameter.schema, value, "request"):
                        found.append(
                            type(invalid)(invalid.rule, f"{leaf.name} as {invalid.label}", value)
                        )
        for invalid in found if ctx.full else found[:3]:
            sent = [*right]
            sent[index] = invalid.value
            reply = invoke(ctx, method.name, sent)
            ctx.expect(
                reply.error is not None,
                carrier_of(ctx),
                f"{method.name} with {parameter.name} as {invalid.label} "
                f"({show(invalid.value)}) is answered with a result",
                reply.exchange,
                subject=f"{method.name} {parameter.name}",
                origins=(parameter.schema.meta.origin,),
            )


@method_check("rpc-unknown", needs=RpcCall.first)
def unknown(ctx: CheckContext, target: RpcCall) -> None:
    """Names that resemble those of methods, and one that nobody has."""
    names = {m.name for m in target.rpc.methods}
    first = target.method.name
    for name in (f"{first}x", first.swapcase(), f"nothing.{ctx.session.fresh()}", f" {first}", ""):
        if name in names:
            continue
        reply = invoke(ctx, name, [])
        right = reply.code == METHOD_NOT_FOUND or (name == "" and reply.error is not None)
        came = f"the error {reply.code}" if reply.error is not None else "a result"
        ctx.expect(
            right,
            carrier_of(ctx),
            f"the unknown method {name!r} is answered with {came}",
            reply.exchange,
            subject=name,
        )


@method_check("rpc-malformed", needs=RpcCall.first)
def malformed(ctx: CheckContext, target: RpcCall) -> None:
    """Bodies that are no JSON, and JSON that is not a call."""
    method = target.method
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
        exchange = post(ctx, raw, malformed=True)
        reply = exchange.json
        code = jsonvalue.get(reply, ("error", "code"))
        refused = exchange.refused and not isinstance(reply, dict)
        ctx.expect(
            refused or code in codes,
            carrier_of(ctx),
            f"a body that is {label} is answered with status {exchange.status} and "
            f"the error code {show(code)}",
            exchange,
            subject=label,
        )


def _creates(api: ir.Api, method: ir.RpcMethod) -> RpcCall | None:
    makes = method.action is Action.CREATE and method.result is not None
    return RpcCall.of(api, method) if makes else None


@method_check("rpc-created", needs=_creates)
def created(ctx: CheckContext, target: RpcCall) -> None:
    """Create, look at the object with the other methods of its resource, delete, look again."""
    method, carrier = target.method, target.carrier
    family = {
        m.action: m
        for m in target.rpc.methods
        if m.resource == method.resource
        and RpcCall.of(ctx.api, m) is not None
        and m.action is not Action.OTHER
    }
    made = invoke(ctx, method.name, arguments(ctx, method, full=False))
    result = made.result
    if not isinstance(result, dict | str | int) or isinstance(result, bool):
        raise Inconclusive("create gave no object")
    reader, deleter = family.get(Action.RETRIEVE), family.get(Action.DELETE)
    lister = family.get(Action.LIST)
    keyed = reader or deleter or family.get(Action.UPDATE)
    key = keyed.parameters[0].name if keyed is not None and keyed.parameters else "id"
    identity = result.get(key) if isinstance(result, dict) else result
    if identity is None:
        raise Inconclusive(f"the result of {method.name} has no {key}")

    def hold(holds: bool, message: str, *more: Exchange) -> bool:
        return ctx.expect(
            holds,
            carrier,
            message,
            made.exchange,
            *more,
            subject=method.name,
            origins=(method.origin,),
            rule="rpc-created",
        )

    if reader is not None:
        read = invoke(ctx, reader.name, [identity])
        shown = read.result if isinstance(read.result, dict) else {}
        wrong = [
            name
            for name, value in (result.items() if isinstance(result, dict) else ())
            if name in shown and not same(shown[name], value)
        ]
        if hold(
            read.error is None,
            f"{reader.name} does not find what {method.name} made",
            read.exchange,
        ):
            hold(not wrong, f"{reader.name} shows another {', '.join(wrong)}", read.exchange)
    if lister is not None and not any(p.required for p in lister.parameters):
        listed = invoke(ctx, lister.name, arguments(ctx, lister, full=False))
        times = _times(listed.result, key, identity)
        if times is not None:
            hold(times == 1, f"{lister.name} lists the object {times} times", listed.exchange)
    if deleter is None or not deleter.parameters:
        ctx.session.leave(f"{method.name} {key}={identity}")
        return
    gone = invoke(ctx, deleter.name, [identity])
    if not hold(gone.error is None, f"{deleter.name} answers {gone.code}", gone.exchange):
        return
    if reader is not None:
        again = invoke(ctx, reader.name, [identity])
        hold(
            again.error is not None,
            f"{reader.name} shows what was deleted",
            gone.exchange,
            again.exchange,
        )


def _times(result: Json, key: str, identity: Json) -> int | None:
    """How often a list of objects has one; None when it is no such list, or perhaps only a page."""
    if not isinstance(result, list):
        return None
    return sum(isinstance(one, dict) and one.get(key) == identity for one in result)


@method_check("rpc-guarded", "auth-missing", "auth-wrong", "auth-malformed", needs=RpcCall.of)
def guarded(ctx: CheckContext, target: RpcCall) -> None:
    """A valid call without credentials and with wrong ones; malformed ones on the first method."""
    method, carrier = target.method, target.carrier
    if asks_for_credentials(ctx.api, carrier) is None:
        raise NotApplicable("asks for no credentials, or for others")
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": method.name,
        "params": arguments(ctx, method, full=False),
    }
    for rule_id, label, credential in strangers(
        ctx, carrier, malformed=target.rpc.methods[0] is method
    ):
        exchange = post(ctx, json.dumps(message).encode(), credential=credential)
        reply = exchange.json
        answered = exchange.ok and isinstance(reply, dict) and reply.get("error") is None
        if any(r.status in {"401", "403"} for r in carrier.responses):
            answered = exchange.ok
        ctx.expect(
            not answered,
            carrier,
            f"{method.name} called {label} is answered with {exchange.status}",
            exchange,
            subject=method.name,
            rule=rule_id,
        )
