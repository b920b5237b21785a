# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""Everything the package raises on purpose.

* APIError
  x ConfigurationError (also a ValueError)
    + MissingCredentialsError
    + ParameterError
  x APIConnectionError
    + APITimeoutError
  x APIStatusError
    + RedirectError                     3xx that is not followed
    + ClientError                       any other 4xx
      - BadRequestError                 400
      - AuthenticationError             401
      - PaymentRequiredError            402
      - PermissionDeniedError           403
      - NotFoundError                   404
      - MethodNotAllowedError           405
      - RequestTimeoutError             408
      - ConflictError                   409
      - GoneError                       410
      - PreconditionFailedError         412
      - ContentTooLargeError            413
      - UnsupportedMediaTypeError       415
      - UnprocessableEntityError        422
      - RateLimitError                  429
    + ServerError                       any other 5xx
      - InternalServerError             500
      - BadGatewayError                 502
      - ServiceUnavailableError         503
      - GatewayTimeoutError             504
  x ResponseValidationError             a success whose body is not what is described
  x PaginationError
  x StreamError
  x WebhookError
    + SignatureError
  x RpcError                            see `rpc`

No message holds a credential: addresses are printed without query values.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    import httpx2

_DROPPED: Final = frozenset(
    {"set-cookie", "content-encoding", "content-length", "transfer-encoding"}
)
"""Headers of an answer that a pickle does not keep: sessions, and what is said of bytes as sent."""
_MESSAGE_LIMIT: Final = 500
_MESSAGE_KEYS: Final = ("detail", "message", "title", "error_description", "description", "error")


