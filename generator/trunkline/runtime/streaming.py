"""Streams: server-sent events and JSON lines, decoded one by one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

import httpx2
from pydantic import TypeAdapter, ValidationError

from .decode import construct, load_json
from .errors import APIConnectionError, APIError, StreamError

if TYPE_CHECKING:
    from .operation import Operation

T = TypeVar("T")


class _Items(Generic[T]):
    """Turns events or lines into items; the end of the stream is `END`."""

    END = object()

    def __init__(self, operation: Operation[T], response: httpx2.Response) -> None:
        self.operation = operation
        self.response = response
        self.type: Any = next((t for t in operation.responses.values() if t is not None), Any)
        self.adapter: TypeAdapter[Any] = TypeAdapter(self.type)

    def of_event(self, event: httpx2.ServerSentEvent) -> Any:
        """The item of an event; None for one without data."""
        if self.operation.stream_end is not None and event.data == self.operation.stream_end:
            return self.END
        if self.operation.stream == "sse-event":
            fields = {"event": event.event, "data": event.data, "id": event.id}
            whole = {k: v for k, v in fields.items() if v} | {"data": event.data}
            if event.retry is not None:
                whole["retry"] = cast("Any", event.retry)
            return self._value(whole, event.data)
        if not event.data:
            return None
        if self.type is str:
            return event.data
        return self.of_text(event.data)

    def of_text(self, data: str) -> Any:
        """The item that one line or the data of one event holds."""
        try:
            return self.adapter.validate_json(data)
        except ValidationError:
            try:
                return construct(self.type, load_json(data))
            except ValueError:
                raise StreamError(
                    f"{self.operation.id}: the stream holds something that is not JSON",
                    response=self.response,
                    data=data,
                ) from None

    def _value(self, whole: dict[str, Any], data: str) -> Any:
        """An event, its data as text or as the JSON that the description says it is."""
        try:
            return self.adapter.validate_python(whole)
        except ValidationError:
            try:
                whole = {**whole, "data": load_json(data)}
            except ValueError:
                return construct(self.type, whole)
            try:
                return self.adapter.validate_python(whole)
            except ValidationError:
                return construct(self.type, whole)


class _Texts:
    """Cuts bytes at line feeds, or at record separators (RFC 7464), and at nothing else: JSON
    strings may hold every other line separator."""

    def __init__(self, stream: str) -> None:
        self._pending: list[bytes] = []
        self.end = b"\x1e" if stream == "json-seq" else b"\n"

    def feed(self, chunk: bytes) -> list[str]:
        """The texts that the chunk completes, empty ones and record separators left out."""
        if self.end not in chunk:
            self._pending.append(chunk)
            return []
        *whole, rest = b"".join((*self._pending, chunk)).split(self.end)
        self._pending = [rest]
        cleaned = (line.strip(b"\x1e \t\r\n") for line in whole)
        return [line.decode("utf-8", "replace") for line in cleaned if line]


class Stream(Generic[T]):
    """Items of type `T` as they arrive: iterate over it once.

    The connection is held until the stream has ended or is closed: use it in a `with` statement
    where you may stop early.
    """

    def __init__(self, operation: Operation[T], response: httpx2.Response) -> None:
        self.http_response = response
        self._items = _Items(operation, response)
        self._iterator = self._iterate()

    def __iter__(self) -> Iterator[T]:
        return self._iterator

    def __next__(self) -> T:
        return next(self._iterator)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop, and give the connection back."""
        self.http_response.close()

    def _iterate(self) -> Iterator[T]:
        items = self._items
        try:
            if items.operation.stream in ("jsonl", "json-seq"):
                texts = _Texts(items.operation.stream)
                for chunk in self.http_response.iter_bytes():
                    for line in texts.feed(chunk):
                        yield items.of_text(line)
                for line in texts.feed(texts.end):
                    yield items.of_text(line)
                return
            for event in httpx2.EventSource(self.http_response):
                item = items.of_event(event)
                if item is items.END:
                    return
                if item is not None:
                    yield item
        except httpx2.HTTPError as error:
            raise _broken(items, error) from error
        finally:
            self.close()


class AsyncStream(Generic[T]):
    """Items of type `T` as they arrive: iterate over it once, with `async for`.

    The connection is held until the stream has ended or is closed: use it in an `async with`
    statement where you may stop early.
    """

    def __init__(self, operation: Operation[T], response: httpx2.Response) -> None:
        self.http_response = response
        self._items = _Items(operation, response)
        self._iterator = self._iterate()

    def __aiter__(self) -> AsyncIterator[T]:
        return self._iterator

    async def __anext__(self) -> T:
        return await anext(self._iterator)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Stop, and give the connection back."""
        await self.http_response.aclose()

    async def _iterate(self) -> AsyncIterator[T]:
        items = self._items
        try:
            if items.operation.stream in ("jsonl", "json-seq"):
                texts = _Texts(items.operation.stream)
                async for chunk in self.http_response.aiter_bytes():
                    for line in texts.feed(chunk):
                        yield items.of_text(line)
                for line in texts.feed(texts.end):
                    yield items.of_text(line)
                return
            async for event in httpx2.EventSource(self.http_response):
                item = items.of_event(event)
                if item is items.END:
                    return
                if item is not None:
                    yield item
        except httpx2.HTTPError as error:
            raise _broken(items, error) from error
        finally:
            await self.close()


def _broken(items: _Items[Any], error: httpx2.HTTPError) -> APIError:
    said = str(error) or type(error).__name__
    if isinstance(error, httpx2.SSEError):
        return StreamError(f"{items.operation.id}: {said}", response=items.response, data="")
    return APIConnectionError(
        f"{items.operation.id}: the stream broke off: {said}", request=items.response.request
    )
