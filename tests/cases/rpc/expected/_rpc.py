"""The endpoint of the JSON-RPC methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ._runtime import Operation

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = ({"key": ()},)

ENDPOINT: Final[Operation[Any]] = Operation(
    id="call",
    method="POST",
    path="/json-rpc",
    security=_SECURITY,
    responses={},
    accept="application/json-rpc",
    body="application/json-rpc",
)

ERRORS: Final[Mapping[int, str]] = {
    100: "Not allowed",
}
