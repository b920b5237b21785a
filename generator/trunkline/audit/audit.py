"""Puts the two directions together."""

from __future__ import annotations

from pathlib import Path

from trunkline.audit import consistency, seals, uncited
from trunkline.audit.citations import Cited
from trunkline.audit.contradictions import check as check_contradictions
from trunkline.audit.examples import Examples, check_files
from trunkline.audit.facts import FactCheck
from trunkline.audit.load import description_files, load_material
from trunkline.audit.model import AuditReport, Row, Sources
from trunkline.diagnostics import Diagnostics


def audit(folder: Path, *, documents: Path | None = None) -> AuditReport:
    """Audit the API whose description lies in `folder` (`specs/<api>`).

    With `documents`, a folder that holds the documents' texts under any names, inventories are
    compared with their hashes. Everything found is in the report; nothing is raised.
    """
    diagnostics = Diagnostics()
    material = load_material(folder, diagnostics, documents=documents)
    there = [path for path in description_files(folder) if path.is_file()]
    if len(there) > len(material.descriptions):
        # Of a description that cannot be read every fact is missing: said once.
        return AuditReport(
            api=material.name,
            diagnostics=tuple(diagnostics),
            coverage=(),
            errata=material.errata,
            provenance={},
        )
    return audit_material(material, diagnostics)


def audit_material(material: Sources, diagnostics: Diagnostics | None = None) -> AuditReport:
    """The same for what has been read already; findings are added to `diagnostics`."""
    found = Diagnostics() if diagnostics is None else diagnostics
    cited = {name: Cited(document, found) for name, document in material.descriptions.items()}
    consistency.check(material, cited, found)
    examples = Examples(material.folder, found)
    rows: list[Row] = []
    provenance: dict[str, dict[str, int]] = {}
    for name, document in material.descriptions.items():
        rows += FactCheck(name, document, cited[name], material, examples, found).run()
        provenance[name] = cited[name].check(material)
        uncited.check(name, document, material, found)
    check_files(material, found)
    check_contradictions(material, found)
    if not list(found):
        seals.check(material, found)
    return AuditReport(
        api=material.name,
        diagnostics=tuple(found),
        coverage=tuple(rows),
        errata=material.errata,
        provenance=provenance,
    )
