"""The JSON-RPC calls among the examples of the operation that carries them."""

from __future__ import annotations

from collections.abc import Mapping

from trunkline import ir


def documented_calls(
    api: ir.Api,
) -> tuple[Mapping[str, list[ir.Json]], Mapping[str, ir.Json]]:
    """Method → the positional parameters of its first example; method → its result, which is the
    example of a response that is called like the method."""
    requests: dict[str, list[ir.Json]] = {}
    results: dict[str, ir.Json] = {}
    if api.rpc is None:
        return requests, results
    carrier = api.operation(api.rpc.operation)
    for content in carrier.body.contents if carrier.body is not None else ():
        for value in content.examples.values():
            if isinstance(value, dict) and isinstance(given := value.get("params"), list):
                requests.setdefault(str(value.get("method")), given)
    for response in carrier.responses:
        for content in response.contents:
            for name, value in content.examples.items():
                if isinstance(value, dict) and "result" in value:
                    results.setdefault(name, value["result"])
    return requests, results
