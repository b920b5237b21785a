"""The emulator: a stateful server made from `ir.Api` alone.

`running(api)` for tests, `serve(api)` for the command line, `Emulator(api)` as an ASGI application.
"""

from trunkline.emulator.application import Emulator
from trunkline.emulator.server import Running, running, serve
from trunkline.emulator.wire import ACCOUNTS, Account

__all__ = ["ACCOUNTS", "Account", "Emulator", "Running", "running", "serve"]
