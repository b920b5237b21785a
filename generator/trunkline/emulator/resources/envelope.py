"""What stands around the object or the list in a response, prepared once as bytes."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.schemas.sampling import NoValue, Sampler
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Api, Json, Pagination, Schema, Union
from trunkline.semantics.jsonvalue import put
from trunkline.semantics.pagewords import (
    ADDRESSED,
    PageWord,
    is_about_pages,
    page_word,
    tells_number,
)

_MARK = "\x00payload"
_MARK_BYTES = dump(_MARK)
_PAGES = 256


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Which part of how much a list response shows. `next` is the token or address of the following
    page, None at the end. `offset`: how many items are before this page. `first`: the number of the
    first page. `place`: how the page that begins at an offset is asked for, by token or address."""

    number: int
    size: int
    total: int
    next: str | None
    more: bool = False
    shown: int = 0
    offset: int = 0
    first: int = 1
    place: Callable[[int], str] | None = field(default=None, compare=False)

    @classmethod
    def whole(cls, count: int, total: int | None = None) -> PageInfo:
        """Everything on one page; `total` where it is not what is shown."""
        return cls(1, max(count, 1), count if total is None else total, None, shown=count)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.size) if self.size else 0

    def told(self, word: PageWord, name: str) -> tuple[Json, ...]:  # noqa: C901  # one a word
        """What may be said for a word where this name stands, the likeliest first; null for a
        page that there is not."""
        last = max(self.pages - 1, 0) * self.size
        match word:
            case PageWord.TOTAL:
                return (self.total,)
            case PageWord.PAGES:
                return (self.pages, max(self.pages, 1))
            case PageWord.NUMBER:
                return (self.number,)
            case PageWord.SIZE:
                return (self.size,)
            case PageWord.OFFSET:
                return (self.offset,)
            case PageWord.SHOWN:
                return (self.shown,)
            case PageWord.EMPTY:
                return (not self.shown,)
            case PageWord.HAS_NEXT:
                return (self.more,)
            case PageWord.HAS_PREVIOUS:
                return (self.offset > 0,)
            case PageWord.FIRST:
                return (self.offset == 0, *self._page_at(0, self.first, name))
            case PageWord.LAST:
                number = self.first + max(self.pages - 1, 0)
                return (not self.more, *self._page_at(last, number, name))
            case PageWord.SELF:
                return self._page_at(self.offset, self.number, name)
            case PageWord.NEXT:
                if not self.more:
                    return (None,)
                return self._page_at(self.offset + self.size, self.number + 1, name)
            case PageWord.PREVIOUS:
                if not self.offset:
                    return (None,)
                before = max(self.offset - self.size, 0)
                return self._page_at(before, self.number - 1, name)

    def _page_at(self, offset: int, number: int, name: str) -> tuple[Json, ...]:
        where = () if self.place is None else (self.place(offset),)
        return (number, *where) if tells_number(name) else (*where, number)


