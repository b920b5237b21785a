"""What a run is about: collections, exchanges, findings, values, the configuration."""

from trunkline.contract.model.auth_file import AuthUser, LoginRequest, TokenPlace, read_auth_file
from trunkline.contract.model.boundary_values import BoundaryValues, InvalidExample
from trunkline.contract.model.collections import (
    Collection,
    ObservedId,
    collections,
    fill,
    is_conditional,
    like,
    nameless,
    only_json_patch,
    pattern_of,
    plain_name,
    takes_json_patch,
    variables,
)
from trunkline.contract.model.config import (
    Budget,
    GivenCredentials,
    Profile,
    RunConfig,
    Shard,
    is_loopback,
)
from trunkline.contract.model.conformance import (
    CONVENTIONAL,
    is_ambiguous,
    read_texts,
    response_problems,
    shows_inside,
    tells_success,
)
from trunkline.contract.model.coverage import SCHEMATHESIS, Coverage, OperationCoverage, from_json
from trunkline.contract.model.deletion import reads_deleted
from trunkline.contract.model.description import bundle
from trunkline.contract.model.exchange import (
    CONDITIONAL_HEADERS,
    OTHERS_HEADERS,
    SHOWN_BODY,
    Exchange,
    Request,
    Secrets,
    has_path,
)
from trunkline.contract.model.finding import EvidenceStep, Finding, Findings, Level, Source
from trunkline.contract.model.grouping import Cause, group_findings
from trunkline.contract.model.handed_on import (
    REFERENCES,
    HandedOn,
    handed_on,
    put,
    variables_for,
)
from trunkline.contract.model.made_up import DEEP, LONG, MANY, UNKNOWN, is_made_up
from trunkline.contract.model.patterns import matching
from trunkline.contract.model.results import Acceptance, RunReport, UnitResult, UnitVerdict
from trunkline.contract.model.selection import SELECTORS, Selection
from trunkline.contract.model.timeline import Timeline
from trunkline.contract.model.valid_values import UnbuildableError, bounds

__all__ = [
    "CONDITIONAL_HEADERS",
    "CONVENTIONAL",
    "DEEP",
    "LONG",
    "MANY",
    "OTHERS_HEADERS",
    "REFERENCES",
    "SCHEMATHESIS",
    "SELECTORS",
    "SHOWN_BODY",
    "UNKNOWN",
    "Acceptance",
    "AuthUser",
    "BoundaryValues",
    "Budget",
    "Cause",
    "Collection",
    "Coverage",
    "EvidenceStep",
    "Exchange",
    "Finding",
    "Findings",
    "GivenCredentials",
    "HandedOn",
    "InvalidExample",
    "Level",
    "LoginRequest",
    "ObservedId",
    "OperationCoverage",
    "Profile",
    "Request",
    "RunConfig",
    "RunReport",
    "Secrets",
    "Selection",
    "Shard",
    "Source",
    "Timeline",
    "TokenPlace",
    "UnbuildableError",
    "UnitResult",
    "UnitVerdict",
    "bounds",
    "bundle",
    "collections",
    "fill",
    "from_json",
    "group_findings",
    "handed_on",
    "has_path",
    "is_ambiguous",
    "is_conditional",
    "is_loopback",
    "is_made_up",
    "like",
    "matching",
    "nameless",
    "only_json_patch",
    "pattern_of",
    "plain_name",
    "put",
    "read_auth_file",
    "read_texts",
    "reads_deleted",
    "response_problems",
    "shows_inside",
    "takes_json_patch",
    "tells_success",
    "variables",
    "variables_for",
]
