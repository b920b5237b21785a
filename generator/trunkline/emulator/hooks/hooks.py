"""Where the response to a request can be bent: the hooks that defects use.

Each method takes what the server decided and returns what it goes on with. The methods here change
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from trunkline.emulator.hooks.call import Call, IdempotentRequest
from trunkline.emulator.hooks.outgoing import Delivery, OutgoingRequest
from trunkline.emulator.http.messages import Account, HttpRequest, HttpResponse, ValidationError
from trunkline.emulator.storage.query import Query
from trunkline.emulator.storage.records import Row, Scope
from trunkline.ir import Json, Operation, Resource, RpcMethod, Signature

Subscriptions = Callable[[str, str], list[dict[str, Json]]]
"""From account and event to what is subscribed to it."""


class Hooks:
    """Sees every decision of the server; the base changes none. `id` is empty unless the hook
    can be switched on by name."""

    id: ClassVar[str] = ""

    async def arrived(self, request: HttpRequest) -> None:
        """A request is complete, and not looked at yet: it may wait here while others go on."""

    def breaks_off(self, request: HttpRequest) -> bool:
        """Whether the connection ends in the middle of the response."""
        return False

    def received(self, operation: Operation, request: HttpRequest) -> HttpResponse | None:
        """Before anything else: a response ends the request here."""
        return None

    def authenticated(
        self, operation: Operation, request: HttpRequest, account: Account | None
    ) -> Account | None:
        """Who is asking; None: refused."""
        return account

    def parameter_problems(
        self, call: Call, problems: list[ValidationError]
    ) -> list[ValidationError]:
        """What is wrong with the parameters."""
        return problems

    def body_problems(self, call: Call, problems: list[ValidationError]) -> list[ValidationError]:
        """What is wrong with the body, which is in `call.body` already."""
        return problems

    def idempotent_request(
        self, call: Call, repeated: IdempotentRequest | None
    ) -> IdempotentRequest | None:
        """How a request that is to be done once is known again; None: it is not."""
        return repeated

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

    def job_ending(self, resource: Resource) -> bool:
        """Whether an object of this resource that was begun comes to its end."""
        return True

    def query(self, call: Call, query: Query) -> Query:
        """What a list asks for."""
        return query

    def listed(self, call: Call, rows: list[Row], total: int) -> tuple[list[Row], int]:
        """What the store found for a list."""
        return rows, total

    def rpc_problems(
        self, call: Call, method: RpcMethod, problems: list[ValidationError]
    ) -> list[ValidationError]:
        """What is wrong with the parameters of a JSON-RPC call."""
        return problems

    def replied(self, call: Call, message: Json, reply: dict[str, Json]) -> dict[str, Json]:
        """The reply to a JSON-RPC call; `message` is None when it was no JSON object."""
        return reply

    def responded(self, call: Call, response: HttpResponse) -> HttpResponse:
        """The response to a call that was not refused."""
        return response

    def rejected(
        self, operation: Operation | None, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        """The response to a call that was refused."""
        return response

    def emitted(self, deliveries: list[Delivery], subscriptions: Subscriptions) -> list[Delivery]:
        """The deliveries of an event to one subscriber; `subscriptions` tells others."""
        return deliveries

    def event_body(self, delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
        """An event as it is written, before it is signed."""
        return body

    def sending(
        self, delivery: Delivery, signature: Signature | None, outgoing: OutgoingRequest
    ) -> OutgoingRequest:
        """One attempt to deliver, signed, about to be sent."""
        return outgoing

    def repeating(self, delivery: Delivery, wait: float | None) -> float | None:
        """Seconds until a delivery that was not accepted is repeated; None: never."""
        return wait

    def conversation_request(self, request: dict[str, Json], last: bool) -> dict[str, Json]:
        """A request of a conversation, about to be sent; `last`: the one that tells its end."""
        return request

    def conversation_headers(self, headers: dict[str, str]) -> dict[str, str]:
        """The headers of a request of a conversation."""
        return headers

    def telling_end(self, reason: str) -> bool:
        """Whether the user's server is told that a conversation is over."""
        return True

    def script_deleting(self, resource: str) -> bool:
        """Whether a script's deletion of an object of this resource is carried out."""
        return True
