"""Reproductions: the steps of a finding, and before them what made the objects that they name."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence

from trunkline.contract.model import (
    EvidenceStep,
    Exchange,
    HandedOn,
    Request,
    Secrets,
    handed_on,
    put,
    variables_for,
)
from trunkline.contract.session.safety import references
from trunkline.semantics.jsonvalue import parsed

_MARKED = re.compile(rb"tl[0-9a-f]{8}\d{4}")
"""The texts that a run makes up (`Session.fresh`): no two requests have one by chance."""


class Reproductions:
    """Knows how this run made and deleted what it made, and writes the evidence of findings."""

    def __init__(
        self, base_url: str, secrets: Secrets, snippets: Callable[[Request], str] | None
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._secrets = secrets
        self._snippets = snippets
        self._made: dict[str, Exchange] = {}
        self._deleted: dict[str, Exchange] = {}
        self._changed: dict[str, list[Exchange]] = {}
        self._by_identity: dict[str, Exchange] = {}
        self._by_text: dict[bytes, list[Exchange]] = {}
        self._identities: dict[int, str] = {}
        self._lock = threading.Lock()

    def made(self, item: str | None, identity: str, exchange: Exchange) -> None:
        """A request made an object; `item` is the path that it has, percent-encoded, if any."""
        with self._lock:
            if item is not None:
                self._made[item] = exchange
                self._deleted.pop(item, None)
                self._changed.pop(item, None)
            self._by_identity[identity] = exchange
            self._identities[exchange.order] = identity
            for text in _MARKED.findall(exchange.request.body or b""):
                self._by_text.setdefault(text, []).append(exchange)

    def watch(self, exchange: Exchange) -> None:
        """Keep what changed or deleted an object of this run."""
        method = exchange.request.method
        if method not in {"DELETE", "PATCH", "PUT"} or not exchange.ok:
            return
        item = self._path(exchange.request)
        with self._lock:
            if item not in self._made:
                return
            if method == "DELETE":
                self._deleted.setdefault(item, exchange)
            else:
                self._changed.setdefault(item, []).append(exchange)

    def _path(self, request: Request) -> str:
        return request.url.removeprefix(self._base_url).partition("?")[0]

    def evidence(
        self, exchanges: Sequence[Exchange], unanswered: tuple[Request, str] | None = None
    ) -> tuple[tuple[EvidenceStep, ...], tuple[EvidenceStep, ...]]:
        """What made the objects concerned, and the steps; `unanswered` is a last request that got
        no response, and why.

        What happened to the objects between two of the steps becomes a step.
        """
        asked = [(e.request, e.status, e.order) for e in exchanges]
        asked += [(unanswered[0], 0, 0)] if unanswered is not None else []
        needed = self._needed(asked, exchanges)
        first = min((e.order for e in exchanges if e.order), default=0)
        before = [e for e in needed if not first or e.order < first]
        between = [e for e in needed if first and e.order > first]
        steps = list(exchanges)
        for exchange in between:
            place = next((i for i, e in enumerate(steps) if e.order > exchange.order), len(steps))
            steps.insert(place, exchange)
        written = self._written([*before, *steps], unanswered)
        return tuple(written[: len(before)]), tuple(written[len(before) :])

    def _needed(
        self, asked: Sequence[tuple[Request, int, int]], known: Sequence[Exchange]
    ) -> list[Exchange]:
        """Exchanges without which others would not come out so, and what those need, in order."""
        found: dict[int, Exchange] = {}
        waiting = list(asked)
        while waiting:
            for exchange in self._behind(*waiting.pop()):
                shown = any(_same(exchange, other) for other in known)
                if exchange.order not in found and not shown:
                    found[exchange.order] = exchange
                    waiting.append((exchange.request, exchange.status, exchange.order))
        return [found[order] for order in sorted(found)]

    def _behind(self, request: Request, status: int, order: int) -> Iterator[Exchange]:
        """What made, and what deleted, the objects that a request names; of a conflict also what
        it is with, and where a condition does not hold what has changed since."""
        segments = self._path(request).split("/")
        body = parsed(request.body)
        named = [identity for _, identity in references(body)]
        params = body.get("params") if isinstance(body, dict) else None
        if isinstance(params, list) and params and isinstance(params[0], str | int):
            named.append(str(params[0]))
        texts = _MARKED.findall(request.body or b"") if status == 409 else []
        with self._lock:
            items = ["/".join(segments[:count]) for count in range(2, len(segments) + 1)]
            found = [self._made.get(item) for item in items]
            found += [self._deleted.get(item) for item in items]
            if status == 412:
                found += [e for item in items for e in self._changed.get(item, ())]
            found += [self._by_identity.get(identity) for identity in named]
            found += [e for text in texts for e in self._by_text.get(text, ())]
        for exchange in found:
            # An object may be named by the request that has made it.
            if exchange is None or exchange.request is request:
                continue
            if not order or exchange.order < order:
                yield exchange

    def _written(
        self, exchanges: Sequence[Exchange], unanswered: tuple[Request, str] | None
    ) -> list[EvidenceStep]:
        requests = [e.request for e in exchanges]
        requests += [unanswered[0]] if unanswered is not None else []
        handed = _linked(requests, exchanges, self._identities)
        steps: list[EvidenceStep] = []
        known: dict[str, HandedOn] = {}
        for index, request in enumerate(requests):
            shown = put(request, variables_for(known), quoted=False)
            gives = handed.get(index, [])
            known |= {one.value: one for one in gives}
            steps.append(
                EvidenceStep.sent(
                    request,
                    self._secrets,
                    self._snippets,
                    exchanges[index] if index < len(exchanges) else None,
                    reason=unanswered[1] if unanswered is not None else "",
                    curl=_reading(shown.curl(self._secrets), gives),
                    hands_on=gives,
                )
            )
        return steps


def _linked(
    requests: Sequence[Request], exchanges: Sequence[Exchange], identities: Mapping[int, str]
) -> dict[int, list[HandedOn]]:
    """What each response hands on to a later request, with the names of variables."""
    found: dict[int, list[HandedOn]] = {}
    known: set[str] = set()
    numbers: dict[str, int] = {}
    for index, exchange in enumerate(
        exchanges[:-1] if len(requests) == len(exchanges) else exchanges
    ):
        for one in handed_on(exchange, identities.get(exchange.order)):
            if one.value in known:
                continue
            if any(put(r, {one: ""}) is not r for r in requests[: index + 1]):
                continue  # the caller chose it
            if all(put(r, {one: ""}) is r for r in requests[index + 1 :]):
                continue
            known.add(one.value)
            word = "etag" if one.source == "etag" else "id"
            numbers[word] = numbers.get(word, 0) + 1
            named = HandedOn(f"{word}{numbers[word]}", one.value, one.source, one.key, one.place)
            found.setdefault(index, []).append(named)
    return found


def _reading(curl: str, gives: Sequence[HandedOn]) -> str:
    """The command that shows the response and keeps what it hands on."""
    if not gives:
        return curl
    if len(gives) == 1:
        return f"{gives[0].name}=$({curl} | tee /dev/stderr | {gives[0].filter})"
    kept = [f"{one.name}=$(printf '%s\\n' \"$seen\" | {one.filter})" for one in gives]
    return "; ".join([f"seen=$({curl} | tee /dev/stderr)", *kept])


def _same(one: Exchange, other: Exchange) -> bool:
    """Whether both are the same exchange, whoever has recorded it."""
    if one is other:
        return True
    asked, again = one.request, other.request
    return (asked.method, asked.url, asked.body, one.status, one.body) == (
        again.method,
        again.url,
        again.body,
        other.status,
        other.body,
    )
