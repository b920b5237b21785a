"""One description as an ASGI application."""
