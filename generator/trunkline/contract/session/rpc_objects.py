"""Objects made by JSON-RPC methods: noted when a reply shows them, deleted like any other."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from trunkline import ir
from trunkline.contract.model import Exchange
from trunkline.contract.session.cleanup import Cleanup
from trunkline.contract.session.cleanup_log import CleanupEntry
from trunkline.contract.session.client import NoResponseError
from trunkline.contract.session.reproductions import Reproductions
from trunkline.contract.session.safety import Safety
from trunkline.ir import Action, Json, RpcEvidence
from trunkline.semantics.jsonvalue import parsed


class RpcObjects:
    """Watches every call of a run, whichever check made it."""

    def __init__(
        self,
        api: ir.Api,
        base_url: str,
        cleanup: Cleanup,
        safety: Safety,
        reproductions: Reproductions,
    ) -> None:
        self._api = api
        self._base_url = base_url.rstrip("/")
        self._cleanup = cleanup
        self._safety = safety
        self._reproductions = reproductions
        self._rpc = api.rpc
        self._methods = {m.name: m for m in self._rpc.methods} if self._rpc else {}

    def watch(self, exchange: Exchange) -> None:
        """Note what a call created, forget what it deleted."""
        if self._rpc is None or exchange.request.operation != self._rpc.operation:
            return
        message, reply = _object(exchange.request.body or b""), exchange.json
        method = self._methods.get(str(message.get("method")))
        if method is None or not isinstance(reply, dict) or reply.get("error") is not None:
            return
        if method.action is Action.CREATE:
            self._created(method, reply.get("result"), exchange)
        elif method.action is Action.DELETE and not self._cleanup.running:
            params = message.get("params")
            if isinstance(params, list) and params:
                self._cleanup.gone(self._path(exchange), _call(method, params[0]))

    def _family(self, method: ir.RpcMethod) -> dict[Action, ir.RpcMethod]:
        return {
            m.action: m
            for m in self._methods.values()
            if m.resource == method.resource
            and m.evidence is not RpcEvidence.LISTED
            and m.action is not Action.OTHER
        }

    def _created(self, method: ir.RpcMethod, result: Json, exchange: Exchange) -> None:
        family = self._family(method)
        deleter = family.get(Action.DELETE)
        key = _key(family)
        identity = result.get(key) if isinstance(result, dict) else result
        if not isinstance(identity, str | int) or isinstance(identity, bool):
            return
        self._safety.made_by_call(method.resource, identity)
        self._reproductions.made(None, str(identity), exchange)
        if deleter is None or not _takes_one(deleter):
            self._cleanup.leave(f"{method.name} {key}={identity}")
            return
        self._cleanup.keep(
            CleanupEntry(_id(exchange), self._path(exchange), "me", _call(deleter, identity))
        )

    def _path(self, exchange: Exchange) -> str:
        return exchange.request.url.removeprefix(self._base_url)

    def sweep(self, markers: Sequence[str]) -> None:
        """Note what lists show that holds one of `markers`: made by a run before it could note."""
        if self._rpc is None:
            return
        carrier = self._api.operation(self._rpc.operation)
        for lister, deleter, key in self._swept():
            for item in _objects(self._ask(carrier, lister), key):
                if any(marker in json.dumps(item) for marker in markers):
                    call = _call(deleter, item[key])
                    self._cleanup.keep(CleanupEntry(carrier.id, carrier.path, "me", call))

    def _swept(self) -> Iterator[tuple[ir.RpcMethod, ir.RpcMethod, str]]:
        for method in self._methods.values():
            family = self._family(method)
            deleter, lister = family.get(Action.DELETE), family.get(Action.LIST)
            if (
                method.action is Action.CREATE
                and deleter is not None
                and lister is not None
                and _takes_one(deleter)
                and not any(p.required for p in lister.parameters)
            ):
                yield lister, deleter, _key(family)

    def _ask(self, carrier: ir.Operation, method: ir.RpcMethod) -> Json:
        try:
            response = self._cleanup.call(carrier, carrier.path, _call(method))
        except NoResponseError:
            return None
        reply = response.json
        return reply.get("result") if isinstance(reply, dict) else None


def _key(family: dict[Action, ir.RpcMethod]) -> str:
    """The member of an object that the methods of its resource know it by."""
    wanted = (Action.RETRIEVE, Action.DELETE, Action.UPDATE)
    keyed = next((family[action] for action in wanted if action in family), None)
    return keyed.parameters[0].name if keyed is not None and keyed.parameters else "id"


def _objects(value: Json, key: str) -> Iterator[dict[str, Json]]:
    """The objects with the member `key` in a list, a mapping from ids, or an envelope of these."""
    if isinstance(value, dict) and isinstance(value.get(key), str | int):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _objects(inner, key)


def _takes_one(method: ir.RpcMethod) -> bool:
    return bool(method.parameters) and not any(p.required for p in method.parameters[1:])


def _id(exchange: Exchange) -> str:
    return exchange.request.operation or ""


def _call(method: ir.RpcMethod, *params: Json) -> str:
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method.name, "params": list(params)})


def _object(raw: bytes) -> dict[str, Json]:
    value = parsed(raw)
    return value if isinstance(value, dict) else {}
