"""In which order a list is asked for where the description does not say which orders there are.

`sort=name`, `sort=-name,age`, `sort_by=name&order=desc`, `order_by=name:desc`,
`$orderby=name desc`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from trunkline.ir import Json
from trunkline.semantics.spelling import plain_name

_BY: Final = ("sort", "sortby", "orderby", "sortfield", "ordering", "sortkey")
_WAY: Final = (
    "order",
    "direction",
    "sortorder",
    "sortdirection",
    "dir",
    "sortdir",
    "orderdirection",
)
_TERM: Final = re.compile(r"([+-]?)([^\s:,]+?)(?:[\s:.](asc|desc)(?:ending)?)?", re.IGNORECASE)


def may_order(parameters: Iterable[str]) -> bool:
    """Whether one of these query parameters may say in which order a list is wanted."""
    return any(plain_name(name) in (*_BY, "order") for name in parameters)


def asked_order(query: Mapping[str, Json], members: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """The members that a query orders by, most significant first, each with whether it descends;
    nothing where it names none of them."""
    plain = {plain_name(name): value for name, value in query.items()}
    wanted = next((plain[name] for name in (*_BY, "order") if name in plain), None)
    way = next((plain[name] for name in _WAY if name in plain), None)
    backwards = isinstance(way, str) and way.lower().startswith("desc")
    listed = wanted if isinstance(wanted, list) else [wanted]
    known = {plain_name(name): name for name in members}
    found: list[tuple[str, bool]] = []
    for text in listed:
        for part in text.split(",") if isinstance(text, str) else ():
            if part.lower() in ("asc", "desc") and found:
                found[-1] = (found[-1][0], part.lower() == "desc")
                continue
            term = _TERM.fullmatch(part.strip())
            name = known.get(plain_name(term[2])) if term is not None else None
            if term is None or name is None:
                continue
            said = (term[3] or "").lower()
            found.append((name, term[1] == "-" or said == "desc" or (not said and backwards)))
    return tuple(found)
