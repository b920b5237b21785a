"""Where the answer to a request can be bent: the seams that defects use.

Each method takes what the server decided and returns what it goes on with. The methods here change
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from trunkline.emulator.http.messages import Account, Answer, Fault, Request
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import ABSENT, Absent, Json, Operation, RpcMethod, Signature

if TYPE_CHECKING:
    from trunkline.emulator.behaviour.delivery import Delivery, Parcel
    from trunkline.emulator.resources.compiled import OperationPlan


@dataclass(slots=True)
class Call:
    """One request on its way through an operation. Parameters are JSON values by name."""

    plan: OperationPlan
    request: Request
    account: Account
    path: dict[str, Json] = field(default_factory=dict[str, Json])
    query: dict[str, Json] = field(default_factory=dict[str, Json])
    headers: dict[str, Json] = field(default_factory=dict[str, Json])
    cookies: dict[str, Json] = field(default_factory=dict[str, Json])
    body: Json | Absent = ABSENT
    lax: bool = False
    """Uniqueness is not looked at (for a defect)."""

    @property
    def operation(self) -> Operation:
        """The operation called."""
        return self.plan.operation


@dataclass(frozen=True, slots=True)
class Repetition:
    """How a request is known again: whose key it is, and a digest of the rest of the request."""

    account: str
    key: str
    request: str


class Seam:
    """Sees every decision of the server; the base changes none. `id` is empty unless the seam
    can be switched on by name."""

    id: ClassVar[str] = ""

    def received(self, operation: Operation, request: Request) -> Answer | None:
        """Before anything else: an answer ends the request here."""
        return None

    def authenticated(
        self, operation: Operation, request: Request, account: Account | None
    ) -> Account | None:
        """Who is asking; None: refused."""
        return account

    def parameter_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        """What is wrong with the parameters."""
        return faults

    def body_faults(self, call: Call, faults: list[Fault]) -> list[Fault]:
        """What is wrong with the body, which is in `call.body` already."""
        return faults

    def repeating_request(self, call: Call, repetition: Repetition | None) -> Repetition | None:
        """How a request that is to be done once is known again; None: it is not."""
        return repetition

    def scope(self, call: Call, scope: Scope) -> Scope:
        """Whose objects are looked at or changed."""
        return scope

    def found(self, call: Call, scope: Scope, row: Row | None) -> Row | None:
        """The object that the path names."""
        return row

    def creating(self, call: Call, document: dict[str, Json]) -> dict[str, Json]:
        """The document of a new object, about to be kept."""
        return document

    def created(self, call: Call, scope: Scope, row: Row) -> Row:
        """A new object, kept."""
        return row

    def changing(self, call: Call, old: dict[str, Json], new: dict[str, Json]) -> dict[str, Json]:
        """The document of a changed object, about to be kept."""
        return new

    def changed(self, call: Call, scope: Scope, old: Row, new: Row) -> Row:
        """A changed object, kept; what is returned is shown."""
        return new

    def deleting(self, call: Call, scope: Scope, row: Row) -> bool:
        """Whether to forget the object."""
        return True

    def query(self, call: Call, query: Query) -> Query:
        """What a list asks for."""
        return query

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        """What the store found for a list."""
        return rows, total

    def rpc_faults(self, call: Call, method: RpcMethod, faults: list[Fault]) -> list[Fault]:
        """What is wrong with the parameters of a JSON-RPC call."""
        return faults

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        """The reply to a JSON-RPC call; `message` is None when it was no JSON object."""
        return reply

    def answered(self, call: Call, answer: Answer) -> Answer:
        """The answer to a call that was not refused."""
        return answer

    def refused(self, operation: Operation | None, request: Request, answer: Answer) -> Answer:
        """The answer to a call that was refused."""
        return answer

    def emitted(self, deliveries: list[Delivery]) -> list[Delivery]:
        """The deliveries of an event to one subscriber."""
        return deliveries

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        """An event as it is written, before it is signed."""
        return body

    def posting(self, delivery: Delivery, signature: Signature | None, parcel: Parcel) -> Parcel:
        """One attempt to deliver, signed, about to be sent."""
        return parcel

    def repeating(self, delivery: Delivery, wait: float | None) -> float | None:
        """Seconds until a delivery that was not accepted is repeated; None: never."""
        return wait

    def asking(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        """A request of a conversation, about to be sent; `last`: the one that tells its end."""
        return request

    def asking_with(self, headers: dict[str, str]) -> dict[str, str]:
        """The headers of a request of a conversation."""
        return headers

    def hanging_up(self, reason: str) -> bool:
        """Whether the user's server is told that a conversation is over."""
        return True

    def forgetting(self, resource: str) -> bool:
        """Whether a script's deletion of an object of this resource is carried out."""
        return True
