"""The one way to the server: keep-alive, limited, timed, every exchange recorded."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from types import TracebackType

import httpx2

from trunkline.contract.model import Budget, Exchange, Request
from trunkline.contract.session.budget import RequestMeter
from trunkline.deadline import timed, within
from trunkline.diagnostics import reason_of

MAX_BODY = 32 * 1024 * 1024
"""Bytes of a response that are read; what goes on beyond counts as no answer."""


LONGEST_PAUSE = 30.0
"""Seconds that are waited where the server asks for it; beyond, the refusal is taken as it is."""
_PATIENCE = 5
_UNSAID = 1.0
"""Seconds to wait where the server does not say how long."""


class UnsendableRequestError(Exception):
    """HTTP has no way to send this request."""


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


class Client:
    """Sends requests. Never follows a redirect: credentials stay with the host they are for."""

    def __init__(self, budget: Budget, meter: RequestMeter) -> None:
        self._timeout = budget.timeout
        self._meter = meter
        self._http = _http(budget.timeout)
        self._down: set[str | None] = set()
        """Operations that are not available, however long one waits."""
        self._numbers = itertools.count(1)
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
        """Send; `NoResponseError` when no whole response comes in time.

        A response that asks to wait (429, 503 with Retry-After) is waited for; what a connection
        that the server had closed has lost is sent once more. `UnsendableRequestError` for what
        HTTP has no way to say.
        """
        exchange = self._once(request)
        for _ in range(_PATIENCE - 1):
            pause = asked_to_wait(exchange)
            if pause is None or pause > LONGEST_PAUSE:
                break
            self._meter.hold(pause)
            exchange = self._once(request)
        # Too much to do just now, or always; once is enough to tell.
        if exchange.status == 503 and request.operation not in self._down:
            self._meter.hold(_UNSAID)
            exchange = self._once(request)
            if exchange.status == 503:
                self._down.add(request.operation)
        self.tell(exchange)
        return exchange

    def _once(self, request: Request) -> Exchange:
        self._meter.take()
        started = time.monotonic()
        try:
            status, headers, body = self._whole(request, started + self._timeout * 2)
        except httpx2.LocalProtocolError as error:
            raise UnsendableRequestError(str(error)) from error
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                why = str(error).partition("certificate verify failed: ")[2].partition(" (_ssl")[0]
                reason = f"its certificate is not trusted: {why or error}"
                raise NoResponseError(request, reason, reached=False, untrusted=True) from error
            why = f"cannot connect: {reason_of(error)}"
            raise NoResponseError(request, why, reached=False) from error
        except httpx2.TimeoutException as error:
            raise NoResponseError(
                request, f"no answer within {self._timeout:g} s", reached=True
            ) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise NoResponseError(
                request, f"not a valid HTTP answer: {reason_of(error)}", reached=True
            ) from error
        return Exchange(request, status, headers, body, time.monotonic() - started)

    def tell(self, exchange: Exchange) -> None:
        """Let those who watch know of an exchange, whoever has sent it."""
        exchange.order = next(self._numbers)
        for observe in self.observers:
            observe(exchange)

    def _whole(self, request: Request, deadline: float) -> tuple[int, dict[str, str], bytes]:
        """The response; on a new connection where a kept one turns out to be closed."""
        try:
            return self._read(self._http, request, deadline)
        except (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError):
            with _http(self._timeout) as fresh:
                return self._read(fresh, request, deadline)

    @staticmethod
    def _read(
        http: httpx2.Client, request: Request, deadline: float
    ) -> tuple[int, dict[str, str], bytes]:
        outgoing = http.build_request(
            request.method, request.url, headers=dict(request.headers), content=request.body
        )
        # A head that comes in single bytes is not an answer, however long it goes on.
        with within(http.timeout.read or 0.0):
            response = http.send(outgoing, stream=True)
        try:
            parts: list[bytes] = []
            size = 0
            for part in response.iter_bytes():
                size += len(part)
                parts.append(part)
                if size > MAX_BODY:
                    raise NoResponseError(request, f"answer over {MAX_BODY} bytes", reached=True)
                if time.monotonic() > deadline:
                    raise NoResponseError(request, "answer not complete in time", reached=True)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return response.status_code, headers, b"".join(parts)
        finally:
            response.close()


def asked_to_wait(exchange: Exchange) -> float | None:
    """Seconds after which the server wants to be asked again; None where it does not say so."""
    if exchange.status not in {429, 503}:
        return None
    text = exchange.headers.get("retry-after", "")
    if text.isdecimal():
        return float(text)
    if text:
        try:
            when = parsedate_to_datetime(text)
        except ValueError:
            return None
        return max(0.0, when.timestamp() - time.time())
    return _UNSAID if exchange.status == 429 else None


def _http(timeout: float) -> httpx2.Client:
    return timed(
        httpx2.Client(
            timeout=httpx2.Timeout(timeout),
            follow_redirects=False,
            trust_env=False,
            # Authorities come from SSL_CERT_FILE, as they do for other programs; proxies from the
            # environment stay out: what is measured is the server.
            verify=httpx2.create_ssl_context(),
            limits=httpx2.Limits(
                max_connections=32, max_keepalive_connections=32, keepalive_expiry=2.0
            ),
        )
    )
