"""From the arguments of a method to a request that is ready to be sent."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import httpx2

from .auth import Applied, Credentials, TokenSource
from .encode import Body, encode_body
from .errors import ConfigurationError, ParameterError
from .guards import is_mapping
from .operation import Operation
from .options import RequestOptions
from .parameters import encode_cookies, encode_path, encode_query, encode_querystring, header_text
from .unset import UNSET

_NO_OPTIONS: Final[RequestOptions] = {}
_NOTHING: Final = Applied()
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


class Call(NamedTuple):
    """The arguments of one call, as they came from the method."""

    operation: Operation[Any]
    path: Mapping[str, object] | None = None
    query: Mapping[str, object] | None = None
    headers: Mapping[str, object] | None = None
    cookies: Mapping[str, object] | None = None
    querystring: object = UNSET
    """The whole query as one value, printed as the media type `operation.querystring`."""
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


class Requests:
    """The part of a client that builds requests."""

    _credentials: Credentials
    _base_url: str
    _base_given: bool
    _timeout: httpx2.Timeout
    _max_retries: int
    _headers: dict[str, str]
    _foreign_auth: bool
    _user_agent: str

    def _prepare(self, call: Call, http: httpx2.Client | httpx2.AsyncClient) -> Prepared:
        """Build the request; raises `ConfigurationError`, `ParameterError` and their kin."""
        operation = call.operation
        options = _NO_OPTIONS if call.options is None else _checked(call.options)
        headers = self._request_headers(call, http)
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
        elif "idempotency_key" in options:
            raise ParameterError(f"{operation.id} takes no idempotency key")
        url = self._url(call, options, added, http)
        timeout = httpx2.Timeout(options["timeout"]) if "timeout" in options else self._timeout
        body = self._body(call, options)
        request = _build(operation.method, url, headers, body, timeout, http)
        retries = checked_retries(options.get("max_retries", self._max_retries))
        return Prepared(
            request,
            operation,
            1 + retries if body.replayable else 1,
            idempotent,
            None if "authorization" in headers else added.token,
            added.scopes,
            frozenset(name.lower() for name, _ in added.headers),
            body.replayable,
        )

    def _request_headers(
        self, call: Call, http: httpx2.Client | httpx2.AsyncClient
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
            base = checked_base(options["base_url"])
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
                raise ParameterError(f"the path {path!r} would lead elsewhere")
        query = "" if call.query is None else encode_query(call.query, operation.query_styles)
        if call.querystring is not UNSET:
            whole = encode_querystring(call.querystring, operation.querystring)
            query = "&".join(q for q in (whole, query) if q)
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
                raise ParameterError("options['body'] adds members to an object only")
        media_type = call.media_type or call.operation.body
        if value is UNSET or media_type is None:
            return Body()
        if (
            call.operation.body_optional
            and is_mapping(value)
            and all(member is UNSET for member in value.values())
        ):
            return Body()
        return encode_body(value, media_type, call.operation.encoding)

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


def _checked(options: RequestOptions) -> RequestOptions:
    """The options; raises `ConfigurationError` for one that does not exist."""
    unknown = options.keys() - RequestOptions.__annotations__.keys()
    if unknown:
        from difflib import get_close_matches

        name = min(unknown)
        near = get_close_matches(name, RequestOptions.__annotations__, n=1)
        advice = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigurationError(f"there is no request option {name!r}{advice}")
    return options


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
        raise ConfigurationError(f"not a usable address: {error}") from error
    if body.stream is not None:
        length = body.stream.length()
        request.headers.pop("content-length", None)
        if length is None:
            request.headers["Transfer-Encoding"] = "chunked"
        else:
            request.headers["Content-Length"] = str(length)
        request.stream = body.stream
    return request


def same_site(a: httpx2.URL, b: httpx2.URL) -> bool:
    """Whether credentials for `a` may go to `b`: the same origin, or its upgrade to https."""
    port_a = a.port or _DEFAULT_PORTS.get(a.scheme)
    port_b = b.port or _DEFAULT_PORTS.get(b.scheme)
    if a.host != b.host:
        return False
    upgrade = (a.scheme, port_a, b.scheme, port_b) == ("http", 80, "https", 443)
    return upgrade or (a.scheme == b.scheme and port_a == port_b)


def checked_base(url: str) -> str:
    """A base URL without a slash at its end; raises `ConfigurationError`."""
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise ConfigurationError(f"not a usable base URL: {error}") from error
    if parsed.scheme not in _DEFAULT_PORTS or not parsed.host:
        raise ConfigurationError(f"the base URL must start with https:// or http://: {url!r}")
    if parsed.query or parsed.fragment:
        raise ConfigurationError("the base URL must not have a query or a fragment")
    return url.rstrip("/")


def checked_retries(count: int) -> int:
    """The count; raises `ConfigurationError` for one below 0."""
    if count < 0:
        raise ConfigurationError(f"max_retries must be 0 or more, not {count}")
    return count
