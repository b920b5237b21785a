"""What the synchronous and the asynchronous client share: all but waiting and sending."""

from __future__ import annotations

import copy
import logging
import os
import platform
import uuid
from collections.abc import Mapping, Sequence
from types import GenericAlias
from typing import Any, Final, Literal, NamedTuple, Self, TypeVar
from urllib.parse import quote

import httpx2
from pydantic import TypeAdapter, ValidationError

from . import errors as err
from .auth import Applied, Credentials, TokenSource
from .decode import Decoder, problems, walk
from .encode import Body, encode_body
from .guards import is_mapping
from .logs import bare_url, hide_query, redacted_headers
from .operation import Operation
from .options import RequestOptions, Timeout
from .parameters import encode_cookies, encode_path, encode_query, header_text
from .service import Credential, Service
from .unset import UNSET, Unset

T = TypeVar("T")

DEFAULT_TIMEOUT: Final = httpx2.Timeout(60.0, connect=5.0)
MAX_REDIRECTS: Final = 10

_NO_OPTIONS: Final[RequestOptions] = {}
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class Call(NamedTuple):
    """The arguments of one call, as they came from the method."""

    operation: Operation[Any]
    path: Mapping[str, object] | None = None
    query: Mapping[str, object] | None = None
    headers: Mapping[str, object] | None = None
    cookies: Mapping[str, object] | None = None
    body: object = UNSET
    media_type: str | None = None
    options: RequestOptions | None = None
    url: str | None = None
    """The whole address, where an answer gave it; `path` and `query` do not count then."""


class Prepared(NamedTuple):
    """A request ready to be sent, as often as `attempts` says."""

    request: httpx2.Request
    operation: Operation[Any]
    attempts: int
    idempotent: bool
    token: TokenSource | None = None
    scopes: tuple[str, ...] = ()
    added: frozenset[str] = frozenset()
    replayable: bool = True


