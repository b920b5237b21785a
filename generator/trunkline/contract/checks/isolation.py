"""Which value of a valid request a server refuses: told by a request that differs in it alone.

A refusal has as many causes as the request has values. Only a request that is accepted, and the
same but for one place, shows which it was; between two lengths or whole numbers the limit is then
looked for.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Final

from trunkline import ir
from trunkline.contract.engine import CheckContext, Creatable
from trunkline.contract.model import Exchange, has_path
from trunkline.ir import Json
from trunkline.semantics import jsonvalue
from trunkline.semantics.jsonvalue import Path

_TRIES: Final = 24
"""Requests that are spent on finding the place."""
_HALVINGS: Final = 14
"""Requests that are spent on finding the limit."""

OF_THE_CALLER: Final = frozenset({401, 402, 403, 404, 409, 429, 503})
"""Refusals that say nothing about the body: of the account, of what is there, of the moment."""

Body = dict[str, Json]


class Isolation:
    """Looks for the place that a create request is refused for."""

    def __init__(self, ctx: CheckContext, target: Creatable) -> None:
        self._ctx = ctx
        self._target = target
        self._leaves = [
            leaf
            for leaf in target.collection.input_leaves(target.created)
            if not ctx.values.is_reference(leaf.path[-1], leaf.schema)
        ]

    def evidence(self, body: Body, refused: Exchange) -> tuple[Exchange, ...]:
        """What tells the cause: a request that was accepted, then one that was refused, which
        differ in one place; `refused` alone where it is not one place."""
        left = _TRIES
        for variants in (self._with(body), self._without(body), self._otherwise(body)):
            accepted: dict[Path, tuple[Body, Exchange]] = {}
            for path, variant in variants:
                if left == 0:
                    break
                if path in accepted or not self._fits(variant):
                    continue
                left -= 1
                exchange = self._send(variant)
                if exchange.ok:
                    accepted[path] = variant, exchange
            if len(accepted) > 1:
                return (refused,)
            for path, (variant, exchange) in accepted.items():
                return self.limit(path, (variant, exchange), (body, refused))
        return (refused,)

    def limit(
        self, path: Path, accepted: tuple[Body, Exchange], refused: tuple[Body, Exchange]
    ) -> tuple[Exchange, ...]:
        """The two requests, drawn together to where one more is one too many, where they differ in
        a length or a whole number at `path`."""
        for _ in range(_HALVINGS):
            good, bad = (jsonvalue.find(body, path) for body, _ in (accepted, refused))
            between = _between(good, bad)
            if between is None:
                break
            variant = _changed(accepted[0], path, between)
            if not self._fits(variant):
                break
            exchange = self._send(variant)
            if exchange.ok:
                accepted = variant, exchange
            elif exchange.refused:
                refused = variant, exchange
            else:
                break
        return accepted[1], refused[1]

    def control(self, body: Body, path: Path, plain: Body) -> tuple[Body, Exchange]:
        """The same request with a plain value at `path`, or none where `plain` has none."""
        value = jsonvalue.find(plain, path)
        variant = _changed(body, path, value)
        return variant, self._send(variant)

    def _fits(self, body: Body) -> bool:
        return self._ctx.validators.fits(self._target.created, body, "request")

    def _send(self, body: Body) -> Exchange:
        return self._ctx.objects.try_create(self._target.collection, body)[0]

    def _with(self, body: Body) -> Iterator[tuple[Path, Body]]:
        """With one member more."""
        full = self._ctx.bodies.of(self._target.collection, full=True)
        for name in full:
            if name not in body:
                yield (name,), {**body, name: full[name]}

    def _without(self, body: Body) -> Iterator[tuple[Path, Body]]:
        """With one member less."""
        for name in body:
            yield (name,), {key: value for key, value in body.items() if key != name}

    def _otherwise(self, body: Body) -> Iterator[tuple[Path, Body]]:
        """With another value of one member."""
        for leaf in self._leaves:
            if has_path(body, leaf.path):
                for valid in self._ctx.values.valid_examples(leaf.schema)[:4]:
                    yield leaf.path, _changed(body, leaf.path, valid.value)


def _changed(body: Body, path: Path, value: Json | ir.Absent) -> Body:
    made = copy.deepcopy(body)
    if isinstance(value, ir.Absent):
        jsonvalue.remove(made, path)
    else:
        jsonvalue.put(made, path, value)
    return made


def _between(good: Json | ir.Absent, bad: Json | ir.Absent) -> Json | ir.Absent | None:
    """A value half-way between two texts or whole numbers; None where there is none."""
    if isinstance(good, str) and isinstance(bad, str):
        length = (len(good) + len(bad)) // 2
        longer = max(good, bad, key=len)
        return longer[:length] if abs(len(good) - len(bad)) > 1 else None
    if isinstance(good, bool) or isinstance(bad, bool):
        return None
    if isinstance(good, int) and isinstance(bad, int) and abs(good - bad) > 1:
        return (good + bad) // 2
    return None
