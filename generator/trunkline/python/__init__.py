"""Views: finished strings and flags, so that templates need no logic."""

from trunkline.python.calls import CallPrinter
from trunkline.python.client import (
    Credential,
    base_url,
    base_url_variable,
    client_module,
    credentials,
    service_module,
)
from trunkline.python.commands import commands_modules, dialogues
from trunkline.python.package import joined_modules, models_init, package_view, params_init
from trunkline.python.params import params_modules
from trunkline.python.resources import resource_module
from trunkline.python.rpc import rpc_module
from trunkline.python.webhooks import webhooks_module

__all__ = [
    "CallPrinter",
    "Credential",
    "base_url",
    "base_url_variable",
    "client_module",
    "commands_modules",
    "credentials",
    "dialogues",
    "joined_modules",
    "models_init",
    "package_view",
    "params_init",
    "params_modules",
    "resource_module",
    "rpc_module",
    "service_module",
    "webhooks_module",
]
