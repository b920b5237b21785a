"""The endpoint of the JSON-RPC methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ._runtime import Operation

_SECURITY: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = (
    {"ApiKey": ()},
    {"Session": ()},
    {"Basic": ()},
    {"ApiKey": (), "LoginAs": ()},
    {"Session": (), "LoginAs": ()},
    {"Basic": (), "LoginAs": ()},
)

ENDPOINT: Final[Operation[Any]] = Operation(
    id="call",
    method="POST",
    path="/json-rpc/v1.1/",
    security=_SECURITY,
    responses={},
    accept="application/json-rpc",
    body="application/json-rpc",
)

ERRORS: Final[Mapping[int, str]] = {
    -32700: "Parse error",
    -32600: "Invalid request",
    -32601: "Method not found",
    -32602: "Invalid params",
    -32603: "Internal error",
    100: "Feature not allowed",
    115: "File not found",
    150: "Missing property",
    151: "Invalid property value",
    205: "App cannot be assigned a number",
    1000: "SMS routing error",
}
