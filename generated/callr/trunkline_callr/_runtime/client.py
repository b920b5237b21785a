# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""The synchronous client."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar, cast

import httpx2

from .auth import TokenSource
from .base import MAX_REDIRECTS, BaseClient
from .errors import ConfigurationError
from .operation import Operation
from .options import RequestOptions, Timeout
from .paging import Page
from .request import Call, Prepared, same_site
from .response import APIResponse, StreamedResponse, switched
from .service import Credential, Service
from .streaming import Stream
from .unset import UNSET, Unset

P = ParamSpec("P")
if TYPE_CHECKING:
    from .rpc import RpcMethod

T = TypeVar("T")


class _Pool:
    """The HTTP client that a client and its copies share; made when it is first needed."""

    def __init__(
        self, client: httpx2.Client | None, transport: httpx2.BaseTransport | None
    ) -> None:
        self._client = client
        self._transport = transport
        self._owned = client is None
        self._closed = False
        self._lock = threading.Lock()

    @property
    def client(self) -> httpx2.Client:
        """The HTTP client; raises `ConfigurationError` after `close`."""
        if self._closed:
            raise ConfigurationError("the client is closed")
        if self._client is None:
            with self._lock:
                self._client = self._client or httpx2.Client(transport=self._transport)
        return self._client

    def close(self) -> None:
        """Close the connections, unless the HTTP client was brought by the caller."""
        self._closed = True
        if self._owned and self._client is not None:
            self._client.close()


