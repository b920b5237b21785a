"""Webhook requests: proof of who sent them, and their typed events.

event = SMS_EVENT.parse(request.body, request.headers, secret="…")
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError

from .decode import construct, load_json
from .errors import SignatureError, WebhookError

T = TypeVar("T")

Algorithm: TypeAlias = Literal["md5", "sha1", "sha256", "sha384", "sha512"]

_HASHES: Final = {
    "md5": hashlib.md5,
    "sha1": hashlib.sha1,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
}


@dataclass(frozen=True, slots=True)
class Signature:
    """How a request is signed: an HMAC over the raw body, as base64 or hex, in a header."""

    header: str
    algorithm: Algorithm = "sha256"
    encoding: Literal["base64", "hex"] = "base64"

    def sign(self, payload: bytes, secret: str) -> str:
        """The signature of a body."""
        digest = self._digest(payload, secret)
        return digest.hex() if self.encoding == "hex" else base64.b64encode(digest).decode("ascii")

    def verify(self, payload: bytes, given: str | None, secret: str | Sequence[str]) -> None:
        """Raise `SignatureError` unless `given` signs the body with a secret.

        Several secrets may be given while one replaces another. The comparison takes the same time
        whatever the signature is.
        """
        secrets = [secret] if isinstance(secret, str) else list(secret)
        if not secrets or not all(secrets):
            raise SignatureError("the secret is empty")
        if given is None:
            raise SignatureError(f"the header {self.header} is missing")
        try:
            raw = given.strip().encode("ascii")
            found = (
                bytes.fromhex(raw.decode("ascii"))
                if self.encoding == "hex"
                else base64.b64decode(raw, validate=True)
            )
        except (ValueError, binascii.Error):
            raise SignatureError(f"the header {self.header} is not {self.encoding}") from None
        matches = [hmac.compare_digest(found, self._digest(payload, one)) for one in secrets]
        if not any(matches):
            raise SignatureError(f"the signature in {self.header} does not fit the body")

    def _digest(self, payload: bytes, secret: str) -> bytes:
        return hmac.new(secret.encode(), payload, _HASHES[self.algorithm]).digest()


class Webhook(Generic[T]):
    """A request that the service makes; `T` is the type of its body."""

    __slots__ = ("_adapter", "name", "signature", "type")

    def __init__(
        self,
        name: str,
        type: Any,  # noqa: A002
        signature: Signature | None = None,
    ) -> None:
        """Describe a webhook; `signature` is None where requests are not signed."""
        self.name = name
        self.type: Any = type
        self.signature = signature
        self._adapter: TypeAdapter[Any] | None = None

    def __repr__(self) -> str:
        return f"<Webhook {self.name}>"

    def parse(
        self,
        payload: bytes | str,
        headers: Mapping[str, str],
        secret: str | Sequence[str],
        *,
        algorithm: Algorithm | None = None,
    ) -> T:
        """The event in a request, after checking who sent it.

        `payload` is the body as it came: one that was decoded and printed again does not fit its
        signature. `algorithm` replaces the described one where the subscription chose another.
        Raises `SignatureError`, and `WebhookError` for a body that is not JSON.
        """
        signature = self.signature
        if signature is None:
            raise WebhookError(f"{self.name}: requests are not signed; use parse_unverified")
        if algorithm is not None:
            signature = Signature(signature.header, algorithm, signature.encoding)
        raw = payload.encode() if isinstance(payload, str) else payload
        wanted = signature.header.lower()
        given = next((v for k, v in headers.items() if k.lower() == wanted), None)
        signature.verify(raw, given, secret)
        return self.parse_unverified(raw)

    def parse_basic(
        self, payload: bytes | str, headers: Mapping[str, str], username: str, password: str
    ) -> T:
        """The event in a request that proves its sender by HTTP basic authentication.

        Name and password are compared in constant time. Raises `SignatureError`, and
        `WebhookError` for a body that is not JSON.
        """
        given = next((v for k, v in headers.items() if k.lower() == "authorization"), None)
        if given is None:
            raise SignatureError("the header Authorization is missing")
        scheme, _, encoded = given.strip().partition(" ")
        try:
            found = base64.b64decode(encoded.strip(), validate=True)
        except (ValueError, binascii.Error):
            found = b""
        wanted = f"{username}:{password}".encode()
        if scheme.lower() != "basic" or not hmac.compare_digest(found, wanted):
            raise SignatureError("the name or the password in Authorization is wrong")
        return self.parse_unverified(payload)

    def parse_unverified(self, payload: bytes | str) -> T:
        """The event in a request that anybody may have sent.

        A body that is not as described is decoded as far as it fits.
        """
        if self._adapter is None:
            self._adapter = TypeAdapter(self.type)
        adapter: TypeAdapter[T] = self._adapter
        try:
            return adapter.validate_json(payload)
        except ValidationError:
            try:
                event: T = construct(self.type, load_json(payload))
            except ValueError:
                raise WebhookError(f"{self.name}: the body is not JSON") from None
            return event
