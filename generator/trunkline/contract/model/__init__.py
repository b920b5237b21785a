"""What a run is about: collections, exchanges, findings, values, the configuration."""

from trunkline.contract.model import conformance, credentials, shapes
from trunkline.contract.model.boundary_values import BoundaryValues, InvalidExample
from trunkline.contract.model.collections import (
    Collection,
    addressed,
    body_schema,
    collections,
    creatable,
    deletable,
    fill,
    identified,
    like,
    readable,
    updatable,
    variables,
)
from trunkline.contract.model.config import (
    Budget,
    Credentials,
    Profile,
    RunConfig,
    Shard,
    is_loopback,
)
from trunkline.contract.model.conformance import check, documented, read_texts
from trunkline.contract.model.coverage import SCHEMATHESIS, Coverage, OperationCoverage, from_json
from trunkline.contract.model.description import bundle
from trunkline.contract.model.exchange import (
    SHOWN_BODY,
    Exchange,
    Request,
    Secrets,
    get_path,
    has_path,
)
from trunkline.contract.model.finding import Finding, Findings, Source, Step
from trunkline.contract.model.grouping import Cause, group_findings
from trunkline.contract.model.paging import following
from trunkline.contract.model.patterns import matching
from trunkline.contract.model.results import Acceptance, Report, UnitResult, Verdict
from trunkline.contract.model.schema_validator import Direction, SchemaValidator
from trunkline.contract.model.shapes import Leaf, Path, descend, facets, is_json_media, resolve
from trunkline.contract.model.valid_values import UnbuildableError, bounds

__all__ = [
    "SCHEMATHESIS",
    "SHOWN_BODY",
    "Acceptance",
    "BoundaryValues",
    "Budget",
    "Cause",
    "Collection",
    "Coverage",
    "Credentials",
    "Direction",
    "Exchange",
    "Finding",
    "Findings",
    "InvalidExample",
    "Leaf",
    "OperationCoverage",
    "Path",
    "Profile",
    "Report",
    "Request",
    "RunConfig",
    "SchemaValidator",
    "Secrets",
    "Shard",
    "Source",
    "Step",
    "UnbuildableError",
    "UnitResult",
    "Verdict",
    "addressed",
    "body_schema",
    "bounds",
    "bundle",
    "check",
    "collections",
    "conformance",
    "creatable",
    "credentials",
    "deletable",
    "descend",
    "documented",
    "facets",
    "fill",
    "following",
    "from_json",
    "get_path",
    "group_findings",
    "has_path",
    "identified",
    "is_json_media",
    "is_loopback",
    "like",
    "matching",
    "read_texts",
    "readable",
    "resolve",
    "shapes",
    "updatable",
    "variables",
]
