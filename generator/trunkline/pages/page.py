"""One page about an API, in Markdown: first call, operations, objects, sources, errata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from trunkline.audit.audit import audit_material
from trunkline.audit.fact_checks import types
from trunkline.audit.load import load_material
from trunkline.audit.model import AuditReport, Erratum
from trunkline.audit.place import Place, find, follow
from trunkline.diagnostics import Code, Diagnostics
from trunkline.ir import Api
from trunkline.lower.provenance import Citations
from trunkline.names import load_package, plan
from trunkline.pages.markdown import anchor, code, folded, plain, table
from trunkline.pages.operations import OperationPages, cited
from trunkline.pipeline import find_spec, load_api, spec_name
from trunkline.pipeline.find import is_address
from trunkline.rules.waivers import Waiver, load_waivers
from trunkline.rules.walk import members
from trunkline.source import Document, Node


def api_page(spec: str | Path) -> str:
    """The page about the description that `spec` names, the same bytes every time.

    `docs/apis/<api>.md` holds it. Sources and errata are shown where they stand beside the
    description. Findings do not stop it: it shows what there is; `TrunklineError` where the
    description cannot be read.
    """
    loaded = load_api(spec, strict=False)
    found = Diagnostics()
    name = spec_name(spec)
    report: AuditReport | None = None
    unused: list[Waiver] = []
    path = None if is_address(spec) else find_spec(spec)
    if path is not None and path.name == "openapi.yaml":
        folder = path.parent
        if (folder / "sources").is_dir() or (folder / "errata.yaml").is_file():
            report = audit_material(load_material(folder, found), found)
        unused = [
            waiver for waiver in load_waivers(path, found) if waiver.rule == Code.RULE_UNREACHABLE
        ]
    page = _Page(name, report, loaded.document, operation_pages(spec, loaded.api), unused)
    return "\n".join(page.lines()) + "\n"


def operation_pages(spec: str | Path, api: Api) -> OperationPages:
    """The operations of the description that `spec` names, by the names of its package."""
    found = Diagnostics()
    beside = None if is_address(spec) else find_spec(spec).parent / "package.toml"
    return OperationPages(api, plan(api, load_package(beside, spec_name(spec), found), found))


class _Page:
    def __init__(
        self,
        name: str,
        report: AuditReport | None,
        document: Document,
        operations: OperationPages,
        unused: Sequence[Waiver],
    ) -> None:
        self._name = name
        self._report = report
        self._document = document
        self._operations = operations
        self._unused = unused
        self._citations = Citations(document.root, Diagnostics())

    def lines(self) -> Iterator[str]:
        root = self._document.root
        info = root.get("info")
        title = (info.text("title") if info else None) or self._name
        yield f"# {plain(title)}"
        yield ""
        yield "<!-- Made from the description by `trunkline docs`; edits are lost. -->"
        yield ""
        if info is not None and info.text("description"):
            yield plain(info.text("description") or "")
            yield ""
        yield from self._operations.start()
        yield from self._operations.operations()
        yield from self._objects()
        if self._report is not None:
            yield from self._coverage(self._report)
            yield from self._errata(self._report)

    def _coverage(self, report: AuditReport) -> Iterator[str]:
        yield "## Sources"
        yield ""
        sources = self._citations.sources.values()
        yield from table(
            ["id", "document", "lines"],
            [[f"`{s.id}`", plain(s.title), str(s.lines)] for s in sources],
        )
        yield from table(
            ["description", "source", "facts", "covered", "ruled on", "missing"],
            [
                [
                    f"`{r.description}`",
                    f"`{r.source}`",
                    *map(str, (r.facts, r.covered, r.ruled, r.missing)),
                ]
                for r in report.by_source()
            ],
        )

    def _objects(self) -> Iterator[str]:
        schemas = self._document.root.at(["components", "schemas"])
        yield "## Objects"
        yield ""
        for name, schema in members(schemas):
            yield from folded(
                f"<code>{escape(name)}</code>", self._object(schema), name=anchor(name)
            )

    def _object(self, schema: Node) -> Iterator[str]:
        said = self._said(schema)
        if said:
            yield said
            yield ""
        for waiver in self._unused:
            if waiver.accepts(Code.RULE_UNREACHABLE, schema.pointer):
                yield f"No operation has it: {plain(waiver.reason)}"
                yield ""
        required = schema.get("required")
        needed = required.value if required is not None else []
        properties = list(members(schema.get("properties")))
        for key, member in properties:
            must = ", required" if isinstance(needed, list) and key in needed else ""
            yield f"- `{code(key)}` ({self._type(member)}{must}): {self._said(member)}".rstrip(": ")
        if not properties:
            yield f"Type: {self._type(schema)}"
        yield ""
        yield "Where this is from:"
        yield ""
        yield f"- the object: {self._from(schema)}"
        for key, member in properties:
            yield f"- `{code(key)}`: {self._from(member)}"
        yield ""

    def _type(self, node: Node) -> str:
        ref = node.text("$ref")
        if ref is not None:
            name = ref.rpartition("/")[2]
            return f"[`{code(name)}`](#{anchor(name)})"
        place = find(self._document, node.pointer) or Place(node.pointer, (node,), ())
        items = node.get("items")
        if items is not None:
            text = f"list of {self._type(items)}"
        else:
            text = " or ".join(sorted(types(self._document, place))) or "any"
        values = node.get("enum")
        if values is not None and isinstance(values.value, list):
            text += ": " + ", ".join(f"`{code(v)}`" for v in values.value)
        if node.text("format"):
            text += f" ({plain(node.text('format') or '')})"
        return text

    def _said(self, node: Node) -> str:
        for link in follow(self._document, node):
            text = link.text("description") or link.text("summary")
            if text:
                return plain(text)
        return ""

    def _from(self, node: Node) -> str:
        found = [e for link in follow(self._document, node) for e in self._citations.of(link)]
        return "; ".join(dict.fromkeys(map(cited, found))) or "as what it is part of"

    def _errata(self, report: AuditReport) -> Iterator[str]:
        yield "## Errata"
        yield ""
        yield "What the documents say that was not, or not simply, followed."
        yield ""
        for erratum in report.errata:
            yield from _erratum(erratum)
        live = [e for e in report.errata if e.live]
        yield "## Known differences from the live service"
        yield ""
        if not live:
            yield "None are known."
            yield ""
        yield from table(
            ["erratum", "the live service"], [[e.id, plain(e.live or "")] for e in live]
        )


def _erratum(erratum: Erratum) -> Iterator[str]:
    shown = f"{escape(erratum.id)}: {escape(erratum.title)}"
    yield from folded(shown, erratum_lines(erratum), name=anchor(erratum.id))


def erratum_lines(erratum: Erratum) -> Iterator[str]:
    """What a document says, what stands against it, what was decided and why."""
    where = f" (only `{'`, `'.join(erratum.descriptions)}`)" if erratum.descriptions else ""
    yield f"- Source: `{erratum.cited()}`{where}"
    yield f"- It says: `{code(erratum.says)}`"
    for text in erratum.contradicts:
        yield f"- Against it: {plain(text)}"
    yield f"- Ruling: {plain(erratum.ruling)}"
    yield f"- Reason: {plain(erratum.reason)}"
    if erratum.live:
        yield f"- The live service: {plain(erratum.live)}"
