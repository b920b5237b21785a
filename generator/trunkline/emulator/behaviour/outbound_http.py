"""Requests that the server makes of its users' servers: to this machine only unless told otherwise,
never along redirects, never for longer than the time given, never more than a little of an
answer."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    import httpx2

LARGEST = 1_000_000
"""Bytes of a response that are read."""
_RESERVED = "__trunkline__"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: `status` 0 and a reason when nothing did."""

    status: int
    body: bytes = b""
    reason: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the status is in the 200s."""
        return 200 <= self.status < 300


def refusal_reason(url: str, allowed: Collection[str] = ()) -> str | None:
    """Why the server does not send to an address; None when it does.

    Allowed are hosts that are loopback addresses or called `localhost`, and those in `allowed`
    (`*`: any). What is reserved for those who steer a server is never called.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "it is no address"
    if parts.scheme not in ("http", "https") or not host:
        return "it is no http or https address"
    if parts.username is not None or parts.password is not None:
        return "it holds credentials"
    if any(c <= " " or c == "\x7f" for c in url):
        return "it is no address"
    if _RESERVED in unquote(unquote(parts.path)):
        return "its path is reserved"
    if "*" in allowed or host in allowed or host == "localhost":
        return None
    try:
        if ipaddress.ip_address(host).is_loopback:
            return None
    except ValueError:
        pass
    return f"{host} is not on this machine"


class OutboundHttp:
    """The way out; one for each server. Opened at the first request."""

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self.allowed = frozenset(allowed)
        self._client: httpx2.AsyncClient | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def _open(self) -> httpx2.AsyncClient:
        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            import httpx2

            limits = httpx2.Limits(max_connections=50, max_keepalive_connections=0)
            self._client = httpx2.AsyncClient(
                follow_redirects=False, trust_env=False, limits=limits, verify="*" in self.allowed
            )
            self._loop = loop
        return self._client

    async def close(self) -> None:
        """Close what is open."""
        if self._client is not None and self._loop is asyncio.get_running_loop():
            await self._client.aclose()
        self._client = None

    async def post(
        self, url: str, body: bytes, headers: Mapping[str, str], timeout: float
    ) -> Reply:
        """POST; whatever goes wrong is a `Reply` with a reason. Never raises."""
        reason = refusal_reason(url, self.allowed)
        if reason is not None:
            return Reply(0, reason=f"not sent: {reason}")
        import httpx2

        try:
            async with asyncio.timeout(timeout):
                return await self._exchange(url, body, headers)
        except TimeoutError:
            return Reply(0, reason=f"no answer within {timeout:g} seconds")
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            return Reply(0, reason=f"no answer: {str(error)[:200] or type(error).__name__}")

    async def _exchange(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        client = self._open()
        # Answers are not unpacked: a small one could grow without end.
        sent = {**headers, "Accept-Encoding": "identity"}
        async with client.stream("POST", url, content=body, headers=sent) as response:
            found = bytearray()
            async for part in response.aiter_raw():
                found += part
                if len(found) > LARGEST:
                    return Reply(0, reason=f"the answer is longer than {LARGEST} bytes")
            return Reply(response.status_code, bytes(found))
