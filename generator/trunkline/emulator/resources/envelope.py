"""What stands around the object or the list in a response, prepared once as bytes."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.schemas.sampling import NoValue, Sampler
from trunkline.emulator.schemas.schemas import Schemas
from trunkline.ir import Api, Json, Pagination, Schema
from trunkline.semantics.jsonvalue import put

_MARK = "\x00payload"
_MARK_BYTES = dump(_MARK)
_PAGES = 256


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Which part of how much a list response shows. `next` is the token or address of the following
    page, None at the end."""

    number: int
    size: int
    total: int
    next: str | None
    more: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.size) if self.size else 0


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
            self._frame = self._frame_of(sampler, schema)
            put(self._frame, payload, _MARK)
        self._before, self._after = self._cut(self._frame) if payload else (b"", b"")
        self._around = (b"%b[" % self._before, b"]%b" % self._after) if as_list else None
        self._pages: dict[PageInfo, tuple[bytes, bytes]] = {}
        """What stands around pages that were shown lately."""

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

    def many(self, texts: Sequence[bytes], page: PageInfo | None) -> bytes:
        """The body around a list; `page` fills the documented members about paging."""
        listed = b"[%b]" % b",".join(texts)
        if not self._payload:
            return listed
        if page is None or self._pagination is None:
            return b"%b%b%b" % (self._before, listed, self._after)
        around = self._pages.get(page)
        if around is None:
            if len(self._pages) >= _PAGES:
                self._pages.clear()
            around = self._pages[page] = self._around_page(page, self._pagination)
        before, after = around
        return b"%b%b%b" % (before, listed, after)

    def _around_page(self, page: PageInfo, pagination: Pagination) -> tuple[bytes, bytes]:
        frame = _copy(self._frame)
        self._set(frame, pagination.number, page.number)
        self._set(frame, pagination.page_size, page.size)
        self._set(frame, pagination.total_items, page.total)
        self._set(frame, pagination.total_pages, page.pages, max(page.pages, 1))
        self._set(frame, pagination.has_more, page.more)
        if pagination.next is not None:
            self._next(frame, pagination.next, page.next)
        return self._cut(frame)

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
        if schema is not None and self._schemas.types(schema) - {"null"} == {"object"}:
            known = self._schemas.members(schema)
            path = (*path, "url" if "href" not in known and "url" in known else "href")
        self._set(frame, path, token)

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
