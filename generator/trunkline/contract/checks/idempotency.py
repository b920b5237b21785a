"""Idempotency keys: the same request twice is one, another under the same key is refused."""

from __future__ import annotations

import uuid

from trunkline.contract.checks.comparison import same
from trunkline.contract.engine import (
    CheckContext,
    Family,
    Idempotent,
    Inconclusive,
    collection_check,
    rule,
)
from trunkline.contract.session import Actor

rule(
    "key-replays",
    Family.IDEMPOTENCY,
    "The same request with the same key is answered again, not done again",
    "It is what makes a retry after a timeout safe.",
    "Store the response with the key, in the transaction of the work.",
)
rule(
    "key-conflicts",
    Family.IDEMPOTENCY,
    "Another request with a used key is refused",
    "A key that answers for another request hides that it was not done.",
    "Store a hash of the request with the key, and compare it.",
)
rule(
    "key-apart",
    Family.IDEMPOTENCY,
    "Keys of two accounts have nothing to do with each other",
    "A replayed answer of another account is a leak.",
    "Make the account part of the key.",
)


@collection_check("key-replays", "key-conflicts", "key-apart", needs=Idempotent.of)
def key_replays(ctx: CheckContext, target: Idempotent) -> None:
    """Create twice with one key, then another body with it, then from another account."""
    collection = target.collection
    creator = target.creator
    key = str(uuid.UUID(int=ctx.rng.getrandbits(128), version=4))
    headers = {target.header: f"{ctx.session.marker}-{key}"}
    body = ctx.bodies.of(collection)
    first, obj = ctx.objects.try_create(collection, body, headers=headers)
    if obj is None:
        raise Inconclusive(f"create answered {first.status}")
    second, replay = ctx.objects.try_create(collection, body, headers=headers)
    if ctx.expect(
        replay is not None and replay.id == obj.id,
        creator,
        f"the same request again is answered with {second.status}"
        + (f" and another object, {replay.id}" if replay else ""),
        first,
        second,
    ):
        ctx.expect(
            second.status == first.status and same(second.json, first.json),
            creator,
            "the replayed answer differs from the first",
            first,
            second,
        )
    third, other = ctx.objects.try_create(collection, ctx.bodies.of(collection), headers=headers)
    ctx.expect(
        third.refused,
        creator,
        f"another request with a used key is answered with {third.status}",
        first,
        third,
        rule="key-conflicts",
    )
    del other
    if ctx.session.has_other:
        fourth, theirs = ctx.objects.try_create(
            collection, body, headers=headers, actor=Actor.OTHER
        )
        if theirs is not None:
            ctx.expect(
                theirs.id != obj.id,
                creator,
                "another account's request with the same key is answered with my object",
                first,
                fourth,
                rule="key-apart",
            )
        elif fourth.refused:
            fresh = {name: f"{value}-other" for name, value in headers.items()}
            fifth, made = ctx.objects.try_create(collection, body, headers=fresh, actor=Actor.OTHER)
            ctx.expect(
                made is None,
                creator,
                "another account cannot use a key that I have used",
                first,
                fourth,
                fifth,
                rule="key-apart",
            )
