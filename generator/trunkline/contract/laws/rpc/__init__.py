"""JSON-RPC 2.0: replies in order, parameters checked by position, results as described."""

from trunkline.contract.laws.rpc import calling, calls, objects, security

__all__ = ["calling", "calls", "objects", "security"]
