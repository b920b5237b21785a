"""Values of scripts: paths into what is bound, and functions."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

from trunkline.emulator.behaviour.functions import OF_ARGUMENTS, OF_OPTIONS, ordered
from trunkline.emulator.behaviour.size_limit import SIZE_LIMIT, SizeLimitExceeded, joined_text
from trunkline.emulator.http.jsontext import dump
from trunkline.emulator.operations.search import search_page, whole
from trunkline.emulator.resources.resource_plan import seeded
from trunkline.ir import Json
from trunkline.ir.behaviour import SearchResults
from trunkline.semantics.jsonvalue import get

_HOLE = re.compile(r"\{([A-Za-z_][\w.]*)\}")
_SPELLINGS: Mapping[str, Callable[[datetime], str | int | float]] = {
    "datetime": lambda t: t.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds"),
    "datetime_ms": lambda t: t.replace(tzinfo=None).isoformat(sep=" ", timespec="milliseconds"),
    "iso": lambda t: f"{t.replace(tzinfo=None).isoformat(timespec='seconds')}Z",
    "iso_ms": lambda t: f"{t.replace(tzinfo=None).isoformat(timespec='milliseconds')}Z",
    "seconds": lambda t: int(t.timestamp()),
}
_LONGEST = 4096
"""Characters of a random text, at most."""
_FAR = 10**10
"""Seconds that times are moved by at most: some three hundred years."""


class ScriptContext(Protocol):
    """What values are worked out from beside what is bound."""

    @property
    def seed(self) -> int:
        """Fixes what is random."""
        ...

    @property
    def search(self) -> SearchResults:
        """How search results are paged."""
        ...

    def list_documents(self, account: str, name: str) -> list[dict[str, Json]]:
        """Every object of an account, oldest first."""
        ...

    def tick(self) -> int:
        """A number that was not given before."""
        ...

    def sample(self, schema: str, members: Mapping[str, Json]) -> Json:
        """An object as described, with these members."""
        ...


class ScriptValues:
    """Evaluates values for one account at one instant."""

    def __init__(self, objects: ScriptContext, account: str, now: datetime) -> None:
        self._objects = objects
        self._account = account
        self._now = now
        self._worked = 0
        self._functions: dict[str, Callable[[Json, Mapping[str, Json]], Json]] = {
            "$case": self._case, "$count": self._count, "$duration": self._duration,
            "$if": self._if, "$jwt": self._jwt, "$list": self._list, "$map": self._map,
            "$not": self._not, "$number": self._number, "$page": self._page,
            "$random": self._random, "$range": self._range, "$sample": self._sample,
            "$text": self._text, "$time": self._time, "$value": lambda v, _: v,
        }  # fmt: skip

    def of(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """What a value stands for; `TooHeavy` when working it out does not end."""
        self._worked += 1
        if self._worked > SIZE_LIMIT:
            raise SizeLimitExceeded
        match value:
            case str() if value.startswith("$$"):
                return value[1:]
            case str() if value.startswith("$"):
                return self._path(value[1:], bound)
            case list():
                return [self.of(inner, bound) for inner in value]
            case dict():
                if len(value) == 1:
                    name, inner = next(iter(value.items()))
                    function = self._functions.get(name)
                    if function is not None:
                        return function(inner, bound)
                    if name in OF_ARGUMENTS:
                        return OF_ARGUMENTS[name](self._args(inner, bound))
                    if name in OF_OPTIONS:
                        return OF_OPTIONS[name](self._options(inner, bound))
                return {name: self.of(inner, bound) for name, inner in value.items()}
            case _:
                return value

    def true(self, value: Json, bound: Mapping[str, Json]) -> bool:
        """Whether a value is neither false nor null, nor empty, nor zero."""
        return bool(self.of(value, bound))

    def _path(self, path: str, bound: Mapping[str, Json]) -> Json:
        name, *rest = path.split(".")
        if name == "now" and not rest:
            return _SPELLINGS["datetime"](self._now)
        if name == "account" and not rest:
            return self._account
        value = bound.get(name)
        for step in rest:
            if isinstance(value, list):
                value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
            else:
                value = get(value, (step,))
        return value

    def _args(self, value: Json, bound: Mapping[str, Json]) -> list[Json]:
        found = self.of(value, bound)
        return found if isinstance(found, list) else [found]

    def _options(self, value: Json, bound: Mapping[str, Json]) -> dict[str, Json]:
        found = self.of(value, bound)
        return found if isinstance(found, dict) else {}

    # Choices.

    def _if(self, value: Json, bound: Mapping[str, Json]) -> Json:
        if not isinstance(value, list) or len(value) != 3:
            return None
        return self.of(value[1 if self.true(value[0], bound) else 2], bound)

    def _case(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """`{by: value, of: {…}, else: value}`."""
        if not isinstance(value, dict):
            return None
        by, of = self.of(value.get("by"), bound), value.get("of")
        if isinstance(of, dict) and isinstance(by, str) and by in of:
            return self.of(of[by], bound)
        return self.of(value.get("else"), bound)

    def _not(self, value: Json, bound: Mapping[str, Json]) -> Json:
        return not self.of(value, bound)

    # Objects and lists.

    def _list(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """`{of: resource, where: {…}, from:, to:, at:, newest:, limit:, keyed:, keep:}`: objects
        whose members equal those of `where` (null asks nothing); between two texts at a member;
        as a mapping by the member `keyed`; those for which `keep` is true of `$it`."""
        if not isinstance(value, dict):
            return []
        keep = value.get("keep")
        rest = {k: v for k, v in value.items() if k != "keep"}
        given = self._options(rest, bound)
        found = self._objects.list_documents(self._account, str(given.get("of")))
        where = given.get("where")
        if isinstance(where, dict):
            asked = {k: v for k, v in where.items() if v is not None}
            found = [d for d in found if all(_meets(get(d, tuple(k.split("."))), v)
                                             for k, v in asked.items())]  # fmt: skip
        member, start, end = given.get("at"), given.get("from"), given.get("to")
        if isinstance(member, str):
            found = [d for d in found if _between(get(d, tuple(member.split("."))), start, end)]
        if keep is not None:
            found = [d for d in found if self.true(keep, {**bound, "it": d})]
        if given.get("newest"):
            found.reverse()
        limit = given.get("limit")
        if isinstance(limit, int):
            found = found[: max(limit, 0)]
        keyed = given.get("keyed")
        shown: list[Json] = [_public(d) for d in found]
        if isinstance(keyed, str):
            return {str(d.get(keyed)): _public(d) for d in found}
        return shown

    def _map(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """`{of: list, to: value with $it}`."""
        if not isinstance(value, dict):
            return []
        listed = self.of(value.get("of"), bound)
        given = listed if isinstance(listed, list) else []
        return [self.of(value.get("to"), {**bound, "it": one}) for one in given]

    def _count(self, value: Json, bound: Mapping[str, Json]) -> Json:
        found = self.of(value, bound)
        return len(found) if isinstance(found, (list, dict, str)) else 0

    def _page(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """`{of: list, options: {…}}`: search results, paged and ordered as declared."""
        given = self._options(value, bound)
        of, options = given.get("of"), given.get("options")
        found = of if isinstance(of, list) else []
        asked = options if isinstance(options, dict) else {}
        convention = self._objects.search
        order = asked.get(convention.order)
        if isinstance(order, str) and order:
            found = ordered(found, order)
        return search_page(convention, found, asked)

    # Numbers, texts, times.

    def _range(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """The numbers from 1, a thousand at most."""
        return list(range(1, min(whole(self.of(value, bound), 0), 1000) + 1))

    def _text(self, value: Json, bound: Mapping[str, Json]) -> Json:
        if isinstance(value, list):
            return joined_text(_written(self.of(part, bound)) for part in value)
        parts = _HOLE.split(str(value))
        return joined_text(
            _written(self._path(part, bound)) if index % 2 else part
            for index, part in enumerate(parts)
        )

    def _time(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """`{plus: seconds, as: spelling, of: text}`."""
        given = self._options(value, bound)
        plus, of = given.get("plus"), given.get("of")
        seconds = max(-_FAR, min(plus, _FAR)) if isinstance(plus, (int, float)) else 0
        start = instant(of) if isinstance(of, str) else self._now
        spell = _SPELLINGS.get(str(given.get("as")), _SPELLINGS["datetime"])
        return spell((start or self._now) + timedelta(seconds=seconds))

    def _duration(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """Whole seconds from the first to the second time, or to now."""
        found = self._args(value, bound)
        start = instant(found[0]) if found and isinstance(found[0], str) else None
        end = instant(found[1]) if len(found) > 1 and isinstance(found[1], str) else self._now
        return 0 if start is None or end is None else max(0, int((end - start).total_seconds()))

    def _random(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """`{alphabet: text, length: number}`: never the same twice for one server."""
        given = self._options(value, bound)
        length = min(whole(given.get("length"), 16), _LONGEST)
        alphabet = str(given.get("alphabet") or "0123456789abcdef")
        rng = seeded(self._objects.seed, self._account, self._objects.tick())
        return "".join(rng.choice(alphabet) for _ in range(length))

    def _number(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """A whole number that no call of this function gave before."""
        del value, bound
        return self._objects.tick()

    def _jwt(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """`{claims: {…}, seconds: n}`: a JSON Web Token, HS256; the key is the server's own."""
        given = self._options(value, bound)
        claims, seconds = given.get("claims"), min(whole(given.get("seconds"), 3600), _FAR)
        tokens = int(self._now.timestamp())
        body = {**(claims if isinstance(claims, dict) else {}), "iat": tokens,
                "exp": tokens + seconds, "jti": self._objects.tick()}  # fmt: skip
        head = _part({"alg": "HS256", "typ": "JWT"})
        signed = f"{head}.{_part(body)}"
        key = f"trunkline:{self._objects.seed}".encode()
        digest = hmac.new(key, signed.encode(), hashlib.sha256).digest()
        return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"

    def _sample(self, value: Json, bound: Mapping[str, Json]) -> Json:
        """`{schema: name, set: {…}}`: an object as described, with these members."""
        given = self._options(value, bound)
        members = given.get("set")
        return self._objects.sample(
            str(given.get("schema")), members if isinstance(members, dict) else {}
        )


def _written(value: Json) -> str:
    return "" if value is None else value if isinstance(value, str) else dump(value).decode()


def _public(document: Mapping[str, Json]) -> dict[str, Json]:
    return {k: v for k, v in document.items() if not k.startswith("_")}


def public(value: Json) -> Json:
    """An object, or each of a list, without the members that are never shown. What stands deeper
    inside is the users' own."""
    if isinstance(value, dict):
        return _public(value)
    return (
        [_public(v) if isinstance(v, dict) else v for v in value]
        if isinstance(value, list)
        else value
    )


def _meets(mine: Json, asked: Json) -> bool:
    if isinstance(asked, list):
        return mine in asked
    if isinstance(asked, dict):
        return isinstance(mine, dict) and all(_meets(mine.get(k), v) for k, v in asked.items())
    return mine == asked


def _between(mine: Json, start: Json, end: Json) -> bool:
    if not isinstance(mine, str):
        return False
    return (not isinstance(start, str) or mine >= start) and (
        not isinstance(end, str) or mine <= end
    )


def instant(text: str) -> datetime | None:
    """A time as written anywhere in these APIs; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _part(value: Json) -> str:
    return base64.urlsafe_b64encode(dump(value)).rstrip(b"=").decode()
