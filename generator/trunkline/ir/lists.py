"""How lists are paged, filtered and ordered."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class PaginationStyle(enum.StrEnum):
    """How a list is cut into pages."""

    PAGE = "page"
    OFFSET = "offset"
    CURSOR = "cursor"
    LINK = "link"
    """The next page's address is in a `Link` header or in the body at `next`."""
    RANGE = "range"
    """The header `page` asks for the first and the last item (`items=0-24`); the response's
    `Content-Range` says which are shown, of how many."""


class PageLocation(enum.StrEnum):
    """Where a request says which page it asks for."""

    QUERY = "query"
    HEADER = "header"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """How to ask for a page and where the response tells about the next one.

    `page` and `size` are names as they stand on the wire at `location`: of query parameters (the
    property of a `deepObject` in brackets, `page[after]`), of headers, or of properties of the
    JSON body (dots between those of nested objects). Other paths lead from the response body to a
    value, `()` being the body itself.
    """

    style: PaginationStyle
    items: tuple[str, ...]
    page: str | None = None
    """Page number (`PAGE`), first item (`OFFSET`), token (`CURSOR`) or range (`RANGE`)."""
    size: str | None = None
    location: PageLocation = PageLocation.QUERY
    first: int = 1
    """The number of the first page (`PAGE`) or the first offset (`OFFSET`)."""
    next: tuple[str, ...] | None = None
    """Token or address of the next page; absent or null at the end."""
    number: tuple[str, ...] | None = None
    page_size: tuple[str, ...] | None = None
    total_pages: tuple[str, ...] | None = None
    total_items: tuple[str, ...] | None = None
    has_more: tuple[str, ...] | None = None
    item_token: tuple[str, ...] | None = None
    """The member of the last item that is the next token, where the answer has no `next`
    (`CURSOR`)."""
    next_header: str | None = None
    """The header of the response that holds the next token; absent or empty at the end
    (`CURSOR`)."""
    unit: str = "items"
    """What ranges are counted in (`RANGE`)."""


class FilterOperator(enum.StrEnum):
    """What a filter parameter asks of the property it names."""

    EQUALS = "equals"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    GREATER = "gt"
    GREATER_OR_EQUAL = "gte"
    LESS = "lt"
    LESS_OR_EQUAL = "lte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A query parameter of a list that restricts it by the property at `member`."""

    parameter: str
    member: tuple[str, ...]
    operator: FilterOperator
    ignore_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A query parameter of a list that restricts it, where the description does not say by what.

    `members` are the likely properties: one of them is enough, and a list on the way to one stands
    for each of its items. Servers differ in what else they find: nobody is held to it.
    """

    parameter: str
    members: tuple[tuple[str, ...], ...]
    operator: FilterOperator


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """The query parameter that orders a list.

    `keys`: value of the parameter → (path to the property, descending). `default` is the value
    used when none is sent.
    """

    parameter: str
    keys: Mapping[str, tuple[tuple[str, ...], bool]]
    default: str | None = None
