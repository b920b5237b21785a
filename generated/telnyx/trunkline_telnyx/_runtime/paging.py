# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Pages of lists, and the way from one to the next.

    page = client.profiles.list()          # sends the first request
    for profile in page: ...               # every item of every page
    for one in page.pages(): one.data      # page by page

    async for profile in client.profiles.list(): ...
    page = await client.profiles.list()    # the first page

A server that leads back to a page already seen, repeats a page, or leads to another host is
reported as a `PaginationError` instead of being followed for ever.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from .decode import walk
from .errors import PaginationError
from .guards import is_mapping, is_object
from .models import dump
from .request import same_site
from .unset import UNSET

if TYPE_CHECKING:
    import httpx2

    from .operation import Paging
    from .request import Call

T = TypeVar("T")


class BasePage(Generic[T]):
    """One page: its items in `data`, the whole body in `body`."""

    def __init__(
        self,
        call: Call,
        response: httpx2.Response,
        data: list[T],
        body: Any,
        previous: BasePage[T] | None = None,
    ) -> None:
        self.data = data
        self.body: Any = body
        self.http_response = response
        self._call = call
        self._depth: int = 0 if previous is None else previous._depth + 1
        self._seen: dict[object, int] = {} if previous is None else previous._seen
        if previous is not None:
            self._check_progress(previous)

    def __repr__(self) -> str:
        more = ", more" if self.has_next_page else ""
        return f"<{type(self).__name__} of {len(self.data)} items{more}>"

    @property
    def has_next_page(self) -> bool:
        """Whether there is another page, as far as this one tells."""
        try:
            return self._next_call() is not None
        except PaginationError:
            return True

    @property
    def number(self) -> int | None:
        """The number of this page, where the answer tells it."""
        return self._counted("number")

    @property
    def total_pages(self) -> int | None:
        """The number of pages, where the answer tells it."""
        return self._counted("total_pages")

    @property
    def total_items(self) -> int | None:
        """The number of items on all pages, where the answer tells it."""
        return self._counted("total_items")

    def _counted(self, member: str) -> int | None:
        paging = self._call.operation.paging
        path: tuple[str, ...] | None = None if paging is None else getattr(paging, member)
        return None if path is None else _whole(walk(self.body, path))

    def _asked(self, path: tuple[str, ...] | None) -> object:
        """What the call that brought this page gave for a page argument."""
        paging = self._call.operation.paging
        if paging is None or path is None:
            return UNSET
        return _inside(_arguments(self._call, paging.location), path)

    def _check_progress(self, previous: BasePage[T]) -> None:
        paging = self._call.operation.paging
        if paging is None or not self.data or paging.style not in {"page", "offset"}:
            return
        asked = _whole(self._asked(paging.page))
        answered = self.number
        repeated = answered is None and self.http_response.content == previous.http_response.content
        if repeated or (answered is not None and answered != asked):
            raise self._lost(
                f"asked for {_shown(paging.page)}={asked}, "
                + ("the same page came again" if repeated else f"page {answered} came")
            )

    def _lost(self, what: str) -> PaginationError:
        return PaginationError(f"{self._call.operation.id}: {what}", response=self.http_response)

    def _next_call(self) -> Call | None:
        """The call for the next page, None on the last one; raises `PaginationError` where there
        is more and no way to it."""
        paging = self._call.operation.paging
        if paging is None:
            return None
        more = None if paging.has_more is None else walk(self.body, paging.has_more)
        if more is False:
            return None
        if paging.style == "link":
            call = self._linked(paging)
        elif paging.style == "cursor":
            token = self._token(paging)
            call = None if token is None else self._asking(paging, token)
        elif paging.style == "range":
            call = self._ranged(paging)
        else:
            call = self._counted_on(paging, more=more is True) if self.data else None
        if call is None and more is True and self.data:
            raise self._lost("the answer says that there is more, and not how to ask for it")
        return call

    def _token(self, paging: Paging) -> object:
        """The token of the next page: of the answer, or the last item's."""
        found: object = None
        if paging.next is not None:
            found = walk(self.body, paging.next)
        elif paging.next_header is not None:
            found = self.http_response.headers.get(paging.next_header)
        elif paging.item_token is not None and self.data:
            size = _whole(self._asked(paging.size))
            if paging.has_more is None and size is not None and len(self.data) < size:
                return None
            found = _inside(self.data[-1], paging.item_token)
        if isinstance(found, bool) or not isinstance(found, str | int) or found == "":
            return None
        return found

    def _ranged(self, paging: Paging) -> Call | None:
        """The range of items after the one that this page shows, as wide."""
        header = self.http_response.headers.get("content-range", "")
        unit, _, shown = header.strip().partition(" ")
        place, _, total = shown.partition("/")
        last = _whole(place.partition("-")[2])
        if not self.data or last is None:
            return None
        of = _whole(total)
        if of is not None and last + 1 >= of:
            return None
        return self._asking(paging, f"{unit}={last + 1}-{last + len(self.data)}")

    def _counted_on(self, paging: Paging, *, more: bool) -> Call | None:
        """The next page by number or offset; `more` when the answer says that there is one."""
        asked = _whole(self._asked(paging.page))
        here = asked if asked is not None else self.number
        here = paging.first if here is None else here
        following = here + 1 if paging.style == "page" else here + len(self.data)
        if paging.next is not None and _has(self.body, paging.next):
            if walk(self.body, paging.next) in (None, ""):
                return None
            more = True
        if not more and self._is_over(paging, following - paging.first):
            return None
        return self._asking(paging, following)

    def _is_over(self, paging: Paging, passed: int) -> bool:
        """Whether the pages (or items, of an offset) passed are all that there are."""
        size = self._counted("page_size") or _whole(self._asked(paging.size))
        total = self.total_items
        if paging.style == "page":
            # `total_pages` counts pages; the last one's number depends on the first one's.
            if self.total_pages is not None:
                return passed >= self.total_pages
            if total is not None and size:
                return passed * size >= total
        elif total is not None:
            return passed >= total
        return size is not None and len(self.data) < size

    def _asking(self, paging: Paging, value: object) -> Call | None:
        if paging.page is None:
            return None
        self._remember(value)
        changed = _with(_arguments(self._call, paging.location), paging.page, value)
        if paging.location == "query":
            return self._call._replace(query=changed)
        if paging.location == "header":
            return self._call._replace(headers=changed)
        return self._call._replace(body=changed)

    def _linked(self, paging: Paging) -> Call | None:
        address: object = None
        if paging.next is not None:
            address = walk(self.body, paging.next)
            if is_object(address):
                address = address.get("href") or address.get("url")
        else:
            address = self.http_response.links.get("next", {}).get("url")
        if not isinstance(address, str) or not address:
            return None
        here = self.http_response.request.url
        try:
            target = here.join(address)
        except ValueError:
            target = None
        if target is None or not same_site(here, target):
            where = "nowhere" if target is None else f"on another host, {target.host!r}"
            raise self._lost(f"the next page is {where}")
        self._remember(str(target))
        return self._call._replace(url=str(target))

    def _remember(self, key: object) -> None:
        if self._seen.setdefault(key, self._depth) != self._depth:
            raise self._lost("the next page is one already seen")


