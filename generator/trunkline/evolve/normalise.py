"""Two versions brought to one way of saying things: what is only said otherwise is not a change.

Names of components are not on the wire: a security scheme that is called otherwise is the same
scheme. A base path is part of every address, whether it stands in `servers` or in the paths.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from trunkline import ir
from trunkline.position import Position


@dataclass(frozen=True, slots=True)
class Normalised:
    """The new version as the old one would have said it, and what was different in saying it."""

    api: ir.Api
    base_path: tuple[str, str] | None = None
    """The base paths of old and new, where only they differ and every address is the same."""


def normalised(old: ir.Api, new: ir.Api) -> Normalised:
    """`new` in the words of `old`."""
    new = _renamed_schemes(old, new)
    moved = _moved_base(old, new)
    if moved is None:
        return Normalised(new)
    was, now = moved
    return Normalised(_rebased(new, was, now), (was or "/", now or "/"))


def _like(scheme: ir.SecurityScheme) -> ir.SecurityScheme:
    """A scheme without its name, place and description: what it is on the wire."""
    return replace(scheme, name="", origin=_NOWHERE, description=None)


_NOWHERE = ir.Origin(position=Position("", 1, 1), pointer="")


def _renamed_schemes(old: ir.Api, new: ir.Api) -> ir.Api:
    gone = [name for name in old.security_schemes if name not in new.security_schemes]
    come = [name for name in new.security_schemes if name not in old.security_schemes]
    names: dict[str, str] = {}
    for name in gone:
        like = _like(old.security_schemes[name])
        same = [c for c in come if c not in names and _like(new.security_schemes[c]) == like]
        if len(same) == 1:
            names[same[0]] = name
    if not names:
        return new

    def renamed(requirement: ir.SecurityRequirement) -> ir.SecurityRequirement:
        return {names.get(name, name): scopes for name, scopes in requirement.items()}

    return replace(
        new,
        security_schemes={
            names.get(name, name): replace(scheme, name=names.get(name, name))
            for name, scheme in new.security_schemes.items()
        },
        operations=tuple(
            replace(o, security=tuple(map(renamed, o.security))) for o in new.operations
        ),
    )


def _moved_base(old: ir.Api, new: ir.Api) -> tuple[str, str] | None:
    """The base paths where they differ, and most operations are at the same whole address."""
    if not old.servers or len(old.servers) != len(new.servers):
        return None
    pairs = list(zip(old.servers, new.servers, strict=True))
    bases = {(_base(was), _base(now)) for was, now in pairs}
    if len(bases) != 1:
        return None
    was, now = bases.pop()
    if was == now or any(_host(a) != _host(b) for a, b in pairs):
        return None
    before = {(o.method, was + o.path) for o in old.operations}
    after = {(o.method, now + o.path) for o in new.operations}
    return (was, now) if before and len(before & after) * 2 > len(before) else None


def _base(server: ir.Server) -> str:
    return urlsplit(server.url).path.rstrip("/")


def _host(server: ir.Server) -> str:
    parts = urlsplit(server.url)
    return f"{parts.scheme}://{parts.netloc}"


def _rebased(api: ir.Api, was: str, now: str) -> ir.Api:
    """`api` with `was` as its base path instead of `now`; a path elsewhere stays as it is."""

    def moved(path: str) -> str:
        whole = now + path
        return whole.removeprefix(was) or "/" if whole.startswith(f"{was}/") or not was else path

    paths = {o.path: moved(o.path) for o in api.operations}
    return replace(
        api,
        servers=tuple(_with_base(server, now, was) for server in api.servers),
        operations=tuple(replace(o, path=paths[o.path]) for o in api.operations),
        resources=tuple(_moved_resource(r, paths) for r in api.resources),
    )


def _with_base(server: ir.Server, now: str, was: str) -> ir.Server:
    bare = server.url.rstrip("/")
    return replace(server, url=(bare.removesuffix(now) if now else bare) + was)


def _moved_resource(resource: ir.Resource, paths: Mapping[str, str]) -> ir.Resource:
    collection, item = resource.collection_path, resource.item_path
    return replace(
        resource,
        collection_path=paths.get(collection, collection) if collection is not None else None,
        item_path=paths.get(item, item) if item is not None else None,
    )