class Envelope:
    """Wraps payloads for one operation's success body."""

    def __init__(
        self,
        api: Api,
        schemas: Schemas,
        sampler: Sampler,
        schema: Schema,
        payload: tuple[str, ...],
        pagination: Pagination | None = None,
        *,
        as_list: bool = False,
    ) -> None:
        self._api = api
        self._schemas = schemas
        self._schema = schema
        self._payload = payload
        self._pagination = pagination
        self._places: dict[tuple[str, ...], Schema | None] = {}
        self._frame: dict[str, Json] = {}
        if payload:
            self._frame = self._frame_of(sampler, self._alternative(schema))
            put(self._frame, payload, _MARK)
        self._words = self._about_pages()
        self._is_addressed = any(word in ADDRESSED for _, word in self._words)
        """Whether what stands around a page says where others are, for the request at hand."""
        self._before, self._after = self._cut(self._frame) if payload else (b"", b"")
        self._around: tuple[bytes, bytes] | None = None
        if as_list:
            before, after = (
                self._around_page(PageInfo.whole(1), pagination) if payload else (b"", b"")
            )
            self._around = (b"%b[" % before, b"]%b" % after)
        self._pages: dict[PageInfo, tuple[bytes, bytes]] = {}
        """What stands around pages that were shown lately."""

    def _alternative(self, schema: Schema) -> Schema:
        """The one of several envelopes that has a place for the payload."""
        shape = self._schemas.resolve(schema).shape
        for member in shape.members if isinstance(shape, Union) else ():
            if self._payload[0] in self._schemas.members(member):
                return self._alternative(member)
        return schema

    def _about_pages(self) -> tuple[tuple[tuple[str, ...], PageWord], ...]:
        """The members beside the list that tell about its pages; only how many there are, where
        it is not cut into pages."""
        paging = self._pagination
        known = (
            {paging.number, paging.page_size, paging.total_items, paging.total_pages}
            | {paging.has_more, paging.next}
            if paging is not None
            else set[tuple[str, ...] | None]()
        )
        found: list[tuple[tuple[str, ...], PageWord]] = []
        left: list[tuple[str, ...]] = [()]
        if len(self._payload) > 1:
            left.append(self._payload[:-1])
        for prefix in left:
            place = self._at(prefix)
            for name, member in self._schemas.members(place).items() if place is not None else ():
                path = (*prefix, name)
                if path == self._payload[: len(path)]:
                    continue
                word = page_word(name)
                if is_about_pages(name) and "object" in self._schemas.types(member.schema):
                    left.append(path)
                elif word is not None and path not in known:
                    found.append((path, word))
        if paging is None:
            found = [f for f in found if f[1] in (PageWord.TOTAL, PageWord.SHOWN)]
        return tuple(found)

    def _frame_of(self, sampler: Sampler, schema: Schema) -> dict[str, Json]:
        rng = random.Random(0)  # noqa: S311  # a value, not a secret
        try:
            value = sampler.sample(schema, rng, minimal=True)
            return dict(value) if isinstance(value, dict) else {}
        except NoValue:
            frame: dict[str, Json] = {}
        for prop in self._schemas.properties(schema):
            if prop.required and (prop.name,) != self._payload[:1]:
                with contextlib.suppress(NoValue):
                    frame[prop.name] = sampler.sample(prop.schema, rng, minimal=True)
        return frame

    @staticmethod
    def _cut(frame: dict[str, Json]) -> tuple[bytes, bytes]:
        before, _, after = dump(frame).partition(_MARK_BYTES)
        return before, after

    def one(self, text: bytes) -> bytes:
        """The body around one object."""
        if self._around is not None:
            before, after = self._around
            return b"%b%b%b" % (before, text, after)
        return b"%b%b%b" % (self._before, text, self._after)

    def many(
        self, texts: Sequence[bytes], page: PageInfo | None, ids: Sequence[str] | None = None
    ) -> bytes:
        """The body around a list; `page` fills the documented members about paging. `ids`: the
        list is a map, in which the objects stand by these."""
        if ids is not None:
            pairs = zip(map(dump, ids), texts, strict=True)
            listed = b"{%b}" % b",".join(b"%b:%b" % pair for pair in pairs)
        else:
            listed = b"[%b]" % b",".join(texts)
        if not self._payload:
            return listed
        pagination = self._pagination
        if page is None or (pagination is None and not self._words):
            return b"%b%b%b" % (self._before, listed, self._after)
        around = None if self._is_addressed else self._pages.get(page)
        if around is None:
            around = self._around_page(page, pagination)
            if not self._is_addressed:
                if len(self._pages) >= _PAGES:
                    self._pages.clear()
                self._pages[page] = around
        before, after = around
        return b"%b%b%b" % (before, listed, after)

    def _around_page(self, page: PageInfo, pagination: Pagination | None) -> tuple[bytes, bytes]:
        frame = _copy(self._frame)
        if pagination is not None:
            self._paged(frame, pagination, page)
        for path, word in self._words:
            self._tell(frame, path, page.told(word, path[-1]))
        return self._cut(frame)

    def _paged(self, frame: dict[str, Json], pagination: Pagination, page: PageInfo) -> None:
        self._set(frame, pagination.number, page.number)
        self._set(frame, pagination.page_size, page.size)
        self._set(frame, pagination.total_items, page.total)
        self._set(frame, pagination.total_pages, page.pages, max(page.pages, 1))
        self._set(frame, pagination.has_more, page.more)
        if pagination.next is not None:
            self._next(frame, pagination.next, page.next)

    def _tell(self, frame: dict[str, Json], path: tuple[str, ...], values: Sequence[Json]) -> None:
        schema = self._at(path)
        if schema is None:
            return
        if not (values and values[0] is None):
            path = self._addressed(path)
            schema = self._at(path)
        for value in values:
            if schema is None or self._schemas.fits(schema, value, "response"):
                put(frame, path, value)
                return
        if not self._required(path):
            _drop(frame, path)

    def _set(self, frame: dict[str, Json], path: tuple[str, ...] | None, *values: Json) -> None:
        if not path:
            return
        schema = self._at(path)
        for value in values:
            for spelled in (value, str(value)):
                if schema is None or self._schemas.fits(schema, spelled, "response"):
                    put(frame, path, spelled)
                    return

    def _at(self, path: tuple[str, ...]) -> Schema | None:
        if path not in self._places:
            self._places[path] = self._schemas.descend(self._schema, path)
        return self._places[path]

    def _next(self, frame: dict[str, Json], path: tuple[str, ...], token: str | None) -> None:
        schema = self._at(path)
        if token is None:
            if schema is not None and self._schemas.nullable(schema):
                put(frame, path, None)
            elif not self._required(path):
                _drop(frame, path)
            return
        self._set(frame, self._addressed(path), token)

    def _addressed(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Where the address is that a member tells: inside it, where it is an object."""
        schema = self._at(path)
        if schema is None or self._schemas.types(schema) - {"null"} != {"object"}:
            return path
        known = self._schemas.members(schema)
        return (*path, "url" if "href" not in known and "url" in known else "href")

    def _required(self, path: tuple[str, ...]) -> bool:
        above = self._schemas.descend(self._schema, path[:-1])
        if above is None:
            return False
        return any(p.required and p.name == path[-1] for p in self._schemas.properties(above))

    def fits(self, body: Json) -> bool:
        """Whether a whole body fits the documented schema."""
        return self._schemas.fits(self._schema, body, "response")


def _copy(value: dict[str, Json]) -> dict[str, Json]:
    return {k: _copy(v) if isinstance(v, dict) else v for k, v in value.items()}


def _drop(frame: dict[str, Json], path: tuple[str, ...]) -> None:
    for name in path[:-1]:
        frame = cast(dict[str, Json], frame.get(name)) if isinstance(frame.get(name), dict) else {}
    frame.pop(path[-1], None)