class BaseClient:
    """State and pure steps of a client; see `SyncClient` and `AsyncClient`."""

    def __init__(
        self,
        service: Service,
        *,
        credentials: Mapping[str, Credential],
        base_url: str | None,
        timeout: Timeout | Unset,
        max_retries: int,
        headers: Mapping[str, str] | None,
        strict: bool,
        variables: Mapping[str, str | None] | None,
        injected: httpx2.Client | httpx2.AsyncClient | None,
    ) -> None:
        self._service = service
        self._credentials = Credentials(service, credentials)
        given = base_url or (os.environ.get(service.base_url_env or "") or None)
        self._base_given = given is not None
        self._base_url = _checked_base(given or _expand(service, variables))
        self._timeout = DEFAULT_TIMEOUT if timeout is UNSET else httpx2.Timeout(timeout)
        if timeout is UNSET and injected is not None:
            self._timeout = injected.timeout
        self._max_retries = _checked_retries(max_retries)
        self._headers = dict(headers or {})
        self._strict = strict
        self._mode: Literal["value", "raw", "stream"] = "value"
        self._foreign_auth = injected is not None and injected.auth is not None
        self._log = logging.getLogger(service.package)
        self._user_agent = f"{service.package}/{service.version} python/{platform.python_version()}"
        if self._credentials.secret_query:
            hide_query(self._credentials.secret_query)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._base_url}>"

    @property
    def base_url(self) -> str:
        """The address that paths are added to, without a slash at its end."""
        return self._base_url

    def _copy(
        self,
        *,
        credentials: Mapping[str, Credential] | None = None,
        base_url: str | None = None,
        timeout: Timeout | Unset = UNSET,
        max_retries: int | None = None,
        headers: Mapping[str, str] | None = None,
        strict: bool | None = None,
        mode: Literal["value", "raw", "stream"] | None = None,
    ) -> Self:
        """A client with other settings that shares the connections; None keeps a setting."""
        other = copy.copy(self)
        for name in [n for n in other.__dict__ if not n.startswith("_")]:
            del other.__dict__[name]  # resources, which know the client they came from
        if credentials is not None:
            other._credentials = Credentials(self._service, credentials, self._credentials)
        if base_url is not None:
            other._base_url, other._base_given = _checked_base(base_url), True
        if timeout is not UNSET:
            other._timeout = httpx2.Timeout(timeout)
        if max_retries is not None:
            other._max_retries = _checked_retries(max_retries)
        if headers is not None:
            other._headers = {**self._headers, **headers}
        if strict is not None:
            other._strict = strict
        if mode is not None:
            other._mode = mode
        return other

    # --- requests

    def _prepare(self, call: Call, http: httpx2.Client | httpx2.AsyncClient) -> Prepared:
        """Build the request; raises `ConfigurationError`, `ParameterError` and their kin."""
        operation = call.operation
        options = _NO_OPTIONS if call.options is None else call.options
        headers = self._request_headers(call, options, http)
        overrides = options.get("headers") or {}
        for name, override in overrides.items():
            if override is not None:
                headers[name] = header_text(override, None)
        added = _NOTHING
        if operation.security:
            added = self._credentials.choose(
                operation.security, headers, foreign=self._foreign_auth
            )
            for name, value in added.headers:
                headers.setdefault(name, value)
        if call.cookies is not None or added.cookies:
            cookies = encode_cookies(call.cookies or {}, operation.cookie_styles)
            headers["Cookie"] = "; ".join(c for c in (cookies, added.cookies) if c)
        for name, override in overrides.items():
            if override is None:
                headers.pop(name, None)
        idempotent = operation.idempotent
        if operation.idempotency_header is not None:
            key = options.get("idempotency_key") or str(uuid.uuid4())
            headers.setdefault(operation.idempotency_header, key)
            idempotent = True
        url = self._url(call, options, added, http)
        timeout = httpx2.Timeout(options["timeout"]) if "timeout" in options else self._timeout
        body = self._body(call, options)
        request = _build(operation.method, url, headers, body, timeout, http)
        retries = _checked_retries(options.get("max_retries", self._max_retries))
        return Prepared(
            request,
            operation,
            1 + retries if body.replayable else 1,
            idempotent,
            added.token,
            added.scopes,
            frozenset(name.lower() for name, _ in added.headers),
            body.replayable,
        )

    def _request_headers(
        self, call: Call, options: RequestOptions, http: httpx2.Client | httpx2.AsyncClient
    ) -> httpx2.Headers:
        headers = httpx2.Headers(http.headers)
        if headers.get("accept") == "*/*":
            headers["Accept"] = call.operation.accept
        if headers.get("user-agent", "").startswith("python-httpx2/"):
            headers["User-Agent"] = self._user_agent
        for name, default in self._headers.items():
            headers[name] = default
        if call.headers is not None:
            styles = call.operation.header_styles
            for name, value in call.headers.items():
                if value is not UNSET and value is not None:
                    headers[name] = header_text(value, None if styles is None else styles.get(name))
        return headers

    def _url(
        self,
        call: Call,
        options: RequestOptions,
        added: Applied,
        http: httpx2.Client | httpx2.AsyncClient,
    ) -> str:
        operation = call.operation
        if call.url is not None:
            if not added.query or added.query in call.url:
                return call.url
            return f"{call.url}{'&' if '?' in call.url else '?'}{added.query}"
        base = self._base_url
        if operation.server is not None and not self._base_given:
            base = operation.server.rstrip("/")
        if "base_url" in options:
            base = _checked_base(options["base_url"])
        pieces = operation.pieces
        path = pieces[0]
        if len(pieces) > 1:
            values = call.path or {}
            styles = operation.path_styles or {}
            parts = [path]
            for index in range(1, len(pieces), 2):
                name = pieces[index]
                parts.append(encode_path(name, values.get(name, UNSET), styles.get(name)))
                parts.append(pieces[index + 1])
            path = "".join(parts)
            if any(segment in {".", ".."} for segment in path.split("/")):
                raise err.ParameterError(f"the path {path!r} would lead elsewhere")
        query = "" if call.query is None else encode_query(call.query, operation.query_styles)
        if call.options and "query" in options:
            query = "&".join(q for q in (query, encode_query(options["query"], None)) if q)
        if http.params:
            query = "&".join(q for q in (str(http.params), query) if q)
        if added.query:
            query = f"{query}&{added.query}" if query else added.query
        if not query:
            return base + path
        return f"{base}{path}{'&' if '?' in path else '?'}{query}"

    def _body(self, call: Call, options: RequestOptions) -> Body:
        value = call.body
        extra = options.get("body")
        if extra:
            if value is UNSET:
                value = extra
            elif is_mapping(value):
                value = {**value, **extra}
            else:
                raise err.ParameterError("options['body'] adds members to an object only")
        media_type = call.media_type or call.operation.body
        if value is UNSET or media_type is None:
            return Body()
        return encode_body(value, media_type, call.operation.encoding)

    # --- answers

    def _request_id(self, response: httpx2.Response) -> str | None:
        for name in self._service.request_id_headers:
            found = response.headers.get(name)
            if found is not None:
                return found
        return None

    def _redirected(self, prepared: Prepared, response: httpx2.Response) -> httpx2.Request | None:
        """The request that a redirect asks for; None when it is not followed.

        A redirect that would turn a request with a body into another one is not followed; a
        request to another host loses every credential.
        """
        following = response.next_request
        request = response.request
        if following is None or (
            following.method != request.method
            and response.status_code != 303
            and request.method != "HEAD"
        ):
            return None
        if following.method == request.method and not prepared.replayable:
            return None
        if not same_site(request.url, following.url):
            for name in prepared.added | self._credentials.secret_headers:
                following.headers.pop(name, None)
            for name in self._headers:
                following.headers.pop(name, None)
        return following

    def _decoder(self, operation: Operation[Any], status: int, *, items: bool) -> Decoder | None:
        """What decodes a success with this status; None for a body that is not described."""
        key = (status, items)
        if key in operation.decoders:
            found: Decoder | None = operation.decoders[key]
            return found
        type_ = _for_status(operation.responses, status)
        if type_ is UNSET and operation.responses:
            type_ = next((t for t in operation.responses.values() if t is not None), None)
        decoder = None
        if type_ is not None and type_ is not UNSET:
            wanted = GenericAlias(list, (type_,)) | None if items else type_
            decoder = Decoder(wanted, operation.payload)
        operation.decoders[key] = decoder
        return decoder

    def _parse(self, operation: Operation[Any], response: httpx2.Response) -> Any:
        """The value of a success; raises `ResponseValidationError`."""
        decoder = self._decoder(operation, response.status_code, items=False)
        if decoder is None:
            return None
        content = response.content
        type_ = decoder.type_
        if type_ is bytes:
            return content
        if type_ is str and not _is_json(response):
            return response.text
        if not content:
            self._empty(operation, response)
            return None
        try:
            value = decoder(content)
        except ValidationError as error:
            return self._misfit(operation, response, decoder, error)[0]
        if value is None:
            self._raise_failure(operation, response)
        return value

    @staticmethod
    def _raise_failure(operation: Operation[Any], response: httpx2.Response) -> None:
        failure = operation.failure(response)
        if failure is not None:
            raise failure from None

    def _parse_page(
        self, operation: Operation[Any], response: httpx2.Response
    ) -> tuple[list[Any], Any]:
        """The items of a page, and the body they came in."""
        decoder = self._decoder(operation, response.status_code, items=True)
        if decoder is None or not response.content:
            self._empty(operation, response)
            return [], None
        try:
            document = decoder.document(response.content)
            items = document if not decoder.payload else walk(document, decoder.payload)
        except ValidationError as error:
            items, document = self._misfit(operation, response, decoder, error)
        return ([] if items is None else items), document

    def _empty(self, operation: Operation[Any], response: httpx2.Response) -> None:
        message = f"{operation.id}: {response.status_code} with an empty body"
        if self._strict:
            raise err.ResponseValidationError(
                message, response=response, request_id=self._request_id(response)
            )
        if response.status_code not in {204, 205}:
            self._log.warning("%s", message)

    def _misfit(
        self,
        operation: Operation[Any],
        response: httpx2.Response,
        decoder: Decoder,
        error: ValidationError,
    ) -> tuple[Any, Any]:
        """The value as far as it fits; raises where that is not allowed, or not possible."""
        self._raise_failure(operation, response)
        found = problems(error)
        listed = "; ".join(f"{place}: {what}" for place, what in found[:5])
        message = (
            f"{operation.id}: the answer ({response.status_code}) is not as described: {listed}"
        )
        if not self._strict:
            try:
                lenient = decoder.lenient(response.content)
            except ValueError:
                pass
            else:
                self._log.warning("%s", message)
                return lenient
        raise err.ResponseValidationError(
            message, response=response, errors=found, request_id=self._request_id(response)
        ) from None

    def _error(
        self, operation: Operation[Any], response: httpx2.Response, attempts: int
    ) -> err.APIStatusError:
        """The exception for an answer that is not a success; the body has been read."""
        document: Any = None
        body: Any = None
        content = response.content
        if content:
            try:
                document = body = response.json()
            except ValueError:
                document = body = response.text
            type_ = _for_status(operation.errors, response.status_code)
            if type_ is not UNSET and type_ is not None and document is not None:
                try:
                    body = TypeAdapter(type_).validate_json(content)
                except ValueError:
                    body = document
        said = err.summary(document) if _is_json(response) else ""
        request = response.request
        message = f"{response.status_code} {response.reason_phrase}".strip()
        message += f" from {request.method} {bare_url(request.url)}"
        request_id = self._request_id(response)
        if said:
            message += f": {said}"
        if request_id is not None:
            message += f" (request {request_id})"
        return err.status_class(response.status_code)(
            message, response=response, body=body, request_id=request_id, attempts=attempts
        )

    def _failure(
        self, error: Exception, request: httpx2.Request, attempts: int
    ) -> err.APIConnectionError:
        """The exception for a request that got no answer."""
        target = f"{request.method} {bare_url(request.url)}"
        tried = "" if attempts == 1 else f" after {attempts} attempts"
        if isinstance(error, httpx2.TimeoutException):
            phases: dict[type[Exception], str] = {
                httpx2.ConnectTimeout: "connecting",
                httpx2.ReadTimeout: "waiting for the answer",
                httpx2.WriteTimeout: "sending",
                httpx2.PoolTimeout: "waiting for a free connection",
            }
            phase = phases.get(type(error), "waiting")
            return err.APITimeoutError(
                f"{target}: timed out while {phase}{tried}", request=request, attempts=attempts
            )
        said = str(error) or type(error).__name__
        return err.APIConnectionError(
            f"{target}: {said}{tried}", request=request, attempts=attempts
        )

    # --- debug log

    def _log_request(self, request: httpx2.Request, attempt: int) -> None:
        if self._log.isEnabledFor(logging.DEBUG):
            self._log.debug(
                "request %s %s attempt=%d headers=%s",
                request.method,
                bare_url(request.url),
                attempt + 1,
                redacted_headers(request.headers, self._credentials.secret_headers),
            )

    def _log_response(self, response: httpx2.Response) -> None:
        if self._log.isEnabledFor(logging.DEBUG):
            self._log.debug(
                "response %d %s %s headers=%s",
                response.status_code,
                response.request.method,
                bare_url(response.request.url),
                redacted_headers(response.headers, self._credentials.secret_headers),
            )


