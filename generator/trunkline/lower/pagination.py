"""How a list is cut into pages: as declared, or told from parameters and the response.

The conventions of the field are told apart by the names of parameters and properties, compared
without case and punctuation: page numbers (Spring, DRF, JSON:API), offsets, tokens of the
response (Slack, Google, HubSpot, Notion, Kubernetes), the id of the last item (Stripe, OpenAI), and
addresses of the next page in the body (Twilio, DRF, JSON:API, HAL, OData) or in a `Link` header
(GitHub), and ranges of items in the headers `Range` and `Content-Range` (Heroku, PostgREST).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.bodyshape import BodyShapes, plain
from trunkline.lower.context import Context
from trunkline.semantics.media import json_content
from trunkline.source import Node

_SURE_PAGE: Final = ("pagenumber", "page", "pageno", "pagenum", "pageindex", "currentpage")
_SURE_OFFSET: Final = ("pageoffset", "offset")
_SURE_CURSOR: Final = (
    "pagecursor",
    "pageafter",
    "cursor",
    "startcursor",
    "aftercursor",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "nextcursor",
    "startingafter",
    "startafter",
    "exclusivestartkey",
    "marker",
    "nextmarker",
    "bookmark",
    "continuationtoken",
    "continuation",
    "continue",
    "pagemarker",
    "nextpage",
    "scrollid",
    "scrolltoken",
    "skiptoken",
)
_AFTER: Final = ("after", "afterid", "sinceid", "lastid")
"""May be a time or a filter as well."""
_PAGE: Final = (*_SURE_PAGE, "p")
_OFFSET: Final = (*_SURE_OFFSET, "skip", "startindex", "start", "from", "startat")
_CURSOR: Final = (*_SURE_CURSOR, *_AFTER)
_LAST_ITEM: Final = ("startingafter", "startafter", "after", "afterid", "pageafter", "lastid")
"""Parameters that may name the last item seen, where the response has no token."""
_SIZE: Final = (
    "pagesize",
    "pagelimit",
    "perpage",
    "limit",
    "size",
    "maxresults",
    "maxitems",
    "pagecount",
    "count",
    "max",
    "take",
    "top",
    "rows",
    "first",
)
PAGING: Final = frozenset((*_PAGE, *_OFFSET, *_CURSOR, *_SIZE))
"""What parameters may be called that say which page is wanted, and how long."""
_ENVELOPES: Final = (
    "meta",
    "metadata",
    "pagination",
    "paging",
    "page",
    "pageinfo",
    "pager",
    "cursors",
    "cursor",
    "links",
)
_NEXT_TOKEN: Final = (
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextmarker",
    "nextpage",
    "endcursor",
    "after",
    "continuationtoken",
    "continuation",
    "continue",
    "lastid",
    "next",
    "nextpageafter",
    "nextid",
    "cursor",
    "pagetoken",
    "marker",
    "bookmark",
    "scrollid",
    "lastevaluatedkey",
)
_NEXT_LINK: Final = (
    "nextpageuri",
    "nextpageurl",
    "nexturl",
    "nexturi",
    "nextlink",
    "nexthref",
    "odatanextlink",
    "nextpagelink",
    "next",
)
_TOTAL_PAGES: Final = (
    "totalpages",
    "numpages",
    "pagecount",
    "pagestotal",
    "lastpage",
    "pages",
    "totalpage",
)
_TOTAL_ITEMS: Final = (
    "totalresults",
    "totalitems",
    "totalcount",
    "totalrecords",
    "totalentries",
    "totalelements",
    "totalsize",
    "totalhits",
    "odatacount",
    "itemcount",
    "recordcount",
    "total",
    "count",
)
_NUMBER: Final = ("pagenumber", "currentpage", "page", "number", "pageindex")
_PAGE_SIZE: Final = ("pagesize", "perpage", "itemsperpage", "limit", "size")
_HAS_MORE: Final = (
    "hasmore",
    "hasnextpage",
    "hasnext",
    "morepages",
    "moreresults",
    "more",
    "istruncated",
    "truncated",
)
_URLS: Final = frozenset({"uri", "url", "uri-reference", "uri-template", "iri"})

_PATHS: Final = (
    "items",
    "next",
    "number",
    "page_size",
    "total_pages",
    "total_items",
    "has_more",
    "item_token",
)
_KEYS: Final = frozenset(
    {"style", "page", "size", "first", "location", "next_header", "unit", *_PATHS}
)


@dataclass(frozen=True, slots=True)
class PageInput:
    """Something of a request that may say which page is meant: its name on the wire (see
    `ir.Pagination`) and the same without case and punctuation."""

    location: ir.PageLocation
    name: str
    plain: str
    schema: ir.Schema

    @property
    def outer(self) -> str:
        """The parameter it belongs to."""
        return self.name.partition("[")[0]


def inputs(shapes: BodyShapes, operation: ir.Operation) -> tuple[PageInput, ...]:
    """Everything of a request that may say which page is meant, the likeliest first: query
    parameters, properties of `deepObject` ones, headers, properties of a JSON body."""
    found: list[PageInput] = []
    for parameter in operation.parameters:
        if parameter.location is ir.ParameterLocation.QUERY:
            if parameter.style is ir.ParameterStyle.DEEP_OBJECT:
                for name, schema in shapes.members(parameter.schema).items():
                    wire = f"{parameter.name}[{name}]"
                    found.append(PageInput(ir.PageLocation.QUERY, wire, plain(wire), schema))
            else:
                name = parameter.name
                found.append(PageInput(ir.PageLocation.QUERY, name, plain(name), parameter.schema))
        elif parameter.location is ir.ParameterLocation.HEADER:
            name = plain(parameter.name.lower().removeprefix("x-"))
            found.append(PageInput(ir.PageLocation.HEADER, parameter.name, name, parameter.schema))
    if operation.method != "get" and operation.body is not None:
        content = json_content(operation.body.contents)
        if content is not None and content.schema is not None:
            found += _body_inputs(shapes, content.schema)
    return tuple(found)


def _body_inputs(shapes: BodyShapes, schema: ir.Schema) -> Iterator[PageInput]:
    body = ir.PageLocation.BODY
    for name, member in shapes.members(schema).items():
        yield PageInput(body, name, plain(name), member)
        if plain(name) in (*_ENVELOPES, "options"):
            for inner, nested in shapes.members(member).items():
                wire = f"{name}.{inner}"
                yield PageInput(body, wire, plain(inner), nested)


def looks_paged(given: Sequence[PageInput]) -> PageInput | None:
    """The first input by which a list seems to be asked for page by page; None where there is
    none. A size alone may be no more than a limit, `after` alone a time."""
    queries = [g for g in given if g.location is ir.PageLocation.QUERY]
    for names in (_SURE_CURSOR, _SURE_PAGE, _SURE_OFFSET):
        found = _input(queries, names)
        if found is not None:
            return found
    after = _input(queries, _AFTER)
    if after is None or _input(queries, _SIZE) is None:
        return None
    shape = after.schema.shape
    dated = isinstance(shape, ir.String) and shape.format in ("date", "date-time")
    return None if dated else after


def is_page_name(name: str) -> bool:
    """Whether a property of a request body is named as one that says which page is meant."""
    return name in {*_SURE_CURSOR, *_SURE_PAGE, *_SURE_OFFSET, *_LAST_ITEM}


def declared(context: Context, node: Node) -> ir.Pagination | None:
    """`x-trunkline-pagination`; None, with a diagnostic, when it is not understood."""
    value = node.value
    if not isinstance(value, dict):
        context.warn(Code.BAD_EXTENSION, "x-trunkline-pagination is a mapping or false", node)
        return None
    for key, known in (("style", ir.PaginationStyle), ("location", ir.PageLocation)):
        allowed = [entry.value for entry in known]
        if (key in value and value[key] not in allowed) or (key == "style" and key not in value):
            context.warn(
                Code.BAD_EXTENSION, f"A {key} of pagination is one of {', '.join(allowed)}", node
            )
            return None
    for key, member in node.items():
        fits = isinstance(member.value, int) if key == "first" else isinstance(member.value, str)
        if key not in _KEYS or not fits:
            context.warn(
                Code.BAD_EXTENSION,
                f"{key!r} of x-trunkline-pagination is not understood",
                member,
                f"Known: {', '.join(sorted(_KEYS))}.",
            )
            return None

    def path(key: str) -> tuple[str, ...] | None:
        text = value.get(key)
        return tuple(p for p in text.split(".") if p) if isinstance(text, str) else None

    style = ir.PaginationStyle(str(value["style"]))
    first = value.get("first")
    return ir.Pagination(
        style=style,
        items=path("items") or (),
        page=node.text("page"),
        size=node.text("size"),
        location=ir.PageLocation(str(value.get("location", "query"))),
        first=first if isinstance(first, int) else int(style is ir.PaginationStyle.PAGE),
        next=path("next"),
        number=path("number"),
        page_size=path("page_size"),
        total_pages=path("total_pages"),
        total_items=path("total_items"),
        has_more=path("has_more"),
        item_token=path("item_token"),
        next_header=node.text("next_header"),
        unit=node.text("unit") or "items",
    )


def infer(
    shapes: BodyShapes,
    operation: ir.Operation,
    given: Sequence[PageInput],
    schema: ir.Schema,
    items: tuple[str, ...],
) -> ir.Pagination | None:
    """What parameters and the response of a list, which is at `items`, tell; None when it is not
    cut into pages, or not in a way that is understood."""
    return _Inference(shapes, operation, given, schema, items).found()


class _Inference:
    """Looks at one list, convention by convention."""

    def __init__(
        self,
        shapes: BodyShapes,
        operation: ir.Operation,
        given: Sequence[PageInput],
        schema: ir.Schema,
        items: tuple[str, ...],
    ) -> None:
        self._shapes = shapes
        self._operation = operation
        self._given = given
        self._items = items
        self._body = _Body(shapes, schema, items)
        self._item = self._item_schema(schema)

    def _item_schema(self, schema: ir.Schema) -> ir.Schema | None:
        listed = self._shapes.at(schema, self._items)
        return self._shapes.element(listed) if listed is not None else None

    def found(self) -> ir.Pagination | None:
        """The first convention that fits."""
        page = self._first_of(_PAGE, {"integer"})
        offset = self._first_of(_OFFSET, {"integer"})
        cursor = _input(self._given, _CURSOR)
        if cursor is None and page is None:
            # A page that is asked for by text is a token of the response under another name.
            cursor = self._first_of(("page", "pageid"), {"string"})
        link = self._body.link()
        token = self._token(cursor)
        if link is not None and page is None and offset is None and token is None:
            return self._made(ir.PaginationStyle.LINK, cursor, next=link)
        if cursor is not None and token is not None:
            return self._made(ir.PaginationStyle.CURSOR, cursor, next=token)
        if link is not None and cursor is not None:
            return self._made(ir.PaginationStyle.LINK, cursor, next=link)
        if cursor is not None and (header := self._token_header(cursor)) is not None:
            return replace(self._made(ir.PaginationStyle.CURSOR, cursor), next_header=header)
        by_item = self._by_item(cursor)
        if by_item is not None:
            return by_item
        if page is not None:
            return self._made(
                ir.PaginationStyle.PAGE,
                page,
                first=self._start(page, 1),
                number=self._body.number(_NUMBER),
                total_pages=self._body.number(_TOTAL_PAGES),
                next=link,
            )
        if offset is not None and (self._size(offset) is not None or offset.plain != "from"):
            first = self._start(offset, 0)
            return self._made(ir.PaginationStyle.OFFSET, offset, first=first, next=link)
        ranged = self._by_range()
        if ranged is not None:
            return ranged
        if _links_by_header(self._operation):
            return self._made(ir.PaginationStyle.LINK, None)
        return None

    def _by_range(self) -> ir.Pagination | None:
        """Ranges of items in headers, where a list takes them: they are no ranges of bytes."""
        asked = next(
            (
                g
                for g in self._given
                if g.location is ir.PageLocation.HEADER and g.name.lower() == "range"
            ),
            None,
        )
        unit = _unit(self._shapes, self._operation, asked) if asked is not None else "bytes"
        if asked is None or unit == "bytes":
            return None
        return ir.Pagination(
            style=ir.PaginationStyle.RANGE,
            items=self._items,
            page=asked.name,
            location=ir.PageLocation.HEADER,
            first=0,
            unit=unit,
        )

    def _first_of(self, names: tuple[str, ...], kinds: set[str]) -> PageInput | None:
        """The input of one of these names, where its values can be of these types."""
        fitting = [g for g in self._given if kinds & self._shapes.types(g.schema)]
        return _input(fitting, names)

    def _token(self, cursor: PageInput | None) -> tuple[str, ...] | None:
        if cursor is None:
            return None
        own = cursor.plain.removeprefix("page")
        return self._body.text((f"next{cursor.plain}", f"next{own}", *_NEXT_TOKEN))

    def _token_header(self, cursor: PageInput) -> str | None:
        """The header of the response that is named as the token of the next page."""
        own = cursor.plain.removeprefix("page")
        names = {f"next{cursor.plain}", f"next{own}", f"{own}next", *_NEXT_TOKEN}
        for response in self._operation.responses:
            for header in response.headers if response.is_success else ():
                if plain(header.name.lower().removeprefix("x-")) in names:
                    return header.name
        return None

    def _by_item(self, cursor: PageInput | None) -> ir.Pagination | None:
        """The id of the last item as the next token (Stripe, Resend): where the name says so."""
        if cursor is None or cursor.plain not in _LAST_ITEM or self._item is None:
            return None
        if "id" not in self._shapes.members(self._item):
            return None
        said = self._body.flag(_HAS_MORE) is not None
        if not said and (cursor.plain == "after" or self._size(cursor) is None):
            return None
        return self._made(ir.PaginationStyle.CURSOR, cursor, item_token=("id",))

    def _size(self, page: PageInput | None) -> PageInput | None:
        beside = [g for g in self._given if g is not page and self._beside(g, page)]
        for kinds in ({"integer", "number"}, {"string"}):
            # OData's `$count` asks whether to count, others' `count` is a size.
            fitting = [g for g in beside if kinds & self._shapes.types(g.schema)]
            found = _input(fitting, _SIZE)
            if found is not None:
                return found
        return None

    @staticmethod
    def _beside(one: PageInput, page: PageInput | None) -> bool:
        return page is None or one.location is page.location

    def _made(
        self,
        style: ir.PaginationStyle,
        page: PageInput | None,
        *,
        first: int | None = None,
        next: tuple[str, ...] | None = None,  # noqa: A002  # the field's own word
        number: tuple[str, ...] | None = None,
        total_pages: tuple[str, ...] | None = None,
        item_token: tuple[str, ...] | None = None,
    ) -> ir.Pagination:
        size = self._size(page)
        return ir.Pagination(
            style=style,
            items=self._items,
            page=page.name if page is not None else None,
            size=size.name if size is not None else None,
            location=page.location if page is not None else ir.PageLocation.QUERY,
            first=int(style is ir.PaginationStyle.PAGE) if first is None else first,
            next=next,
            number=number,
            page_size=self._body.number(_PAGE_SIZE),
            total_pages=total_pages,
            total_items=self._body.number(_TOTAL_ITEMS),
            has_more=self._body.flag(_HAS_MORE),
            item_token=item_token,
        )

    def _start(self, page: PageInput, usual: int) -> int:
        """The first page's number or the first offset: the default, or the least allowed."""
        default = page.schema.meta.default
        if isinstance(default, int) and not isinstance(default, bool) and default in (0, 1):
            return default
        shape = self._shapes.resolve(page.schema).shape
        if isinstance(shape, ir.Integer) and shape.minimum in (0, 1):
            return int(shape.minimum)
        return usual


