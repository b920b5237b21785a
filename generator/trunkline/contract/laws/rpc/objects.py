"""What one method created, seen by the others of its resource."""

from __future__ import annotations

from trunkline import ir
from trunkline.contract.bench import Bench, BlockedError
from trunkline.contract.exchange import Exchange
from trunkline.contract.laws.common import same
from trunkline.contract.laws.rpc.calling import arguments, carrier_of, invoke, known
from trunkline.contract.rules import method_law
from trunkline.ir import Action, Json


def _creates(method: ir.RpcMethod) -> bool:
    return method.action is Action.CREATE and known(method) and method.result is not None


@method_law("rpc-created", needs=_creates)
def created(bench: Bench, method: ir.RpcMethod) -> None:
    """Create, look at the object with the other methods of its resource, delete, look again."""
    assert bench.api.rpc is not None
    carrier = carrier_of(bench)
    family = {
        m.action: m
        for m in bench.api.rpc.methods
        if m.resource == method.resource and known(m) and m.action is not Action.OTHER
    }
    made = invoke(bench, method.name, arguments(bench, method, full=False))
    result = made.result
    if not isinstance(result, dict | str | int) or isinstance(result, bool):
        raise BlockedError("create gave no object")
    reader, deleter = family.get(Action.RETRIEVE), family.get(Action.DELETE)
    lister = family.get(Action.LIST)
    keyed = reader or deleter or family.get(Action.UPDATE)
    key = keyed.parameters[0].name if keyed is not None and keyed.parameters else "id"
    identity = result.get(key) if isinstance(result, dict) else result
    if identity is None:
        raise BlockedError(f"the result of {method.name} has no {key}")

    def broken(message: str, *more: Exchange) -> None:
        bench.violation(
            carrier,
            message,
            made.exchange,
            *more,
            subject=method.name,
            origins=(method.origin,),
            rule="rpc-created",
        )

    if reader is not None:
        read = invoke(bench, reader.name, [identity])
        shown = read.result if isinstance(read.result, dict) else {}
        wrong = [
            name
            for name, value in (result.items() if isinstance(result, dict) else ())
            if name in shown and not same(shown[name], value)
        ]
        if not bench.expect(read.error is None):
            broken(f"{reader.name} does not find what {method.name} made", read.exchange)
        elif not bench.expect(not wrong):
            broken(f"{reader.name} shows another {wrong[0]}", read.exchange)
    if lister is not None and not any(p.required for p in lister.parameters):
        listed = invoke(bench, lister.name, arguments(bench, lister, full=False))
        times = _times(listed.result, key, identity)
        if times is not None and not bench.expect(times == 1):
            broken(f"{lister.name} lists the object {times} times", listed.exchange)
    if deleter is None or not deleter.parameters:
        bench.lab.left.append(f"{method.name} {key}={identity}")
        return
    gone = invoke(bench, deleter.name, [identity])
    if not bench.expect(gone.error is None):
        broken(f"{deleter.name} answers {gone.code}", gone.exchange)
        return
    if reader is not None:
        again = invoke(bench, reader.name, [identity])
        if not bench.expect(again.error is not None):
            broken(f"{reader.name} shows what was deleted", gone.exchange, again.exchange)


def _times(result: Json, key: str, identity: Json) -> int | None:
    """How often a list of objects has one; None when it is no such list, or perhaps only a page."""
    if not isinstance(result, list):
        return None
    return sum(isinstance(one, dict) and one.get(key) == identity for one in result)
