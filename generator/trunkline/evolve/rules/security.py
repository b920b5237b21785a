"""Credentials: which are asked for, and how they are sent."""

from __future__ import annotations

from typing import Protocol

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.table import CHECK, KEEP_ACCEPTING, SAFE, B, C, D, rule, text

A = Area.SECURITY
R = "requirement"
S = "scheme"
LOCKED_OUT = "Callers with the credentials they were told to bring are turned away."
SENT_ELSEWHERE = "Callers send the credential the old way, where nobody looks for it."

REQUIRED = rule(
    A,
    R,
    "added",
    "credentials are asked for now: {now}",
    B,
    B,
    "Calls without credentials were let in.",
    KEEP_ACCEPTING,
)
DROPPED = rule(A, R, "dropped", "no credentials are asked for any more", C, C, SAFE)
ALTERNATIVE_ADDED = rule(A, "alternative", "added", "{now} is accepted as well", C, C, SAFE)
ALTERNATIVE_REMOVED = rule(
    A, "alternative", "removed", "{was} is no longer accepted", B, B, LOCKED_OUT, KEEP_ACCEPTING
)
ALTERNATIVE_GREW = rule(
    A,
    "alternative",
    "grew",
    "{now} is needed, where {was} was enough",
    B,
    B,
    LOCKED_OUT,
    KEEP_ACCEPTING,
)
SCOPE_ADDED = rule(
    A,
    "scope",
    "added",
    "the scope {scope} of {name} is needed now",
    B,
    D,
    "Tokens that were good enough lack it.",
    KEEP_ACCEPTING,
)
SCOPE_REMOVED = rule(
    A, "scope", "removed", "the scope {scope} of {name} is no longer needed", C, C, SAFE
)

SCHEME_ADDED = rule(A, S, "added", "the security scheme {name} was added", C, C, SAFE)
SCHEME_REMOVED = rule(
    A,
    S,
    "removed",
    "the security scheme {name} was removed",
    C,
    B,
    "The client's argument for it is gone.",
    "Use another.",
)
SCHEME_TYPE = rule(
    A, S, "type-changed", "{name} is {now}, not {was}", B, B, LOCKED_OUT, KEEP_ACCEPTING
)
KEY_RENAMED = rule(
    A,
    S,
    "key-renamed",
    "{name} is sent as {now}, not as {was}",
    B,
    C,
    SENT_ELSEWHERE,
    KEEP_ACCEPTING,
)
KEY_MOVED = rule(
    A,
    S,
    "key-moved",
    "{name} is sent in the {now}, not in the {was}",
    B,
    C,
    SENT_ELSEWHERE,
    KEEP_ACCEPTING,
)
PREFIX = rule(
    A,
    S,
    "prefix-changed",
    "{name} is sent with {now} in front, not {was}",
    B,
    C,
    SENT_ELSEWHERE,
    KEEP_ACCEPTING,
)
HTTP_SCHEME = rule(
    A, S, "http-scheme-changed", "{name} is HTTP {now}, not {was}", B, B, LOCKED_OUT, KEEP_ACCEPTING
)
BEARER_FORMAT = text(A, S, "bearer-format-changed", "the token of {name} is {now}, not {was}")
FLOW_ADDED = rule(A, "flow", "added", "{name} can be had by {flow} too", C, C, SAFE)
FLOW_REMOVED = rule(
    A, "flow", "removed", "{name} can no longer be had by {flow}", B, B, LOCKED_OUT, KEEP_ACCEPTING
)
TOKEN_URL = rule(
    A,
    "flow",
    "token-url-changed",
    "tokens of {name} come from {now}, not from {was}",
    B,
    C,
    "Callers ask at the old address.",
    "Answer at both.",
)
AUTHORIZATION_URL = rule(
    A,
    "flow",
    "authorization-url-changed",
    "people are sent to {now} for {name}, not to {was}",
    B,
    C,
    "Callers send people to the old address.",
    "Answer at both.",
)
REFRESH_URL = rule(
    A,
    "flow",
    "refresh-url-changed",
    "tokens of {name} are renewed at {now}, not at {was}",
    D,
    C,
    "Callers renew at the old address.",
    "Answer at both.",
)
SCOPE_LISTED = rule(A, "scope", "listed", "{name} has the scope {scope} now", C, C, SAFE)
SCOPE_UNLISTED = rule(
    A,
    "scope",
    "unlisted",
    "{name} no longer has the scope {scope}",
    B,
    D,
    "Asking for it fails.",
    CHECK,
)
DESCRIPTION = text(A, S, "description-changed", "the description of {name} changed")

RULES: tuple[Rule, ...] = (
    REQUIRED,
    DROPPED,
    ALTERNATIVE_ADDED,
    ALTERNATIVE_REMOVED,
    ALTERNATIVE_GREW,
    SCOPE_ADDED,
    SCOPE_REMOVED,
    SCHEME_ADDED,
    SCHEME_REMOVED,
    SCHEME_TYPE,
    KEY_RENAMED,
    KEY_MOVED,
    PREFIX,
    HTTP_SCHEME,
    BEARER_FORMAT,
    FLOW_ADDED,
    FLOW_REMOVED,
    TOKEN_URL,
    AUTHORIZATION_URL,
    REFRESH_URL,
    SCOPE_LISTED,
    SCOPE_UNLISTED,
    DESCRIPTION,
)


class _Add(Protocol):
    def __call__(self, row: Rule, **args: object) -> None: ...


class _AddBoth(Protocol):
    def __call__(self, row: Rule, was: object = "", now: object = "", **args: object) -> None: ...


