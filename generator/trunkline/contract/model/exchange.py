"""One request and its response, kept as evidence, and how it is shown with secrets taken out."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from trunkline.ir import ABSENT, Json
from trunkline.semantics import jsonvalue
from trunkline.semantics.jsonvalue import Path

OTHERS_HEADERS = frozenset(
    {
        "accept", "authorization", "connection", "content-length", "content-type", "date", "expect",
        "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
"""Headers that no parameter of a description sets: HTTP does, or OpenAPI says them elsewhere."""
CONDITIONAL_HEADERS = frozenset(
    {"if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range"}
)
"""Headers whose values are told by the server: one that is made up fits nothing."""
SHOWN_BODY = 100_000
"""Characters of a body that a report keeps; what people read is shorter still."""


class Secrets:
    """Values that no report may show, each with the name that stands for it."""

    def __init__(
        self,
        values: Mapping[str, str],
        later: Callable[[], Mapping[str, str]] = dict[str, str],
    ) -> None:
        """`later` gives those that are only known once they were handed out."""
        self._known = {secret: name for secret, name in values.items() if secret}
        self._later = later

    def hide(self, text: str) -> str:
        """`text` with every secret replaced by its name."""
        values = {**self._later(), **self._known}
        for secret, name in sorted(values.items(), key=lambda pair: -len(pair[0])):
            text = text.replace(secret, name)
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent. `url` is complete, query included; `operation` is None outside of any."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes | None = None
    operation: str | None = None
    attack: bool = False
    """Whether it should be refused for its credentials."""

    def curl(self, secrets: Secrets) -> str:
        """A command that sends it again, secrets as shell variables."""
        words = ["curl", "-sS", "-i", "-X", self.method, shlex.quote(secrets.hide(self.url))]
        for name, value in self.headers.items():
            hidden = secrets.hide(f"{name}: {value}")
            quoted = f'"{_in_double_quotes(hidden)}"' if "$" in hidden else shlex.quote(hidden)
            words += ["-H", quoted]
        if self.body is not None:
            text = self.body.decode("utf-8", "backslashreplace")
            words += ["--data-binary", shlex.quote(secrets.hide(text))]
        return " ".join(words)


def _in_double_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`")


@dataclass(eq=False)
class Exchange:
    """A request and the whole answer. Header names of the response are in lower case."""

    request: Request
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether the status is in the 200s."""
        return 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        """Whether the status is in the 400s."""
        return 400 <= self.status < 500

    @cached_property
    def json(self) -> Json:
        """The body as JSON; None when it is none (see `is_json`)."""
        try:
            value: Json = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return value

    @cached_property
    def is_json(self) -> bool:
        """Whether the body parses as JSON."""
        try:
            json.loads(self.body)
        except (ValueError, RecursionError):
            return False
        return True

    @property
    def media_type(self) -> str:
        """The response's media type without parameters, in lower case; empty when not given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def at(self, path: Path) -> Json:
        """What stands at `path` in the body, or None."""
        return jsonvalue.get(self.json, path)

    def show_body(self, secrets: Secrets) -> str:
        """The response's body as text, shortened."""
        text = secrets.hide(self.body.decode("utf-8", "backslashreplace"))
        return text if len(text) <= SHOWN_BODY else f"{text[:SHOWN_BODY]}… ({len(text)} characters)"


def has_path(value: Json, path: Path) -> bool:
    """Whether `value` has a property at `path`, null included."""
    return jsonvalue.find(value, path) is not ABSENT
