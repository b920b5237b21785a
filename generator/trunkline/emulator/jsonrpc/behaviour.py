"""What declared behaviour may do in place of, or after, a method's own action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from trunkline.emulator.hooks.call import Call
from trunkline.ir import Json, RpcMethod


class MethodBehaviour(Protocol):
    """Carries out a method as declared, the method's own action being `usual`."""

    def __call__(
        self,
        call: Call,
        method: RpcMethod,
        params: Mapping[str, Json],
        usual: Callable[[], Json],
        done: Callable[[], Json],
    ) -> Json:
        """The result; `done` is what a method returns that has nothing to tell. Raises
        `JsonRpcError`."""