def compare(context: Context, old: ir.Operation, new: ir.Operation, place: Place) -> None:
    """What an operation asks for: whoever could meet an old alternative must meet a new one."""

    def add(row: Rule, **args: object) -> None:
        context.add(row, place, old.origin, new.origin, **args)

    before, after = list(old.security) or [{}], list(new.security) or [{}]
    if {} in before:
        if {} not in after:
            add(REQUIRED, now=" or ".join(words(a) for a in after))
        return
    if {} in after:
        add(DROPPED)
        return
    # An alternative that stands on both sides is not compared with another of the same schemes.
    met = [now for now in after if now in before]
    for was in before:
        if was in after:
            continue
        if any(_covers(was, now) for now in after):
            like = [now for now in after if was.keys() == now.keys() and now not in before]
            met += like
            for now in like:
                _scopes(was, now, add)
            continue
        like = [now for now in after if was.keys() == now.keys()]
        more = [now for now in after if was.keys() < now.keys()]
        if like:
            met += like
            _scopes(was, like[0], add)
        elif more:
            met += more
            add(ALTERNATIVE_GREW, was=words(was), now=words(more[0]))
        else:
            add(ALTERNATIVE_REMOVED, was=words(was))
    for now in after:
        if now not in met and not any(_covers(was, now) and was == now for was in before):
            add(ALTERNATIVE_ADDED, now=words(now))


def words(requirement: ir.SecurityRequirement) -> str:
    """`A and B`."""
    return " and ".join(requirement) or "nothing"


def _covers(was: ir.SecurityRequirement, now: ir.SecurityRequirement) -> bool:
    """Whether whoever brings `was` brings all that `now` asks for."""
    return all(name in was and set(scopes) <= set(was[name]) for name, scopes in now.items())


def _scopes(was: ir.SecurityRequirement, now: ir.SecurityRequirement, add: _Add) -> None:
    for name in was:
        for scope in sorted(set(now[name]) - set(was[name])):
            add(SCOPE_ADDED, scope=scope, name=name)
        for scope in sorted(set(was[name]) - set(now[name])):
            add(SCOPE_REMOVED, scope=scope, name=name)


def compare_schemes(context: Context) -> None:
    """How each credential is sent and got."""
    before, after = context.old.security_schemes, context.new.security_schemes
    for name, was in before.items():
        place = Place("security scheme", (name,))
        if name not in after:
            context.add(SCHEME_REMOVED, place, was.origin, None, name=name)
        else:
            _scheme(context, was, after[name], place)
    for name, now in after.items():
        if name not in before:
            place = Place("security scheme", (name,))
            context.add(SCHEME_ADDED, place, None, now.origin, name=name)


def _scheme(context: Context, old: ir.SecurityScheme, new: ir.SecurityScheme, place: Place) -> None:
    def add(row: Rule, was: object = "", now: object = "", **args: object) -> None:
        context.add(row, place, old.origin, new.origin, name=old.name, was=was, now=now, **args)

    match old, new:
        case ir.HttpScheme(), ir.HttpScheme():
            if old.scheme != new.scheme:
                add(HTTP_SCHEME, old.scheme, new.scheme)
            elif old.bearer_format != new.bearer_format:
                add(BEARER_FORMAT, old.bearer_format or "unsaid", new.bearer_format or "unsaid")
        case ir.KeyScheme(), ir.KeyScheme():
            if old.location is not new.location:
                add(KEY_MOVED, old.location.value, new.location.value)
            if _key(old, new) != _key(new, old):
                add(KEY_RENAMED, old.key, new.key)
            if old.prefix != new.prefix:
                add(PREFIX, old.prefix.strip() or "nothing", new.prefix.strip() or "nothing")
        case ir.OAuthScheme(), ir.OAuthScheme():
            _flows(old, new, add)
        case ir.OpenIdScheme(), ir.OpenIdScheme():
            if old.url != new.url:
                add(TOKEN_URL, old.url or "nowhere", new.url or "nowhere")
        case ir.MutualTlsScheme(), ir.MutualTlsScheme():
            pass
        case _:
            add(SCHEME_TYPE, _kind(old), _kind(new))
    if (old.description or "").split() != (new.description or "").split():
        add(DESCRIPTION)


def _key(scheme: ir.KeyScheme, other: ir.KeyScheme) -> str:
    """Names of headers are the same in either case."""
    header = ir.KeyLocation.HEADER
    return scheme.key.lower() if header in {scheme.location, other.location} else scheme.key


def _kind(scheme: ir.SecurityScheme) -> str:
    match scheme:
        case ir.HttpScheme():
            return f"HTTP {scheme.scheme}"
        case ir.KeyScheme():
            return f"a key in the {scheme.location.value}"
        case ir.OAuthScheme():
            return "OAuth2"
        case ir.OpenIdScheme():
            return "OpenID Connect"
        case ir.MutualTlsScheme():
            return "a client certificate"


def _flows(old: ir.OAuthScheme, new: ir.OAuthScheme, add: _AddBoth) -> None:
    before = {flow.kind: flow for flow in old.flows}
    after = {flow.kind: flow for flow in new.flows}
    for kind, was in before.items():
        now = after.get(kind)
        if now is None:
            add(FLOW_REMOVED, flow=kind)
            continue
        for row, url, other in (
            (TOKEN_URL, was.token_url, now.token_url),
            (AUTHORIZATION_URL, was.authorization_url, now.authorization_url),
            (REFRESH_URL, was.refresh_url, now.refresh_url),
        ):
            if url != other:
                add(row, url or "nowhere", other or "nowhere")
        for scope in sorted(was.scopes.keys() - now.scopes.keys()):
            add(SCOPE_UNLISTED, scope=scope)
        for scope in sorted(now.scopes.keys() - was.scopes.keys()):
            add(SCOPE_LISTED, scope=scope)
    for kind in after:
        if kind not in before:
            add(FLOW_ADDED, flow=kind)
