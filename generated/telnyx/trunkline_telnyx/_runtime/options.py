# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""What can be said about one request, and the types of files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, TypeAlias, TypedDict

if TYPE_CHECKING:
    import httpx2

Timeout: TypeAlias = "float | httpx2.Timeout | None"
"""Seconds for each of connecting, reading, writing and waiting for the pool; None: no limit."""

FileContent: TypeAlias = "bytes | IO[bytes] | os.PathLike[str]"
"""Bytes, a file opened in binary mode, or the path of a file."""

File: TypeAlias = (
    "FileContent | tuple[str | None, FileContent] | tuple[str | None, FileContent, str | None]"
)
"""A file to upload: its content, `(name, content)` or `(name, content, media type)`."""


class RequestOptions(TypedDict, total=False):
    """Options of one request; each overrides what the client says.

    Written as a plain dictionary: `options={"timeout": 5, "max_retries": 0}`.
    """

    headers: Mapping[str, str | None]
    """Headers to add or replace; None leaves one out."""
    query: Mapping[str, object]
    """Query parameters that the method does not know."""
    body: Mapping[str, object]
    """Members to add to a JSON or form body that the method does not know."""
    timeout: Timeout
    max_retries: int
    """How often to try again, 0 for never; no setting makes an unsafe request repeat."""
    idempotency_key: str
    """The key to send where the operation takes one, instead of a random one."""
    base_url: str
    """Another address of the service, for this request."""
