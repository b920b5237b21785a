"""Where Hypothesis keeps the examples that failed: shared by machines that test the same API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
from hypothesis.database import (
    DirectoryBasedExampleDatabase,
    ExampleDatabase,
    InMemoryExampleDatabase,
)

from trunkline.diagnostics import Code, TrunklineError

_PROFILE = "trunkline"
_SCHEMES = frozenset({"redis", "rediss", "unix"})


def database(place: str | None, api: str) -> ExampleDatabase:
    """The database at `place`: a Redis address, or a folder; without one it ends with the run.

    A usage error for a Redis that does not answer, and where its client is not installed.
    """
    if place is None:
        return InMemoryExampleDatabase()
    if urlsplit(place).scheme not in _SCHEMES:
        return DirectoryBasedExampleDatabase(Path(place) / api)
    shown = urlsplit(place)._replace(query="").geturl().rpartition("@")[2]
    try:
        import redis
        from hypothesis.extra.redis import RedisExampleDatabase
    except ImportError:
        raise TrunklineError.usage(
            Code.BAD_VALUE,
            "examples in Redis need its client",
            hint="pip install 'trunkline[redis]'",
        ) from None
    try:
        client = redis.Redis.from_url(place, socket_timeout=5, socket_connect_timeout=5)
        client.ping()
    except (redis.RedisError, ValueError) as error:
        raise TrunklineError.usage(
            Code.BAD_VALUE, f"no Redis answers at {shown}: {type(error).__name__}"
        ) from None
    return RedisExampleDatabase(client, key_prefix=f"trunkline:{api}:".encode())


@contextmanager
def kept_in(place: ExampleDatabase) -> Iterator[None]:
    """Hypothesis' settings use this database where nothing else is said.

    Its profile for CI derandomises, which excludes a database; runs have seeds of their own.
    """
    before = hypothesis.settings.get_current_profile_name()
    hypothesis.settings.register_profile(
        _PROFILE, hypothesis.settings.default, database=place, derandomize=False
    )
    hypothesis.settings.load_profile(_PROFILE)
    try:
        yield
    finally:
        hypothesis.settings.load_profile(before)
