"""What a run created, deleted again: by the operation, or the JSON-RPC method, that deletes it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping

from trunkline import ir
from trunkline.contract.model import Collection, Exchange, fill, is_conditional
from trunkline.contract.session.accounts import Actor
from trunkline.contract.session.cleanup_log import CleanupEntry, CleanupLog
from trunkline.contract.session.client import NoResponseError
from trunkline.contract.session.sender import Sender

_TRIES = 3
"""How often an object is tried that the server refuses to delete: what holds it may go first."""


class Cleanup:
    """Knows what must be deleted before the run ends."""

    def __init__(self, api: ir.Api, sender: Sender, log: CleanupLog) -> None:
        self._operations = {o.id: o for o in api.operations}
        self._readers = {o.path: o for o in api.operations if o.method == "get"}
        self._rpc = api.rpc
        self._sender = sender
        self._lock = threading.Lock()
        self.log = log
        self._refused: Counter[tuple[str, str]] = Counter()
        self.left: list[str] = []
        """Addresses of objects that could not be deleted."""
        self.running = False
        """Whether objects are being deleted just now."""

    def note(self, collection: Collection, address: Mapping[str, str], actor: Actor) -> None:
        """Remember an object that must be deleted before the run ends."""
        if collection.deleter is None:
            path = collection.resource.item_path
            told = ", ".join(f"{name or 'id'} {value}" for name, value in address.items())
            self.leave(fill(path, dict(address)) if path else f"{collection.name}: {told}")
            return
        path = fill(collection.deleter.path, dict(address))
        self.keep(CleanupEntry(collection.deleter.id, path, actor.value))

    def keep(self, entry: CleanupEntry) -> None:
        """Remember how an object is deleted."""
        with self._lock:
            self.log.created(entry)

    def leave(self, address: str) -> None:
        """Remember an object that stays, to be listed in the report."""
        with self._lock:
            if address not in self.left:
                self.left.append(address)

    def forget(self, collection: Collection, address: Mapping[str, str]) -> None:
        """An object is known to be gone."""
        if collection.deleter is not None:
            self.gone(fill(collection.deleter.path, dict(address)))

    def gone(self, path: str, body: str = "") -> None:
        """What a request to this path, with this body, would delete is gone."""
        with self._lock:
            self.log.gone(path, body)
            self._refused.pop((path, body), None)
            if not body and path in self.left:
                self.left.remove(path)

    def delete_all(self) -> None:
        """Delete everything noted, newest first; what stays is kept in `left`."""
        self.running = True
        try:
            for entry in self.log.entries:
                if self._refused[entry.key] >= _TRIES:
                    continue
                operation = self._operations.get(entry.operation)
                if operation is None:
                    self.leave(f"{entry.path} (no operation {entry.operation} any more)")
                    continue
                try:
                    self._delete(entry, operation)
                except NoResponseError:
                    self.leave(entry.path)
        finally:
            self.running = False

    def _delete(self, entry: CleanupEntry, operation: ir.Operation) -> None:
        if entry.body:
            refused = refusal(self.call(operation, entry.path, entry.body, Actor(entry.actor)))
            if refused:
                self.leave(f"{entry.path} {entry.body}: {refused}")
            # No error code says in general that there is no such object. What a killed run left
            # behind is tried once more, by the next run, and then named to the user.
            if not refused or entry.key in self.log.adopted:
                self.log.gone(*entry.key)
            return
        conditional = is_conditional(operation)
        response = self._send(operation, entry, self._mark(operation, entry) if conditional else {})
        if response.status in {412, 428} and not conditional:
            response = self._send(operation, entry, self._mark(operation, entry))
        if response.ok or response.status in {404, 410}:
            self.gone(*entry.key)
        else:
            self._refused[entry.key] += 1
            self.leave(entry.path)

    def _mark(self, operation: ir.Operation, entry: CleanupEntry) -> dict[str, str]:
        """The mark of the object as it is now, where the server deletes only what was seen."""
        reader = self._readers.get(operation.path)
        mark = self._send(reader, entry, {}).headers.get("etag") if reader else None
        return {"If-Match": mark or "*"}

    def _send(
        self, operation: ir.Operation, entry: CleanupEntry, headers: Mapping[str, str]
    ) -> Exchange:
        return self._sender.send(
            operation.method.upper(),
            entry.path,
            headers={"Accept": "application/json, */*;q=0.5", **headers},
            credential=self._sender.accounts.credential(operation, Actor(entry.actor)),
            operation=operation.id,
            noted=True,
        )

    def call(
        self, carrier: ir.Operation, path: str, call: str, actor: Actor = Actor.ME
    ) -> Exchange:
        """Send one JSON-RPC call."""
        kind = self._rpc.media_type if self._rpc is not None else "application/json"
        return self._sender.send(
            "POST",
            path,
            headers={"Accept": f"{kind}, application/json", "Content-Type": kind},
            body=call.encode(),
            credential=self._sender.accounts.credential(carrier, actor),
            operation=carrier.id,
            noted=True,
        )


def refusal(exchange: Exchange) -> str:
    """Why a deletion by JSON-RPC did not succeed; empty when it did."""
    reply = exchange.json
    if not exchange.ok or not isinstance(reply, dict):
        return f"status {exchange.status}"
    error = reply.get("error")
    if error is None:
        return ""
    return f"error {error.get('code')}" if isinstance(error, dict) else "an error"
