"""One page about an API, in Markdown: operations, objects, where each fact is from, errata."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from trunkline.audit.audit import audit_material
from trunkline.audit.fact_checks import types
from trunkline.audit.load import load_material
from trunkline.audit.model import AuditReport, Erratum, Sources
from trunkline.audit.place import Place, find, follow
from trunkline.diagnostics import Diagnostics
from trunkline.ir import Provenance
from trunkline.lower.provenance import Citations
from trunkline.rules.walk import METHODS, members
from trunkline.source import Document, Node

_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", **{c: f"\\{c}" for c in "|*_[#"}}
)


def api_page(folder: Path) -> str:
    """The page about the API in `folder` (`specs/<api>`), from its newest description.

    The same bytes every time; `docs/apis/<api>.md` holds it. `TrunklineError` and findings of the
    audit do not stop it: it shows what there is.
    """
    diagnostics = Diagnostics()
    material = load_material(folder, diagnostics)
    report = audit_material(material, diagnostics)
    document = material.descriptions["openapi.yaml"]
    return "\n".join(_Page(material, report, document).lines()) + "\n"


class _Page:
    def __init__(self, material: Sources, report: AuditReport, document: Document) -> None:
        self._material = material
        self._report = report
        self._document = document
        self._citations = Citations(document.root, Diagnostics())

    def lines(self) -> Iterator[str]:
        root = self._document.root
        info = root.get("info")
        title = (info.text("title") if info else None) or self._material.name
        yield f"# {_plain(title)}"
        yield ""
        yield "<!-- Made from specs/ by `trunkline docs`; edits are lost. -->"
        yield ""
        if info is not None and info.text("description"):
            yield _plain(info.text("description") or "")
            yield ""
        yield from self._coverage()
        yield from self._operations()
        yield from self._objects()
        yield from self._errata()

    def _coverage(self) -> Iterator[str]:
        yield "## Sources"
        yield ""
        sources = self._citations.sources.values()
        yield from _table(
            ["id", "document", "lines"],
            [[f"`{s.id}`", _plain(s.title), str(s.lines)] for s in sources],
        )
        yield from _table(
            ["description", "source", "facts", "covered", "ruled on", "missing"],
            [
                [
                    f"`{r.description}`",
                    f"`{r.source}`",
                    *map(str, (r.facts, r.covered, r.ruled, r.missing)),
                ]
                for r in self._report.by_source()
            ],
        )

    def _operations(self) -> Iterator[str]:
        rows: list[list[str]] = []
        for path, item in members(self._document.root.get("paths")):
            for method in METHODS:
                operation = item.get(method)
                if operation is not None:
                    rows.append(
                        [
                            f"`{operation.text('operationId') or ''}`",
                            f"`{method.upper()} {path}`",
                            self._said(operation),
                            self._from(operation),
                        ]
                    )
                rows += self._rpc_rows(operation)
        yield "## Operations"
        yield ""
        yield from _table(["name", "request", "what it does", "source"], rows)

    def _rpc_rows(self, operation: Node | None) -> list[list[str]]:
        methods = operation.at(["x-trunkline-rpc", "methods"]) if operation is not None else None
        return [
            [f"`{name}`", "JSON-RPC", self._said(method), self._from(method)]
            for name, method in (methods.items() if methods is not None else ())
        ]

    def _objects(self) -> Iterator[str]:
        schemas = self._document.root.at(["components", "schemas"])
        yield "## Objects"
        yield ""
        for name, schema in members(schemas):
            yield f"### {_plain(name)}"
            yield ""
            said = self._said(schema)
            if said:
                yield said
                yield ""
            yield f"Source: {self._from(schema)}"
            yield ""
            required = schema.get("required")
            needed = required.value if required is not None else []
            rows = [
                [
                    f"`{key}`",
                    self._type(member),
                    "yes" if isinstance(needed, list) and key in needed else "",
                    self._said(member),
                    self._from(member),
                ]
                for key, member in members(schema.get("properties"))
            ]
            if rows:
                yield from _table(["member", "type", "required", "meaning", "source"], rows)
            else:
                yield f"Type: {self._type(schema)}"
                yield ""

    def _type(self, node: Node) -> str:
        ref = node.text("$ref")
        if ref is not None:
            return f"`{ref.rpartition('/')[2]}`"
        place = find(self._document, node.pointer) or Place(node.pointer, (node,), ())
        items = node.get("items")
        if items is not None:
            text = f"list of {self._type(items)}"
        else:
            text = " or ".join(sorted(types(self._document, place))) or "any"
        values = node.get("enum")
        if values is not None and isinstance(values.value, list):
            text += ": " + ", ".join(f"`{_code(v)}`" for v in values.value)
        if node.text("format"):
            text += f" ({_plain(node.text('format') or '')})"
        return text

    def _said(self, node: Node) -> str:
        for link in follow(self._document, node):
            text = link.text("description") or link.text("summary")
            if text:
                return _plain(text)
        return ""

    def _from(self, node: Node) -> str:
        found = [e for link in follow(self._document, node) for e in self._citations.of(link)]
        return "; ".join(dict.fromkeys(map(_cited, found))) or "as what it is part of"

    def _errata(self) -> Iterator[str]:
        yield "## Errata"
        yield ""
        yield "What the documents say that was not, or not simply, followed."
        yield ""
        for erratum in self._report.errata:
            yield from _erratum(erratum)
        live = [e for e in self._report.errata if e.live]
        yield "## Known differences from the live service"
        yield ""
        if not live:
            yield "None are known."
            yield ""
        yield from _table(
            ["erratum", "the live service"], [[e.id, _plain(e.live or "")] for e in live]
        )


def _erratum(erratum: Erratum) -> Iterator[str]:
    where = f" (only `{'`, `'.join(erratum.descriptions)}`)" if erratum.descriptions else ""
    yield f"### {erratum.id}: {_plain(erratum.title)}"
    yield ""
    yield f"- Source: `{erratum.cited()}`{where}"
    yield f"- It says: `{_code(erratum.says)}`"
    if erratum.contradicts:
        yield f"- Against it: {'; '.join(map(_plain, erratum.contradicts))}"
    yield f"- Ruling: {_plain(erratum.ruling)}"
    yield f"- Reason: {_plain(erratum.reason)}"
    yield ""


def _cited(entry: Provenance) -> str:
    text = str(entry)
    return f"`{text}`" if entry.source is not None else _plain(text)


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"| {' | '.join(head)} |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def _plain(text: str) -> str:
    """Text of a description as one line of Markdown that shows it and does nothing else."""
    parts = " ".join(text.split()).split("`")
    shown = [
        part.translate(_ESCAPES) if index % 2 == 0 or len(parts) % 2 == 0 else f"`{_code(part)}`"
        for index, part in enumerate(parts)
    ]
    return "".join(shown) if len(parts) % 2 else "'".join(shown)


def _code(value: object) -> str:
    """A value inside a code span of a table cell."""
    text = value if isinstance(value, str) else repr(value)
    return " ".join(text.replace("`", "'").split()).replace("|", "\\|")
