# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Debug logging without secrets: header and query values that are credentials are masked."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    import httpx2

MASK: Final = "***"


_NAMED_SO: Final = re.compile("auth|cookie|credential|key|pass|secret|session|signature|token")


def redacted_headers(headers: httpx2.Headers, secret: Collection[str]) -> dict[str, str]:
    """Headers with the values of secret ones masked: those in `secret`, which holds lower-case
    names, and those that callers have named like one."""
    return {
        name: MASK if name.lower() in secret or _NAMED_SO.search(name.lower()) else value
        for name, value in headers.items()
    }


def bare_url(url: httpx2.URL) -> str:
    """An address without user, query and fragment."""
    host = f"[{url.host}]" if ":" in url.host else url.host
    port = f":{url.port}" if url.port is not None else ""
    return f"{url.scheme}://{host}{port}{url.path}"


class _QueryFilter(logging.Filter):
    """Masks query values of the given names in the arguments of a record."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self.names = names
        spelled = sorted(names | {quote(name, safe="") for name in names})
        listed = "|".join(re.escape(name) for name in spelled)
        self._pattern = re.compile(rf"([?&](?:{listed})=)[^&\s\"']*")

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(self._masked(argument) for argument in record.args)
        return True

    def _masked(self, argument: object) -> object:
        printed = str(argument)
        masked = self._pattern.sub(rf"\g<1>{MASK}", printed)
        return argument if masked == printed else masked


@lru_cache(maxsize=64)
def hide_query(names: frozenset[str]) -> None:
    """Keep keys that travel in the query out of the records that httpx2 itself logs."""
    logging.getLogger("httpx2").addFilter(_QueryFilter(names))
