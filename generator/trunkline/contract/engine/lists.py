"""Lists walked page by page, as the description pages them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from trunkline import ir
from trunkline.contract.engine.bodies import BodyBuilder
from trunkline.contract.engine.executor import Executor, Query
from trunkline.contract.engine.objects import Objects, Written, id_of, required
from trunkline.contract.engine.verdicts import Inconclusive, PaginationLoop
from trunkline.contract.model import Collection, Exchange
from trunkline.contract.session import Actor, Session
from trunkline.ir import Json
from trunkline.semantics import jsonvalue, paging, responses, schemas

_PAUSE = 0.1
"""Seconds between two looks at a list that is behind."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list."""

    items: list[Json]
    exchange: Exchange


class ListWalker:
    """The lists of one check."""

    def __init__(
        self, session: Session, executor: Executor, bodies: BodyBuilder, objects: Objects
    ) -> None:
        self._session = session
        self._api = session.api
        self._executor = executor
        self._bodies = bodies
        self._objects = objects

    def page(
        self,
        collection: Collection,
        query: Query = (),
        *,
        parent: Mapping[str, str] | None = None,
        actor: Actor = Actor.ME,
    ) -> ListPage:
        """One page, or `Inconclusive`."""
        self._settle(collection, actor)
        return self._page(collection, query, parent=parent, actor=actor)

    def _page(
        self,
        collection: Collection,
        query: Query,
        *,
        parent: Mapping[str, str] | None,
        actor: Actor,
        headers: Mapping[str, str] | None = None,
    ) -> ListPage:
        lister = required(collection.lister, "list")
        given = {name for name, _ in query}
        self._check_restricted(collection, lister, given)
        needed = [
            (name, jsonvalue.scalar_text(value))
            for name, value in self._bodies.listed_by(collection)
            if name not in given and not isinstance(value, list | dict)
        ]
        exchange = self._executor.call(
            lister,
            parent if parent is not None else self._objects.parent_path(collection, actor),
            query=(*needed, *query),
            headers=headers,
            actor=actor,
        )
        found = exchange.at(lister.payload)
        self._check_full(lister, found)
        if not exchange.ok or not isinstance(found, list):
            raise Inconclusive(f"list answered {exchange.status}")
        return ListPage([collection.wrap(item) for item in found], exchange)

    def _check_full(self, lister: ir.Operation, found: Json) -> None:
        """`Inconclusive` for a list without pages that shows as many items as it ever can."""
        payload = responses.payload_schema(self._api.schemas, lister)
        shape = schemas.resolve(self._api.schemas, payload).shape if payload is not None else None
        most = shape.max_items if isinstance(shape, ir.Array) else None
        full = most is not None and isinstance(found, list) and len(found) >= most
        if full and (lister.pagination is None or lister.pagination.page is None):
            raise Inconclusive(f"the list shows at most {most} items")

    def _check_restricted(
        self, collection: Collection, lister: ir.Operation, given: set[str]
    ) -> None:
        """`Inconclusive` for a list that must be restricted by what creating does not set: which
        objects it shows is not known."""
        if not collection.shows_ids:
            raise Inconclusive("nothing in the list tells one object from another")
        if collection.created is None:
            return
        paging = lister.pagination
        known = given | {name for name, _ in self._bodies.listed_by(collection)}
        if paging is not None:
            known |= {name for name in (paging.page, paging.size) if name is not None}
        for parameter in lister.parameters:
            in_query = parameter.location is ir.ParameterLocation.QUERY
            if parameter.required and in_query and parameter.name not in known:
                raise Inconclusive(f"the list must be restricted by {parameter.name}")

    def pages(
        self,
        collection: Collection,
        query: Query = (),
        *,
        size: int | None = None,
        parent: Mapping[str, str] | None = None,
        actor: Actor = Actor.ME,
        most: int = 400,
    ) -> Iterator[ListPage]:
        """Every page in order; `Inconclusive` beyond `most` pages, and where one comes twice."""
        self._settle(collection, actor)
        yield from self._walk(collection, query, size=size, parent=parent, actor=actor, most=most)

    def _settle(self, collection: Collection, actor: Actor) -> None:
        """Wait where lists are behind what was written; measured once, where that can be told."""
        written = self._objects.written(collection, actor)
        if not written.last:
            return
        key = (collection.name, bool(written.gone))
        if key not in self._session.lags:
            self._session.lags[key] = self._measured(collection, actor, written)
        time.sleep(max(0.0, written.last + self._session.lags[key] - time.monotonic()))

    def _measured(self, collection: Collection, actor: Actor, written: Written) -> float:
        """Seconds until the list shows what was written; 0 where it does so at once, or never."""
        first = True
        while True:
            shown = {
                id_of(collection, item)
                for page in self._walk(collection, (), actor=actor, most=20)
                for item in page.items
            }
            if written.there <= shown and not written.gone & shown:
                # Another time it may take longer.
                return 0.0 if first else (time.monotonic() - written.last) * 1.5 + 0.1
            if time.monotonic() - written.last > self._session.config.settle:
                return 0.0
            first = False
            time.sleep(_PAUSE)

    def _walk(
        self,
        collection: Collection,
        query: Query,
        *,
        size: int | None = None,
        parent: Mapping[str, str] | None = None,
        actor: Actor,
        most: int,
    ) -> Iterator[ListPage]:
        lister = required(collection.lister, "list")
        if parent is None:
            parent = self._objects.parent_path(collection, actor)
        pagination = lister.pagination
        wanted = size if size is not None else self.largest_page(lister)
        sized = (
            [(pagination.size, str(wanted))] if pagination and pagination.size and wanted else []
        )
        in_headers: set[str | None] = set()
        if pagination is not None and pagination.location is ir.PageLocation.HEADER:
            in_headers = {pagination.page, pagination.size}
        step: list[tuple[str, str]] = []
        before: ListPage | None = None
        for _ in range(most):
            # The address of a next page says again what the first was asked for.
            said = {name for name, _ in step}
            rest = [pair for pair in (*query, *sized) if pair[0] not in said]
            asked = (*rest, *step)
            page = self._page(
                collection,
                [pair for pair in asked if pair[0] not in in_headers],
                parent=parent,
                actor=actor,
                headers={name: text for name, text in asked if name in in_headers},
            )
            if before is not None and page.items and page.items == before.items:
                raise PaginationLoop((before.exchange, page.exchange))
            before = page
            yield page
            after = next_query(pagination, page, step, wanted) if pagination else None
            if after is None:
                return
            step = after
        raise Inconclusive(f"the list does not end within {most} pages")

    def all_items(
        self,
        collection: Collection,
        query: Query = (),
        *,
        size: int | None = None,
        parent: Mapping[str, str] | None = None,
        actor: Actor = Actor.ME,
    ) -> tuple[list[Json], list[Exchange]]:
        """All items of a list, and the exchanges that showed them."""
        found: list[Json] = []
        seen: list[Exchange] = []
        for page in self.pages(collection, query, size=size, parent=parent, actor=actor):
            found += page.items
            seen.append(page.exchange)
        return found, seen

    def largest_page(self, lister: ir.Operation) -> int | None:
        """The largest page size the description allows; None when it names none."""
        if lister.pagination is None or lister.pagination.size is None:
            return None
        for parameter in lister.parameters:
            if parameter.name == lister.pagination.size:
                shape = schemas.resolve(self._api.schemas, parameter.schema).shape
                if isinstance(shape, ir.Integer) and shape.maximum is not None:
                    return int(shape.maximum)
        return None


def next_query(
    pagination: ir.Pagination, page: ListPage, step: Query, size: int | None
) -> list[tuple[str, str]] | None:
    """The query that asks for the page after `page`; None when it was the last.

    `step` is what asked for this page (empty for the first), `size` the page size asked for.
    A page that says that there is more, and not how to ask for it, is the last as well.
    """
    asked = dict(step).get(pagination.page or "", "")
    received = paging.ReceivedPage(
        body=page.exchange.json,
        items=page.items,
        asked=int(asked) if asked.isdecimal() else None,
        size=size,
        link=page.exchange.headers.get("link"),
        headers=page.exchange.headers,
    )
    try:
        following = paging.next_page(pagination, received)
    except paging.PaginationError:
        return None  # the marks of the page are wrong, which `page-numbers` is about
    if isinstance(following, paging.NextAddress):
        return parse_qsl(urlsplit(following.address).query)
    if following is None or pagination.page is None:
        return None
    return [(pagination.page, str(following.value))]
