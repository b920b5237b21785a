"""Every fact of the documents is in the description or ruled on; every part says who says so."""

from trunkline.audit.audit import audit, audit_material
from trunkline.audit.beyond import record
from trunkline.audit.contradictions import Contradiction, contradictions
from trunkline.audit.load import load_material
from trunkline.audit.model import (
    AuditReport,
    Becomes,
    Erratum,
    Fact,
    Inventory,
    Kind,
    Material,
    Row,
    State,
)

__all__ = [
    "AuditReport",
    "Becomes",
    "Contradiction",
    "Erratum",
    "Fact",
    "Inventory",
    "Kind",
    "Material",
    "Row",
    "State",
    "audit",
    "audit_material",
    "contradictions",
    "load_material",
    "record",
]
