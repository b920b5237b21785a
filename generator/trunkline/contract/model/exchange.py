"""One request and its response, kept as evidence, and how it is shown with secrets taken out."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from trunkline.ir import ABSENT, Json
from trunkline.semantics import jsonvalue, media
from trunkline.semantics.jsonvalue import Path, parsed
from trunkline.untrusted import is_plain, shell_bytes, shell_word

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
_ARGUMENT = 100_000
"""Bytes of a body that are one argument of a command: Linux takes 128 KiB."""
_OPEN, _CLOSE = (
    "\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}",
    "\N{MATHEMATICAL RIGHT WHITE SQUARE BRACKET}",
)
_MARKED = re.compile(f"{_OPEN}([a-z]+[0-9]+){_CLOSE}")
SHOWN_BODY = 100_000
"""Characters of a body that a report keeps; what people read is shorter still."""


def variable_mark(name: str) -> str:
    """What marks the place of a shell's variable in a request that is only to be shown."""
    return f"{_OPEN}{name}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class Masked:
    """A secret, or what is made of one: its text, what stands for it, and what a shell expands to
    it where the variable holds the secret."""

    text: str
    shown: str
    shell: str


_SHORTEST = 6
"""A shorter text is not looked for in parts or in another case: it would be found everywhere."""


def _masked(secret: str, name: str) -> Iterator[Masked]:
    """The secret and what checks and protocols make of it: encoded, cut short, in another case."""
    variable = name.removeprefix("$")
    value = f'printf %s "${variable}"'
    yield Masked(secret, name, f'"${variable}"')
    yield Masked(quote(secret, safe=""), name, f'"${variable}"')
    if len(secret) >= _SHORTEST or ":" in secret:
        encoded = base64.b64encode(secret.encode()).decode()
        yield Masked(encoded, f"{name} in base64", f"\"$({value} | base64 | tr -d '\\n')\"")
    if len(secret) < _SHORTEST:
        return
    yield Masked(secret[:-1], f"{name} without its last character", f'"${{{variable}%?}}"')
    for other, words, classes in (
        (secret.swapcase(), "in the other case", "'a-zA-Z' 'A-Za-z'"),
        (secret.lower(), "in lower case", "'A-Z' 'a-z'"),
        (secret.upper(), "in upper case", "'a-z' 'A-Z'"),
    ):
        yield Masked(other, f"{name} {words}", f'"$({value} | tr {classes})"')


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
        self._ready: tuple[dict[str, str], dict[str, Masked], re.Pattern[str]] | None = None

    def _all(self) -> tuple[dict[str, Masked], re.Pattern[str]]:
        """Everything to be masked by its text, whole secrets before parts, and a pattern that finds
        the longest first. Worked out anew only when another secret was handed out: every line of a
        report asks."""
        values = {**self._later(), **self._known}
        ready = self._ready
        if ready is None or ready[0] != values:
            found: dict[str, Masked] = {
                secret: next(_masked(secret, n)) for secret, n in values.items()
            }
            for secret, name in values.items():
                for masked in _masked(secret, name):
                    found.setdefault(masked.text, masked)
            longest = sorted(found, key=len, reverse=True)
            ready = (values, found, re.compile("|".join(map(re.escape, longest))))
            self._ready = ready
        return ready[1], ready[2]

    def parts(self, text: str) -> list[str | Masked]:
        """`text` cut into what may be shown and what may not."""
        found, pattern = self._all()
        if not found or not text:
            return [text]
        parts: list[str | Masked] = []
        end = 0
        for match in pattern.finditer(text):
            parts += [text[end : match.start()], found[match.group()]]
            end = match.end()
        return [part for part in (*parts, text[end:]) if part != ""]

    def hide(self, text: str) -> str:
        """`text` with every secret, and what is made of one, replaced by what stands for it."""
        parts = self.parts(text)
        return "".join(part if isinstance(part, str) else part.shown for part in parts)

    def shell(self, text: str) -> str:
        """`text` as one word of a shell, secrets and marked places (`variable_mark`) as variables
        and nothing else expanded."""
        return "".join(
            shell_word(plain) if variable is None else variable
            for plain, variable in self._words(text) or [("", None)]
        )

    def shell_printf(self, data: bytes) -> str:
        """The words after `printf` that write these bytes; variables as in `shell`."""
        form, arguments = [], [""]
        for plain, variable in self._words(data.decode("utf-8", "surrogateescape")):
            if variable is None:
                form.append(shell_bytes(plain.encode("utf-8", "surrogateescape"))[1:-1])
            else:
                form.append("%s")
                arguments.append(variable)
        return f"'{''.join(form)}'" + " ".join(arguments)

    def _words(self, text: str) -> list[tuple[str, str | None]]:
        """`text` cut into what stands as it is and what a variable of the shell holds."""
        words: list[tuple[str, str | None]] = []
        for part in self.parts(text):
            if not isinstance(part, str):
                words.append(("", part.shell))
                continue
            for index, piece in enumerate(_MARKED.split(part)):
                if index % 2:
                    words.append(("", f'"${piece}"'))
                elif piece:
                    words.append((piece, None))
        return words

    def reveal(self, text: str, *, quoted: bool = False) -> str:
        """What `hide` hid, put back: the text as it was sent. `quoted`: percent-encoded, as an
        address has it."""
        known, _ = self._all()
        shown = {m.shown: m.text for m in reversed(known.values())}
        if not shown:
            return text
        longest = sorted(shown, key=len, reverse=True)
        return re.sub(
            "|".join(map(re.escape, longest)),
            lambda found: quote(shown[found[0]], safe="") if quoted else shown[found[0]],
            text,
        )


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
        """A command of a POSIX shell that sends the same bytes again, secrets and marked places as
        variables."""
        words = ["curl", "-sS", "-i", "-g", "--path-as-is"]
        words += ["--head"] if self.method == "HEAD" else ["-X", shell_word(self.method)]
        words.append(secrets.shell(self.url))
        for name, value in self.headers.items():
            # Without a semicolon curl takes a header without a value as one to leave out.
            words += ["-H", secrets.shell(f"{name}: {value}" if value else f"{name};")]
        if self.body is None:
            return " ".join(words)
        if not any(name.lower() == "content-type" for name in self.headers):
            words += ["-H", "Content-Type:"]
        if is_plain(self.body) and len(self.body) <= _ARGUMENT:
            words += ["--data-raw", secrets.shell(self.body.decode())]
            return " ".join(words)
        words += ["-H", "Expect:"] if len(self.body) > _ARGUMENT else []
        written = secrets.shell_printf(self.body)
        return f"printf {written} | {' '.join([*words, '--data-binary', '@-'])}"


@dataclass(eq=False)
class Exchange:
    """A request and the whole answer. Header names of the response are in lower case."""

    request: Request
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    order: int = 0
    """Which of a run's exchanges it is, from 1; 0 where that is not known."""

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
        return parsed(self.body)

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
        return media.essence(self.headers.get("content-type", ""))

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
