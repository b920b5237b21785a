"""HTTP messages: what is received and sent, which operation and media type are meant."""

from trunkline.emulator.http.routing import Router

__all__ = ["Router"]
