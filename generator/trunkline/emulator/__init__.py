"""The emulator: a stateful server made from `ir.Api` alone.

`running(api)` for tests, `serve(api)` for the command line, `Emulator(api)` as an ASGI application.
"""

from trunkline.emulator.app.application import Emulator
from trunkline.emulator.http.messages import ACCOUNTS, Account
from trunkline.emulator.server.serving import Running, running, serve

__all__ = ["ACCOUNTS", "Account", "Emulator", "Running", "running", "serve"]
