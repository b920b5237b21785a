# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Request bodies: JSON, forms, files, bytes and text."""

from __future__ import annotations

import enum
import os
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import httpx2
from pydantic import BaseModel

from .errors import ParameterError
from .guards import (
    fields_of,
    is_bytes,
    is_file,
    is_iterable,
    is_list,
    is_mapping,
    is_path,
    is_tuple,
)
from .jsontext import to_json
from .operation import PartEncoding, Style
from .parameters import encode_form, text
from .unset import UNSET

_CHUNK: Final = 65_536
_OCTETS: Final = "application/octet-stream"
_JSON_LINES: Final = frozenset(
    {"application/jsonl", "application/x-jsonl", "application/x-ndjson", "application/ndjson"}
)


class FileStream(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A file as a body: read in pieces, and from where it stood each time it is sent."""

    def __init__(self, file: IO[bytes] | os.PathLike[str]) -> None:
        self._file = file
        self._start = _position(file)
        self.replayable = isinstance(file, os.PathLike) or self._start is not None

    def __iter__(self) -> Iterator[bytes]:
        if isinstance(self._file, os.PathLike):
            with Path(self._file).open("rb") as opened:
                while chunk := opened.read(_CHUNK):
                    yield chunk
            return
        if self._start is not None:
            self._file.seek(self._start)
        while chunk := self._file.read(_CHUNK):
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def length(self) -> int | None:
        """How many bytes there are, None where that is not known before reading."""
        if isinstance(self._file, os.PathLike):
            return Path(self._file).stat().st_size
        if self._start is None:
            return None
        end = self._file.seek(0, os.SEEK_END)
        self._file.seek(self._start)
        return end - self._start


def _position(file: IO[bytes] | os.PathLike[str]) -> int | None:
    """Where a file stands, None for one that cannot go back there."""
    if isinstance(file, os.PathLike):
        return None
    try:
        return file.tell() if file.seekable() else None
    except (AttributeError, OSError):
        return None


class LazyFile:
    """The file at a path, opened when it is first read and closed at its end."""

    def __init__(self, path: os.PathLike[str]) -> None:
        self._path = Path(path)
        self._file: IO[bytes] | None = None
        if not self._path.is_file():
            raise ParameterError(f"there is no file {str(self._path)!r}")
        self.name = self._path.name

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = self._path.open("rb")
        return self._file

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes; closes the file at its end."""
        data = self._opened().read(size)
        if not data or size < 0:
            self.close()
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place in the file."""
        if whence == os.SEEK_END and self._file is None:
            return self._path.stat().st_size + offset
        if offset == 0 and whence == os.SEEK_SET and self._file is None:
            return 0
        return self._opened().seek(offset, whence)

    def tell(self) -> int:
        """The place in the file."""
        return 0 if self._file is None else self._file.tell()

    def close(self) -> None:
        """Close the file; reading opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Body(NamedTuple):
    """A request body, ready to send.

    One of `content`, `stream` and `files` is set, or none for an empty body.
    """

    content: bytes | None = None
    content_type: str | None = None
    stream: FileStream | None = None
    files: list[tuple[str, Any]] | None = None
    replayable: bool = True


def encode_body(
    value: object, media_type: str, encoding: Mapping[str, PartEncoding] | None
) -> Body:
    """A value as a body of the media type.

    Raises `ParameterError` for a value that the media type cannot carry.
    """
    essence = media_type.partition(";")[0].strip().lower()
    if essence == "application/x-www-form-urlencoded":
        return Body(_form(value, encoding), media_type)
    if essence in {"multipart/form-data", "multipart/*"}:
        return multipart(value, encoding)
    if essence.startswith("multipart/"):
        return _parts(value, media_type, encoding)
    if is_bytes(value):
        return Body(bytes(value), media_type)
    if essence == "application/json" or essence.endswith("+json") or essence == "*/*":
        return Body(to_json(value), "application/json" if essence == "*/*" else media_type)
    if essence in _JSON_LINES or essence.endswith("json-seq"):
        # RFC 7464: each text of a sequence begins with a record separator.
        before = b"\x1e" if essence.endswith("json-seq") else b""
        lines = value if is_iterable(value) else [value]
        return Body(b"".join(before + to_json(line) + b"\n" for line in lines), media_type)
    if isinstance(value, str):
        return Body(value.encode(), media_type)
    if is_path(value) or is_file(value):
        stream = FileStream(value)
        return Body(None, media_type, stream, replayable=stream.replayable)
    if "json" in essence:
        return Body(to_json(value), media_type)
    raise ParameterError(f"a {type(value).__name__} cannot be sent as {media_type}")


def _object(value: object) -> Mapping[str, object]:
    """The members of a form, those not given left out."""
    if isinstance(value, BaseModel):
        # Python values: files and bytes stay what they are.
        return value.model_dump(by_alias=True, exclude_unset=True, warnings=False)
    members = fields_of(value)
    if members is None and is_mapping(value):
        members = dict(value)
    if members is not None:
        return {str(k): v for k, v in members.items() if v is not UNSET}
    raise ParameterError(f"a {type(value).__name__} cannot be sent as a form")


def _form(value: object, encoding: Mapping[str, PartEncoding] | None) -> bytes:
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, bytes):
        return value
    styles: dict[str, Style] = {}
    for name, part in (encoding or {}).items():
        if part.style is not None:
            styles[name] = part.style
        elif part.content_type is not None:
            styles[name] = Style("form", media_type=part.content_type)
    return encode_form(_object(value), styles).encode()


