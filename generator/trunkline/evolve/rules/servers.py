"""Addresses of the service."""

from __future__ import annotations

from typing import Protocol

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.table import CHECK, SAFE, B, C, D, rule, text

A = Area.SERVER
K = "server"
GONE = "Callers that were told this address reach nothing."

ADDED = rule(A, K, "added", "the address {url} was added", C, C, SAFE)
REMOVED = rule(
    A, K, "removed", "the address {url} was removed", B, D, GONE, "Keep answering there."
)
DEFAULT = rule(
    A,
    K,
    "default-changed",
    "the first address is {now}, not {was}",
    D,
    D,
    "Clients that are told no address go elsewhere.",
    CHECK,
)
BASE_MOVED = rule(
    A,
    "base-path",
    "moved",
    "the base path is {now}, not {was}, and the paths make up for it",
    C,
    D,
    "Whoever passes a base URL has to pass another one.",
    CHECK,
)
VARIABLE_ADDED = rule(A, "variable", "added", "{url} has the variable {name} now", C, C, SAFE)
VARIABLE_REMOVED = rule(
    A, "variable", "removed", "{url} no longer has the variable {name}", B, B, GONE, CHECK
)
VARIABLE_DEFAULT = rule(
    A,
    "variable",
    "default-changed",
    "{name} is {now} unless told, not {was}",
    D,
    D,
    "Clients that leave it out go elsewhere.",
    CHECK,
)
VALUE_ADDED = rule(A, "variable", "value-added", "{name} may be {value} now", C, C, SAFE)
VALUE_REMOVED = rule(
    A,
    "variable",
    "value-removed",
    "{name} may no longer be {value}",
    B,
    D,
    GONE,
    "Keep answering there.",
)
DESCRIPTION = text(A, K, "description-changed", "the description of {url} changed")

RULES: tuple[Rule, ...] = (
    ADDED,
    REMOVED,
    DEFAULT,
    BASE_MOVED,
    VARIABLE_ADDED,
    VARIABLE_REMOVED,
    VARIABLE_DEFAULT,
    VALUE_ADDED,
    VALUE_REMOVED,
    DESCRIPTION,
)

Servers = tuple[ir.Server, ...]


class _Add(Protocol):
    def __call__(self, row: Rule, **args: object) -> None: ...


def compare(
    context: Context,
    old: tuple[Servers, ir.Origin],
    new: tuple[Servers, ir.Origin],
    place: Place,
) -> None:
    """Addresses as written, then their variables; the first one is where clients go."""

    def add(row: Rule, **args: object) -> None:
        context.add(row, place, old[1], new[1], **args)

    before = {_url(s): s for s in old[0]}
    after = {_url(s): s for s in new[0]}
    for url, was in before.items():
        if url not in after:
            add(REMOVED, url=url)
        else:
            _variables(was, after[url], add)
            if (was.description or "").split() != (after[url].description or "").split():
                add(DESCRIPTION, url=url)
    for url in after:
        if url not in before:
            add(ADDED, url=url)
    if before and after and next(iter(before)) != next(iter(after)):
        add(DEFAULT, was=next(iter(before)), now=next(iter(after)))


def moved(context: Context, base: tuple[str, str]) -> None:
    """The base path went from the addresses into the paths, or back."""
    place = Place("the API")
    context.add(BASE_MOVED, place, context.old.origin, context.new.origin, was=base[0], now=base[1])


def _url(server: ir.Server) -> str:
    """A slash at the end leads to the same place."""
    return server.url.rstrip("/") or "/"


def _variables(old: ir.Server, new: ir.Server, add: _Add) -> None:
    before = {v.name: v for v in old.variables}
    after = {v.name: v for v in new.variables}
    for name, was in before.items():
        now = after.get(name)
        if now is None:
            add(VARIABLE_REMOVED, url=old.url, name=name)
            continue
        if was.default != now.default:
            add(VARIABLE_DEFAULT, name=name, was=was.default, now=now.default)
        if was.values or now.values:
            for value in was.values:
                if now.values and value not in now.values:
                    add(VALUE_REMOVED, name=name, value=value)
            for value in now.values:
                if was.values and value not in was.values:
                    add(VALUE_ADDED, name=name, value=value)
    for name in after:
        if name not in before:
            add(VARIABLE_ADDED, url=old.url, name=name)
