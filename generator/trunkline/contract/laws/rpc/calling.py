"""How methods are called, and the rules that hold for them and their replies."""

from __future__ import annotations

import json
from dataclasses import dataclass

from trunkline import ir
from trunkline.contract import security
from trunkline.contract.bench import Bench, BlockedError
from trunkline.contract.drawing import UnbuildableError
from trunkline.contract.exchange import Exchange
from trunkline.contract.laboratory import Actor
from trunkline.contract.laws.common import show
from trunkline.contract.laws.security import malformed_credentials
from trunkline.contract.rules import Family, rule
from trunkline.ir import Json, RpcEvidence

rule(
    "rpc-reply",
    Family.RPC,
    "A reply has the form of JSON-RPC 2.0",
    "Clients tell success from failure by it: version, a result or an error, a whole code.",
)
rule(
    "rpc-id",
    Family.RPC,
    "A reply has the id of its call, of the same type",
    "Replies are matched to calls by it.",
)
rule(
    "rpc-result",
    Family.RPC,
    "A result fits its method's schema",
    "Typed clients are generated from the schema: what breaks it breaks them.",
)
rule(
    "rpc-arity",
    Family.RPC,
    "Too few or too many parameters are answered with -32602",
    "A missing position shifts all that follow: the call means something else.",
)
rule(
    "rpc-params",
    Family.RPC,
    "Parameters of another form are answered with an error",
    "What is quietly converted comes back as something else.",
)
rule(
    "rpc-unknown",
    Family.RPC,
    "An unknown method is answered with -32601",
    "A typing error that looks like success is found by the bill.",
)
rule(
    "rpc-malformed",
    Family.RPC,
    "What is no call is answered with -32700 or -32600",
    "A caller without an answer waits.",
)
rule(
    "rpc-status",
    Family.RPC,
    "Results and errors alike come with the documented HTTP status",
    "Client libraries throw away the body of other statuses, and the error's reason with it.",
)
rule(
    "rpc-guarded",
    Family.RPC,
    "No method has a result for callers nobody knows",
    "One method left open opens the account.",
)
rule(
    "rpc-created",
    Family.RPC,
    "What one method created, the others of its resource show, change and delete",
    "Methods that do not see each other's objects are of no use together.",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one call."""

    exchange: Exchange
    error: dict[str, Json] | None
    result: Json

    @property
    def code(self) -> Json:
        """The error's code; None for a success."""
        return self.error.get("code") if self.error is not None else None


def carrier_of(bench: Bench) -> ir.Operation:
    """The HTTP operation that carries every call."""
    assert bench.api.rpc is not None
    return bench.api.operation(bench.api.rpc.operation)


def post(
    bench: Bench,
    raw: bytes,
    *,
    malformed: bool = False,
    carried: security.Carried | None = None,
) -> Exchange:
    """Send a body, whatever it holds, as calls are sent."""
    rpc = bench.api.rpc
    assert rpc is not None
    return bench.call(
        carrier_of(bench),
        bench.address_of(carrier_of(bench)),
        raw=raw,
        headers={"Content-Type": rpc.media_type, "Accept": f"{rpc.media_type}, application/json"},
        malformed=malformed,
        carried=carried,
    )


def invoke(
    bench: Bench,
    method: str,
    params: list[Json],
    identity: Json = 1,
    actor: Actor = Actor.ME,
) -> Reply:
    """Call a method and hold the reply to the form every reply has."""
    message = {"jsonrpc": "2.0", "id": identity, "method": method, "params": params}
    carried = None if actor is Actor.ME else bench.lab.credential(carrier_of(bench), actor)
    exchange = post(bench, json.dumps(message, ensure_ascii=False).encode(), carried=carried)
    return _judge(bench, method, exchange, identity)


def _judge(bench: Bench, method: str, exchange: Exchange, identity: Json) -> Reply:
    carrier = carrier_of(bench)
    reply = exchange.json
    documented = {r.status for r in carrier.responses if r.is_success}
    if not bench.expect(exchange.ok and str(exchange.status) in documented):
        bench.violation(
            carrier,
            f"{method} is answered with HTTP status {exchange.status}",
            exchange,
            subject=method,
            rule="rpc-status",
        )
    if not isinstance(reply, dict):
        bench.violation(carrier, f"the reply to {method} is no object", exchange, rule="rpc-reply")
        raise BlockedError("no reply")
    if not bench.expect(reply.get("jsonrpc") == "2.0"):
        _broken(bench, exchange, f"jsonrpc is {show(reply.get('jsonrpc'))}", "version")
    got = reply.get("id")
    if not bench.expect(type(got) is type(identity) and got == identity):
        bench.violation(
            carrier,
            f"a call with the id {show(identity)} is answered with the id {show(got)}",
            exchange,
            rule="rpc-id",
        )
    error = reply.get("error")
    if not bench.expect(("result" in reply) != (error is not None)):
        _broken(bench, exchange, "the reply has not exactly one of result and error", "one")
    if error is None:
        return Reply(exchange, None, reply.get("result"))
    code = error.get("code") if isinstance(error, dict) else None
    if not bench.expect(isinstance(code, int) and not isinstance(code, bool)):
        _broken(bench, exchange, f"the error's code is {show(code)}", "code")
    message = error.get("message") if isinstance(error, dict) else None
    if not bench.expect(isinstance(message, str)):
        _broken(bench, exchange, f"the error's message is {show(message)}", "message")
    return Reply(exchange, error if isinstance(error, dict) else {}, None)


def _broken(bench: Bench, exchange: Exchange, message: str, subject: str) -> None:
    bench.violation(carrier_of(bench), message, exchange, subject=subject, rule="rpc-reply")


def known(method: ir.RpcMethod) -> bool:
    """Whether more than a method's name is documented."""
    return method.evidence is not RpcEvidence.LISTED


def arguments(bench: Bench, method: ir.RpcMethod, *, full: bool) -> list[Json]:
    """Valid parameters: the required ones, or (`full`) all; gives the law up if none fit."""
    try:
        return [
            _event(bench, method, p) or bench.values.one(p.schema, full=full)
            for p in method.parameters
            if full or p.required
        ]
    except UnbuildableError as error:
        raise BlockedError(str(error)) from error


def _event(bench: Bench, method: ir.RpcMethod, parameter: ir.RpcParameter) -> str | None:
    """The name of an event, for the parameter that says which one is subscribed to."""
    events = bench.api.behaviour.events if bench.api.behaviour is not None else None
    where = events.subscriptions if events is not None else None
    if where is None or where.subscribe != method.name or where.type != (parameter.name,):
        return None
    known = [w.name for w in bench.api.webhooks if w.commands is None]
    return bench.rng.choice(known) if known else None


def of_first(bench: Bench, method: ir.RpcMethod) -> bool:
    """Whether this is the first method, with which laws about no method in particular are held."""
    assert bench.api.rpc is not None
    return bench.api.rpc.methods[0] is method


def strangers(bench: Bench, method: ir.RpcMethod) -> list[tuple[str, str, security.Carried]]:
    """Credentials nobody has: the rule that taking them breaks, what they are, and they.

    Malformed ones are tried with the first method alone.
    """
    scheme, token = bench.lab.scheme, bench.lab.config.credentials.token
    tries = [
        ("auth-missing", "without credentials", security.Carried()),
        ("auth-wrong", "with credentials nobody has", security.carry(scheme, "wrong:credentials")),
    ]
    if token is not None and of_first(bench, method):
        tries += [
            ("auth-malformed", f"with a credential {label}", carried)
            for label, carried in malformed_credentials(scheme, token)
            if token.swapcase() != token or label != "in the other case"
        ]
    return tries
