"""What the audit works on, and what it finds."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, TypeAlias

from trunkline.diagnostics import Diagnostic, Severity
from trunkline.ir import ABSENT, Absent, Json
from trunkline.position import Position
from trunkline.source import Document

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Lines of a document, from 1, both ends included."""


class Kind(enum.StrEnum):
    """What a fact is about; the table in docs/provenance.md says when each holds."""

    OPERATION = "operation"
    PATH = "path"
    PARAMETER = "parameter"
    HEADER = "header"
    RESPONSE = "response"
    REQUEST = "request"
    SCHEMA = "schema"
    SECURITY = "security"
    SERVER = "server"
    WEBHOOK = "webhook"
    METHOD = "method"
    FIELD = "field"
    TYPE = "type"
    FORMAT = "format"
    REFERENCE = "reference"
    ENUM = "enum"
    DEFAULT = "default"
    LIMIT = "limit"
    NULLABLE = "nullable"
    REQUIRED = "required"
    READ_ONLY = "read-only"
    WRITE_ONLY = "write-only"
    DEPRECATED = "deprecated"
    EXAMPLE = "example"
    TEXT = "text"
    EXTENSION = "extension"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One item a document states. `places` are JSON pointers without `#`."""

    id: str
    source: str
    lines: Spans
    kind: Kind
    subject: str
    position: Position
    value: Json | Absent = ABSENT
    places: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    file: str | None = None

    def cited(self) -> str:
        """Source and lines, as a citation is written; the record's own line without a document."""
        lines = spell(self.lines) or str(self.position.line)
        return f"{self.source}:{lines}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What `check` found: the facts that cannot both be meant, and a sentence about them."""

    check: str
    facts: tuple[Fact, ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The digest of a part of a description (`#/info`) or of a file beside it."""

    at: str
    sha256: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """The facts of one document."""

    source: str
    sha256: str
    lines: int
    facts: tuple[Fact, ...]
    position: Position
    descriptions: tuple[str, ...]
    beyond: bool = False
    """No document, but the record of what descriptions say beyond them; facts have no lines."""
    seals: tuple[Seal, ...] = ()
    """Of a record: digests of everything, prose included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What the description has in the place of what a ruling set aside."""

    place: str
    kind: Kind
    value: Json | Absent
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """A contradiction, ruled on once. `facts` are patterns of fact ids."""

    id: str
    title: str
    source: str
    lines: Spans
    says: str
    contradicts: tuple[str, ...]
    ruling: str
    reason: str
    position: Position
    live: str | None = None
    facts: tuple[str, ...] = ()
    found_by: str | None = None
    becomes: tuple[Replacement, ...] = ()
    omission: bool = False
    """The document leaves it out: there is no fact to set aside."""
    kept: bool = False
    """The document is followed in spite of what stands against it: the facts are covered."""
    descriptions: tuple[str, ...] = ()
    """Those it holds for; empty: all."""

    def holds_for(self, description: str) -> bool:
        """Whether it is about the description of that name."""
        return not self.descriptions or description in self.descriptions

    def cited(self) -> str:
        """Source and lines, as a citation is written."""
        return f"{self.source}:{spell(self.lines)}"


class Rulings:
    """Which errata speak of which facts; patterns are looked up once."""

    def __init__(self, facts: Iterable[Fact], errata: Iterable[Erratum]) -> None:
        by_id = {fact.id: fact for fact in facts}
        self._patterns: dict[str, list[Fact]] = {}
        self._of: dict[str, list[Erratum]] = {}
        for erratum in errata:
            for pattern in erratum.facts:
                exact = by_id.get(pattern)
                self._patterns[pattern] = (
                    [exact]
                    if exact is not None
                    else [f for f in by_id.values() if fnmatchcase(f.id, pattern)]
                )
                for fact in self._patterns[pattern]:
                    self._of.setdefault(fact.id, []).append(erratum)

    def named(self, pattern: str) -> list[Fact]:
        """The facts that a pattern means."""
        return self._patterns.get(pattern, [])

    def of(self, fact: Fact) -> list[Erratum]:
        """The errata that speak of the fact."""
        return self._of.get(fact.id, [])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sources:
    """All that one API's folder holds for the audit, read.

    `descriptions` maps the path inside the folder (`openapi.yaml`, `history/…`) to the document.
    """

    name: str
    folder: Path
    descriptions: Mapping[str, Document]
    inventories: tuple[Inventory, ...]
    errata: tuple[Erratum, ...]
    rulings: Rulings
    documents: Path | None = None
    """Folder with the texts of the documents, where they are at hand."""

    def facts(self) -> Iterator[Fact]:
        """Of all inventories, in order."""
        for inventory in self.inventories:
            yield from inventory.facts

    def without_records(self) -> Sources:
        """The same with the documents' inventories alone."""
        return replace(self, inventories=tuple(i for i in self.inventories if not i.beyond))


class State(enum.StrEnum):
    """What became of a fact in one description."""

    COVERED = "covered"
    RULED = "ruled"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the coverage table."""

    description: str
    source: str
    kind: Kind
    covered: int = 0
    ruled: int = 0
    missing: int = 0

    @property
    def facts(self) -> int:
        """All of them."""
        return self.covered + self.ruled + self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """What was found; `coverage` has a row for each description, source and kind of fact."""

    api: str
    diagnostics: tuple[Diagnostic, ...]
    coverage: tuple[Row, ...]
    errata: tuple[Erratum, ...]
    provenance: Mapping[str, Mapping[str, int]] = field(
        default_factory=dict[str, "Mapping[str, int]"]
    )
    """Description → kind of provenance → how many citations of that kind it has."""

    @property
    def ok(self) -> bool:
        """Whether nothing is missing or wrong."""
        return not any(d.severity is Severity.ERROR for d in self.diagnostics)

    @property
    def facts(self) -> int:
        """Facts checked, each once for every description that must carry it."""
        return sum(row.facts for row in self.coverage)

    @property
    def missing(self) -> int:
        """Facts neither covered nor ruled on."""
        return sum(row.missing for row in self.coverage)

    def by_source(self) -> list[Row]:
        """The table with the kinds added up; `kind` of a sum says nothing."""
        sums: dict[tuple[str, str], Row] = {}
        for row in self.coverage:
            key = (row.description, row.source)
            old = sums.get(key, Row(description=key[0], source=key[1], kind=row.kind))
            sums[key] = Row(
                description=key[0],
                source=key[1],
                kind=row.kind,
                covered=old.covered + row.covered,
                ruled=old.ruled + row.ruled,
                missing=old.missing + row.missing,
            )
        return list(sums.values())

    def to_json(self) -> dict[str, Any]:
        """The report for machines (`trunkline audit --json`)."""
        return {
            "api": self.api,
            "ok": self.ok,
            "facts": self.facts,
            "missing": self.missing,
            "coverage": [
                {
                    "description": row.description,
                    "source": row.source,
                    "kind": str(row.kind),
                    "facts": row.facts,
                    "covered": row.covered,
                    "ruled": row.ruled,
                    "missing": row.missing,
                }
                for row in self.coverage
            ],
            "provenance": {name: dict(kinds) for name, kinds in self.provenance.items()},
            "errata": [
                {"id": e.id, "title": e.title, "at": e.cited(), "ruling": e.ruling, "live": e.live}
                for e in self.errata
            ],
            "diagnostics": [
                {
                    "code": str(d.code),
                    "severity": str(d.severity),
                    "message": d.message,
                    "hint": d.hint,
                    "file": d.position.file if d.position else None,
                    "line": d.position.line if d.position else None,
                    "column": d.position.column if d.position else None,
                }
                for d in self.diagnostics
            ],
        }


def spell(spans: Spans) -> str:
    """`71,80-83`."""
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def lines_of(spans: Spans) -> Iterator[int]:
    """Every line number."""
    for first, last in spans:
        yield from range(first, last + 1)
