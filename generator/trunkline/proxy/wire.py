"""HTTP/1.1 as it is on the wire: heads read and written without a change, bodies piece by piece."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from trunkline.emulator.http.messages import RawHeaders

_HEAD: Final = 1024 * 1024
"""Bytes of the longest head."""
_PIECE: Final = 64 * 1024
_SIZE: Final = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;.*)?", re.DOTALL)
_NAME: Final = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class Malformed(Exception):  # noqa: N818  # answered, not a failure
    """What was read is not HTTP."""


class Cut(Exception):  # noqa: N818  # passed on, not a failure
    """A message ended before its end."""


class Ends(Enum):
    """How a body of no known length ends."""

    CHUNKED = "by its last chunk"
    CLOSE = "with its connection"


Framing: TypeAlias = int | Ends
"""How long a body is, or how it ends."""


class Reader(asyncio.StreamReader):
    """Tells that nothing will come any more before everything is read."""

    def __init__(self) -> None:
        super().__init__(limit=_HEAD)
        self.ended = asyncio.Event()

    def feed_eof(self) -> None:
        """Called by the transport."""
        super().feed_eof()
        self.ended.set()

    def set_exception(self, exc: BaseException) -> None:
        """Called by the transport."""
        super().set_exception(exc)  # type: ignore[arg-type]  # which is what it is given
        self.ended.set()


@dataclass(slots=True)
class Connection:
    """Both directions of one connection. `busy` while an exchange is going on."""

    reader: Reader
    writer: asyncio.StreamWriter
    busy: bool = False

    async def write(self, data: bytes) -> None:
        """Send, as fast as the other side reads."""
        self.writer.write(data)
        await self.writer.drain()


@dataclass(slots=True)
class Head:
    """The first line, in its three parts, and the headers as they are written."""

    start: tuple[bytes, bytes, bytes]
    headers: RawHeaders

    def values(self, name: bytes) -> list[bytes]:
        """The values of all headers of that (lower-case) name."""
        return [value for key, value in self.headers if key.lower() == name]

    def tokens(self, name: bytes) -> list[bytes]:
        """The words of a header that is a list of them, in lower case."""
        words = b",".join(self.values(name)).lower().split(b",")
        return [word.strip() for word in words if word.strip()]

    def wire(self) -> bytes:
        """As it is sent."""
        lines = [name + b": " + value for name, value in self.headers]
        return b"\r\n".join([b" ".join(self.start), *lines, b"", b""])

    def stays(self, version: bytes) -> bool:
        """Whether the connection is used again after this message."""
        words = self.tokens(b"connection")
        return b"keep-alive" in words if version == b"HTTP/1.0" else b"close" not in words


async def _line(reader: Reader) -> bytes:
    try:
        line = await reader.readline()
    except ValueError:
        raise Malformed("a line of it is longer than 1 MB") from None
    if not line.endswith(b"\n"):
        raise Cut
    return line


async def _head(reader: Reader, *, padded: bool) -> Head | None:
    lines: list[bytes] = []
    size = 0
    while True:
        try:
            line = await _line(reader)
        except Cut:
            if lines or reader.ended.is_set() is False:
                raise
            return None
        size += len(line)
        if size > _HEAD:
            raise Malformed("its head is longer than 1 MB")
        text = line.rstrip(b"\r\n")
        if text:
            lines.append(text)
        elif lines:
            break
    headers: RawHeaders = []
    for line in lines[1:]:
        if line[:1] in b" \t" and headers:  # folded, as it was allowed once
            headers[-1] = (headers[-1][0], headers[-1][1] + b" " + line.strip())
            continue
        name, colon, value = line.partition(b":")
        if padded:
            name = name.rstrip(b" \t")
        if not colon or not _NAME.fullmatch(name):
            raise Malformed(f"{_shown(line)} is no header")
        headers.append((name, value.strip(b" \t")))
    first = lines[0].split(b" ", 2)
    return Head((first[0], b"".join(first[1:2]), b"".join(first[2:3])), headers)


def _shown(line: bytes) -> str:
    return repr(line[:40].decode("latin-1"))


async def request_head(reader: Reader) -> Head | None:
    """The next request; None where none comes any more."""
    head = await _head(reader, padded=False)
    if head is not None and (not head.start[1] or not head.start[2].startswith(b"HTTP/1.")):
        raise Malformed(f"{_shown(b' '.join(head.start))} is no request of HTTP/1.1")
    return head


async def response_head(reader: Reader) -> Head | None:
    """The next response, which may be an interim one; None where none comes."""
    head = await _head(reader, padded=True)  # which is mended in responses alone
    if head is None:
        return None
    version, status, _ = head.start
    if not version.startswith(b"HTTP/1.") or not (len(status) == 3 and status.isdigit()):
        raise Malformed(f"what it says is not HTTP: {_shown(b' '.join(head.start))}")
    return head


def _length(head: Head) -> int | None:
    told = {v.strip() for value in head.values(b"content-length") for v in value.split(b",")}
    if not told:
        return None
    if len(told) > 1 or not (value := told.pop()).isdigit() or len(value) > 18:
        raise Malformed("its Content-Length is no length")
    return int(value)


def request_framing(head: Head) -> Framing:
    """What is the body of a request; `Malformed` where two readers could take it for two things."""
    codings = head.tokens(b"transfer-encoding")
    length = _length(head)
    if not codings:
        return length or 0
    if codings[-1] != b"chunked" or codings.count(b"chunked") > 1 or length is not None:
        raise Malformed("how long its body is cannot be told")
    return Ends.CHUNKED


def response_framing(head: Head, method: bytes) -> Framing:
    """What is the body of a response to a request of that method."""
    status = int(head.start[1])
    if method == b"HEAD" or status < 200 or status in (204, 304):
        return 0
    codings = head.tokens(b"transfer-encoding")
    if codings:
        return Ends.CHUNKED if codings[-1] == b"chunked" else Ends.CLOSE
    length = _length(head)
    return Ends.CLOSE if length is None else length


async def pieces(reader: Reader, framing: Framing) -> AsyncGenerator[tuple[bytes, bytes], None]:
    """A body as it comes: each piece as it is on the wire, and what of it is content. `Cut` where
    it ends too early."""
    match framing:
        case Ends.CLOSE:
            while piece := await reader.read(_PIECE):
                yield piece, piece
        case Ends.CHUNKED:
            async for pair in _chunks(reader):
                yield pair
        case length:
            async for piece in _counted(reader, length):
                yield piece, piece


async def _counted(reader: Reader, length: int) -> AsyncGenerator[bytes, None]:
    while length:
        piece = await reader.read(min(length, _PIECE))
        if not piece:
            raise Cut
        length -= len(piece)
        yield piece


async def _chunks(reader: Reader) -> AsyncGenerator[tuple[bytes, bytes], None]:
    while True:
        line = await _line(reader)
        found = _SIZE.fullmatch(line.rstrip(b"\r\n"))
        if found is None:
            raise Malformed(f"{_shown(line)} is no chunk's size")
        size = int(found[1], 16)
        if not size:
            break
        before = line
        async for piece in _counted(reader, size):
            yield before + piece, piece
            before = b""
        end = await _line(reader)
        if end.strip(b"\r\n"):
            raise Malformed("a chunk is longer than its size")
        yield end, b""
    ending = line
    while True:
        line = await _line(reader)
        ending += line
        if len(ending) > _HEAD:
            raise Malformed("its trailers are longer than 1 MB")
        if not line.strip(b"\r\n"):
            break
    yield ending, b""
