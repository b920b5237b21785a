"""JSON-RPC methods carried out as declared beside the description."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trunkline.emulator.behaviour.engine import Engine
from trunkline.emulator.behaviour.script_interpreter import ScriptFailed
from trunkline.emulator.behaviour.values import public
from trunkline.emulator.decoding.security import secret_in
from trunkline.emulator.hooks.call import Call
from trunkline.emulator.jsonrpc.errors import INVALID_PARAMS, JsonRpcError
from trunkline.emulator.operations.services import Services
from trunkline.ir import ABSENT, Absent, Json, RpcMethod


@dataclass(frozen=True, slots=True)
class DeclaredMethods:
    """Runs the scripts of methods; where there is none, the method's own action."""

    services: Services
    engine: Engine

    def __call__(
        self,
        call: Call,
        method: RpcMethod,
        params: Mapping[str, Json],
        usual: Callable[[], Json],
        done: Callable[[], Json],
    ) -> Json:
        """The result, committed together with what it changed; raises `JsonRpcError`."""
        declared = self.engine.behaviour.operations.get(method.name)
        account = call.account.name
        shown: dict[str, Json] = {"params": dict(params), "credential": self._secret(call)}
        try:
            with self.services.store.transaction():
                if declared is not None and declared.replaces:
                    result = self.engine.run(declared.do, account, shown).returned
                    result = done() if result is ABSENT else result
                else:
                    self.engine.objects.populate(account, ".".join(method.resource))
                    result = usual()
                if declared is not None and declared.then:
                    bound: dict[str, Json] = {**shown, "result": result}
                    after = self.engine.run(declared.then, account, bound).returned
                    result = result if isinstance(after, Absent) else after
        except ScriptFailed as failed:
            code = failed.failure.code
            raise JsonRpcError(INVALID_PARAMS if code is None else code, failed.data) from None
        return public(result)

    def _secret(self, call: Call) -> str | None:
        schemes = self.services.api.security_schemes
        named = [schemes[name] for one in call.operation.security for name in one]
        return next((s for scheme in named if (s := secret_in(call.request, scheme))), None)
