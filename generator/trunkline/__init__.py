"""Typed clients, a stateful emulated server and a contract suite from one OpenAPI description."""

__version__ = "0.1.0"
