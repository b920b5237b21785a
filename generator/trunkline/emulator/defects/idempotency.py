"""A server on which it is not safe to send a request again."""

from __future__ import annotations

from dataclasses import replace

from trunkline.emulator.defects.base import Defect, operations_of
from trunkline.emulator.hooks.call import Call, IdempotentRequest
from trunkline.ir import Action, Api, Resource


class _Keys(Defect):
    needs = frozenset({Action.CREATE})

    @classmethod
    def shows(cls, api: Api, resource: Resource) -> bool:
        if not super().shows(api, resource):
            return False
        return operations_of(api, resource)[Action.CREATE].idempotency is not None


class IdempotencyKeysIgnored(_Keys):
    """A request that is sent again with the same idempotency key is done again."""

    rule = "The same request with the same key is done once"
    caught_by = ("key-replays", "key-conflicts")

    def idempotent_request(
        self, call: Call, repeated: IdempotentRequest | None
    ) -> IdempotentRequest | None:
        return None


class IdempotencyKeysOnlyCompared(_Keys):
    """The same request with the same idempotency key is done again; another one is refused."""

    rule = "The same request with the same key is done once"
    caught_by = ("key-replays",)

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[str, str], str] = {}

    def idempotent_request(
        self, call: Call, repeated: IdempotentRequest | None
    ) -> IdempotentRequest | None:
        if repeated is None:
            return None
        where = (f"{repeated.account} {call.operation.id}", repeated.key)
        if where not in self._known:
            self._known[where] = repeated.request
            return repeated
        return None if self._known[where] == repeated.request else repeated


class IdempotencyKeysAnswerAnything(_Keys):
    """A key that was used gets the response it got, whatever is asked for with it."""

    rule = "Another request with a used key is refused"
    caught_by = ("key-conflicts",)

    def idempotent_request(
        self, call: Call, repeated: IdempotentRequest | None
    ) -> IdempotentRequest | None:
        return replace(repeated, request="") if repeated is not None else None


class IdempotencyKeysShared(_Keys):
    """Accounts get the responses to one another's keys."""

    rule = "Keys of two accounts have nothing to do with each other"
    caught_by = ("key-apart",)

    def idempotent_request(
        self, call: Call, repeated: IdempotentRequest | None
    ) -> IdempotentRequest | None:
        return replace(repeated, account="everybody") if repeated is not None else None


class IdempotencyKeysTakenFromOthers(_Keys):
    """A key that one account has used is refused to all others."""

    rule = "Keys of two accounts have nothing to do with each other"
    caught_by = ("key-apart",)

    def idempotent_request(
        self, call: Call, repeated: IdempotentRequest | None
    ) -> IdempotentRequest | None:
        if repeated is None:
            return None
        return replace(
            repeated, account="everybody", request=f"{repeated.account} {repeated.request}"
        )
