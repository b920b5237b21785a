"""A package index: what it has of a project, and giving it files.

Listings are read as the simple repository API has them (JSON or HTML), uploads are sent as the
form that PyPI, devpi, pypiserver, Artifactory, Nexus and GitLab take.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import httpx2

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError, reason_of
from trunkline.release.credential import Credential

ACCEPT: Final = (
    "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, "
    "text/html;q=0.1"
)
STRONG: Final = ("sha256", "sha384", "sha512")
AGAIN: Final = "run the same command again: files the index has are passed over"
_NOT_ALLOWED: Final = (
    "the index does not take this credential (where it came from is said above): look whether the "
    "token is whole, still valid, and allowed to upload this project"
)
_HINTS: Final = {
    400: "the index has another file of this name, or does not take the metadata: raise the "
    "version, or read what it says",
    401: _NOT_ALLOWED,
    403: _NOT_ALLOWED,
    404: "the address of the index takes no uploads: give the one that its documentation names",
    409: "the index has other contents under this name: a version is published once, raise it",
    413: "the index takes no files of this size: ask its owner for more",
}
"""What to do, by the status that refused an upload."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where an index takes files, lists them, and trades identities for tokens."""

    upload: str
    simple: str
    exchange: str

    @classmethod
    def of(cls, index: str, listing: str | None = None) -> Address:
        """`pypi`, `testpypi`, or the address that takes uploads; `listing` where the simple API
        is not at `simple/` below it. Refuses to send secrets unencrypted over a network."""
        if index in KNOWN:
            return KNOWN[index]
        parts = urlsplit(index)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise TrunklineError.usage(
                Code.BAD_VALUE,
                f"{_shown(index)!r} is not the address of an index",
                hint="pypi, testpypi, or an address like https://host/path/, without user names",
            )
        if parts.scheme == "http" and not _is_loopback(parts.hostname):
            raise TrunklineError.usage(
                Code.BAD_VALUE, f"{index} would receive the token unencrypted", hint="use https"
            )
        simple = listing or urljoin(f"{index.rstrip('/')}/", "simple/")
        return cls(
            upload=index,
            simple=f"{simple.rstrip('/')}/",
            exchange=f"{parts.scheme}://{parts.netloc}",
        )


