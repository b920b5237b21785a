"""JSON-RPC 2.0: calls dispatched by method name, what they mean, and the objects they keep."""

from trunkline.emulator.jsonrpc.server import RpcServer

__all__ = ["RpcServer"]
