"""Words that stand beside those of a closed list in other lists of its kind: where a server takes
one value more than is described, it is most likely one of these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_FAMILIES: Final = tuple(
    tuple(words.split())
    for words in (
        "draft pending open active published closed archived deleted",
        "pending queued processing running completed failed cancelled expired",
        "new confirmed paid shipped delivered returned refunded cancelled",
        "active inactive suspended disabled blocked deleted",
        "todo doing in_progress review done blocked",
        "submitted approved rejected withdrawn",
        "available reserved sold unavailable",
        "low medium normal high urgent critical",
        "extra_small small medium large extra_large huge",
        "xs s m l xl xxl",
        "viewer reader guest member editor admin owner",
        "user moderator admin superuser root",
        "public internal unlisted private",
        "free basic standard pro premium enterprise",
        "red orange yellow green blue purple black white",
        "usd eur gbp jpy chf cny",
        "en de fr es it pt zh",
        "monday tuesday wednesday thursday friday saturday sunday",
        "mon tue wed thu fri sat sun",
        "hour day week month quarter year",
        "hourly daily weekly monthly yearly",
        "card cash bank_transfer cheque paypal",
        "credit debit transfer refund",
        "email sms push phone webhook",
        "asc desc random",
        "debug info notice warning error fatal",
        "light dark system",
        "male female other unknown",
        "get post put patch delete head options",
        "json xml csv yaml pdf",
        "left center right justify",
        "north east south west",
        "metric imperial",
        "home work mobile other",
    )
)


def kindred(values: Iterable[str], most: int = 3) -> list[str]:
    """Words that are not among `values`, of the families that have most of them, and written as
    they are; at most so many, none where no family is known."""
    known = list(values)
    plain = {_plain(value) for value in known}
    shared = sorted(
        (family for family in _FAMILIES if plain & set(family)),
        key=lambda family: -len(plain & set(family)),
    )
    needed = min(2, len(plain))
    found = dict.fromkeys(
        word
        for family in shared
        if len(plain & set(family)) >= needed
        for word in reversed(family)
        if word not in plain
    )
    return [_like(known[0], word) for word in list(found)[:most]]


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")


def _like(model: str, word: str) -> str:
    """A word written as the model is: capitals, hyphens."""
    if "-" in model:
        word = word.replace("_", "-")
    if model.isupper():
        return word.upper()
    return word.capitalize() if model[:1].isupper() else word