class APIError(Exception):
    """The base of everything this package raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.args, _bare(self.__dict__))


def _bare(state: dict[str, Any]) -> dict[str, Any]:
    """What an exception holds, without what was sent to prove who the caller is: pickles go to
    other processes, caches and reports."""
    request, response = state.get("request"), state.get("response")
    if request is None:
        return state
    import httpx2

    from .logs import bare_url

    bare = httpx2.Request(request.method, bare_url(request.url))
    kept: dict[str, Any] = {**state, "request": bare}
    if response is not None:
        headers = [(k, v) for k, v in response.headers.multi_items() if k.lower() not in _DROPPED]
        content = response.content if response.is_closed else b""
        kept["response"] = httpx2.Response(
            response.status_code, headers=headers, content=content, request=bare
        )
        kept["headers"] = kept["response"].headers
    return kept


def _rebuilt(cls: type[APIError], args: tuple[Any, ...], state: dict[str, Any]) -> APIError:
    """An exception from its pickled parts."""
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class ConfigurationError(APIError, ValueError):
    """The client or an argument is not usable; nothing was sent."""


class MissingCredentialsError(ConfigurationError):
    """The operation needs credentials that were given neither as arguments nor in variables."""


class ParameterError(ConfigurationError):
    """A value that cannot be sent as the parameter it is meant for."""


class APIConnectionError(APIError):
    """No answer: the connection failed, or broke off. The cause is `__cause__`."""

    def __init__(self, message: str, *, request: httpx2.Request, attempts: int = 1) -> None:
        super().__init__(message)
        self.request = request
        self.attempts = attempts


class APITimeoutError(APIConnectionError):
    """No answer in time."""


class APIStatusError(APIError):
    """An answer that is not a success.

    `body` is what the description says the error body is (a model), else its JSON value, else its
    text; None when it is empty.
    """

    def __init__(
        self,
        message: str,
        *,
        response: httpx2.Response,
        body: Any,
        request_id: str | None = None,
        attempts: int = 1,
    ) -> None:
        super().__init__(message)
        self.response = response
        self.request = response.request
        self.status_code = response.status_code
        self.headers = response.headers
        self.body: Any = body
        self.request_id = request_id
        self.attempts = attempts

    @property
    def retry_after(self) -> float | None:
        """The seconds to wait that the answer asks for, None where it does not."""
        from .retry import retry_after

        return retry_after(self.headers)


class RedirectError(APIStatusError):
    """A redirect that is not followed: it leads nowhere, goes on for ever, or would lose a body."""


class ClientError(APIStatusError):
    """Any 4xx."""


class BadRequestError(ClientError):
    """400: the request is not understood."""


class AuthenticationError(ClientError):
    """401: the credentials are missing or wrong."""


class PaymentRequiredError(ClientError):
    """402: the account has to pay first."""


class PermissionDeniedError(ClientError):
    """403: the credentials do not allow this."""


class NotFoundError(ClientError):
    """404: there is no such thing."""


class MethodNotAllowedError(ClientError):
    """405: the address does not take this method."""


class RequestTimeoutError(ClientError):
    """408: the server waited too long for the request."""


class ConflictError(ClientError):
    """409: the state of the thing does not allow this."""


class GoneError(ClientError):
    """410: the thing was there once."""


class PreconditionFailedError(ClientError):
    """412: the thing has changed since it was read."""


class ContentTooLargeError(ClientError):
    """413: the body is too large."""


class UnsupportedMediaTypeError(ClientError):
    """415: the body is of a type that the server does not take."""


class UnprocessableEntityError(ClientError):
    """422: the request is understood and its values are not accepted."""


class RateLimitError(ClientError):
    """429: too many requests."""


class ServerError(APIStatusError):
    """Any 5xx."""


class InternalServerError(ServerError):
    """500: the server failed."""


class BadGatewayError(ServerError):
    """502: a server behind the server failed."""


class ServiceUnavailableError(ServerError):
    """503: the server does not take requests now."""


class GatewayTimeoutError(ServerError):
    """504: a server behind the server did not answer in time."""


class ResponseValidationError(APIError):
    """A success whose body is not what the description promises.

    `response` has the body as it came; `errors` lists `(place, what is wrong)`, without values.
    """

    def __init__(
        self,
        message: str,
        *,
        response: httpx2.Response,
        errors: Sequence[tuple[str, str]] = (),
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.response = response
        self.request = response.request
        self.status_code = response.status_code
        self.errors = tuple(errors)
        self.request_id = request_id


class PaginationError(APIError):
    """The server leads from a page to one already seen, or to another host."""

    def __init__(self, message: str, *, response: httpx2.Response) -> None:
        super().__init__(message)
        self.response = response


class StreamError(APIError):
    """A stream that holds something else than what the description promises."""

    def __init__(self, message: str, *, response: httpx2.Response, data: str) -> None:
        super().__init__(message)
        self.response = response
        self.data = data


class WebhookError(APIError):
    """A webhook request that is not usable."""


class SignatureError(WebhookError):
    """The signature is missing or wrong: the request may come from somebody else."""


_BY_STATUS: Final[dict[int, type[APIStatusError]]] = {
    400: BadRequestError,
    401: AuthenticationError,
    402: PaymentRequiredError,
    403: PermissionDeniedError,
    404: NotFoundError,
    405: MethodNotAllowedError,
    408: RequestTimeoutError,
    409: ConflictError,
    410: GoneError,
    412: PreconditionFailedError,
    413: ContentTooLargeError,
    415: UnsupportedMediaTypeError,
    422: UnprocessableEntityError,
    429: RateLimitError,
    500: InternalServerError,
    502: BadGatewayError,
    503: ServiceUnavailableError,
    504: GatewayTimeoutError,
}


def status_class(status: int) -> type[APIStatusError]:
    """The exception class for a status that is not a success."""
    found = _BY_STATUS.get(status)
    if found is not None:
        return found
    if 400 <= status < 500:
        return ClientError
    if 500 <= status < 600:
        return ServerError
    return RedirectError if 300 <= status < 400 else APIStatusError


def summary(value: object, depth: int = 8) -> str:
    """The sentence in an error body that a person would quote, or the empty string.

    Members deeper than `depth` are not looked at.
    """
    if isinstance(value, str):
        text = value.strip()
        return text if len(text) <= _MESSAGE_LIMIT else text[:_MESSAGE_LIMIT] + "…"
    if depth == 0:
        return ""
    if isinstance(value, list):
        items = cast("list[object]", value)
        return next((found for item in items[:5] if (found := summary(item, depth - 1))), "")
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        for key in (*_MESSAGE_KEYS, "errors"):
            if found := summary(members.get(key), depth - 1):
                return found
    return ""
