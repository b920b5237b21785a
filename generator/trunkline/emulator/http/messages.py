"""What travels: the request as received, the response as sent, and errors found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from trunkline.ir import Json

RawHeaders = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Account:
    """One tenant: objects of one are invisible to the others.

    `token` serves every kind of credential: bearer token, API key, and the password (or the user
    name without a password) of Basic.
    """

    name: str
    token: str


ACCOUNTS = (
    Account("account-1", "trunkline-token-1"),
    Account("account-2", "trunkline-token-2"),
)


@dataclass(slots=True)
class HttpRequest:
    """One request, body complete. `raw_path` and `query` are still percent-encoded; header names
    are in lower case."""

    method: str
    raw_path: bytes
    query: bytes
    headers: RawHeaders
    body: bytes = b""
    _known: dict[bytes, bytes] | None = field(default=None, init=False, repr=False, compare=False)

    def header(self, name: bytes) -> bytes | None:
        """The first header of that (lower-case) name."""
        known = self._known
        if known is None:
            known = self._known = dict(reversed(self.headers))
        return known.get(name)

    def change_headers(self, headers: RawHeaders) -> None:
        """Have other headers from now on."""
        self.headers = headers
        self._known = None


@dataclass(frozen=True, slots=True)
class ValidationError:
    """One thing wrong with a request.

    `pointer` is a JSON pointer into the body, `parameter` the name of a parameter at `location`.
    `keyword` says which rule was broken, in JSON Schema's words where it has one.
    """

    detail: str
    keyword: str
    pointer: str | None = None
    parameter: str | None = None
    location: str | None = None


@dataclass(slots=True)
class HttpResponse:
    """A response before it is sent. `document` is the JSON value `body` was made from, if any."""

    status: int
    body: bytes = b""
    media_type: bytes | None = b"application/json"
    headers: RawHeaders = field(default_factory=list)
    document: Json = None
    reason: str = ""
    """Why a request was refused, for whoever runs the server."""


class HttpError(Exception):  # control flow towards an error response, not a failure
    """The request is refused. `preferred` are statuses in the order of preference: the first that
    the operation documents is used, else the first."""

    def __init__(
        self,
        preferred: tuple[int, ...],
        *problems: ValidationError,
        headers: RawHeaders | None = None,
    ) -> None:
        super().__init__(preferred, problems)
        self.preferred = preferred
        self.problems = problems
        self.headers = headers or []


def refuse(status: int, detail: str, keyword: str = "") -> NoReturn:
    """Raise `HttpError` with exactly this status."""
    raise HttpError((status,), ValidationError(detail, keyword))
