# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""The answer itself, beside the value it decodes to.

Every generated method has these two forms, without code of their own:

    response = client.with_raw_response(client.profiles.create)(name="x")
    response.headers["x-request-id"], response.parse().id    # an APIResponse[Profile]

    with client.with_streaming_response(client.recordings.download)(id) as response:
        response.save("recording.wav")

Both keep the method's parameters for type checkers and editors. Of an asynchronous method they are
awaited, or entered with `async with`.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Literal, Self, TypeVar, cast

import httpx2

from .errors import APIConnectionError
from .logs import bare_url

T = TypeVar("T")


class APIResponse(Generic[T]):
    """A success whose body has been read; `parse` decodes it."""

    def __init__(
        self,
        response: httpx2.Response,
        parse: Callable[[httpx2.Response], T],
        request_id: str | None,
    ) -> None:
        self.http_response = response
        self.request_id = request_id
        self._parse = parse

    def __repr__(self) -> str:
        return f"<APIResponse {self.status_code}>"

    @property
    def status_code(self) -> int:
        """The status."""
        return self.http_response.status_code

    @property
    def headers(self) -> httpx2.Headers:
        """The headers, compared without case."""
        return self.http_response.headers

    @property
    def content(self) -> bytes:
        """The body as it came."""
        return self.http_response.content

    @property
    def text(self) -> str:
        """The body as text."""
        return self.http_response.text

    def json(self) -> Any:
        """The body as plain JSON."""
        return self.http_response.json()

    def parse(self) -> T:
        """What the method itself would have returned; raises `ResponseValidationError`."""
        return self._parse(self.http_response)


class StreamedResponse(Generic[T]):
    """A success whose body has not been read yet. Use it in a `with` statement."""

    def __init__(
        self,
        response: httpx2.Response,
        parse: Callable[[httpx2.Response], T],
        request_id: str | None,
    ) -> None:
        self.http_response = response
        self.request_id = request_id
        self._parse = parse

    def __repr__(self) -> str:
        return f"<StreamedResponse {self.status_code}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def status_code(self) -> int:
        """The status."""
        return self.http_response.status_code

    @property
    def headers(self) -> httpx2.Headers:
        """The headers, compared without case."""
        return self.http_response.headers

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The body in pieces."""
        with _translated(self.http_response):
            yield from self.http_response.iter_bytes(chunk_size)

    def iter_lines(self) -> Iterator[str]:
        """The body line by line."""
        with _translated(self.http_response):
            yield from self.http_response.iter_lines()

    def read(self) -> bytes:
        """The whole body."""
        with _translated(self.http_response):
            return self.http_response.read()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the body to a file, piece by piece."""
        with Path(path).open("wb") as file:
            for chunk in self.iter_bytes():
                file.write(chunk)

    def parse(self) -> T:
        """Read the body, and return what the method itself would have returned."""
        self.read()
        return self._parse(self.http_response)

    def close(self) -> None:
        """Give the connection back."""
        self.http_response.close()


class AsyncStreamedResponse(Generic[T]):
    """A success whose body has not been read yet. Use it in an `async with` statement."""

    def __init__(
        self,
        response: httpx2.Response,
        parse: Callable[[httpx2.Response], T],
        request_id: str | None,
    ) -> None:
        self.http_response = response
        self.request_id = request_id
        self._parse = parse

    def __repr__(self) -> str:
        return f"<AsyncStreamedResponse {self.status_code}>"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def status_code(self) -> int:
        """The status."""
        return self.http_response.status_code

    @property
    def headers(self) -> httpx2.Headers:
        """The headers, compared without case."""
        return self.http_response.headers

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """The body in pieces."""
        with _translated(self.http_response):
            async for chunk in self.http_response.aiter_bytes(chunk_size):
                yield chunk

    async def iter_lines(self) -> AsyncIterator[str]:
        """The body line by line."""
        with _translated(self.http_response):
            async for line in self.http_response.aiter_lines():
                yield line

    async def read(self) -> bytes:
        """The whole body."""
        with _translated(self.http_response):
            return await self.http_response.aread()

    async def save(self, path: str | os.PathLike[str]) -> None:
        """Write the body to a file, piece by piece."""
        with Path(path).open("wb") as file:
            async for chunk in self.iter_bytes():
                file.write(chunk)

    async def parse(self) -> T:
        """Read the body, and return what the method itself would have returned."""
        await self.read()
        return self._parse(self.http_response)

    async def close(self) -> None:
        """Give the connection back."""
        await self.http_response.aclose()


@contextmanager
def _translated(response: httpx2.Response) -> Generator[None, None, None]:
    """Errors of reading the body as errors of this package."""
    try:
        yield
    except httpx2.HTTPError as error:
        said = str(error) or type(error).__name__
        message = f"{response.request.method} {bare_url(response.request.url)}: {said}"
        raise APIConnectionError(message, request=response.request) from error


class Opening(Generic[T]):
    """The call of an asynchronous method that is to be streamed: entered with `async with`."""

    def __init__(self, call: Awaitable[Any]) -> None:
        self._call = call
        self._response: AsyncStreamedResponse[T] | None = None

    def __await__(self) -> Generator[Any, None, AsyncStreamedResponse[T]]:
        return self._call.__await__()

    async def __aenter__(self) -> AsyncStreamedResponse[T]:
        self._response = await self
        return self._response

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._response is not None:
            await self._response.close()


def switched(method: Callable[..., Any], mode: Literal["raw", "stream"]) -> Callable[..., Any]:
    """The same method of a resource whose client hands out answers; raises TypeError for others."""
    bound = cast("Any", method)
    client = getattr(getattr(bound, "__self__", None), "_client", None)
    if client is None:
        raise TypeError("expected a method of a client's resource, such as client.things.create")
    resource = type(bound.__self__)(client._copy(mode=mode))
    return cast("Callable[..., Any]", getattr(resource, bound.__name__))
