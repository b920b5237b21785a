"""How a list goes on: the query of the next page, from the page before."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from trunkline import ir
from trunkline.contract.model.exchange import Exchange
from trunkline.ir import Json, PaginationStyle
from trunkline.semantics import jsonvalue

_NEXT = re.compile(r'<([^>]*)>[^,]*;\s*rel="?next"?', re.IGNORECASE)


def following(
    paging: ir.Pagination,
    exchange: Exchange,
    items: list[Json],
    step: list[tuple[str, str]],
    size: int | None,
) -> list[tuple[str, str]] | None:
    """The query that asks for the page after `exchange`; None when it was the last.

    `step` is what asked for this page (empty for the first), `size` the page size asked for.
    """
    body = exchange.json
    if paging.style is PaginationStyle.CURSOR:
        token = jsonvalue.get(body, paging.next) if paging.next else None
        if paging.page is None or token in (None, "") or isinstance(token, dict | list):
            return None
        return [(paging.page, str(token))]
    if paging.style is PaginationStyle.LINK:
        address = jsonvalue.get(body, paging.next) if paging.next else _link(exchange)
        return parse_qsl(urlsplit(address).query) if isinstance(address, str) and address else None
    if paging.page is None or not items:
        return None
    current = int(dict(step).get(paging.page, paging.first))
    if paging.style is PaginationStyle.OFFSET:
        return [(paging.page, str(current + len(items)))] if _more(paging, body) else None
    pages = jsonvalue.get(body, paging.total_pages) if paging.total_pages else None
    if isinstance(pages, int) and current - paging.first + 1 >= pages:
        return None
    if not _more(paging, body) or (pages is None and size is not None and len(items) < size):
        return None
    return [(paging.page, str(current + 1))]


def _more(paging: ir.Pagination, body: Json) -> bool:
    return paging.has_more is None or jsonvalue.get(body, paging.has_more) is not False


def _link(exchange: Exchange) -> str | None:
    match = _NEXT.search(exchange.headers.get("link", ""))
    return match.group(1) if match else None
