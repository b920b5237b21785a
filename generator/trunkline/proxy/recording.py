"""Exchanges as JSON lines, secrets taken out before they reach the file."""

from __future__ import annotations

import base64
import json
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from trunkline.diagnostics import Code, TrunklineError
from trunkline.position import Position
from trunkline.proxy.addresses import Addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One request and its response.

    `path` is below the API's base path and, like `query`, still percent-encoded. Bodies are text;
    one that is not UTF-8 is base64 behind `base64:`.
    """

    method: str
    path: str
    query: str
    request_headers: list[list[str]]
    request_body: str
    status: int
    headers: list[list[str]]
    body: str
    deviations: list[str]
    reason: str = ""
    """The phrase beside the status."""
    started: str = ""
    seconds: float = 0.0

    def line(self) -> str:
        """One line of a recording."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")) + "\n"


def kept_cookie(value: str, addresses: Addresses, *, hidden: bool) -> str:
    """A cookie that a client can keep for the host that plays the recording back, for as long as
    it does; with `hidden` without its value."""
    first, *attributes = value.split(";")
    kept = [first if not hidden else f"{first.partition('=')[0]}=redacted"]
    for attribute in attributes:
        name, _, text = attribute.strip().partition("=")
        match name.lower():
            case "domain" | "secure" | "partitioned":
                continue
            case "samesite" if text.lower() == "none":
                continue  # which is heeded of secure ones alone
            case "expires" if _later(text):
                continue  # the recording may be played back after it
            case "path":
                path = addresses.path(text.encode("latin-1", "replace"))
                attribute = f" Path={path.decode('latin-1') if path else text}"
        kept.append(attribute)
    return ";".join(kept)


def _later(date: str) -> bool:
    try:
        return parsedate_to_datetime(date).timestamp() > time.time()
    except ValueError:
        return False


def to_text(raw: bytes) -> str:
    """A body as text."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return "base64:" + base64.b64encode(raw).decode("ascii")
    return text if not text.startswith("base64:") else "base64:" + base64.b64encode(raw).decode()


def to_bytes(text: str) -> bytes:
    """The body that `to_text` was given."""
    if text.startswith("base64:"):
        return base64.b64decode(text.removeprefix("base64:"))
    return text.encode("utf-8")


def put(descriptor: int, place: int, data: bytes) -> None:
    """Have a file end with `data` at a place. `OSError` on a full disk, with a part of it there."""
    os.ftruncate(descriptor, place)
    os.lseek(descriptor, place, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def taken(descriptor: int, place: int, count: int) -> bytes:
    """Up to `count` bytes of a file at a place."""
    os.lseek(descriptor, place, os.SEEK_SET)
    return os.read(descriptor, count)


def read_recording(
    path: Path, archive: Callable[[str], Iterable[Recorded]] | None = None
) -> list[Recorded]:
    """All exchanges of a file, oldest first; `TrunklineError` with the line that is not one.
    `archive` reads those of another form from its text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise TrunklineError.usage(
            Code.FILE_MISSING, f"cannot read the recording: {reason}", Position(str(path), 1, 1)
        ) from None
    if archive is not None:
        try:
            return list(archive(text))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise TrunklineError.usage(
                Code.SYNTAX, "this is not an HTTP archive", Position(str(path), 1, 1)
            ) from None
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            found.append(Recorded(**json.loads(line)))
            to_bytes(found[-1].body)
        except (ValueError, TypeError, AttributeError):
            raise TrunklineError.usage(
                Code.SYNTAX,
                "this line is not a recorded exchange",
                Position(str(path), number, 1),
                hint="recordings are written by `trunkline serve SPEC --proxy URL --data FILE`",
            ) from None
    return found
