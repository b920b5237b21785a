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

from .decode import walk
from .errors import PaginationError
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
        return self._next_call() is not None

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

    def _check_progress(self, previous: BasePage[T]) -> None:
        paging = self._call.operation.paging
        if paging is None or not self.data or paging.style not in {"page", "offset"}:
            return
        asked = _whole((self._call.query or {}).get(paging.page or ""))
        answered = self.number
        repeated = answered is None and self.http_response.content == previous.http_response.content
        if repeated or (answered is not None and answered != asked):
            raise PaginationError(
                f"{self._call.operation.id}: asked for {paging.page}={asked}, "
                + ("the same page came again" if repeated else f"page {answered} came"),
                response=self.http_response,
            )

    def _next_call(self) -> Call | None:
        """The call for the next page, None on the last one."""
        paging = self._call.operation.paging
        if paging is None:
            return None
        more = None if paging.has_more is None else walk(self.body, paging.has_more)
        if more is False:
            return None
        if paging.style == "link":
            return self._linked(paging)
        if paging.style == "cursor":
            token = None if paging.next is None else walk(self.body, paging.next)
            return None if token is None or token in {"", False} else self._asking(paging, token)
        if not self.data:
            return None
        return self._counted_on(paging, more=more is True)

    def _counted_on(self, paging: Paging, *, more: bool) -> Call | None:
        """The next page by number or offset; `more` when the answer says that there is one."""
        query = self._call.query or {}
        asked = _whole(query.get(paging.page or ""))
        here = self.number
        if here is None:
            here = paging.first if asked is None else asked
        following = here + 1 if paging.style == "page" else here + len(self.data)
        size = self._counted("page_size") or _whole(query.get(paging.size or ""))
        total = self.total_items
        if not more:
            if paging.style == "page" and self.total_pages is not None:
                # `total_pages` counts pages; the last one's number depends on the first one's.
                if following - paging.first >= self.total_pages:
                    return None
            elif paging.style == "offset" and total is not None:
                if following - paging.first >= total:
                    return None
            elif paging.style == "page" and total is not None and size:
                if (following - paging.first) * size >= total:
                    return None
            elif size is not None and len(self.data) < size:
                return None
        return self._asking(paging, following)

    def _asking(self, paging: Paging, value: object) -> Call | None:
        if paging.page is None:
            return None
        self._remember(value)
        return self._call._replace(query={**(self._call.query or {}), paging.page: value})

    def _linked(self, paging: Paging) -> Call | None:
        address: object = None
        if paging.next is not None:
            address = walk(self.body, paging.next)
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
            raise PaginationError(
                f"{self._call.operation.id}: the next page is {where}", response=self.http_response
            )
        self._remember(str(target))
        return self._call._replace(url=str(target))

    def _remember(self, key: object) -> None:
        if self._seen.setdefault(key, self._depth) != self._depth:
            raise PaginationError(
                f"{self._call.operation.id}: the next page is one already seen",
                response=self.http_response,
            )


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


def _whole(value: object) -> int | None:
    if value is UNSET or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None
