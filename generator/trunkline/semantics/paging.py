"""What the next page's request is, told from the page before: one meaning for every convention."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from trunkline import ir
from trunkline.ir import ABSENT, Json, PageLocation, PaginationStyle
from trunkline.semantics.jsonvalue import Path, find, get
from trunkline.semantics.parameters import wire_name

_LINK: Final = re.compile(r"<([^<>]*)>((?:\s*;[^,<]*)*)")
_HANDED_OUT: Final = re.compile(
    r"(?:^|[\[._-])(?:cursor|page[._-]?token|next[._-]?token|continuation)", re.IGNORECASE
)
_RANGE: Final = re.compile(r"([\w-]+)\s*=\s*(\d{1,15})\s*-\s*(\d{0,15})")
_CONTENT_RANGE: Final = re.compile(r"([\w-]+)\s+(\d{1,15})-(\d{1,15})/(\d{1,15}|\*)")
_REL: Final = re.compile(r"""\brel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))""", re.IGNORECASE)


class PaginationError(ValueError):
    """The response says that there is more, and not how to ask for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPage:
    """One page of a list: its body and items, what asked for it, its `Link` header, and its headers
    by their names in lower case.

    `asked`: the number or offset that asked for it, None where it was the default. `size`: how
    many items were asked for, where the caller said so.
    """

    body: Json
    items: Sequence[Json]
    asked: int | None = None
    size: int | None = None
    link: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class ContentRange:
    """Which items a response shows, from `start` up to before `end`; of how many, where it says."""

    unit: str
    start: int
    end: int
    total: int | None


@dataclass(frozen=True, slots=True)
class NextValue:
    """The next page is asked for by the same request with this at `Pagination.page`."""

    value: str | int


@dataclass(frozen=True, slots=True)
class NextAddress:
    """The next page is at this address, which may be relative."""

    address: str


NextPage: TypeAlias = NextValue | NextAddress | None
"""None: this was the last page."""


@dataclass(frozen=True, slots=True)
class PageArgument:
    """The parameter or body property that a name of `Pagination` stands for; `path` leads to the
    value inside it (`page[after]` is `page` and `("after",)`)."""

    location: PageLocation
    name: str
    path: Path = ()
    parameter: ir.Parameter | None = field(default=None, compare=False)


def next_page(paging: ir.Pagination, page: ReceivedPage) -> NextPage:
    """How the page after `page` is asked for; None after the last one.

    Raises `PaginationError` where the response says that there is more without a way to it.
    """
    more = _flag(paging.has_more, page.body)
    if more is False:
        return None
    match paging.style:
        case PaginationStyle.LINK:
            found: NextPage = _address(paging, page)
        case PaginationStyle.CURSOR:
            found = _token(paging, page)
        case PaginationStyle.RANGE:
            found = _range(page)
        case PaginationStyle.PAGE | PaginationStyle.OFFSET:
            found = _counted(paging, page, more=more is True)
        case _:
            assert_never(paging.style)
    if (
        found is None
        and more is True
        and (page.items or paging.style is not PaginationStyle.CURSOR)
    ):
        raise PaginationError("the response says that there is more, and not how to ask for it")
    return found


def _flag(path: Path | None, body: Json) -> bool | None:
    value = get(body, path) if path is not None else None
    return value if isinstance(value, bool) else None


def _whole(path: Path | None, body: Json) -> int | None:
    value = get(body, path) if path is not None else None
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, str) and value.isdecimal() else None


def _address(paging: ir.Pagination, page: ReceivedPage) -> NextAddress | None:
    if paging.next is None:
        address: Json = link_targets(page.link).get("next")
    else:
        address = get(page.body, paging.next)
    if isinstance(address, dict):
        address = address.get("href") or address.get("url")
    return NextAddress(address) if isinstance(address, str) and address else None


def _token(paging: ir.Pagination, page: ReceivedPage) -> NextValue | None:
    token: Json = None
    if paging.next is not None:
        token = get(page.body, paging.next)
    elif paging.next_header is not None:
        token = page.headers.get(paging.next_header.lower())
    elif paging.item_token is not None and page.items and not _is_short(page):
        token = get(page.items[-1], paging.item_token)
    if isinstance(token, bool) or not isinstance(token, str | int) or token == "":
        return None
    return NextValue(token)


def _range(page: ReceivedPage) -> NextValue | None:
    """The range after the one shown, as wide."""
    shown = read_content_range(page.headers.get("content-range"))
    if shown is None or not page.items or (shown.total is not None and shown.end >= shown.total):
        return None
    return NextValue(f"{shown.unit}={shown.end}-{shown.end + len(page.items) - 1}")


