"""Descriptions and references from elsewhere: what was asked for or allowed, within bounds.

A description is untrusted, and so is whoever sends it: a redirect to another host is not followed,
nothing is read without end, and references lead only below the description's own address or
below a prefix that the user allows.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx2

from trunkline.deadline import timed, within
from trunkline.diagnostics import Code, TrunklineError, reason_of
from trunkline.pipeline.find import is_address
from trunkline.source import RefusedError
from trunkline.source.parsed import MAX_BYTES

MAX_REDIRECTS: Final = 5
MAX_SECONDS: Final = 60.0
"""For one file, from the first request to the last byte."""
_HEAD_SECONDS: Final = 20.0
"""For the head of one response, and for every silence."""
_ACCEPT: Final = "application/yaml, application/json, text/yaml, */*;q=0.5"
_PORTS: Final = {"http": 80, "https": 443}


def download(address: str) -> bytes:
    """The description at `address`; `TrunklineError` (FILE_MISSING) says why there is none."""
    try:
        return _get(address)
    except OSError as error:
        raise TrunklineError.usage(
            Code.FILE_MISSING,
            f"Cannot read {_shown(address)}: {error}",
            None,
            "Download it, and give the file.",
        ) from None


def _shown(address: str) -> str:
    """An address without the credentials in it."""
    before, _, after = address.partition("://")
    host, slash, rest = after.partition("/")
    return f"{before}://{host.rpartition('@')[2]}{slash}{rest}"


class Fetcher:
    """Reads references that lead outside a description's folder, where that is allowed.

    `allowed` are prefixes of addresses, and folders; `root` is the address of the description,
    below whose folder everything is allowed too.
    """

    def __init__(self, allowed: Iterable[str] = (), root: str | None = None) -> None:
        listed = [prefix for prefix in allowed if is_address(prefix)]
        self._addresses = [urlsplit(a) for a in (*listed, *([urljoin(root, ".")] if root else []))]
        self._folders = [Path(prefix).resolve() for prefix in allowed if not is_address(prefix)]

    def __call__(self, name: str) -> bytes:
        """The content of a file or address; raises `RefusedError`, or `OSError` when it cannot."""
        if is_address(name):
            if not any(_below(name, prefix.geturl()) for prefix in self._addresses):
                raise RefusedError
            return _get(name)
        if "://" in name:
            raise RefusedError
        path = Path(name).resolve()
        if not any(path.is_relative_to(folder) for folder in self._folders):
            raise RefusedError
        return path.read_bytes()


def _below(address: str, prefix: str) -> bool:
    """Whether an address is the prefix or lies below it: same origin, and a path that starts so."""
    one, other = urlsplit(address), urlsplit(prefix)
    segments = one.path.lower().replace("%2e", ".").split("/")
    if _origin(address) != _origin(prefix) or ".." in segments:
        return False
    base = other.path if other.path.endswith("/") else f"{other.path}/"
    return one.path == other.path or one.path.startswith(base)


def _origin(address: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(address)
    return parts.scheme.lower(), parts.hostname, parts.port or _PORTS.get(parts.scheme.lower())


def _get(address: str) -> bytes:
    """The body at `address`; `OSError` with the reason for everything that goes wrong."""
    end = time.monotonic() + MAX_SECONDS
    try:
        parts = urlsplit(address)
        if parts.username is not None or parts.password is not None:
            raise OSError("an address with credentials in it is not fetched")
        with timed(httpx2.Client(headers={"Accept": _ACCEPT}, timeout=_HEAD_SECONDS)) as client:
            for _ in range(MAX_REDIRECTS + 1):
                with within(_HEAD_SECONDS):
                    response = client.send(client.build_request("GET", address), stream=True)
                with closing(response), within(end - time.monotonic()):
                    if not response.has_redirect_location:
                        return _body(response)
                    address = _following(address, response.headers["location"])
    except httpx2.TimeoutException:
        raise OSError("it took too long to answer") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise OSError(reason_of(error)) from None
    raise OSError(f"more than {MAX_REDIRECTS} redirects")


def _following(address: str, location: str) -> str:
    """Where a redirect leads, on the same host or to its https."""
    target = urljoin(address, location)
    before, after = _origin(address), _origin(target)
    upgrade = before[0] == "http" and after == ("https", before[1], 443)
    if before != after and not upgrade:
        raise OSError(f"it redirects to {target}, on another host; ask for that if you trust it")
    return target


def _body(response: httpx2.Response) -> bytes:
    if response.status_code != 200:
        raise OSError(f"the server answered {response.status_code}")
    found = bytearray()
    for chunk in response.iter_bytes():
        found += chunk
        if len(found) > MAX_BYTES:
            raise OSError(f"it is larger than {MAX_BYTES // 2**20} MiB")
    return bytes(found)
