"""The fault categories of Web Fuzzing Commons, and which rules find them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trunkline.contract.engine.registry import RULES, Family
from trunkline.contract.model import Finding

WFC_VERSION = "0.12.1"
"""The release whose categories these are."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A category: its code and id in the catalogue; the rules that find it, or why none does."""

    code: int
    id: str
    title: str
    rules: tuple[str, ...] = ()
    note: str = ""
    """When a finding of these rules is of the category; without rules why it is not looked for."""


_REFUSALS = (
    "body-required", "brackets-plain", "body-unambiguous", "create-bounds", "enum-enforced",
    "format-enforced", "invalid-rejected", "items-enforced", "length-enforced",
    "media-type-refused", "null-rejected", "parameter-enforced", "pattern-enforced",
    "range-enforced", "required-enforced", "rpc-arity", "rpc-params", "type-enforced",
    "unknown-refused", "update-bounds",
)  # fmt: skip
_INTRUSIONS = ("auth-missing", "auth-wrong", "auth-malformed", "auth-first", "rpc-guarded")
_CONSISTENT = ("status-consistent",)
_BY_STATUS = "any finding whose last response has the status"

FAULTS: dict[int, Fault] = {
    fault.code: fault
    for fault in (
        Fault(100, "HTTP_STATUS_500", "HTTP status 500", ("no-server-error",), _BY_STATUS),
        Fault(101, "HTTP_STATUS_NO_NON_STANDARD_CODES", "Status outside 100 to 599", _CONSISTENT),
        Fault(102, "HTTP_STATUS_NO_201_IF_DELETE", "201 to DELETE", ("status-documented",)),
        Fault(103, "HTTP_STATUS_NO_201_IF_GET", "201 to GET", ("status-documented",)),
        Fault(104, "HTTP_STATUS_NO_201_IF_PATCH", "201 to PATCH", ("status-documented",)),
        Fault(105, "HTTP_STATUS_NO_204_IF_CONTENT", "204 with content", _CONSISTENT),
        Fault(
            106,
            "HTTP_STATUS_NO_413_IF_NO_PAYLOAD",
            "413 without a payload",
            _CONSISTENT,
            "of GET, HEAD and DELETE without a body; others may need one",
        ),
        Fault(
            107,
            "HTTP_STATUS_NO_415_IF_NO_PAYLOAD",
            "415 without a payload",
            _CONSISTENT,
            "of GET, HEAD and DELETE without a body; others may need one",
        ),
        Fault(108, "HTTP_STATUS_NO_304_IF_NO_GET_OR_HEAD", "304 to a write", _CONSISTENT),
        Fault(
            109,
            "HTTP_STATUS_NO_401_IF_NO_WWW_AUTHENTICATE",
            "401 without WWW-Authenticate",
            ("challenge-sent",),
            "a hint: clients do without it",
        ),
        Fault(110, "HTTP_STATUS_NO_405_IF_NO_ALLOW", "405 without Allow", ("allow-header",)),
        Fault(111, "HTTP_STATUS_NO_205_IF_CONTENT", "205 with content", _CONSISTENT),
        Fault(112, "HTTP_STATUS_NO_426_IF_NO_UPGRADE", "426 without Upgrade", _CONSISTENT),
        Fault(
            113,
            "HTTP_NONWORKING_DELETE",
            "Still there after DELETE",
            ("delete-gone", "delete-unlisted", "delete-unusable"),
        ),
        Fault(
            114,
            "HTTP_SIDE_EFFECTS_FAILED_MODIFICATION",
            "A failed write changes something",
            ("refused-keeps", "auth-no-effect"),
        ),
        Fault(
            115,
            "HTTP_REPEATED_CREATE_PUT",
            "A repeated PUT creates again",
            ("put-once", "replace-status"),
        ),
        Fault(
            116,
            "HTTP_MISLEADING_CREATE_PUT",
            "PUT answers 201 for what is there",
            ("replace-status",),
        ),
        Fault(117, "HTTP_PARTIAL_UPDATE_PUT", "PUT does not replace all", ("replace-whole",)),
        Fault(
            118,
            "HTTP_NON_IDEMPOTENT_PUT",
            "PUT is not idempotent",
            ("put-idempotent",),
        ),
        Fault(
            119,
            "HTTP_INVALID_MERGE_PATCH",
            "Merge patch done wrong",
            (
                "absent-keeps", "empty-keeps", "null-clears", "list-replaces", "nested-kept",
                "merge-nested",
            ),
        ),
        Fault(120, "HTTP_INVALID_LOCATION", "Location leads nowhere", ("location-leads",)),
        Fault(121, "HTTP_OTHER_STATUS_5XX", "Other 5xx", ("no-server-error",), _BY_STATUS),
        Fault(
            122,
            "HTTP_CREATED_RESOURCE_NOT_FOUND",
            "What was created is not found",
            ("create-read", "rpc-created", "parent-exact"),
            "where the last response is 404 or 410",
        ),
        Fault(
            200,
            "SCHEMA_INVALID_RESPONSE",
            "A response breaks its schema",
            (
                "response-schema", "headers-documented", "content-type-documented",
                "status-documented", "rpc-result", "rpc-reply", "rpc-status", "event-body",
                "talk-request",
            ),
        ),
        Fault(201, "SCHEMA_INVALID_ALLOW", "Allow is not true", ("allow-header",)),
        Fault(
            202,
            "SCHEMA_STATUS_NO_401_IF_NO_AUTH",
            "401 where no login is described",
            ("status-documented",),
            "a gap of the description where 401 is not documented",
        ),
        Fault(
            203,
            "SCHEMA_STATUS_NO_403_IF_NO_401",
            "403 where no 401 is described",
            ("status-documented",),
            "a gap of the description where 403 is not documented",
        ),
        Fault(204, "SCHEMA_STATUS_HAS_406_IF_ACCEPT", "406 to an offer", ("accept-honoured",)),
        Fault(
            205,
            "SCHEMA_STATUS_NO_501_IF_IMPLEMENTED",
            "501 for what is described",
            ("no-server-error", "status-documented"),
            _BY_STATUS,
        ),
        Fault(206, "SCHEMA_VALIDATION_BYPASS", "What is invalid is accepted", _REFUSALS),
        Fault(
            207,
            "SCHEMA_VALID_INPUT_REJECTED",
            "What is valid is refused",
            ("valid-accepted", "create-accepted", "bounds-accepted", "charset-accepted"),
        ),
        Fault(
            300,
            "SECURITY_SQL_INJECTION",
            "SQL injection",
            ("filter-literal", "text-survived"),
            "by what can be observed: metacharacters that act in a filter, quotes that end in 5xx",
        ),
        Fault(
            301,
            "SECURITY_XSS_INJECTION",
            "Cross-site scripting",
            note="whether a text is dangerous depends on the page that shows it; `text-kept` holds "
            "servers to keep texts as they are",
        ),
        Fault(
            302,
            "SECURITY_SSRF",
            "Server-side request forgery",
            note="addresses inside the server's network are not sent: that would be an attack on "
            "more than the server under test",
        ),
        Fault(
            303,
            "SECURITY_MASS_ASSIGNMENT",
            "Mass assignment",
            ("owned-on-create", "owned-on-update", "id-fixed", "created-fixed"),
        ),
        Fault(
            304,
            "SECURITY_EXISTENCE_LEAKAGE",
            "Tells that another's object exists",
            ("existence-hidden",),
            "a hint: descriptions do not say which refusal is meant",
        ),
        Fault(
            305,
            "SECURITY_NOT_RECOGNIZED_AUTHENTICATED",
            "401 to valid credentials",
            note="which account may do what is not described; 401 to the first account is told as "
            "an undocumented status",
        ),
        Fault(
            306,
            "SECURITY_INCONSISTENT_WRITE_AUTHORIZATION",
            "Another's object can be written",
            ("tenant-update", "tenant-delete"),
        ),
        Fault(
            307,
            "SECURITY_IGNORE_ANONYMOUS",
            "Readable without a login though not by everybody",
            note="which account may read what is not described; whether anybody may is told as 311",
        ),
        Fault(
            308,
            "SECURITY_ANONYMOUS_MODIFICATIONS",
            "Anonymous modifications",
            ("auth-enforced", *_INTRUSIONS),
            "where the last request writes",
        ),
        Fault(309, "SECURITY_LEAKED_STACK_TRACES", "Stack traces", ("errors-discreet",)),
        Fault(
            310,
            "SECURITY_HIDDEN_ACCESSIBLE_ENDPOINT",
            "What is not described answers",
            ("method-refused", "path-refused", "rpc-unknown"),
        ),
        Fault(
            311,
            "SECURITY_DECLARED_AUTH_NOT_ENFORCED",
            "The login described is not asked for",
            _INTRUSIONS,
            "where the last request reads",
        ),
        Fault(312, "SECURITY_CALL_TIMEOUT", "No response in time", ("answers", "receiver-prompt")),
    )
}  # fmt: skip
"""By code."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_GONE = frozenset({404, 410})
_FIRST_OWN = 900
"""Codes from here to 999 are left to tools."""


def own_code(rule: str) -> Fault:
    """What stands for a rule that the catalogue has no category for: one code for each family."""
    family = RULES[rule].family
    code = _FIRST_OWN + list(Family).index(family)
    return Fault(code, f"TRUNKLINE_{family.upper()}", RULES[rule].title)


def faults_of(finding: Finding) -> tuple[Fault, ...]:
    """The categories that a finding is of, one at least where the catalogue knows such faults."""
    return tuple(FAULTS[code] for code in dict.fromkeys(_codes(finding)))


def _codes(finding: Finding) -> Iterator[int]:
    last = finding.steps[-1] if finding.steps else None
    status, method = (last.status, last.method) if last is not None else (0, "")
    if status >= 500:
        yield {500: 100, 501: 205}.get(status, 121)
    for fault in FAULTS.values():
        if finding.rule in fault.rules and _is_of(fault.code, finding, status, method):
            yield fault.code


def _is_of(code: int, finding: Finding, status: int, method: str) -> bool:
    """Whether a finding of a rule that finds a category is of that category."""
    created = {102: "DELETE", 103: "GET", 104: "PATCH"}
    statuses = {
        101: "status",
        105: "204",
        106: "413",
        107: "415",
        108: "304",
        111: "205",
        112: "426",
    }
    if code in created:
        return status == 201 and method == created[code]
    if code in statuses:
        return finding.subject == statuses[code]
    if code in {110, 201}:
        return ("without Allow" in finding.message) == (code == 110)
    if code in {202, 203}:
        return finding.subject == {202: "401", 203: "403"}[code]
    if code in {308, 311}:
        return (method in _SAFE) == (code == 311) or finding.rule == "auth-enforced"
    if code == 122:
        return status in _GONE
    if code == 204:
        return status == 406
    # Those that are told by the status alone.
    return code not in {100, 121, 205}
