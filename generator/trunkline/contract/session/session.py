"""What all checks of a run share: the client, the accounts, the marker, what must be deleted."""

from __future__ import annotations

import itertools
import secrets as randomness
import threading
from collections.abc import Mapping, Sequence

from trunkline import ir
from trunkline.contract.model import (
    Collection,
    Exchange,
    ObservedId,
    Profile,
    RunConfig,
    collections,
    fill,
)
from trunkline.contract.session.accounts import Accounts, Actor
from trunkline.contract.session.budget import RequestMeter
from trunkline.contract.session.cleanup import Cleanup
from trunkline.contract.session.cleanup_log import CleanupLog
from trunkline.contract.session.client import Client
from trunkline.contract.session.logins import Logins
from trunkline.contract.session.reproductions import Reproductions
from trunkline.contract.session.rpc_objects import RpcObjects
from trunkline.contract.session.safety import Safety, item_template
from trunkline.contract.session.sender import Sender
from trunkline.contract.session.snippets import Snippets
from trunkline.semantics.credentials import CredentialParts
from trunkline.semantics.fillable import Fillable
from trunkline.semantics.validators import Validators


class Session:
    """One run's dealings with the server."""

    def __init__(
        self, config: RunConfig, client: Client, cleanup_log: CleanupLog, meter: RequestMeter
    ) -> None:
        self.config = config
        self.api = config.api
        self.client = client
        self.meter = meter
        self.validators = Validators(config.api)
        self.full = config.profile is Profile.FULL
        self.collections = collections(config.api)
        self.marker = f"tl{randomness.token_hex(4)}"
        """Begins every free text this run writes, so that its objects can be told apart."""
        self.accounts = Accounts(
            config.api, config.credentials, Logins(config.base_url, client.send)
        )
        self.secrets = self.accounts.secrets()
        self.safety = Safety(config.api, self.collections, included=config.include_unsafe)
        self.sender = Sender(config.base_url, client, self.accounts, self.safety)
        self.cleanup = Cleanup(config.api, self.sender, cleanup_log)
        self.snippets = (
            Snippets(config.api, config.plan, config.base_url, config.credentials)
            if config.plan is not None
            else None
        )
        self.reproductions = Reproductions(config.base_url, self.secrets, self.snippets)
        self.rpc = RpcObjects(
            config.api, config.base_url, self.cleanup, self.safety, self.reproductions
        )
        client.observers += [self.rpc.watch, self.reproductions.watch]
        fillable = Fillable(config.api)
        self.unanswerable = frozenset(
            o.id for o in config.api.operations if not fillable.can_succeed(o)
        )
        """Operations whose success no body fits: what else should a server do but fail?"""
        self.lags: dict[tuple[str, bool], float] = {}
        """Seconds by which lists are behind, by collection, and whether objects were deleted."""
        self.readings: dict[tuple[str, str], ir.Filter] = {}
        """Filters as the server reads them, by collection and parameter."""
        self.parents: dict[tuple[str, Actor], dict[str, str]] = {}
        """Addresses of parents that cannot be deleted, by collection and account."""
        self._observed: dict[str, ObservedId] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    @property
    def has_other(self) -> bool:
        """Whether a second account is there to test separation with."""
        return self.accounts.has_other

    def observed(self, collection: Collection) -> ObservedId:
        """What this server has shown of a collection's ids; the collection is told as well.

        Checks are planned before there is a server: each brings a collection of its own.
        """
        known = self._observed.setdefault(collection.name, ObservedId())
        collection.observed.path, collection.observed.listed = known.path, known.listed
        return known

    def is_excused(self, operation: ir.Operation, status: int) -> bool:
        """Whether a server is held to nothing in a response: no body fits the success described."""
        return operation.id in self.unanswerable and not 300 <= status < 500

    def fresh(self) -> str:
        """Text nobody has used: the marker and a number, 14 characters."""
        with self._lock:
            return f"{self.marker}{next(self._numbers):04d}"

    def credential(self, operation: ir.Operation, actor: Actor) -> CredentialParts:
        """What `actor` sends with `operation`."""
        return self.accounts.credential(operation, actor)

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        credential: CredentialParts | None = None,
        operation: str | None = None,
        plain_query: str | None = None,
        attack: bool = False,
    ) -> Exchange:
        """Send one request; `path` is percent-encoded already."""
        return self.sender.send(
            method,
            path,
            query=query,
            headers=headers,
            body=body,
            credential=credential,
            operation=operation,
            plain_query=plain_query,
            attack=attack,
        )

    def send_to(self, url: str, operation: ir.Operation) -> Exchange:
        """GET a complete address on the server under test, with this account's credentials."""
        return self.sender.send_to(url, operation)

    # -------------------------------------------------------------- cleaning up

    def note(
        self,
        collection: Collection,
        address: Mapping[str, str],
        actor: Actor,
        exchange: Exchange | None = None,
    ) -> None:
        """Remember an object that must be deleted before the run ends, and what has made it."""
        self.safety.made(collection, address)
        identity = address.get(collection.resource.id_parameter or "")
        if exchange is not None and identity is not None:
            template = item_template(collection)
            item = fill(template, dict(address)) if template else None
            self.reproductions.made(item, identity, exchange)
        self.cleanup.note(collection, address, actor)

    def leave(self, address: str) -> None:
        """Remember an object that stays, to be listed in the report."""
        self.cleanup.leave(address)

    def forget(self, collection: Collection, address: Mapping[str, str]) -> None:
        """An object is known to be gone."""
        self.cleanup.forget(collection, address)

    def clean_up(self) -> None:
        """Delete everything noted, budget or not; what stays is in `cleanup.left`."""
        with self.meter.free():
            self.cleanup.delete_all()
