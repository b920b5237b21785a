"""How a list is cut into pages: as declared, or told from parameters and the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code
from trunkline.lower.bodyshape import BodyShapes, plain
from trunkline.lower.context import Context
from trunkline.source import Node

_PAGE: Final = ("pagenumber", "page", "pageno", "pageindex", "currentpage")
_OFFSET: Final = ("pageoffset", "offset", "skip", "startindex", "start")
_CURSOR: Final = (
    "pagecursor", "pageafter", "cursor", "pagetoken", "nextpagetoken", "nexttoken", "nextcursor",
    "startingafter", "startafter", "marker", "continuationtoken", "pagemarker", "after",
)  # fmt: skip
_SIZE: Final = (
    "pagesize", "pagelimit", "perpage", "limit", "size", "maxresults", "pagecount", "count", "max",
    "take", "top",
)  # fmt: skip
_ENVELOPES: Final = (
    "meta", "metadata", "pagination", "paging", "page", "pageinfo", "pagingmetadata",
    "responsemetadata",
)  # fmt: skip
_NEXT_TOKEN: Final = (
    "nextcursor", "nextpagetoken", "nexttoken", "nextmarker", "nextpage", "cursor", "endcursor",
    "after", "continuationtoken", "lastid", "next", "pagetoken", "marker",
)  # fmt: skip
_NEXT_LINK: Final = ("nextpageuri", "nextpageurl", "nexturl", "nexturi", "nextlink", "nexthref")
_TOTAL_PAGES: Final = ("totalpages", "numpages", "pagecount", "lastpage", "pages")
_TOTAL_ITEMS: Final = (
    "totalresults", "totalitems", "totalcount", "totalrecords", "totalentries", "itemcount",
    "total", "count",
)  # fmt: skip
_NUMBER: Final = ("pagenumber", "currentpage", "page", "number", "pageindex")
_PAGE_SIZE: Final = ("pagesize", "perpage", "itemsperpage", "limit", "size")
_HAS_MORE: Final = ("hasmore", "more", "hasnextpage", "hasnext", "istruncated", "truncated")

_PATHS: Final = ("items", "next", "number", "page_size", "total_pages", "total_items", "has_more")
_KEYS: Final = frozenset({"style", "page", "size", "first", *_PATHS})


def declared(context: Context, node: Node) -> ir.Pagination | None:
    """`x-trunkline-pagination`; None, with a diagnostic, when it is not understood."""
    value = node.value
    if not isinstance(value, dict):
        context.warn(Code.BAD_EXTENSION, "x-trunkline-pagination is a mapping or false", node)
        return None
    styles = [s.value for s in ir.PaginationStyle]
    if value.get("style") not in styles:
        context.warn(
            Code.BAD_EXTENSION, f"A style of pagination is one of {', '.join(styles)}", node
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
        first=first if isinstance(first, int) else int(style is ir.PaginationStyle.PAGE),
        next=path("next"),
        number=path("number"),
        page_size=path("page_size"),
        total_pages=path("total_pages"),
        total_items=path("total_items"),
        has_more=path("has_more"),
    )


def infer(
    shapes: BodyShapes,
    operation: ir.Operation,
    queries: Sequence[ir.Parameter],
    schema: ir.Schema | None,
) -> ir.Pagination | None:
    """What parameters and the answer of a list tell; None when it is not cut into pages."""
    if schema is None:
        return None
    body = _Body(shapes, schema, operation.payload)
    size = _parameter(queries, _SIZE)
    size_name = size.name if size is not None else None
    facts = {
        "total_items": body.number(_TOTAL_ITEMS),
        "has_more": body.flag(_HAS_MORE),
        "page_size": body.number(_PAGE_SIZE),
    }

    def made(style: ir.PaginationStyle, page: ir.Parameter | None, **more: object) -> ir.Pagination:
        values = {**facts, **more}
        first = values.pop("first", int(style is ir.PaginationStyle.PAGE))
        assert isinstance(first, int)
        paths = {k: v for k, v in values.items() if isinstance(v, tuple)}
        return ir.Pagination(
            style=style,
            items=operation.payload,
            page=page.name if page is not None else None,
            size=size_name,
            first=first,
            location=ir.PageLocation.QUERY,
            **paths,
        )

    link = body.link()
    cursor = _parameter(queries, _CURSOR)
    page = _parameter(queries, _PAGE)
    offset = _parameter(queries, _OFFSET)
    if link is not None and (cursor is not None or (page is None and offset is None)):
        return made(ir.PaginationStyle.LINK, None, next=link)
    token = body.text(_NEXT_TOKEN)
    if cursor is not None and (token is not None or facts["has_more"] is not None):
        return made(ir.PaginationStyle.CURSOR, cursor, next=token)
    if page is not None and _is_number(shapes, page):
        return made(
            ir.PaginationStyle.PAGE,
            page,
            first=_first(shapes, page, 1),
            number=body.number(_NUMBER),
            total_pages=body.number(_TOTAL_PAGES),
            next=link,
        )
    if offset is not None and size is not None and _is_number(shapes, offset):
        return made(ir.PaginationStyle.OFFSET, offset, first=_first(shapes, offset, 0))
    if cursor is not None and size is not None and cursor.name != "after":
        return made(ir.PaginationStyle.CURSOR, cursor)
    if _links_by_header(operation):
        return made(ir.PaginationStyle.LINK, None)
    return None


def _parameter(queries: Sequence[ir.Parameter], names: tuple[str, ...]) -> ir.Parameter | None:
    for name in names:
        for parameter in queries:
            if plain(parameter.name) == name:
                return parameter
    return None


def _is_number(shapes: BodyShapes, parameter: ir.Parameter) -> bool:
    shape = shapes.behind(parameter.schema).shape
    return isinstance(shape, (ir.Integer, ir.Number, ir.Anything))


def _first(shapes: BodyShapes, parameter: ir.Parameter, usual: int) -> int:
    default = parameter.schema.meta.default
    if isinstance(default, int) and not isinstance(default, bool) and default in (0, 1):
        return default
    shape = shapes.behind(parameter.schema).shape
    if isinstance(shape, ir.Integer) and shape.minimum == 1:
        return 1
    return usual


def _links_by_header(operation: ir.Operation) -> bool:
    return any(
        header.name.lower() == "link"
        for response in operation.responses
        if response.is_success
        for header in response.headers
    )


class _Body:
    """The members of an answer that are about its pages."""

    def __init__(self, shapes: BodyShapes, schema: ir.Schema, items: tuple[str, ...]) -> None:
        self._shapes = shapes
        self._found: list[tuple[tuple[str, ...], str, ir.Shape, ir.Schema]] = []
        self._links: list[tuple[str, ...]] = []
        for prefix in (items[:-1], ()) if len(items) > 1 else ((),):
            place = shapes.at(schema, prefix)
            if place is not None:
                self._collect(place, prefix)

    def _collect(self, place: ir.Schema, prefix: tuple[str, ...]) -> None:
        members = self._shapes.members(place)
        for name, member in members.items():
            key = plain(name)
            if key in _ENVELOPES:
                for inner, nested in self._shapes.members(member).items():
                    self._add((*prefix, name, inner), nested)
            if key == "links":
                for inner in self._shapes.members(member):
                    if plain(inner) == "next":
                        self._links.append((*prefix, name, inner))
            self._add((*prefix, name), member)

    def _add(self, path: tuple[str, ...], schema: ir.Schema) -> None:
        self._found.append((path, plain(path[-1]), self._shapes.behind(schema).shape, schema))

    def _named(self, names: tuple[str, ...], kinds: tuple[type, ...]) -> Iterator[tuple[str, ...]]:
        for name in names:
            for path, key, shape, _ in self._found:
                if key == name and isinstance(shape, kinds):
                    yield path

    def number(self, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """The number of one of these names."""
        return next(self._named(names, (ir.Integer, ir.Number)), None)

    def flag(self, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """The boolean of one of these names."""
        return next(self._named(names, (ir.Boolean,)), None)

    def text(self, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """The token of one of these names."""
        kinds = (ir.String, ir.Integer, ir.Union)
        return next(self._named(names, kinds), None)

    def link(self) -> tuple[str, ...] | None:
        """The address of the next page."""
        found = next(self._named(_NEXT_LINK, (ir.String,)), None)
        if found is not None:
            return found
        for path, key, shape, _ in self._found:
            if (
                key == "next"
                and isinstance(shape, ir.String)
                and shape.format in ("uri", "url", "uri-reference")
            ):
                return path
        return self._links[0] if self._links else None
