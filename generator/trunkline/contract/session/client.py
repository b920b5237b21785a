"""The one way to the server: keep-alive, limited, timed, every exchange recorded."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

import httpx2

from trunkline.contract.model import Budget, Exchange, Request

MAX_BODY = 32 * 1024 * 1024
"""Bytes of a response that are read; what goes on beyond counts as no answer."""


class BudgetSpentError(Exception):
    """The run has used the requests or seconds it was given."""


class NoResponseError(Exception):
    """No complete HTTP answer came; `reached` tells whether anyone listens at all."""

    def __init__(
        self, request: Request, reason: str, *, reached: bool, untrusted: bool = False
    ) -> None:
        super().__init__(reason)
        self.untrusted = untrusted
        """Whether it is the server's certificate that is not believed."""
        self.request = request
        self.reason = reason
        self.reached = reached


class RequestMeter:
    """Counts requests and keeps to the budget; shared by everything that sends."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._next = 0.0
        self._started = time.monotonic()
        self._free = False
        self.sent = 0
        self.stopped = False
        """Set when the user wants to end: the next request raises `KeyboardInterrupt`. Requests
        under way are finished first, so that what they create is known."""

    @property
    def spent(self) -> bool:
        """Whether nothing may be sent any more."""
        if self._free:
            return False
        if self._budget.requests is not None and self.sent >= self._budget.requests:
            return True
        return self._budget.seconds is not None and self.elapsed >= self._budget.seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self._started

    @contextmanager
    def free(self) -> Iterator[None]:
        """Cleaning up goes beyond the budget rather than leaving things behind."""
        self._free = True
        try:
            yield
        finally:
            self._free = False

    def take(self) -> None:
        """Wait for the rate limit and count one request; `BudgetSpentError` when none is left."""
        with self._lock:
            if self.stopped and not self._free:
                raise KeyboardInterrupt
            if self.spent:
                raise BudgetSpentError
            self.sent += 1
            now = time.monotonic()
            wait = max(0.0, self._next - now)
            if self._budget.rate:
                self._next = max(now, self._next) + 1 / self._budget.rate
        if wait:
            time.sleep(wait)


class Client:
    """Sends requests. Never follows a redirect: credentials stay with the host they are for."""

    def __init__(self, budget: Budget, meter: RequestMeter) -> None:
        self._timeout = budget.timeout
        self._meter = meter
        self._http = httpx2.Client(
            timeout=httpx2.Timeout(budget.timeout),
            follow_redirects=False,
            trust_env=False,
            # Authorities come from SSL_CERT_FILE, as they do for other programs; proxies from
            # the environment stay out: what is measured is the server.
            verify=httpx2.create_ssl_context(),
            limits=httpx2.Limits(
                max_connections=32, max_keepalive_connections=32, keepalive_expiry=2.0
            ),
        )
        self.observers: list[Callable[[Exchange], None]] = []

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def send(self, request: Request) -> Exchange:
        """Send once. `NoAnswerError` when no whole response comes in time."""
        self._meter.take()
        started = time.monotonic()
        try:
            status, headers, body = self._read(request, started + self._timeout * 2)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                why = str(error).partition("certificate verify failed: ")[2].partition(" (_ssl")[0]
                reason = f"its certificate is not trusted: {why or error}"
                raise NoResponseError(request, reason, reached=False, untrusted=True) from error
            raise NoResponseError(request, f"cannot connect: {error}", reached=False) from error
        except httpx2.TimeoutException as error:
            raise NoResponseError(
                request, f"no answer within {self._timeout:g} s", reached=True
            ) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise NoResponseError(
                request, f"not a valid HTTP answer: {error}", reached=True
            ) from error
        exchange = Exchange(request, status, headers, body, time.monotonic() - started)
        self.tell(exchange)
        return exchange

    def tell(self, exchange: Exchange) -> None:
        """Let those who watch know of an exchange, whoever has sent it."""
        for observe in self.observers:
            observe(exchange)

    def _read(self, request: Request, deadline: float) -> tuple[int, dict[str, str], bytes]:
        outgoing = self._http.build_request(
            request.method, request.url, headers=dict(request.headers), content=request.body
        )
        response = self._http.send(outgoing, stream=True)
        try:
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes():
                size += len(part)
                parts.append(part)
                if size > MAX_BODY:
                    raise NoResponseError(request, f"answer over {MAX_BODY} bytes", reached=True)
                if time.monotonic() > deadline:
                    raise NoResponseError(
                        request, f"answer not complete after {self._timeout * 2:g} s", reached=True
                    )
            headers = {name.lower(): value for name, value in response.headers.items()}
            return response.status_code, headers, b"".join(parts)
        finally:
            response.close()
