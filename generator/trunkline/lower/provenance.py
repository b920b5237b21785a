"""`x-trunkline-sources` and `x-trunkline-source`: who says so, checked."""

from __future__ import annotations

import difflib
import re
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code, Diagnostics
from trunkline.source import Node, Value

_LINES: Final = re.compile(r"\d+(-\d+)?(,\d+(-\d+)?)*\Z")
_KINDS: Final = ("public", "observed", "inferred")


class Citations:
    """The documents that may be cited, and the citations, each checked once."""

    def __init__(self, root: Node, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self.sources: dict[str, ir.SourceDocument] = {}
        self._known: dict[str, ir.Provenance] = {}
        self._notes: dict[tuple[str, str], ir.Provenance] = {}
        listed = root.get("x-trunkline-sources")
        if listed is not None:
            self._read(listed)

    def _read(self, listed: Node) -> None:
        if not isinstance(listed.value, dict):
            self._bad("x-trunkline-sources is a mapping of ids to documents", listed)
            return
        for name, node in listed.items():
            value = node.value
            lines = value.get("lines") if isinstance(value, dict) else None
            title, digest = node.text("title"), node.text("sha256")
            if title is None or digest is None or not isinstance(lines, int) or lines < 1:
                self._bad(f"Source {name!r} needs title, lines (a number) and sha256", node)
                continue
            self.sources[name] = ir.SourceDocument(id=name, title=title, lines=lines, sha256=digest)

    def _bad(self, message: str, node: Node, hint: str | None = None) -> None:
        self._diagnostics.add(Code.BAD_EXTENSION, message, node.position, hint)

    def of(self, node: Node) -> tuple[ir.Provenance, ...]:
        """What `x-trunkline-source` of `node` says; faults become diagnostics."""
        written = node.value.get("x-trunkline-source") if isinstance(node.value, dict) else None
        known = self.known(written)
        if known is not None:
            return known
        source = node.get("x-trunkline-source")
        if source is None:
            return ()
        entries = list(source.elements()) if isinstance(source.value, list) else [source]
        found = (self._entry(entry) for entry in entries)
        return tuple(entry for entry in found if entry is not None)

    def known(self, written: Value) -> tuple[ir.Provenance, ...] | None:
        """What an `x-trunkline-source` says whose parts have all been met before; None where some
        has not, or there is something wrong with one."""
        found: list[ir.Provenance] = []
        for one in written if isinstance(written, list) else (written,):
            if isinstance(one, str):
                known = self._known.get(one)
            elif isinstance(one, dict) and len(one) == 1:
                ((kind, note),) = one.items()
                known = self._notes.get((kind, note)) if isinstance(note, str) else None
            else:
                return None
            if known is None:
                return None
            found.append(known)
        return tuple(found)

    def _entry(self, entry: Node) -> ir.Provenance | None:
        value = entry.value
        if isinstance(value, str):
            known = self._known.get(value)
            if known is None and (known := self._citation(value, entry)) is not None:
                self._known[value] = known
            return known
        if isinstance(value, dict) and len(value) == 1:
            ((kind, note),) = value.items()
            if kind not in _KINDS:
                near = difflib.get_close_matches(kind, _KINDS, 1)
                self._bad(
                    f"{kind!r} is no kind of provenance",
                    entry,
                    f"Did you mean {near[0]!r}?" if near else f"One of {', '.join(_KINDS)}.",
                )
                return None
            if not isinstance(note, str) or not note.strip():
                self._bad(f"{kind!r} needs a sentence that says what or why", entry)
                return None
            noted = ir.Provenance(kind=ir.ProvenanceKind(kind), note=note)
            return self._notes.setdefault((kind, note), noted)
        self._bad(
            "x-trunkline-source is '<source>:<lines>' or a mapping with one key",
            entry,
            f"Keys are {', '.join(_KINDS)}.",
        )
        return None

    def _citation(self, text: str, entry: Node) -> ir.Provenance | None:
        name, _, lines = text.rpartition(":")
        if not name or not _LINES.match(lines):
            self._bad(
                f"{text!r} is not a citation",
                entry,
                "Write <source>:<lines>, as in a-doc:71,80-83.",
            )
            return None
        source = self.sources.get(name)
        if source is None:
            near = difflib.get_close_matches(name, self.sources, 1)
            self._bad(
                f"Source {name!r} is not listed in x-trunkline-sources",
                entry,
                f"Did you mean {near[0]!r}?" if near else None,
            )
            return None
        spans: list[tuple[int, int]] = []
        for span in lines.split(","):
            first, _, last = span.partition("-")
            start, end = int(first), int(last or first)
            if not 1 <= start <= end <= source.lines:
                self._bad(f"{name} has lines 1 to {source.lines}, not {span}", entry)
                return None
            spans.append((start, end))
        return ir.Provenance(kind=ir.ProvenanceKind.DOCUMENTED, source=name, lines=tuple(spans))