_Input = TypeVar("_Input", bound=PageInput)


def _input(given: Sequence[_Input], names: tuple[str, ...]) -> _Input | None:
    for name in names:
        for one in given:
            if one.plain == name:
                return one
    return None


_UNIT: Final = re.compile(r"([A-Za-z][\w-]*)(?:\\s\*|\s)*=(?=[\s\\(\[<{]*(?:\d|start|first|from))")
"""What a range is counted in, as an example, a pattern or a text says it."""


def _unit(shapes: BodyShapes, operation: ir.Operation, asked: PageInput) -> str:
    parameter = next(p for p in operation.parameters if p.name == asked.name)
    target = shapes.resolve(parameter.schema)
    shape = target.shape
    said: list[ir.Json] = [
        *parameter.examples,
        *parameter.schema.meta.examples,
        *target.meta.examples,
        parameter.schema.meta.default if isinstance(parameter.schema.meta.default, str) else None,
        shape.pattern if isinstance(shape, ir.String) else None,
        parameter.description,
        parameter.schema.meta.description,
    ]
    found = (_UNIT.search(text) for text in said if isinstance(text, str))
    return next((match[1].lower() for match in found if match is not None), "items")


def _links_by_header(operation: ir.Operation) -> bool:
    return any(
        header.name.lower() == "link"
        for response in operation.responses
        if response.is_success
        for header in response.headers
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A property of the response that is about its pages."""

    path: tuple[str, ...]
    plain: str
    types: frozenset[str]
    schema: ir.Schema


class _Body:
    """The properties of a response that are about its pages: beside the list, beside what holds
    it, and in an object that is named as such."""

    def __init__(self, shapes: BodyShapes, schema: ir.Schema, items: tuple[str, ...]) -> None:
        self._shapes = shapes
        self._found: list[_Told] = []
        for prefix in (items[:-1], ()) if len(items) > 1 else ((),):
            place = shapes.at(schema, prefix)
            if place is not None:
                self._collect(place, prefix, items)

    def _collect(self, place: ir.Schema, prefix: tuple[str, ...], items: tuple[str, ...]) -> None:
        for name, member in self._shapes.members(place).items():
            path = (*prefix, name)
            if path == items[: len(path)]:
                continue
            if _is_about_pages(plain(name)):
                self._inside(path, member, 2)
            self._add(path, member)

    def _inside(self, path: tuple[str, ...], schema: ir.Schema, depth: int) -> None:
        for inner, nested in self._shapes.members(schema).items():
            self._add((*path, inner), nested)
            key = plain(inner)
            if depth and (_is_about_pages(key) or key == "next"):
                self._inside((*path, inner), nested, depth - 1)

    def _add(self, path: tuple[str, ...], schema: ir.Schema) -> None:
        self._found.append(_Told(path, plain(path[-1]), self._shapes.types(schema), schema))

    def _named(self, names: tuple[str, ...], kinds: set[str]) -> Iterator[_Told]:
        for name in names:
            for told in self._found:
                if told.plain == name and told.types & kinds and not self._is_everything(told):
                    yield told

    @staticmethod
    def _is_everything(told: _Told) -> bool:
        return "object" in told.types and "boolean" in told.types

    def number(self, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """The number of one of these names."""
        found = next(self._named(names, {"integer", "number"}), None)
        return found.path if found is not None else None

    def flag(self, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """The boolean of one of these names."""
        found = next(self._named(names, {"boolean"}), None)
        return found.path if found is not None else None

    def text(self, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """The token of one of these names, which is not an address."""
        for told in self._named(names, {"string", "integer"}):
            if not self._is_address(told):
                return told.path
        return None

    def link(self) -> tuple[str, ...] | None:
        """The address of the next page: text, or an object with `href`."""
        for told in self._named(_NEXT_LINK, {"string", "object"}):
            if "object" in told.types:
                if set(self._shapes.members(told.schema)) & {"href", "url"}:
                    return told.path
            elif told.plain != "next" or self._is_address(told):
                return told.path
        return None

    def _is_address(self, told: _Told) -> bool:
        shape = self._shapes.resolve(told.schema).shape
        if isinstance(shape, ir.String) and shape.format in _URLS:
            return True
        if len(told.path) > 1 and plain(told.path[-2]) == "links":
            return True
        examples = told.schema.meta.examples
        return any(isinstance(e, str) and e.startswith(("http", "/")) for e in examples)


def _is_about_pages(name: str) -> bool:
    return name in _ENVELOPES or name.endswith(("metadata", "paging", "pagination", "pageinfo"))