KNOWN: Final = {
    "pypi": Address(
        upload="https://upload.pypi.org/legacy/",
        simple="https://pypi.org/simple/",
        exchange="https://pypi.org",
    ),
    "testpypi": Address(
        upload="https://test.pypi.org/legacy/",
        simple="https://test.pypi.org/simple/",
        exchange="https://test.pypi.org",
    ),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A file an index has: its address, and the digests it states."""

    url: str
    digests: Mapping[str, str]


class Index:
    """One index. Every failure is a `TrunklineError` with one message: INDEX for an answer that
    says no, UNREACHABLE where none came within `timeout` seconds."""

    def __init__(
        self, address: Address, credential: Credential | None = None, timeout: float = 60.0
    ) -> None:
        self._address = address
        auth = None
        if credential is not None:
            auth = httpx2.BasicAuth(credential.username, credential.password)
        self._auth = auth
        self._client = httpx2.Client(timeout=timeout, follow_redirects=False)

    def __enter__(self) -> Index:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def files(self, distribution: str) -> dict[str, Listed]:
        """File name → what is listed of `distribution`; empty where the index knows none."""
        name = re.sub(r"[-_.]+", "-", distribution).lower()
        answer = self._get(f"{urljoin(self._address.simple, name)}/")
        if answer.status_code == 404:
            return {}
        if not answer.is_success:
            raise self._refused(f"listing {distribution}", answer)
        if "json" in answer.headers.get("content-type", ""):
            return _from_json(answer)
        return _from_html(answer)

    def has(self, path: Path, listed: Mapping[str, Listed]) -> bool:
        """Whether exactly this file is there already.

        Raises PUBLISHED when one of the same name and other contents is.
        """
        there = listed.get(path.name)
        if there is None:
            return False
        content = path.read_bytes()
        stated = [(name, value) for name, value in there.digests.items() if name in STRONG]
        if stated:
            same = all(hashlib.new(name, content).hexdigest() == value for name, value in stated)
        else:
            answer = self._get(there.url)
            if not answer.is_success:
                raise self._refused(f"reading {path.name}", answer)
            same = answer.content == content
        if not same:
            message = f"{self._address.upload} has a {path.name} with other contents"
            raise TrunklineError([Diagnostic(Code.PUBLISHED, message)], ExitCode.FINDINGS)
        return True

    def read(self, name: str, listed: Listed) -> bytes:
        """The content of a listed file; INDEX when it is not what the listing says."""
        answer = self._get(listed.url)
        if not answer.is_success:
            raise self._refused(f"reading {name}", answer)
        content = answer.content
        stated = [(kind, value) for kind, value in listed.digests.items() if kind in STRONG]
        if any(hashlib.new(kind, content).hexdigest() != value for kind, value in stated):
            message = f"{self._address.simple} sent a {name} that is not what it lists"
            raise TrunklineError([Diagnostic(Code.INDEX, message)], ExitCode.FINDINGS)
        return content

    def upload(self, path: Path) -> None:
        """Give the index one file; a file of this name that is there already is compared."""
        from twine.package import PackageFile

        package = PackageFile.from_filename(str(path), comment=None)
        fields: dict[str, str | list[str]] = {":action": "file_upload", "protocol_version": "1"}
        for key, value in package.metadata_dictionary().items():
            fields[key] = _field(key, value)
        try:
            answer = self._client.post(
                self._address.upload,
                data=fields,
                files={"content": (path.name, path.read_bytes(), "application/octet-stream")},
                auth=self._auth or httpx2.USE_CLIENT_DEFAULT,
            )
        except httpx2.HTTPError as error:
            raise self._unreachable(f"uploading {path.name}", error) from error
        if answer.is_success:
            return
        if answer.status_code in {400, 409} and self.has(path, self.files(package.safe_name)):
            return
        raise self._refused(f"uploading {path.name}", answer)

    def _get(self, url: str, redirects: int = 5) -> httpx2.Response:
        # The credential goes to the index itself, and to nobody it sends us to.
        own = urlsplit(url)[:2] == urlsplit(self._address.upload)[:2]
        try:
            answer = self._client.get(
                url, headers={"Accept": ACCEPT}, auth=self._auth if own else None
            )
        except httpx2.HTTPError as error:
            raise self._unreachable(f"reading {url}", error) from error
        if answer.has_redirect_location and redirects:
            return self._get(urljoin(url, answer.headers["location"]), redirects - 1)
        return answer

    def _refused(self, doing: str, answer: httpx2.Response) -> TrunklineError:
        said = _reason(answer)
        message = f"{self._address.upload} answered {answer.status_code} {said} to {doing}"
        hint = _HINTS.get(answer.status_code, AGAIN)
        return TrunklineError([Diagnostic(Code.INDEX, message, hint=hint)], ExitCode.FINDINGS)

    def _unreachable(self, doing: str, error: httpx2.HTTPError) -> TrunklineError:
        late = isinstance(error, httpx2.TimeoutException)
        what = "did not answer in time" if late else f"broke off: {reason_of(error)}"
        message = f"{self._address.upload} {what} while {doing}"
        hint = "check --index, and that it can be reached" if doing.startswith("reading") else AGAIN
        return TrunklineError([Diagnostic(Code.INDEX, message, hint=hint)], ExitCode.UNREACHABLE)


def _field(key: str, value: object) -> str | list[str]:
    """A metadata value as the upload form has it."""
    if key == "keywords" and isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, dict):
        return [f"{name}, {url}" for name, url in value.items()]
    return list(value) if isinstance(value, (list, tuple)) else str(value)


def _from_json(answer: httpx2.Response) -> dict[str, Listed]:
    try:
        files = answer.json()["files"]
        return {
            one["filename"]: Listed(urljoin(str(answer.url), one["url"]), dict(one["hashes"]))
            for one in files
        }
    except (ValueError, KeyError, TypeError) as error:
        message = f"{answer.url} is no listing of the simple repository API"
        raise TrunklineError([Diagnostic(Code.INDEX, message)], ExitCode.FINDINGS) from error


class _Links(HTMLParser):
    """Every link of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect `href`s."""
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def _from_html(answer: httpx2.Response) -> dict[str, Listed]:
    links = _Links()
    links.feed(answer.text)
    found: dict[str, Listed] = {}
    for link in links.found:
        url, fragment = urldefrag(urljoin(str(answer.url), link))
        name, _, digest = fragment.partition("=")
        file = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
        found[file] = Listed(url, {name: digest} if digest else {})
    return found


def _reason(answer: httpx2.Response) -> str:
    """What an answer says for itself, in one line: its reason phrase, else the body's start."""
    kind = answer.headers.get("content-type", "")
    text = "" if "html" in kind else " ".join(answer.text.split())[:200]
    return f"({text})" if text and text != answer.reason_phrase else f"({answer.reason_phrase})"


def _shown(index: str) -> str:
    """An address without what may be a secret."""
    return re.sub(r"//[^/@]*@", "//…@", index)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
