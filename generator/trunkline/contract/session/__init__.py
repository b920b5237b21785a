"""A run and its server: the client, the accounts, the budget, what must be deleted."""

from trunkline.contract.session.accounts import Actor
from trunkline.contract.session.budget import BudgetSpentError, RequestMeter
from trunkline.contract.session.callback_server import Listener, ReceivedRequest, serve_callbacks
from trunkline.contract.session.cleanup_log import CleanupEntry, CleanupLog, cleanup_log_folder
from trunkline.contract.session.client import (
    LONGEST_PAUSE,
    Client,
    NoResponseError,
    UnsendableRequestError,
    asked_to_wait,
)
from trunkline.contract.session.har import HarRecorder
from trunkline.contract.session.logins import LoginError
from trunkline.contract.session.safety import (
    INVENTED_METHOD,
    SAFE_METHODS,
    Effect,
    ForeignRequestError,
    prefix_at,
)
from trunkline.contract.session.session import Session
from trunkline.contract.session.snippets import Snippets
from trunkline.contract.session.target_mismatch import TargetMismatch

__all__ = [
    "INVENTED_METHOD",
    "LONGEST_PAUSE",
    "SAFE_METHODS",
    "Actor",
    "BudgetSpentError",
    "CleanupEntry",
    "CleanupLog",
    "Client",
    "Effect",
    "ForeignRequestError",
    "HarRecorder",
    "Listener",
    "LoginError",
    "NoResponseError",
    "ReceivedRequest",
    "RequestMeter",
    "Session",
    "Snippets",
    "TargetMismatch",
    "UnsendableRequestError",
    "asked_to_wait",
    "cleanup_log_folder",
    "prefix_at",
    "serve_callbacks",
]