class SyncClient(BaseClient):
    """The base of a service's client.

    `http_client` is used as it is, with its proxies, certificates, headers and hooks, and is not
    closed; `transport` is what a client of our own sends through. `strict` makes an answer that is
    not as described a `ResponseValidationError`; without it the answer is decoded as far as it
    fits (an empty one to None) and a warning is logged, once per operation. Close the client, or
    use it in a `with` statement.
    """

    def __init__(
        self,
        service: Service,
        *,
        credentials: Mapping[str, Credential],
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int = 2,
        headers: Mapping[str, str] | None = None,
        strict: bool = False,
        variables: Mapping[str, str | None] | None = None,
        http_client: httpx2.Client | None = None,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        """Set up the client; nothing is sent. Raises `ConfigurationError`."""
        super().__init__(
            service,
            credentials=credentials,
            base_url=base_url,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            strict=strict,
            variables=variables,
            injected=http_client,
        )
        self._pool = _Pool(http_client, transport)

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
        """Close the connections; copies made by `with_options` share them."""
        self._pool.close()

    def with_raw_response(self, method: Callable[P, T]) -> Callable[P, APIResponse[T]]:
        """A method of this client that returns the answer itself, its body read but not decoded."""
        return switched(method, "raw")

    def with_streaming_response(self, method: Callable[P, T]) -> Callable[P, StreamedResponse[T]]:
        """A method of this client that returns the answer itself, its body not read yet."""
        return switched(method, "stream")

    # --- what generated methods call

    def call(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        querystring: object = UNSET,
        body: object = UNSET,
        media_type: str | None = None,
        options: RequestOptions | None = None,
    ) -> T:
        """Make a call and decode its answer.

        Arguments are keyed by the names on the wire; those that are `UNSET` are not sent.
        """
        call = Call(
            operation, path, query, headers, cookies, querystring, body, media_type, options
        )
        prepared = self._prepare(call, self._pool.client)
        if self._mode != "value":
            return cast("T", self._unparsed(prepared, partial(self._parse, operation)))
        return cast("T", self._parse(operation, self._send(prepared)))

    def list(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        querystring: object = UNSET,
        body: object = UNSET,
        media_type: str | None = None,
        options: RequestOptions | None = None,
    ) -> Page[T]:
        """Make a call whose answer is a page of a list."""
        call = Call(
            operation, path, query, headers, cookies, querystring, body, media_type, options
        )
        prepared = self._prepare(call, self._pool.client)
        if self._mode != "value":
            return cast("Page[T]", self._unparsed(prepared, partial(self._page, call)))
        return self._page(call, self._send(prepared))

    def stream(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, object] | None = None,
        query: Mapping[str, object] | None = None,
        headers: Mapping[str, object] | None = None,
        cookies: Mapping[str, object] | None = None,
        querystring: object = UNSET,
        body: object = UNSET,
        media_type: str | None = None,
        options: RequestOptions | None = None,
    ) -> Stream[T]:
        """Make a call whose answer is a stream of events or lines."""
        call = Call(
            operation, path, query, headers, cookies, querystring, body, media_type, options
        )
        prepared = self._prepare(call, self._pool.client)
        if self._mode != "value":
            return cast("Stream[T]", self._unparsed(prepared, partial(Stream, operation)))
        return Stream(operation, self._send(prepared, stream=True))

    def rpc(
        self, method: RpcMethod[T], *params: object, options: RequestOptions | None = None
    ) -> T:
        """Call a JSON-RPC method with positional parameters; raises `RpcError`."""
        return self.call(method, body=method.message(params), options=options)

    # --- steps

    def _unparsed(self, prepared: Prepared, parse: Any) -> object:
        if self._mode == "stream":
            response = self._send(prepared, stream=True)
            return StreamedResponse(response, parse, self._request_id(response))
        response = self._send(prepared)
        return APIResponse(response, parse, self._request_id(response))

    def _page(
        self, call: Call, response: httpx2.Response, previous: Page[Any] | None = None
    ) -> Page[Any]:
        items, document = self._parse_page(call.operation, response)
        return Page(call, response, items, document, self._follow, previous)

    def _follow(self, call: Call, previous: Page[Any]) -> Page[Any]:
        """The page after `previous`."""
        return self._page(call, self._send(self._prepare(call, self._pool.client)), previous)

    def _send(self, prepared: Prepared, *, stream: bool = False) -> httpx2.Response:
        """Send as often as it takes; returns a success, with its body read unless `stream`."""
        refreshed = False
        attempt = 0
        while True:
            if prepared.token is not None:
                token = self._token(prepared.token, prepared.scopes)
                prepared.request.headers.setdefault("Authorization", f"Bearer {token}")
            try:
                response = self._send_once(prepared, attempt, stream=stream)
            except httpx2.HTTPError as error:
                wait: float | None = self._wait_after_failure(prepared, attempt, error)
            else:
                status = response.status_code
                if 200 <= status < 300:
                    return response
                if status == 401 and prepared.token is not None and not refreshed:
                    refreshed = prepared.replayable
                    prepared.token.forget(prepared.scopes)
                    if refreshed:
                        response.close()
                        prepared.request.headers.pop("authorization", None)
                        continue
                wait = self._wait_after_status(prepared, attempt, response)
                if wait is None:
                    try:
                        response.read()
                    except httpx2.HTTPError as error:
                        raise self._failure(error, prepared.request, attempt + 1) from error
                    finally:
                        response.close()
                    raise self._error(prepared.operation, response, attempt + 1)
                response.close()
            attempt += 1
            time.sleep(wait or 0.0)

    def _send_once(self, prepared: Prepared, attempt: int, *, stream: bool) -> httpx2.Response:
        """One attempt, redirects followed."""
        http = self._pool.client
        request = prepared.request
        self._log_request(request, attempt)
        response = http.send(request, stream=stream, follow_redirects=False)
        self._log_response(response)
        if response.next_request is None:
            return response
        home = True
        for _ in range(MAX_REDIRECTS):
            following = self._redirected(prepared, response)
            if following is None:
                return response
            response.close()
            home = home and same_site(request.url, following.url)
            self._log_request(following, attempt)
            if home:
                response = http.send(following, stream=stream, follow_redirects=False)
            else:
                response = http.send(following, stream=stream, follow_redirects=False, auth=None)
            self._log_response(response)
            if response.next_request is None:
                return response
        return response

    def _token(self, source: TokenSource, scopes: tuple[str, ...]) -> str:
        with source.lock:
            token = source.current(scopes)
            if token is None:
                headers, content = source.form(scopes)
                url = source.url(self._base_url)
                request = httpx2.Request(
                    "POST",
                    url,
                    headers=headers,
                    content=content,
                    extensions={"timeout": self._timeout.as_dict()},
                )
                try:
                    response = self._pool.client.send(request, follow_redirects=False, auth=None)
                except httpx2.HTTPError as error:
                    raise self._failure(error, request, 1) from error
                token = source.accept(scopes, response)
            return token


class SyncResource:
    """A group of operations, reached as an attribute of a client."""

    def __init__(self, client: SyncClient) -> None:
        self._client = client
