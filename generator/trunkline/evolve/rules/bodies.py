"""Media types and what is in them, wherever a body can be."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline import ir
from trunkline.evolve.change import DIRECTIONS, Area, Direction, Place, Rule
from trunkline.evolve.context import Context
from trunkline.evolve.rules import arguments
from trunkline.evolve.table import (
    CHECK,
    KEEP_ACCEPTING,
    KEEP_PROMISE,
    REFUSED,
    SAFE,
    UNEXPECTED,
    B,
    C,
    D,
    rule,
)
from trunkline.semantics.media import MediaKind, is_json, kind

AREAS = (Area.REQUEST, Area.RESPONSE, Area.WEBHOOK_REQUEST, Area.WEBHOOK_RESPONSE)
ENCODED = "Parts are written the old way, and read the new one."


@dataclass(frozen=True, slots=True)
class Rows:
    """The rules about media types in one area."""

    media_added: Rule
    media_removed: Rule
    schema_added: Rule
    schema_removed: Rule
    media_changed: Rule
    encoding: Rule
    stream_added: Rule
    stream_removed: Rule

    @property
    def all(self) -> tuple[Rule, ...]:
        """As a part of the table."""
        return (
            self.media_added,
            self.media_removed,
            self.schema_added,
            self.schema_removed,
            self.media_changed,
            self.encoding,
            self.stream_added,
            self.stream_removed,
        )


def _rows(area: Area) -> Rows:
    sent = DIRECTIONS[area] is Direction.SENT
    m, s = "media-type", "schema"
    if sent:
        added = rule(area, m, "added", "{media} is accepted too now", C, C, SAFE)
        removed = rule(
            area, m, "removed", "{media} is no longer accepted", B, B, REFUSED, KEEP_ACCEPTING
        )
        narrower = rule(
            area, s, "added", "{media} must fit a schema now", B, B, REFUSED, KEEP_ACCEPTING
        )
        wider = rule(area, s, "removed", "{media} may be anything now", C, D, SAFE)
    else:
        added = rule(
            area,
            m,
            "added",
            "{media} may be answered too now",
            C,
            D,
            "Whoever names what it accepts is not given it.",
            CHECK,
        )
        removed = rule(
            area,
            m,
            "removed",
            "{media} is no longer answered",
            B,
            B,
            "Callers that can read nothing else fail.",
            KEEP_PROMISE,
        )
        narrower = rule(area, s, "added", "{media} fits a schema now", C, D, SAFE)
        wider = rule(
            area, s, "removed", "{media} may be anything now", B, B, UNEXPECTED, KEEP_PROMISE
        )
    return Rows(
        added,
        removed,
        narrower,
        wider,
        rule(
            area,
            m,
            "changed",
            "the media type is {now}, not {was}",
            B,
            C,
            "Whoever names the old one, or tells bodies apart by it, does not find it.",
            KEEP_ACCEPTING if sent else KEEP_PROMISE,
        ),
        rule(
            area,
            "encoding",
            "changed",
            "{part} of {media} is written as {now}, not {was}",
            B,
            C,
            ENCODED,
            KEEP_ACCEPTING,
        ),
        rule(
            area,
            "stream",
            "added",
            "{media} is a stream of items now",
            B,
            B,
            UNEXPECTED,
            KEEP_PROMISE,
        ),
        rule(
            area,
            "stream",
            "removed",
            "{media} is no longer a stream of items",
            B,
            B,
            UNEXPECTED,
            KEEP_PROMISE,
        ),
    )


TABLE = {area: _rows(area) for area in AREAS}

A = Area.REQUEST
K = "body"
ADDED = rule(A, K, "added", "an optional body was added", C, C, SAFE)
ADDED_REQUIRED = rule(
    A,
    K,
    "added-required",
    "a required body was added",
    B,
    B,
    "Requests made before have none.",
    "Make it optional.",
)
REMOVED = rule(
    A,
    K,
    "removed",
    "the body was removed",
    B,
    B,
    "What callers had to say can no longer be said.",
    KEEP_ACCEPTING,
)
BECAME_REQUIRED = rule(
    A,
    K,
    "became-required",
    "the body is required now",
    B,
    B,
    "Requests without one were valid.",
    "Leave it optional.",
)
BECAME_OPTIONAL = rule(A, K, "became-optional", "the body is no longer required", C, C, SAFE)
DESCRIPTION = rule(
    A,
    K,
    "description-changed",
    "the description of the body changed",
    C,
    C,
    "It only changes what people read.",
    documentation=True,
)

W = Area.WEBHOOK_REQUEST
WEBHOOK_ADDED = rule(W, K, "added", "the webhook has a body now", C, C, SAFE)
WEBHOOK_REMOVED = rule(
    W,
    K,
    "removed",
    "the webhook no longer has a body",
    B,
    B,
    "Receivers that read it find nothing.",
    KEEP_PROMISE,
)
WEBHOOK_OPTIONAL = rule(
    W,
    K,
    "became-optional",
    "the webhook may come without a body",
    B,
    B,
    "Receivers that read it may find nothing.",
    KEEP_PROMISE,
)
WEBHOOK_REQUIRED = rule(W, K, "became-required", "the webhook always has a body now", C, C, SAFE)

RULES: tuple[Rule, ...] = (
    *(row for rows in TABLE.values() for row in rows.all),
    ADDED,
    ADDED_REQUIRED,
    REMOVED,
    BECAME_REQUIRED,
    BECAME_OPTIONAL,
    DESCRIPTION,
    WEBHOOK_ADDED,
    WEBHOOK_REMOVED,
    WEBHOOK_OPTIONAL,
    WEBHOOK_REQUIRED,
)


def compare(
    context: Context, area: Area, old: ir.Operation, new: ir.Operation, place: Place
) -> None:
    """The body of a request, or of a webhook's."""
    where = Place(place.subject, (*place.path, "request body"))
    was, now = old.body, new.body
    sent = DIRECTIONS[area] is Direction.SENT
    if was is None or now is None:
        if now is not None:
            row = (ADDED_REQUIRED if now.required else ADDED) if sent else WEBHOOK_ADDED
            context.add(row, where, old.origin, now.origin)
        elif was is not None:
            context.add(REMOVED if sent else WEBHOOK_REMOVED, where, was.origin, new.origin)
        return
    if was.required is not now.required:
        rows = (BECAME_OPTIONAL, BECAME_REQUIRED) if sent else (WEBHOOK_OPTIONAL, WEBHOOK_REQUIRED)
        context.add(rows[now.required], where, was.origin, now.origin)
    if sent and (was.description or "").split() != (now.description or "").split():
        context.add(DESCRIPTION, where, was.origin, now.origin)
    contents(context, area, (was.contents, was.origin), (now.contents, now.origin), where)


