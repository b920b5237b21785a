"""What a run is about: collections, exchanges, findings, values, the configuration."""

from trunkline.contract.model import conformance, credentials, shapes
from trunkline.contract.model.boundary_values import Bad, Values
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
from trunkline.contract.model.coverage import SCHEMATHESIS, Coverage, Touched, from_json
from trunkline.contract.model.description import bundle
from trunkline.contract.model.exchange import SHOWN_BODY, Exchange, Request, Secrets, dig, has
from trunkline.contract.model.finding import Findings, Source, Step, Violation
from trunkline.contract.model.grouping import Cause, causes
from trunkline.contract.model.paging import following
from trunkline.contract.model.patterns import matching
from trunkline.contract.model.results import Acceptance, Outcome, Report, Verdict
from trunkline.contract.model.schema_validator import Direction, Oracle
from trunkline.contract.model.shapes import Leaf, Path, descend, facets, is_json_media, resolve
from trunkline.contract.model.valid_values import UnbuildableError, bounds

__all__ = [
    "SCHEMATHESIS",
    "SHOWN_BODY",
    "Acceptance",
    "Bad",
    "Budget",
    "Cause",
    "Collection",
    "Coverage",
    "Credentials",
    "Direction",
    "Exchange",
    "Findings",
    "Leaf",
    "Oracle",
    "Outcome",
    "Path",
    "Profile",
    "Report",
    "Request",
    "RunConfig",
    "Secrets",
    "Shard",
    "Source",
    "Step",
    "Touched",
    "UnbuildableError",
    "Values",
    "Verdict",
    "Violation",
    "addressed",
    "body_schema",
    "bounds",
    "bundle",
    "causes",
    "check",
    "collections",
    "conformance",
    "creatable",
    "credentials",
    "deletable",
    "descend",
    "dig",
    "documented",
    "facets",
    "fill",
    "following",
    "from_json",
    "has",
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
