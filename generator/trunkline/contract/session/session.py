"""What all checks of a run share: the client, the accounts, the marker, what must be deleted."""

from __future__ import annotations

import enum
import itertools
import secrets as randomness
import threading
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from trunkline import ir
from trunkline.contract.model import (
    Collection,
    Exchange,
    Profile,
    Request,
    RunConfig,
    SchemaValidator,
    Secrets,
    Step,
    collections,
    credentials,
    fill,
)
from trunkline.contract.session.cleanup_log import CleanupLog, Entry
from trunkline.contract.session.client import Client, NoResponseError, RequestMeter
from trunkline.contract.session.rpc_objects import RpcObjects, refusal
from trunkline.contract.session.snippets import Snippets


class Actor(enum.StrEnum):
    """Who calls."""

    ME = "me"
    OTHER = "other"


class Session:
    """One run's dealings with the server."""

    def __init__(
        self, config: RunConfig, client: Client, cleanup_log: CleanupLog, meter: RequestMeter
    ) -> None:
        self.config = config
        self.api = config.api
        self.client = client
        self.cleanup_log = cleanup_log
        self.meter = meter
        self.validator = SchemaValidator(config.api)
        self.full = config.profile is Profile.FULL
        self.scheme = credentials.primary_scheme(config.api)
        self.collections = collections(config.api)
        self.marker = f"tl{randomness.token_hex(4)}"
        """Begins every free text this run writes, so that its objects can be told apart."""
        self.left: list[str] = []
        """Addresses of objects that could not be deleted."""
        self.calls = (
            Snippets(config.api, config.plan, config.base_url, config.credentials)
            if config.plan is not None
            else None
        )
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self.tidying = False
        self.rpc = RpcObjects(self)
        client.observers.append(self.rpc.watch)
        given = config.credentials
        self.secrets = Secrets(
            {
                given.token or "": "$TOKEN",
                given.other_token or "": "$OTHER_TOKEN",
                **{
                    value: f"${name.upper().replace('-', '_')}"
                    for name, value in given.headers.items()
                    if len(value) > 5
                },
                **_encoded(self.scheme, given.token, "$TOKEN"),
                **_encoded(self.scheme, given.other_token, "$OTHER_TOKEN"),
            }
        )

    @property
    def has_other(self) -> bool:
        """Whether a second account is there to test separation with."""
        return self.config.credentials.other_token is not None and self.scheme is not None

    def fresh(self) -> str:
        """Text nobody has used: the marker and a number, 14 characters."""
        with self._lock:
            return f"{self.marker}{next(self._numbers):04d}"

    def credential(self, operation: ir.Operation, actor: Actor) -> credentials.CredentialParts:
        """What `actor` sends with `operation`."""
        given = self.config.credentials
        token = given.token if actor is Actor.ME else given.other_token
        if token is None or not credentials.accepts(operation, self.scheme):
            return credentials.CredentialParts()
        return credentials.apply_credential(self.scheme, token)

    def send(
        self,
        method: str,
        path: str,
        *,
        query: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        credential: credentials.CredentialParts | None = None,
        operation: str | None = None,
        plain_query: str | None = None,
    ) -> Exchange:
        """Send one request; `path` is percent-encoded already."""
        credential = credential or credentials.CredentialParts()
        pairs = (*query, *credential.query)
        text = plain_query if plain_query is not None else urlencode(pairs)
        url = self.config.base_url.rstrip("/") + path + (f"?{text}" if text else "")
        sent = {**self.config.credentials.headers, **(headers or {}), **credential.headers}
        if credential.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in credential.cookies.items())
        request = Request(method=method, url=url, headers=sent, body=body, operation=operation)
        return self.client.send(request)

    def send_to(self, url: str, operation: ir.Operation) -> Exchange:
        """GET a complete address on the server under test, with this account's credentials."""
        credential = self.credential(operation, Actor.ME)
        return self.client.send(
            Request(
                method="GET",
                url=url,
                headers={
                    **self.config.credentials.headers,
                    "Accept": "application/json",
                    **credential.headers,
                },
                operation=operation.id,
            )
        )

    def step(self, exchange: Exchange) -> Step:
        """An exchange as evidence: as curl, and as a call of the generated client."""
        return Step.of(exchange, self.secrets, self.calls)

    # --------------------------------------------------------------- tidying

    def note(self, collection: Collection, address: Mapping[str, str], actor: Actor) -> None:
        """Remember an object that must be deleted before the run ends."""
        if collection.deleter is None:
            self.leave(fill(collection.resource.item_path or "", dict(address)))
            return
        path = fill(collection.deleter.path, dict(address))
        self.keep(Entry(collection.deleter.id, path, actor.value))

    def keep(self, entry: Entry) -> None:
        """Remember how an object is deleted."""
        with self._lock:
            self.cleanup_log.created(entry)

    def leave(self, address: str) -> None:
        """Remember an object that stays, to be listed in the report."""
        with self._lock:
            if address not in self.left:
                self.left.append(address)

    def forget(self, collection: Collection, address: Mapping[str, str]) -> None:
        """An object is known to be gone."""
        if collection.deleter is not None:
            with self._lock:
                self.cleanup_log.gone(fill(collection.deleter.path, dict(address)))

    def tidy(self) -> None:
        """Delete everything noted, newest first; what stays is kept in `left`."""
        operations = {o.id: o for o in self.api.operations}
        self.tidying = True
        try:
            for entry in self.cleanup_log.entries:
                operation = operations.get(entry.operation)
                if operation is None:
                    self.leave(f"{entry.path} (no operation {entry.operation} any more)")
                    continue
                try:
                    self._remove(entry, operation)
                except NoResponseError:
                    self.leave(entry.path)
        finally:
            self.tidying = False

    def _remove(self, entry: Entry, operation: ir.Operation) -> None:
        if entry.body:
            answer = self.rpc.post(operation, entry.path, entry.body, entry.actor)
            refused = refusal(answer)
            if refused:
                self.leave(f"{entry.path} {entry.body}: {refused}")
            # No error code says in general that there is no such object. What a killed run left
            # behind is tried once more, by the next run, and then named to the user.
            if not refused or entry.key in self.cleanup_log.adopted:
                self.cleanup_log.gone(*entry.key)
            return
        answer = self.send(
            operation.method.upper(),
            entry.path,
            headers={"Accept": "application/json"},
            credential=self.credential(operation, Actor(entry.actor)),
            operation=operation.id,
        )
        if answer.ok or answer.status in {404, 410}:
            self.cleanup_log.gone(*entry.key)
        else:
            self.leave(entry.path)


def _encoded(scheme: ir.SecurityScheme | None, token: str | None, name: str) -> dict[str, str]:
    if token is None or not isinstance(scheme, ir.HttpScheme) or scheme.scheme != "basic":
        return {}
    value = credentials.apply_credential(scheme, token).headers["Authorization"].partition(" ")[2]
    return {value: name}
