"""Methods called by nobody in particular."""

from __future__ import annotations

import json

from trunkline import ir
from trunkline.contract import security
from trunkline.contract.bench import Bench, BlockedError
from trunkline.contract.laws.rpc.calling import arguments, carrier_of, known, post, strangers
from trunkline.contract.rules import method_law


@method_law("rpc-guarded", "auth-missing", "auth-wrong", "auth-malformed", needs=known)
def guarded(bench: Bench, method: ir.RpcMethod) -> None:
    """A valid call without credentials and with wrong ones; malformed ones on the first method."""
    carrier = carrier_of(bench)
    if not security.requires(carrier) or not security.accepts(carrier, bench.lab.scheme):
        raise BlockedError("asks for no credentials, or for others")
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": method.name,
        "params": arguments(bench, method, full=False),
    }
    for rule_id, label, carried in strangers(bench, method):
        exchange = post(bench, json.dumps(message).encode(), carried=carried)
        reply = exchange.json
        answered = exchange.ok and isinstance(reply, dict) and reply.get("error") is None
        if any(r.status in {"401", "403"} for r in carrier.responses):
            answered = exchange.ok
        if not bench.expect(not answered):
            bench.violation(
                carrier,
                f"{method.name} called {label} is answered with {exchange.status}",
                exchange,
                subject=method.name,
                rule=rule_id,
            )
