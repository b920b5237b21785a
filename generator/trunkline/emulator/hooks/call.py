"""One request on its way through an operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trunkline.emulator.decoding.bodies import UploadedFile
from trunkline.emulator.http.messages import Account, HttpRequest
from trunkline.emulator.resources.compiled import CompiledOperation
from trunkline.ir import ABSENT, Absent, Json, Operation


@dataclass(slots=True)
class Call:
    """One request on its way through an operation. Parameters are JSON values by name."""

    compiled: CompiledOperation
    request: HttpRequest
    account: Account
    path: dict[str, Json] = field(default_factory=dict)
    query: dict[str, Json] = field(default_factory=dict)
    headers: dict[str, Json] = field(default_factory=dict)
    cookies: dict[str, Json] = field(default_factory=dict)
    body: Json | Absent = ABSENT
    media_type: str = ""
    """The described media type that the body was read as."""
    files: Mapping[str, UploadedFile] = field(default_factory=dict)
    """Files by the names of their parts; `""` is a body that is one file."""
    accept: str | None = None
    """Which media types the caller wants; None: any."""
    lax: bool = False
    """Uniqueness is not looked at (for a defect)."""

    @property
    def operation(self) -> Operation:
        """The operation called."""
        return self.compiled.operation

    @property
    def host(self) -> str:
        """The host that the caller knows the server by, with its port."""
        return (self.request.header(b"host") or b"localhost").decode("latin-1")


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """How a request is known again: whose key it is, and a digest of the rest of the request."""

    account: str
    key: str
    request: str
