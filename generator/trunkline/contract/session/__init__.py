"""A run and its server: the client, the accounts, the budget, what must be deleted."""

from trunkline.contract.session.callback_server import Heard, Listener, listening
from trunkline.contract.session.cleanup_log import Entry, Journal, journal_folder
from trunkline.contract.session.client import BudgetSpentError, Client, Meter, NoAnswerError
from trunkline.contract.session.session import Actor, Laboratory
from trunkline.contract.session.snippets import ClientCalls
from trunkline.contract.session.target_mismatch import Recognition

__all__ = [
    "Actor",
    "BudgetSpentError",
    "Client",
    "ClientCalls",
    "Entry",
    "Heard",
    "Journal",
    "Laboratory",
    "Listener",
    "Meter",
    "NoAnswerError",
    "Recognition",
    "journal_folder",
    "listening",
]
