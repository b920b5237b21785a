"""What waits, kept with the objects, so that a server that starts again goes on where it was.

Steps that are due later are kept as the place of their step in the declared behaviour and what was
bound; deliveries and conversations as they are shown, and what it takes to go on with them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from trunkline.emulator.behaviour.script_objects import HeldObject
from trunkline.emulator.hooks.outgoing import Delivery
from trunkline.emulator.storage.query import Query, Table
from trunkline.emulator.storage.records import Row, Scope
from trunkline.emulator.storage.store import Store
from trunkline.ir import Json
from trunkline.ir.behaviour import Behaviour, Later

STEPS: Final = Table("\0later", (), stays=True)
DELIVERIES: Final = Table("\0deliveries", (), stays=True)
CONVERSATIONS: Final = Table("\0conversations", (), stays=True)
"""No resource is called so."""
_NOBODY: Final = Scope("")


class Pending:
    """Keeps what waits in a store; does nothing for one that is gone when the server ends."""

    def __init__(self, store: Store, behaviour: Behaviour) -> None:
        self._store = store
        self._steps = list(_laters(behaviour))
        self._places = {id(step): index for index, step in enumerate(self._steps)}

    def keep(self, table: Table, key: str, record: Mapping[str, Json]) -> None:
        """Keep a record, in place of the one before."""
        if not self._store.lasts:
            return
        known = self._store.get(table, _NOBODY, key)
        document = dict(record)
        if known is None:
            self._store.insert(table, _NOBODY, key, document)
        elif known.document != document:
            self._store.replace(table, _NOBODY, known, document)

    def drop(self, table: Table, key: str) -> None:
        """Forget a record."""
        if self._store.lasts:
            self._store.delete(table, _NOBODY, key)

    def kept(self, table: Table) -> list[tuple[str, dict[str, Json]]]:
        """The records of a table with their keys, oldest first."""
        if not self._store.lasts:
            return []
        rows, _ = self._store.page(table, _NOBODY, Query())
        return [(row.id, row.document) for row in rows]

    # Steps.

    def step_record(
        self,
        step: Later,
        account: str,
        bound: Mapping[str, Json],
        held: Mapping[str, HeldObject],
    ) -> dict[str, Json]:
        """A step that is to be carried out later."""
        return {
            "step": self._places[id(step)],
            "of": _fingerprint(step),
            "account": account,
            "bound": dict(bound),
            "held": held_record(held),
        }

    def step(self, record: Mapping[str, Json]) -> Later | None:
        """The step of a record; None where the behaviour has changed since."""
        place = record.get("step")
        if not isinstance(place, int) or not 0 <= place < len(self._steps):
            return None
        step = self._steps[place]
        return step if _fingerprint(step) == record.get("of") else None


def held_record(held: Mapping[str, HeldObject]) -> dict[str, Json]:
    """Bound objects, as where they are kept."""
    return {
        name: {
            "resource": one.resource,
            "account": one.scope.account,
            "parents": list[Json](one.scope.parents),
            "id": one.row.id,
        }
        for name, one in held.items()
    }


def held_from(record: Json) -> dict[str, HeldObject]:
    """What `held_record` was given; the objects are looked up when they are needed."""
    found: dict[str, HeldObject] = {}
    for name, one in record.items() if isinstance(record, dict) else ():
        if isinstance(one, dict):
            parents = one.get("parents")
            above = tuple(map(str, parents)) if isinstance(parents, list) else ()
            scope = Scope(str(one.get("account")), above)
            row = Row(0, str(one.get("id")), b"{}")
            found[name] = HeldObject(str(one.get("resource")), scope, row, {})
    return found


def delivery_record(delivery: Delivery, due: datetime | None) -> dict[str, Json]:
    """A delivery, and when it is tried next."""
    return {
        "event": delivery.event,
        "account": delivery.account,
        "hook": delivery.hook,
        "url": delivery.url,
        "data": delivery.data,
        "algorithm": delivery.algorithm,
        "secret": delivery.secret,
        "tries": delivery.tries,
        "state": delivery.state,
        "attempts": [[when.isoformat(), status, why] for when, status, why in delivery.attempts],
        "due": due.isoformat() if due is not None else None,
    }


def delivery_from(id_: str, record: Mapping[str, Json]) -> tuple[Delivery, datetime | None]:
    """What `delivery_record` was given. ValueError for anything else."""
    hook, attempts, secret = record.get("hook"), record.get("attempts"), record.get("secret")
    tries, due = record.get("tries"), record.get("due")
    if not isinstance(hook, dict) or not isinstance(attempts, list) or not isinstance(tries, int):
        raise ValueError("not a delivery")  # noqa: TRY004  # the file is wrong, not the caller
    delivery = Delivery(
        event=str(record.get("event")),
        id=id_,
        account=str(record.get("account")),
        hook=hook,
        url=str(record.get("url")),
        data=record.get("data"),
        algorithm=str(record.get("algorithm")),
        secret=secret if isinstance(secret, str) else None,
        tries=tries,
        state=str(record.get("state")),
    )
    for attempt in attempts:
        if isinstance(attempt, list) and len(attempt) == 3 and isinstance(attempt[1], int):
            when = datetime.fromisoformat(str(attempt[0]))
            delivery.attempts.append((when, attempt[1], str(attempt[2])))
    return delivery, datetime.fromisoformat(due) if isinstance(due, str) else None


def _fingerprint(step: Later) -> str:
    return hashlib.sha256(repr(step).encode()).hexdigest()[:16]


def _laters(value: object) -> Iterator[Later]:
    """Every step that puts others off, in the order of the behaviour."""
    if isinstance(value, Later):
        yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _laters(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _laters(inner)
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from _laters(inner)
