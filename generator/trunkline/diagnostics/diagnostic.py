"""`Diagnostic`, the list that collects them, and the one exception users are shown."""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from trunkline.diagnostics.catalogue import CATALOGUE
from trunkline.diagnostics.codes import Code
from trunkline.position import Position

_NUMBERS: Final = re.compile(r"\[Errno -?\d+\] |\s*\(_ssl\.c:\d+\)")
_SAID: Final = {
    "WRONG_VERSION_NUMBER": "it does not speak TLS: http:// may be meant",
    "CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed": (
        "its certificate is signed by itself: SSL_CERT_FILE names one to trust"
    ),
    "CERTIFICATE_VERIFY_FAILED": "its certificate is not trusted",
}
"""What the TLS library says, and what of it helps."""


class Severity(enum.StrEnum):
    """Errors stop a run; warnings do not."""

    ERROR = "error"
    WARNING = "warning"


class ExitCode(enum.IntEnum):
    """What the command line returns; listed in the documentation."""

    OK = 0
    FINDINGS = 1
    """The answer is no: an invalid description, violations, differences."""
    USAGE = 2
    """Wrong arguments, a file that is not there, an unknown name, a port in use."""
    UNREACHABLE = 3
    BUDGET = 4
    INTERNAL = 70
    """A fault of Trunkline's own."""
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `message` is a sentence without a final stop; `hint` says what to do."""

    code: Code
    message: str
    position: Position | None = None
    hint: str | None = None

    @property
    def severity(self) -> Severity:
        """As the catalogue has it."""
        return Severity(CATALOGUE[self.code].severity)

    def __str__(self) -> str:
        place = f"{self.position}: " if self.position else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}{self.severity}: {self.message} [{self.code}]{hint}"


def reason_of(error: BaseException) -> str:
    """What an exception says, in a person's words: without the number of the system's error."""
    said = str(error)
    for told, meant in _SAID.items():
        if told in said:
            return meant
    return _NUMBERS.sub("", said).strip() or type(error).__name__


class Diagnostics:
    """Findings in the order they were made. Stages add; only `pipeline` decides to stop."""

    def __init__(self, found: Iterable[Diagnostic] = ()) -> None:
        self._found = dict.fromkeys(found)

    def add(
        self,
        code: Code,
        message: str,
        position: Position | None = None,
        hint: str | None = None,
    ) -> None:
        """Record one finding; the same finding at the same place is kept once."""
        self._found.setdefault(Diagnostic(code, message, position, hint))

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Record several."""
        for other in others:
            self.add(other.code, other.message, other.position, other.hint)

    def drop(self, code: Code, positions: Collection[Position]) -> None:
        """Forget findings at places of which a later one says more; those that know the way out
        stay."""
        self._found = {
            d: None
            for d in self._found
            if d.code is not code or d.position not in positions or d.hint is not None
        }

    @property
    def errors(self) -> list[Diagnostic]:
        """Those that stop a run."""
        return [d for d in self._found if d.severity is Severity.ERROR]

    def raise_errors(self) -> None:
        """Raise `TrunklineError` with everything found if anything is an error."""
        if self.errors:
            raise TrunklineError(list(self._found), ExitCode.FINDINGS)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


class TrunklineError(Exception):
    """A run ends here: what is shown to the user, and the exit code."""

    def __init__(self, diagnostics: Iterable[Diagnostic], exit_code: ExitCode) -> None:
        self.diagnostics = list(diagnostics)
        self.exit_code = exit_code
        super().__init__("\n".join(map(str, self.diagnostics)))

    def __reduce__(self) -> tuple[type[TrunklineError], tuple[list[Diagnostic], ExitCode]]:
        """For the way from one process to another."""
        return TrunklineError, (self.diagnostics, self.exit_code)

    @classmethod
    def usage(
        cls, code: Code, message: str, position: Position | None = None, hint: str | None = None
    ) -> TrunklineError:
        """One finding about how the command was called."""
        return cls([Diagnostic(code, message, position, hint)], ExitCode.USAGE)
