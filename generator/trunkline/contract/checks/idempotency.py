"""Idempotency keys: the same request twice is one, another under the same key is refused."""

from __future__ import annotations

import uuid

from trunkline.contract.checks.comparison import same
from trunkline.contract.engine import CheckContext, Family, Inconclusive, collection_check, rule
from trunkline.contract.model import Collection
from trunkline.contract.session import Actor

rule(
    "key-replays",
    Family.IDEMPOTENCY,
    "The same request with the same key is answered again, not done again",
    "It is what makes a retry after a timeout safe.",
)
rule(
    "key-conflicts",
    Family.IDEMPOTENCY,
    "Another request with a used key is refused",
    "A key that answers for another request hides that it was not done.",
)
rule(
    "key-apart",
    Family.IDEMPOTENCY,
    "Keys of two accounts have nothing to do with each other",
    "A replayed answer of another account is a leak.",
)


def _needs(collection: Collection) -> bool:
    return (
        collection.creator is not None
        and collection.created is not None
        and collection.creator.idempotency is not None
    )


@collection_check("key-replays", "key-conflicts", "key-apart", needs=_needs)
def key_replays(ctx: CheckContext, collection: Collection) -> None:
    """Create twice with one key, then another body with it, then from another account."""
    creator = collection.creator
    assert creator is not None
    assert creator.idempotency is not None
    key = str(uuid.UUID(int=ctx.rng.getrandbits(128), version=4))
    headers = {creator.idempotency.header: f"{ctx.session.marker}-{key}"}
    body = ctx.body(collection)
    first, obj = ctx.try_create(collection, body, headers=headers)
    if obj is None:
        raise Inconclusive(f"create answered {first.status}")
    second, replay = ctx.try_create(collection, body, headers=headers)
    if not ctx.expect(replay is not None and replay.id == obj.id):
        ctx.violation(
            creator,
            f"the same request again is answered with {second.status}"
            + (f" and another object, {replay.id}" if replay else ""),
            first,
            second,
        )
    elif not ctx.expect(second.status == first.status and same(second.json, first.json)):
        ctx.violation(creator, "the replayed answer differs from the first", first, second)
    third, other = ctx.try_create(collection, ctx.body(collection), headers=headers)
    if not ctx.expect(third.refused):
        ctx.violation(
            creator,
            f"another request with a used key is answered with {third.status}",
            first,
            third,
            rule="key-conflicts",
        )
    del other
    if ctx.session.has_other:
        fourth, theirs = ctx.try_create(collection, body, headers=headers, actor=Actor.OTHER)
        if theirs is not None and not ctx.expect(theirs.id != obj.id):
            ctx.violation(
                creator,
                "another account's request with the same key is answered with my object",
                first,
                fourth,
                rule="key-apart",
            )
        elif fourth.refused:
            fresh = {name: f"{value}-other" for name, value in headers.items()}
            fifth, made = ctx.try_create(collection, body, headers=fresh, actor=Actor.OTHER)
            if not ctx.expect(made is None):
                ctx.violation(
                    creator,
                    "another account cannot use a key that I have used",
                    first,
                    fourth,
                    fifth,
                    rule="key-apart",
                )
