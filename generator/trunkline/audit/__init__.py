"""Every fact of the documents is in the description or ruled on; every part says who says so."""

from trunkline.audit.audit import audit, audit_material
from trunkline.audit.contradictions import contradictions
from trunkline.audit.load import load_material
from trunkline.audit.model import (
    AuditReport,
    Contradiction,
    Erratum,
    Fact,
    Inventory,
    Kind,
    Replacement,
    Row,
    Sources,
    State,
)
from trunkline.audit.uncited import record

__all__ = [
    "AuditReport",
    "Contradiction",
    "Erratum",
    "Fact",
    "Inventory",
    "Kind",
    "Replacement",
    "Row",
    "Sources",
    "State",
    "audit",
    "audit_material",
    "contradictions",
    "load_material",
    "record",
]
