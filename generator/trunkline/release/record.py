"""The note that a contract run leaves, by which publishing knows what was tested.

It is kept in `build/`, beside the packages, and is not committed: whoever publishes has run the
suite on the same files, on the same machine or in the same job.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRecord:
    """One run over a whole description, on the emulator."""

    description: str
    """`digest_of` the description's files."""
    package: str
    """SHA-256 of the package's manifest, which has the digests of all its files."""
    passed: bool
    cases: int
    seed: int
    profile: str


def digest_of(texts: Mapping[str, str]) -> str:
    """One SHA-256 over the files of a description; `texts` maps any names to contents.

    The root comes first in `texts`; the order of the others, and where they stand, do not count.
    """
    root, *others = (hashlib.sha256(text.encode()).hexdigest() for text in texts.values())
    return hashlib.sha256("\n".join([root, *sorted(others)]).encode()).hexdigest()


def write_record(path: Path, record: ContractRecord) -> None:
    """Replace the note at `path`; one that cannot be written leaves no older one behind."""
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged.write_text(json.dumps(asdict(record), indent=1) + "\n", encoding="utf-8")
        staged.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def read_record(path: Path) -> ContractRecord | None:
    """The note at `path`; None where there is none that can be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        record = ContractRecord(**data)
    except (OSError, ValueError, TypeError):
        return None
    return record if isinstance(record.passed, bool) else None


def check_record(
    record: ContractRecord | None, name: str, *, description: str, package: str
) -> None:
    """Raise NOT_TESTED unless the run passed for exactly this description and package."""
    why = None
    if record is None:
        why = "no contract run over the whole description was noted"
    elif record.description != description:
        why = "the description was changed since its contract run"
    elif record.package != package:
        why = "the package was changed since its contract run"
    elif not record.passed:
        why = "its contract run found violations"
    elif record.cases < 1:
        why = "its contract run had no cases"
    if why is not None:
        message = f"{name} is not published: {why}"
        hint = f"run `trunkline test {name}`"
        raise TrunklineError([Diagnostic(Code.NOT_TESTED, message, hint=hint)], ExitCode.FINDINGS)