class Page(BasePage[T]):
    """A page of a list; iterating over it goes through the items of this and all later pages."""

    def __init__(
        self,
        call: Call,
        response: httpx2.Response,
        data: list[T],
        body: Any,
        follow: Callable[[Call, Page[T]], Page[T]],
        previous: Page[T] | None = None,
    ) -> None:
        super().__init__(call, response, data, body, previous)
        self._follow = follow

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.data

    def pages(self) -> Iterator[Page[T]]:
        """This page and all later ones."""
        page: Page[T] | None = self
        while page is not None:
            yield page
            page = page.next_page()

    def next_page(self) -> Page[T] | None:
        """Fetch the next page; None after the last one."""
        call = self._next_call()
        return None if call is None else self._follow(call, self)

    def first(self) -> T | None:
        """The first item; None when the list is empty."""
        return next(iter(self), None)


class AsyncPage(BasePage[T]):
    """A page of a list; iterating over it goes through the items of this and all later pages."""

    def __init__(
        self,
        call: Call,
        response: httpx2.Response,
        data: list[T],
        body: Any,
        follow: Callable[[Call, AsyncPage[T]], Awaitable[AsyncPage[T]]],
        previous: AsyncPage[T] | None = None,
    ) -> None:
        super().__init__(call, response, data, body, previous)
        self._follow = follow

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.data:
                yield item

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """This page and all later ones."""
        page: AsyncPage[T] | None = self
        while page is not None:
            yield page
            page = await page.next_page()

    async def next_page(self) -> AsyncPage[T] | None:
        """Fetch the next page; None after the last one."""
        call = self._next_call()
        return None if call is None else await self._follow(call, self)

    async def first(self) -> T | None:
        """The first item; None when the list is empty."""
        async for item in self:
            return item
        return None


class AsyncPager(Generic[T]):
    """A list that has not been asked for yet: await it for the first page, or iterate over it."""

    def __init__(
        self, call: Call, fetch: Callable[[Call], Coroutine[Any, Any, AsyncPage[T]]]
    ) -> None:
        self._call = call
        self._fetch = fetch

    def __await__(self) -> Generator[Any, None, AsyncPage[T]]:
        return self._fetch(self._call).__await__()

    async def __aiter__(self) -> AsyncIterator[T]:
        page = await self
        async for item in page:
            yield item

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """All pages."""
        page = await self
        async for one in page.pages():
            yield one

    async def first(self) -> T | None:
        """The first item; None when the list is empty."""
        page = await self
        return await page.first()


def _members(value: object) -> dict[str, object]:
    """The members of an argument that is an object, by their names on the wire."""
    if isinstance(value, BaseModel):
        value = dump(value)
    if is_mapping(value):
        return {str(name): member for name, member in value.items()}
    return {}


def _arguments(call: Call, location: str) -> dict[str, object]:
    given = {"query": call.query, "header": call.headers, "body": call.body}[location]
    return _members(given)


def _inside(value: object, path: tuple[str, ...]) -> object:
    """What is at a path of an argument or an item; `UNSET` where there is nothing."""
    for name in path:
        members = _members(value)
        if name not in members:
            return UNSET
        value = members[name]
    return value


def _with(value: object, path: tuple[str, ...], new: object) -> dict[str, object]:
    """The members of an argument with another value at a path; nothing is changed in place."""
    members = _members(value)
    name, *rest = path
    members[name] = _with(members.get(name), tuple(rest), new) if rest else new
    return members


def _has(body: object, path: tuple[str, ...]) -> bool:
    holder = walk(body, path[:-1])
    return is_object(holder) and path[-1] in holder


def _shown(path: tuple[str, ...] | None) -> str:
    return ".".join(path or ())


def _whole(value: object) -> int | None:
    if value is UNSET or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None
