# Copied by Trunkline from its tested runtime; generating again replaces this file.
"""What the synchronous and the asynchronous client share: all but waiting and sending."""

from __future__ import annotations

import copy
import logging
import os
import platform
from collections.abc import Mapping
from typing import Final, Literal, Self
from urllib.parse import quote

import httpx2

from . import retry
from .answers import Answers
from .auth import Credentials
from .logs import bare_url, hide_query, redacted_headers
from .options import Timeout
from .request import Prepared, Requests, checked_base, checked_retries
from .service import Credential, Service
from .unset import UNSET, Unset

DEFAULT_TIMEOUT: Final = httpx2.Timeout(60.0, connect=5.0)
MAX_REDIRECTS: Final = 10


class BaseClient(Requests, Answers):
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
        self._base_url = checked_base(given or _expand(service, variables))
        self._timeout = DEFAULT_TIMEOUT if timeout is UNSET else httpx2.Timeout(timeout)
        if timeout is UNSET and injected is not None:
            self._timeout = injected.timeout
        self._max_retries = checked_retries(max_retries)
        self._headers = dict(headers or {})
        self._strict = strict
        self._mode: Literal["value", "raw", "stream"] = "value"
        self._foreign_auth = injected is not None and injected.auth is not None
        self._log = logging.getLogger(service.package)
        self._warned = set()
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
            other._base_url, other._base_given = checked_base(base_url), True
        if timeout is not UNSET:
            other._timeout = httpx2.Timeout(timeout)
        if max_retries is not None:
            other._max_retries = checked_retries(max_retries)
        if headers is not None:
            other._headers = {**self._headers, **headers}
        if strict is not None:
            other._strict = strict
        if mode is not None:
            other._mode = mode
        return other

    def _wait_after_failure(
        self, prepared: Prepared, attempt: int, error: httpx2.HTTPError
    ) -> float:
        """Seconds until the next attempt; raises where there is none."""
        last = attempt + 1 >= prepared.attempts
        if last or not retry.after_failure(error, idempotent=prepared.idempotent):
            raise self._failure(error, prepared.request, attempt + 1) from error
        return retry.delay(attempt, None) or 0.0

    def _wait_after_status(
        self, prepared: Prepared, attempt: int, response: httpx2.Response
    ) -> float | None:
        """Seconds until the next attempt; None where there is none."""
        last = attempt + 1 >= prepared.attempts
        if last or not retry.after_status(response.status_code, idempotent=prepared.idempotent):
            return None
        return retry.delay(attempt, response.headers)

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


def _expand(service: Service, given: Mapping[str, str | None] | None) -> str:
    url = service.base_url
    values = {**service.variables, **{k: v for k, v in (given or {}).items() if v is not None}}
    for name, value in values.items():
        # A variable may stand for a host, a port or a path: `/` stays, the rest is encoded.
        url = url.replace("{" + name + "}", quote(value, safe="/:."))
    return url
