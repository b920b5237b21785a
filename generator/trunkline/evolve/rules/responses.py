"""Answers: statuses, bodies, headers, links."""

from __future__ import annotations

from trunkline import ir
from trunkline.evolve.change import Area, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.rules import bodies
from trunkline.evolve.table import (
    CHECK,
    KEEP_ACCEPTING,
    KEEP_PROMISE,
    REFUSED,
    SAFE,
    B,
    C,
    D,
    rule,
    text,
)
from trunkline.semantics.media import json_content

A = Area.RESPONSE
S = "status"
SUCCESS_ADDED = rule(
    A,
    S,
    "success-added",
    "success may be answered with {status} too",
    D,
    D,
    "Callers that know one success only may take it for something else.",
    CHECK,
)
ERROR_ADDED = rule(
    A, S, "error-added", "{status} may be answered", C, C, "Any service may answer any error."
)
SUCCESS_REMOVED = rule(
    A,
    S,
    "success-removed",
    "success is no longer answered with {status}",
    B,
    B,
    "Callers that wait for it never get it.",
    KEEP_PROMISE,
)
ERROR_REMOVED = rule(
    A,
    S,
    "error-removed",
    "{status} is no longer answered",
    C,
    C,
    "Callers that handle it handle something that does not happen.",
)
ERROR_BODY_REMOVED = rule(
    A,
    S,
    "error-body-removed",
    "{status} is no longer described, nor what its body is",
    C,
    B,
    "The body of the error that it raises is a plain value now, not the class it was.",
    "Keep describing it, or read the body as a mapping.",
)
ERROR_CLASS = rule(
    A,
    S,
    "error-class-changed",
    "the body of {status} is of another class, {now} instead of {was}",
    C,
    B,
    "User code that looks for the class, or imports it, does not find it.",
    "Give the schema a name of its own in the components.",
)
BODY_ADDED = rule(
    A,
    "body",
    "added",
    "{status} has a body now",
    C,
    D,
    "The method returns something where it returned nothing.",
    CHECK,
)
BODY_REMOVED = rule(
    A,
    "body",
    "removed",
    "{status} has no body any more",
    B,
    B,
    "Callers that read it find nothing.",
    KEEP_PROMISE,
)
DESCRIPTION = text(A, S, "description-changed", "the description of {status} changed")

H = Area.HEADER
HEADER_ADDED = rule(H, "header", "added", "the header {name} was added", C, C, SAFE)
HEADER_REMOVED = rule(
    H,
    "header",
    "removed",
    "the optional header {name} was removed",
    D,
    C,
    "Nobody was promised it, but whoever reads it no longer finds it.",
    CHECK,
)
HEADER_REMOVED_REQUIRED = rule(
    H,
    "header",
    "removed-required",
    "the required header {name} was removed",
    B,
    C,
    "Callers were promised that it is always there.",
    KEEP_PROMISE,
)
HEADER_OPTIONAL = rule(
    H,
    "header",
    "became-optional",
    "the header {name} may be missing now",
    B,
    C,
    "Callers were promised that it is always there.",
    KEEP_PROMISE,
)
HEADER_REQUIRED = rule(
    H, "header", "became-required", "the header {name} is always there now", C, C, SAFE
)
HEADER_DESCRIPTION = text(H, "header", "description-changed", "the description of {name} changed")

LINK_ADDED = rule(A, "link", "added", "the link {name} was added", C, C, SAFE)
LINK_REMOVED = rule(
    A,
    "link",
    "removed",
    "the link {name} was removed",
    D,
    C,
    "Callers that follow links cannot go on from here.",
    CHECK,
)
LINK_CHANGED = rule(
    A,
    "link",
    "changed",
    "the link {name} leads elsewhere",
    D,
    C,
    "Callers that follow links end up elsewhere.",
    CHECK,
)

W = Area.WEBHOOK_RESPONSE
REPLY_ADDED = rule(W, S, "added", "the webhook may be answered with {status} too", C, C, SAFE)
REPLY_REMOVED = rule(
    W,
    S,
    "removed",
    "the webhook may no longer be answered with {status}",
    B,
    B,
    REFUSED,
    KEEP_ACCEPTING,
)
REPLY_BODY_ADDED = rule(
    W, "body", "added", "the answer {status} must have a body now", B, B, REFUSED, KEEP_ACCEPTING
)
REPLY_BODY_REMOVED = rule(
    W,
    "body",
    "removed",
    "the answer {status} has no body any more",
    D,
    C,
    "What receivers had to say is no longer read.",
    CHECK,
)

RULES: tuple[Rule, ...] = (
    SUCCESS_ADDED,
    ERROR_ADDED,
    SUCCESS_REMOVED,
    ERROR_REMOVED,
    ERROR_BODY_REMOVED,
    ERROR_CLASS,
    BODY_ADDED,
    BODY_REMOVED,
    DESCRIPTION,
    HEADER_ADDED,
    HEADER_REMOVED,
    HEADER_REMOVED_REQUIRED,
    HEADER_OPTIONAL,
    HEADER_REQUIRED,
    HEADER_DESCRIPTION,
    LINK_ADDED,
    LINK_REMOVED,
    LINK_CHANGED,
    REPLY_ADDED,
    REPLY_REMOVED,
    REPLY_BODY_ADDED,
    REPLY_BODY_REMOVED,
)


