"""What a search finds, where a description does not say by what a parameter narrows a list."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline import ir
from trunkline.ir import FilterOperator, Json


def finds(search: ir.Search, document: Json, wanted: Json) -> bool:
    """Whether an object is among what `search` finds, given `wanted`; of several values each is
    looked for. Texts are looked for without regard to case."""
    asked = [_text(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
    shown = [_text(value) for path in search.members for value in _values(document, path)]
    return any(_meets(search.operator, mine, text) for mine in shown for text in asked)


def _meets(operator: FilterOperator, mine: str, wanted: str) -> bool:
    if operator is FilterOperator.CONTAINS:
        return wanted.casefold() in mine.casefold()
    if operator is FilterOperator.STARTS_WITH:
        return mine.casefold().startswith(wanted.casefold())
    return mine == wanted


def _values(value: Json, path: tuple[str, ...]) -> Iterator[Json]:
    """The plain values at a path, lists on the way taken apart."""
    if isinstance(value, list):
        for one in value:
            yield from _values(one, path)
    elif path:
        yield from _values(value.get(path[0]), path[1:]) if isinstance(value, dict) else ()
    elif value is not None and not isinstance(value, dict):
        yield value


def _text(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
