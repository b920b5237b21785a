"""Idempotency keys: the same request twice is one, another under the same key is refused."""

from __future__ import annotations

import uuid

from trunkline.contract.checks.comparison import same
from trunkline.contract.engine import Bench, BlockedError, Family, collection_law, rule
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


@collection_law("key-replays", "key-conflicts", "key-apart", needs=_needs)
def key_replays(bench: Bench, collection: Collection) -> None:
    """Create twice with one key, then another body with it, then from another account."""
    creator = collection.creator
    assert creator is not None
    assert creator.idempotency is not None
    key = str(uuid.UUID(int=bench.rng.getrandbits(128), version=4))
    headers = {creator.idempotency.header: f"{bench.lab.marker}-{key}"}
    body = bench.body(collection)
    first, thing = bench.attempt(collection, body, headers=headers)
    if thing is None:
        raise BlockedError(f"create answered {first.status}")
    second, replay = bench.attempt(collection, body, headers=headers)
    if not bench.expect(replay is not None and replay.id == thing.id):
        bench.violation(
            creator,
            f"the same request again is answered with {second.status}"
            + (f" and another object, {replay.id}" if replay else ""),
            first,
            second,
        )
    elif not bench.expect(second.status == first.status and same(second.json, first.json)):
        bench.violation(creator, "the replayed answer differs from the first", first, second)
    third, other = bench.attempt(collection, bench.body(collection), headers=headers)
    if not bench.expect(third.refused):
        bench.violation(
            creator,
            f"another request with a used key is answered with {third.status}",
            first,
            third,
            rule="key-conflicts",
        )
    del other
    if bench.lab.has_other:
        fourth, theirs = bench.attempt(collection, body, headers=headers, actor=Actor.OTHER)
        if theirs is not None and not bench.expect(theirs.id != thing.id):
            bench.violation(
                creator,
                "another account's request with the same key is answered with my object",
                first,
                fourth,
                rule="key-apart",
            )
        elif fourth.refused:
            fresh = {name: f"{value}-other" for name, value in headers.items()}
            fifth, made = bench.attempt(collection, body, headers=fresh, actor=Actor.OTHER)
            if not bench.expect(made is None):
                bench.violation(
                    creator,
                    "another account cannot use a key that I have used",
                    first,
                    fourth,
                    fifth,
                    rule="key-apart",
                )