Contents = tuple[tuple[ir.Content, ...], ir.Origin]


def contents(context: Context, area: Area, old: Contents, new: Contents, place: Place) -> None:
    """Media types by what they mean: case, blanks and a charset that JSON has anyway are nothing,
    and one JSON media type instead of another is one change."""
    rows = TABLE[area]
    before = {_comparable(c.media_type): c for c in old[0]}
    after = {_comparable(c.media_type): c for c in new[0]}
    several = len(after) > 1

    def both(was: ir.Content, now: ir.Content) -> None:
        path = (*place.path, _comparable(was.media_type)) if several else place.path
        _content(context, area, was, now, Place(place.subject, path))

    for media in [m for m in before if m in after]:
        both(before.pop(media), after.pop(media))
    for media, was in list(before.items()):
        other = next((m for m in after if is_json(m) and is_json(media)), None)
        if other is not None:
            now = after.pop(other)
            del before[media]
            context.add(rows.media_changed, place, was.origin, now.origin, was=media, now=other)
            both(was, now)
    for media, was in before.items():
        context.add(rows.media_removed, place, was.origin, new[1], media=media)
    for media, now in after.items():
        context.add(rows.media_added, place, old[1], now.origin, media=media)


def _comparable(media_type: str) -> str:
    """`Application/JSON ;charset=utf-8` → `application/json`: JSON has no such parameter."""
    plain = "".join(media_type.lower().split())
    if is_json(plain):
        bare, *given = plain.split(";")
        plain = ";".join([bare, *(p for p in given if p not in _UTF8)])
    return plain


_UTF8 = frozenset({"charset=utf-8", 'charset="utf-8"', "charset=utf8", "charset=us-ascii"})


def _is_raw(content: ir.Content) -> bool:
    """Whether the body is bytes as they come: said by a schema of binary text, or by none."""
    if kind(content.media_type) is not MediaKind.BINARY:
        return False
    shape = content.schema.shape if content.schema is not None else None
    return shape is None or (isinstance(shape, ir.String) and shape.binary)


def _content(context: Context, area: Area, old: ir.Content, new: ir.Content, place: Place) -> None:
    rows, media = TABLE[area], old.media_type
    if area is Area.REQUEST:
        arguments.compare(context, old, new, place)
    if _is_raw(old) and _is_raw(new):
        pass
    elif old.schema is not None and new.schema is not None:
        context.schemas(area, place, old.schema, new.schema)
    elif old.item_schema is None and new.item_schema is None:
        if new.schema is not None:
            context.add(rows.schema_added, place, old.origin, new.origin, media=media)
        elif old.schema is not None:
            context.add(rows.schema_removed, place, old.origin, new.origin, media=media)
    if old.item_schema is not None and new.item_schema is not None:
        items = Place(place.subject, (*place.path, "each item"))
        context.schemas(area, items, old.item_schema, new.item_schema)
    elif old.item_schema is not None or new.item_schema is not None:
        row = rows.stream_added if old.item_schema is None else rows.stream_removed
        context.add(row, place, old.origin, new.origin, media=media)
    for part in sorted(old.encoding.keys() | new.encoding.keys()):
        was, now = _encoding(old.encoding.get(part)), _encoding(new.encoding.get(part))
        if was != now:
            context.add(
                rows.encoding,
                place,
                old.origin,
                new.origin,
                media=media,
                part=part,
                was=was,
                now=now,
            )


def _encoding(encoding: ir.Encoding | None) -> str:
    if encoding is None:
        return "usual"
    words = [encoding.content_type, encoding.style]
    words += {None: [], True: ["repeated"], False: ["joined"]}[encoding.explode]
    words += ["unescaped"] if encoding.allow_reserved else []
    return " ".join(word for word in words if word) or "usual"
