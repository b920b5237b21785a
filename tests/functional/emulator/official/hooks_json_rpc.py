"""What Schemathesis must be told before it speaks JSON-RPC: the media type holds JSON."""

import json
from typing import Any

import schemathesis


@schemathesis.serializer("application/json-rpc")
def serialize(ctx: Any, value: Any) -> bytes:
    """A request."""
    return json.dumps(value).encode()


@schemathesis.deserializer("application/json-rpc")
def deserialize(ctx: Any, response: Any) -> Any:
    """An answer."""
    return response.json()