def multipart(value: object, encoding: Mapping[str, PartEncoding] | None) -> Body:
    """A `multipart/form-data` body: files as files, objects as JSON, lists as repeated parts."""
    files: list[tuple[str, Any]] = []
    replayable = True
    for name, member in _object(value).items():
        part = (encoding or {}).get(name)
        members: list[object] = list(member) if is_list(member) else [member]
        if part is not None and part.content_type is not None and "json" in part.content_type:
            members = [member]
        for item in members:
            if item is UNSET:
                continue
            entry, again = _part(name, item, part)
            files.append((name, entry))
            replayable = replayable and again
    return Body(files=files, replayable=replayable)


def _parts(value: object, media_type: str, encoding: Mapping[str, PartEncoding] | None) -> Body:
    """A body of several parts that is not a form (`multipart/related`, `multipart/mixed`): the
    items of a list, or the members of an object in order, each with its media type."""
    if is_iterable(value):
        named: list[tuple[str, object]] = [("", item) for item in value]
    else:
        named = list(_object(value).items())
    boundary = uuid.uuid4().hex
    pieces: list[bytes] = []
    for name, member in named:
        if member is UNSET:
            continue
        (_, content, content_type, headers), _ = _part(name, member, (encoding or {}).get(name))
        if content_type is None:
            content_type = "text/plain; charset=utf-8" if isinstance(content, str) else _OCTETS
        data = content.encode() if isinstance(content, str) else content
        data = data if isinstance(data, bytes) else data.read()
        head = "".join(f"{key}: {text}\r\n" for key, text in headers.items())
        start = f"--{boundary}\r\nContent-Type: {content_type}\r\n{head}\r\n"
        pieces += [start.encode(), data, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode())
    return Body(b"".join(pieces), f"{media_type}; boundary={boundary}")


def _part(name: str, value: object, part: PartEncoding | None) -> tuple[tuple[Any, ...], bool]:
    """One part as httpx2 takes it, and whether it can be sent twice."""
    content_type = None if part is None else part.content_type
    if content_type is not None and ("," in content_type or "*" in content_type):
        content_type = None  # a choice, not a type
    headers = dict(part.headers) if part is not None else {}
    filename: str | None = None
    if is_tuple(value):
        filename, value, *rest = value
        content_type = next((given for given in rest if given is not None), content_type)
    content: Any
    replayable = True
    if is_bytes(value):
        content, filename = bytes(value), filename or name
    elif is_path(value):
        content = LazyFile(value)
        filename = filename or content.name
    elif is_file(value):
        content = value
        own = getattr(value, "name", None)
        filename = filename or (Path(own).name if isinstance(own, str) else name)
        replayable = _position(content) is not None
    elif isinstance(value, str):
        content = str(value.value) if isinstance(value, enum.Enum) else value
    elif content_type is not None and "json" in content_type:
        content = to_json(value)
    elif (
        isinstance(value, BaseModel)
        or is_mapping(value)
        or is_list(value)
        or fields_of(value) is not None
    ):
        content, content_type = to_json(value), content_type or "application/json"
    else:
        content = text(value)
    return (filename, content, content_type, headers), replayable
