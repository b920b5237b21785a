"""Whether the server is the one described at all: told early, not in a thousand findings."""

from __future__ import annotations

from collections import Counter

from trunkline import ir
from trunkline.contract.model import Exchange
from trunkline.semantics import responses
from trunkline.semantics.media import essence

ENOUGH = 40
"""Answers to operations after which one of them should have been a documented success."""


class TargetMismatch:
    """Watches the exchanges of a run until one is what the description promises."""

    def __init__(self, api: ir.Api) -> None:
        self._operations = {o.id: o for o in api.operations}
        self._seen: set[str] = set()
        self._answers: Counter[str] = Counter()
        self._refused = 0
        self.recognized = False

    def watch(self, exchange: Exchange) -> None:
        """Look at one exchange."""
        operation = self._operations.get(exchange.request.operation or "")
        if self.recognized or operation is None:
            return
        if exchange.request.method.lower() != operation.method:
            return  # a method that is not described, tried on the operation's path
        if exchange.request.attack and not exchange.ok:
            return  # refused, as it should be
        self._seen.add(operation.id)
        kind = exchange.media_type or "no body"
        self._answers[f"{exchange.status} ({kind})"] += 1
        self._refused += exchange.status in {401, 403}
        response = responses.for_status(operation, exchange.status) if exchange.ok else None
        if response is not None:
            kinds = {essence(c.media_type) for c in response.contents}
            self.recognized = not kinds or kind in kinds or "*/*" in kinds

    @property
    def verdict(self) -> str:
        """What must be wrong; empty as long as nothing has to be."""
        total = sum(self._answers.values())
        if self.recognized or total < ENOUGH:
            return ""
        if self._refused > total * 0.9:
            return f"the server refuses the credentials: {self._refused} of {total} answers say so"
        mostly, count = self._answers.most_common(1)[0]
        return (
            f"the server is not the one described: of {total} answers to "
            f"{len(self._seen)} operations none is a documented success, "
            f"{count} are {mostly}; check the base URL"
        )