_NOTHING: Final = Applied()


def _build(
    method: str,
    url: str,
    headers: httpx2.Headers,
    body: Body,
    timeout: httpx2.Timeout,
    http: httpx2.Client | httpx2.AsyncClient,
) -> httpx2.Request:
    if body.content_type is not None:
        headers.setdefault("Content-Type", body.content_type)
    elif body.files is not None:
        headers.pop("content-type", None)
    files: Sequence[Any] | None = body.files or None
    try:
        request = httpx2.Request(
            method,
            url,
            headers=headers,
            content=body.content,
            files=files,
            cookies=http.cookies or None,
            extensions={"timeout": timeout.as_dict()},
        )
    except httpx2.InvalidURL as error:
        raise err.ConfigurationError(f"not a usable address: {error}") from error
    if body.stream is not None:
        length = body.stream.length()
        request.headers.pop("content-length", None)
        if length is None:
            request.headers["Transfer-Encoding"] = "chunked"
        else:
            request.headers["Content-Length"] = str(length)
        request.stream = body.stream
    return request


def _for_status(table: Mapping[str, Any] | None, status: int) -> Any:
    """The entry for a status: exact, by range, or `default`; `UNSET` where there is none."""
    if table is None:
        return UNSET
    for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
        if key in table:
            return table[key]
    return UNSET