def read_content_range(text: str | None) -> ContentRange | None:
    """A `Content-Range` header (RFC 9110, 14.4); None where it shows nothing."""
    match = _CONTENT_RANGE.fullmatch((text or "").strip())
    if match is None:
        return None
    total = int(match[4]) if match[4] != "*" else None
    return ContentRange(match[1], int(match[2]), int(match[3]) + 1, total)


def read_range(text: str, unit: str) -> tuple[int, int | None] | None:
    """The first item that a `Range` header asks for and the one behind the last, None for all that
    follow; None where it asks for nothing that is understood, which is to be ignored."""
    match = _RANGE.fullmatch(text.strip())
    if match is None or match[1].lower() != unit.lower():
        return None
    start, last = int(match[2]), int(match[3]) if match[3] else None
    return (
        None if last is not None and last < start else (start, None if last is None else last + 1)
    )


def _is_short(page: ReceivedPage) -> bool:
    """Whether fewer items came than were asked for: the sign of a last page without any other."""
    return page.size is not None and len(page.items) < page.size


def _counted(paging: ir.Pagination, page: ReceivedPage, *, more: bool) -> NextValue | None:
    if not page.items:
        return None
    current = page.asked
    if current is None:
        current = _whole(paging.number, page.body)
    if current is None:
        current = paging.first
    size = page.size or _whole(paging.page_size, page.body)
    by_page = paging.style is PaginationStyle.PAGE
    following = current + 1 if by_page else current + len(page.items)
    upcoming = find(page.body, paging.next) if paging.next is not None else ABSENT
    if upcoming is None or upcoming == "":
        return None
    if not more and upcoming is ABSENT and _is_over(paging, page, following - paging.first, size):
        return None
    return NextValue(following)


def _is_over(paging: ir.Pagination, page: ReceivedPage, passed: int, size: int | None) -> bool:
    """Whether the pages (or items, of an offset) passed are all that there are."""
    pages, total = _whole(paging.total_pages, page.body), _whole(paging.total_items, page.body)
    if paging.style is PaginationStyle.PAGE:
        if pages is not None:
            return passed >= pages
        if total is not None and size:
            return passed * size >= total
    elif total is not None:
        return passed >= total
    return size is not None and len(page.items) < size


def link_targets(header: str | None) -> dict[str, str]:
    """The addresses of a `Link` header by relation (RFC 8288), relations in lower case."""
    found: dict[str, str] = {}
    for address, attributes in _LINK.findall(header or ""):
        relation = _REL.search(attributes)
        if relation is not None:
            for name in (relation.group(1) or relation.group(2) or "").split():
                found.setdefault(name.lower(), address)
    return found


def argument(operation: ir.Operation, paging: ir.Pagination, name: str) -> PageArgument:
    """What a name of `paging` stands for in a request of `operation`."""
    if paging.location is PageLocation.BODY:
        first, *below = name.split(".")
        return PageArgument(paging.location, first, tuple(below))
    wanted = {
        PageLocation.QUERY: ir.ParameterLocation.QUERY,
        PageLocation.HEADER: ir.ParameterLocation.HEADER,
    }[paging.location]
    here = [p for p in operation.parameters if p.location is wanted]
    plain = name.lower() if paging.location is PageLocation.HEADER else name
    for parameter in here:
        if wire_name(parameter) == plain:
            return PageArgument(paging.location, parameter.name, (), parameter)
    outer, bracket, inside = name.partition("[")
    for parameter in here:
        if bracket and parameter.name == outer:
            path = tuple(inside.removesuffix("]").split("]["))
            return PageArgument(paging.location, parameter.name, path, parameter)
    return PageArgument(paging.location, name)


def is_handed_out(operation: ir.Operation, parameter: ir.Parameter) -> bool:
    """Whether values of a parameter come out of earlier responses: no schema says which there are,
    and a server may refuse any other."""
    paging = operation.pagination
    if (
        paging is not None
        and paging.page is not None
        and paging.style in (PaginationStyle.CURSOR, PaginationStyle.LINK)
        and argument(operation, paging, paging.page).parameter is parameter
    ):
        return True
    return (
        isinstance(parameter.schema.shape, ir.String | ir.Union | ir.Anything)
        and _HANDED_OUT.search(parameter.name) is not None
    )


def asked(
    operation: ir.Operation, paging: ir.Pagination, name: str | None, given: Mapping[str, Json]
) -> Json:
    """The value that a request gives for a name of `paging`, from its decoded parameters (or body
    properties) by name; None where it gives none."""
    if name is None:
        return None
    place = argument(operation, paging, name)
    found = find(given.get(place.name), place.path)
    return None if found is ABSENT else found
