"""Functions of scripts that need nothing but their arguments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from trunkline.emulator.behaviour import gsm0338
from trunkline.emulator.http.jsontext import dump
from trunkline.ir import Json


def _first(found: list[Json]) -> Json:
    return next((v for v in found if v is not None), None)


def _equals(found: list[Json]) -> Json:
    return all(one == found[0] and type(one) is type(found[0]) for one in found)


def _all(found: list[Json]) -> Json:
    return all(found)


def _any(found: list[Json]) -> Json:
    return any(found)


def _in(found: list[Json]) -> Json:
    return len(found) == 2 and isinstance(found[1], (list, dict)) and found[0] in found[1]


def _merge(found: list[Json]) -> Json:
    merged: dict[str, Json] = {}
    for part in found:
        if isinstance(part, dict):
            merged.update(part)
    return merged


def _add(found: list[Json]) -> Json:
    total: int | float = 0
    for one in found:
        if isinstance(one, (int, float)) and not isinstance(one, bool):
            total += one
    return total


def _money(found: list[Json]) -> Json:
    """The sum with two places; a text that begins with `-` is taken away."""
    total = Decimal()
    for one in found:
        try:
            total += Decimal(str(one))
        except InvalidOperation:
            continue
    return f"{total:.2f}" if abs(total) < 10**20 else "0.00"


def _times(found: list[Json]) -> Json:
    """`[amount, number]`: an amount of money so many times."""
    amount, number = (*found, 0)[:2]
    try:
        return f"{Decimal(str(amount)) * Decimal(str(number)):.2f}"
    except InvalidOperation:
        return "0.00"


def _gsm_encoding(found: list[Json]) -> Json:
    text, forced = (*found, None)[:2]
    return gsm0338.encoding(str(text), forced if isinstance(forced, str) else None)


def _gsm_parts(found: list[Json]) -> Json:
    text, forced = (*found, None)[:2]
    return gsm0338.parts(str(text), forced if isinstance(forced, str) else None)


def _only(given: dict[str, Json]) -> Json:
    """`{of: mapping, but: [names]}`: without null members, and without those named."""
    of, but = given.get("of"), given.get("but")
    left = but if isinstance(but, list) else []
    if not isinstance(of, dict):
        return {}
    return {k: v for k, v in of.items() if v is not None and k not in left}


def _prefix(given: dict[str, Json]) -> Json:
    """`{of: list, member: name, text: text}`: the element whose member is the longest
    beginning of the text."""
    of, member, text = given.get("of"), given.get("member"), given.get("text")
    fitting = [
        (len(start), one)
        for one in (of if isinstance(of, list) else [])
        if isinstance(one, dict)
        and isinstance(start := one.get(str(member)), str)
        and start
        and isinstance(text, str)
        and text.startswith(start)
    ]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def ordered(found: Sequence[Json], order: str) -> list[Json]:
    """Sorted by a member (`name`, `name DESC`); objects without it stand at the end."""
    member, _, way = order.strip().partition(" ")
    known = [one for one in found if isinstance(one, dict) and one.get(member) is not None]
    rest = [one for one in found if one not in known]
    way = way.strip().upper()
    known.sort(key=lambda one: (isinstance(one[member], str), _key(one[member])),
               reverse=way == "DESC")  # fmt: skip
    return [*known, *rest]


def _key(value: Json) -> str | float:
    return value if isinstance(value, (str, int, float)) else dump(value).decode()


OF_ARGUMENTS: Mapping[str, Callable[[list[Json]], Json]] = {
    "$add": _add,
    "$all": _all,
    "$any": _any,
    "$equals": _equals,
    "$first": _first,
    "$in": _in,
    "$merge": _merge,
    "$money": _money,
    "$gsm_encoding": _gsm_encoding,
    "$gsm_parts": _gsm_parts,
    "$times": _times,
}
"""Of a list of values; one that is not a list is its only argument."""
OF_OPTIONS: Mapping[str, Callable[[dict[str, Json]], Json]] = {
    "$only": _only,
    "$prefix": _prefix,
}
"""Of a mapping of values."""