def compare(
    context: Context, area: Area, old: ir.Operation, new: ir.Operation, place: Place
) -> None:
    """Status by status; `4XX` and `default` stand for those that are not named.

    A status that one side names and the other does not is compared with what covers it there.
    """
    before = {r.status.upper(): r for r in old.responses}
    after = {r.status.upper(): r for r in new.responses}
    for status, was in before.items():
        now = covering(status, after)
        if now is None:
            # `2XX` that became `200` promises more: what is named is compared with it below.
            if _exact(status) or not any(s[0] == status[0] for s in after):
                context.add(_lost(area, was), place, was.origin, new.origin, status=was.status)
        elif status in after or _exact(status):
            _both(context, area, was, now, place)
    for status, now in after.items():
        if status in before:
            continue
        covered = covering(status, before)
        if covered is None:
            context.add(_gained(area, now), place, old.origin, now.origin, status=now.status)
        else:
            _both(context, area, covered, now, place)
            if area is Area.RESPONSE and not now.is_success:
                _classes(context, covered, now, place)


def _classes(context: Context, old: ir.Response, new: ir.Response, place: Place) -> None:
    """Whether the error of a status has a body of another class than before."""
    was, now = _class(old), _class(new)
    if was is not None and now is not None and was != now:
        where = Place(place.subject, (*place.path, new.status))
        context.add(ERROR_CLASS, where, old.origin, new.origin, status=new.status, was=was, now=now)


def covering(status: str, responses: dict[str, ir.Response]) -> ir.Response | None:
    """What is answered with this status: by its name, its class, or `default`."""
    for name in (status, f"{status[0]}XX"):
        if name in responses:
            return responses[name]
    default = responses.get("DEFAULT")
    # A success that only `default` could cover was never announced as one.
    return None if status.startswith("2") else default


def _exact(status: str) -> bool:
    return status.isdigit()


def _lost(area: Area, response: ir.Response) -> Rule:
    if area is Area.WEBHOOK_RESPONSE:
        return REPLY_REMOVED
    if response.is_success:
        return SUCCESS_REMOVED
    return ERROR_BODY_REMOVED if _class(response) is not None else ERROR_REMOVED


def _class(response: ir.Response) -> str | None:
    """The schema whose class a client gives the body of an error."""
    content = json_content(response.contents)
    shape = content.schema.shape if content is not None and content.schema is not None else None
    return shape.name if isinstance(shape, ir.Reference) else None


def _gained(area: Area, response: ir.Response) -> Rule:
    if area is Area.WEBHOOK_RESPONSE:
        return REPLY_ADDED
    return SUCCESS_ADDED if response.is_success else ERROR_ADDED


def _both(context: Context, area: Area, old: ir.Response, new: ir.Response, place: Place) -> None:
    status = old.status if old.status[0].isdigit() else new.status
    where = Place(place.subject, (*place.path, status))
    reply = area is Area.WEBHOOK_RESPONSE
    if old.contents and new.contents:
        bodies.contents(
            context, area, (old.contents, old.origin), (new.contents, new.origin), where
        )
    elif new.contents:
        row = REPLY_BODY_ADDED if reply else BODY_ADDED
        context.add(row, where, old.origin, new.origin, status=status)
    elif old.contents:
        row = REPLY_BODY_REMOVED if reply else BODY_REMOVED
        context.add(row, where, old.origin, new.origin, status=status)
    if reply:
        return
    _headers(context, old, new, where)
    _links(context, old, new, where)
    if (
        old.status == new.status
        and (old.description or "").split() != (new.description or "").split()
    ):
        context.add(DESCRIPTION, where, old.origin, new.origin, status=status)


def _headers(context: Context, old: ir.Response, new: ir.Response, place: Place) -> None:
    before = {h.name.lower(): h for h in old.headers}
    after = {h.name.lower(): h for h in new.headers}
    for key, was in before.items():
        where = Place(place.subject, (*place.path, f"header {was.name}"))
        now = after.get(key)
        if now is None:
            row = HEADER_REMOVED_REQUIRED if was.required else HEADER_REMOVED
            context.add(row, where, was.origin, new.origin, name=was.name)
            continue
        if was.required is not now.required:
            row = HEADER_REQUIRED if now.required else HEADER_OPTIONAL
            context.add(row, where, was.origin, now.origin, name=was.name)
        if (was.description or "").split() != (now.description or "").split():
            context.add(HEADER_DESCRIPTION, where, was.origin, now.origin, name=was.name)
        context.schemas(H, where, was.schema, now.schema, text=True)
    for key, now in after.items():
        if key not in before:
            where = Place(place.subject, (*place.path, f"header {now.name}"))
            context.add(HEADER_ADDED, where, old.origin, now.origin, name=now.name)


def _links(context: Context, old: ir.Response, new: ir.Response, place: Place) -> None:
    before = {link.name: link for link in old.links}
    after = {link.name: link for link in new.links}
    for name, was in before.items():
        if name not in after:
            context.add(LINK_REMOVED, place, old.origin, new.origin, name=name)
        elif was != after[name]:
            context.add(LINK_CHANGED, place, old.origin, new.origin, name=name)
    for name in after:
        if name not in before:
            context.add(LINK_ADDED, place, old.origin, new.origin, name=name)
