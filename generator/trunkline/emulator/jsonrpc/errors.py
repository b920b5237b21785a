"""Errors that calls are answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trunkline.ir import Json

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
STANDARD: Mapping[int, str] = {
    PARSE_ERROR: "Parse error",
    INVALID_REQUEST: "Invalid request",
    METHOD_NOT_FOUND: "Method not found",
    INVALID_PARAMS: "Invalid params",
}
"""What JSON-RPC itself calls them."""


@dataclass(slots=True)
class JsonRpcError(Exception):  # a response, not a failure
    """A call that is answered with an error."""

    code: int
    data: Json = None