def _is_json(response: httpx2.Response) -> bool:
    essence = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return essence.endswith(("/json", "+json")) or "json" in essence


def same_site(a: httpx2.URL, b: httpx2.URL) -> bool:
    """Whether credentials for `a` may go to `b`: the same origin, or its upgrade to https."""
    port_a = a.port or _DEFAULT_PORTS.get(a.scheme)
    port_b = b.port or _DEFAULT_PORTS.get(b.scheme)
    if a.host != b.host:
        return False
    upgrade = (a.scheme, port_a, b.scheme, port_b) == ("http", 80, "https", 443)
    return upgrade or (a.scheme == b.scheme and port_a == port_b)


def _checked_base(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise err.ConfigurationError(f"the base URL must start with https:// or http://: {url!r}")
    return url.rstrip("/")


def _checked_retries(count: int) -> int:
    if count < 0:
        raise err.ConfigurationError(f"max_retries must be 0 or more, not {count}")
    return count


def _expand(service: Service, given: Mapping[str, str | None] | None) -> str:
    url = service.base_url
    values = {**service.variables, **{k: v for k, v in (given or {}).items() if v is not None}}
    for name, value in values.items():
        # A variable may stand for a host, a port or a path: `/` stays, the rest is encoded.
        url = url.replace("{" + name + "}", quote(value, safe="/:."))
    return url
