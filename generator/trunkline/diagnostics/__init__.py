"""What went wrong, where, and what to do: one type for every stage, collected, never printed."""

from trunkline.diagnostics.catalogue import CATALOGUE, Rule
from trunkline.diagnostics.codes import GAPS, Code
from trunkline.diagnostics.diagnostic import (
    Diagnostic,
    Diagnostics,
    ExitCode,
    Severity,
    TrunklineError,
    reason_of,
)

__all__ = [
    "CATALOGUE",
    "GAPS",
    "Code",
    "Diagnostic",
    "Diagnostics",
    "ExitCode",
    "Rule",
    "Severity",
    "TrunklineError",
    "reason_of",
]
