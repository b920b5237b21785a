"""Jobs: what is begun by a request and ends by itself."""

from __future__ import annotations

import time

from trunkline.contract.checks.comparison import show
from trunkline.contract.engine import (
    CheckContext,
    Family,
    Readable,
    collection_check,
    rule,
)
from trunkline.contract.model import Collection, Level
from trunkline.semantics import jsonvalue

_PATIENCE = 3.0
"""Seconds that a job is watched."""
_PAUSE = 0.2

rule(
    "job-ends",
    Family.CRUD,
    "Jobs come to their end",
    "Clients ask again and again until a job has ended; one that never does holds them for ever.",
    "Look whether whatever carries out the jobs is running. How long a job may take is described "
    "nowhere: one that takes longer than it was watched for is right.",
    level=Level.HINT,
)


def _job(collection: Collection) -> Readable | None:
    return Readable.of(collection) if collection.progress is not None else None


@collection_check("job-ends", needs=_job)
def job_ends(ctx: CheckContext, target: Readable) -> None:
    """A new object is read until its state is none of those that mean "not yet"; for some seconds
    at most."""
    told = target.collection.progress
    assert told is not None
    obj = ctx.objects.create(target.collection)
    end = time.monotonic() + _PATIENCE
    while True:
        value, exchange = ctx.objects.read(obj)
        state = jsonvalue.get(value, told.path)
        if not told.waits(state):
            return
        if time.monotonic() >= end:
            break
        time.sleep(_PAUSE)
    name = ".".join(told.path)
    ctx.expect(
        False,
        target.retriever,
        f"{name} is still {show(state)} {_PATIENCE:g} seconds after the object was made",
        obj.created,
        exchange,
        subject=name,
        level=Level.HINT,
    )
