"""Schemathesis' own phases on the raw description: examples, coverage, fuzzing, stateful.

Only its public names are touched. Its findings become violations of this suite's rules; what it
creates is noted for deletion; what it would change or delete is only ever this run's own.
"""

from __future__ import annotations

import copy
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.engine import Status, events, from_schema

from trunkline import ir
from trunkline.contract.fuzzing.examples import database, kept_in
from trunkline.contract.fuzzing.filters import is_overruled, is_still_made, keyed
from trunkline.contract.fuzzing.hooks import OF_ITS_OWN, SAFE, FuzzingHooks, operation_of
from trunkline.contract.model import (
    CONVENTIONAL,
    OTHERS_HEADERS,
    EvidenceStep,
    Exchange,
    Finding,
    Findings,
    Level,
    Profile,
    Request,
    Source,
    is_ambiguous,
    tells_success,
)
from trunkline.contract.session import Actor, Session
from trunkline.pointer import escape
from trunkline.semantics.credentials import CredentialParts

RULE_OF_CHECK = {
    "not_a_server_error": "no-server-error",
    "status_code_conformance": "status-documented",
    "content_type_conformance": "content-type-documented",
    "response_schema_conformance": "response-schema",
    "response_headers_conformance": "headers-documented",
    "positive_data_acceptance": "valid-accepted",
    "negative_data_rejection": "invalid-rejected",
    "use_after_free": "delete-gone",
    "ensure_resource_availability": "create-read",
    "missing_required_header": "required-enforced",
    "object_level_authorization": "tenant-read",
    "unsupported_method": "method-refused",
    "allow_header_conformance": "allow-header",
}
"""Schemathesis' checks and the rules of this suite that say the same."""

_OF_BODIES = frozenset({"positive_data_acceptance", "negative_data_rejection"})
"""Checks that say whether a body should have been taken."""
_OF_ADDRESSES = frozenset({"ensure_resource_availability", "use_after_free"})
"""Checks that compare what became of one address in several requests."""
SMOKE_EXAMPLES = 5
SMOKE_SCENARIOS = 4
FULL_SCENARIOS = 50


@dataclass(slots=True)
class PhaseResult:
    """What one pass of Schemathesis found."""

    findings: Findings = field(default_factory=Findings)
    cases: int = 0
    errors: list[str] = field(default_factory=list[str])
    """What kept it from trying an operation; no violations."""


EVERY_PHASE = ("examples", "coverage", "fuzzing", "stateful")


def run_phases(
    session: Session,
    operations: frozenset[str],
    progress: Callable[[int], None] = lambda _cases: None,
    phases: Sequence[str] = EVERY_PHASE,
) -> PhaseResult:
    """Run `phases` on `operations` (ids). `progress` is told the number of cases so far."""
    # A JSON-RPC endpoint answers every call, right or wrong, with one status: the checks of its
    # methods judge the calls one by one.
    carrier = session.api.rpc.operation if session.api.rpc else None
    chosen = [o for o in session.api.operations if o.id in operations and o.id != carrier]
    if not session.config.writes:
        chosen = [o for o in chosen if o.method in SAFE]
    for operation in chosen:
        if not session.safety.callable(operation):
            session.safety.leave_out(operation.id)
    chosen = [o for o in chosen if session.safety.callable(o)]
    hooks = FuzzingHooks(session)
    result = PhaseResult()
    examples = database(session.config.examples, session.config.name)
    before, after = hooks.hooks()
    left = [(tuple(phases), frozenset((o.method.upper(), o.path) for o in chosen))]
    try:
        with warnings.catch_warnings(), kept_in(examples):
            warnings.simplefilter("ignore")
            while left and not session.meter.spent and not session.meter.stopped:
                names, named = left.pop(0)
                if names and named:
                    left = [*_pass(session, hooks, result, progress, names, named), *left]
    finally:
        _unhook(before, after)
    if session.meter.stopped:
        raise KeyboardInterrupt
    return result


_Named = frozenset[tuple[str, str]]
"""Methods and paths of operations."""


def _pass(
    session: Session,
    hooks: FuzzingHooks,
    result: PhaseResult,
    progress: Callable[[int], None],
    phases: Sequence[str],
    named: _Named,
) -> list[tuple[tuple[str, ...], _Named]]:
    """Run phases on operations, and return those that are left to be run.

    Some responses make Schemathesis itself fail (a text in one that begins like an address and is
    none, for instance). The operation that it was at is told then, and left out of that phase.
    """
    schema: schemathesis.BaseSchema = schemathesis.openapi.from_dict(
        readable(dict(session.config.description)), config=_config(session, phases)
    )
    schema = schema.include(
        lambda context: (context.operation.method.upper(), context.operation.path) in named
    )
    stream = from_schema(schema).execute()
    hooks.stop = stream.stop
    phase, label = "", ""
    tried: set[str] = set()
    try:
        for event in stream:
            if isinstance(event, events.PhaseStarted):
                phase, label, tried = event.phase.name.value.lower(), "", set()
            elif isinstance(event, events.ScenarioStarted):
                label = event.label or ""
                tried.add(label)
            _take(session, hooks, result, event)
            if isinstance(event, events.ScenarioFinished):
                progress(result.cases)
            if session.meter.spent or session.meter.stopped:
                stream.stop()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        why = f"{type(error).__name__}: {error}"
        result.errors.append(
            session.secrets.hide(
                f"Schemathesis broke off {phase} at {label or 'no operation'}: {why}"
            )
        )
        if phase not in phases:
            return []
        rest = tuple(phases[list(phases).index(phase) + 1 :])
        untried = frozenset((m, p) for m, p in named if f"{m} {p}" not in tried)
        again = [((phase,), untried)] if label and untried != named else []
        return [*again, (rest, named)]
    return []


def readable(description: dict[str, Any]) -> dict[str, Any]:
    """A copy that Schemathesis reads as the rest of the suite does.

    Headers that HTTP sets itself are not parameters. Credentials are this suite's matter: each
    request carries the right ones, and none that were made up. A `content` that is a reference as
    a whole is a slip, which it does not read. From 3.1 on `nullable` is no keyword any more, and
    is meant all the same where it stands.
    """
    old = str(description.get("openapi", "")).startswith("3.0")
    others = set(_references_to_others_headers(description))

    def copied(value: Any) -> Any:
        if isinstance(value, dict):
            made = {
                key: copied(inner)
                for key, inner in value.items()
                if not _is_slip(key, inner) and not _is_security(key, inner)
            }
            return made if old or made.get("nullable") is not True else _with_null(made)
        if isinstance(value, list):
            return [
                copied(inner)
                for inner in value
                if not _is_others_header(inner)
                and not (isinstance(inner, dict) and inner.get("$ref") in others)
            ]
        return copy.copy(value)

    made = copied(description)
    return made if isinstance(made, dict) else {}


def _is_slip(key: Any, value: Any) -> bool:
    whole = value.get("$ref") if isinstance(value, dict) else value
    return key == "content" and isinstance(whole, str) and whole.startswith("#/components/")


def _is_security(key: Any, value: Any) -> bool:
    """Whether this says which credentials a request carries."""
    return key == "security" and isinstance(value, list)


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema that says `nullable`, said as JSON Schema says it."""
    made = {name: value for name, value in schema.items() if name != "nullable"}
    kind = made.get("type")
    if isinstance(kind, str):
        made["type"] = [kind, "null"]
    if isinstance(made.get("enum"), list) and None not in made["enum"]:
        made["enum"] = [*made["enum"], None]
    if kind is None and "enum" not in made and made:
        return {"anyOf": [made, {"type": "null"}]}
    return made


def _is_others_header(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("in") == "header"
        and str(value.get("name", "")).lower() in OTHERS_HEADERS
    )


def _references_to_others_headers(description: dict[str, Any]) -> Iterator[str]:
    components = description.get("components")
    found = components.get("parameters") if isinstance(components, dict) else None
    for name, parameter in found.items() if isinstance(found, dict) else ():
        if _is_others_header(parameter):
            yield f"#/components/parameters/{escape(name)}"


def _unhook(*hooks: Callable[..., Any]) -> None:
    from schemathesis import hooks as registry

    for hook in hooks:
        registry.unregister(hook)


def _config(session: Session, phases: Sequence[str]) -> schemathesis.Config:
    config = session.config
    headers = dict(config.credentials.headers)
    credential = next(
        (c for o in session.api.operations if (c := session.credential(o, Actor.ME))),
        CredentialParts(),
    )
    headers.update(credential.headers)
    if credential.cookies:
        headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in credential.cookies.items())
    generation: dict[str, object] = {"allow-x00": False}
    if config.profile is Profile.SMOKE:
        generation["max-examples"] = SMOKE_EXAMPLES
    steps = SMOKE_SCENARIOS if config.profile is Profile.SMOKE else FULL_SCENARIOS
    data: dict[str, object] = {
        "seed": config.seed,
        "base-url": config.base_url,
        "request-timeout": config.budget.timeout,
        "headers": headers,
        "cache": {"enabled": False},
        "tls-verify": os.environ.get("SSL_CERT_FILE") or True,
        "generation": generation,
        "continue-on-failure": True,
        "checks": {
            "positive_data_acceptance": {"enabled": True},
            # Methods that are not described are tried by a check of our own: not everywhere.
            "unsupported_method": {"enabled": False},
            "ignored_auth": {"enabled": False},
        },
        "phases": {
            **{name: {"enabled": name in phases} for name in EVERY_PHASE},
            "coverage": {"enabled": "coverage" in phases, "unexpected-methods": []},
            "stateful": {"enabled": "stateful" in phases, "generation": {"max-examples": steps}},
        },
    }
    # No `max-time`: Schemathesis then repeats its phases until the time is spent. The meter ends a
    # run whose time is up.
    return schemathesis.Config.from_dict(data)


def _take(
    session: Session, hooks: FuzzingHooks, result: PhaseResult, event: events.EngineEvent
) -> None:
    if isinstance(event, events.ScenarioFinished):
        result.cases += len(event.recorder.interactions)
        for case_id, nodes in event.recorder.checks.items():
            for node in nodes:
                failed = node.status is Status.FAILURE and node.failure_info is not None
                if not failed or (node.name in _OF_BODIES and case_id in hooks.changed):
                    continue
                if node.name in _OF_ADDRESSES and hooks.moved & event.recorder.cases.keys():
                    continue
                if not _left_out(session, event.recorder, case_id, node):
                    result.findings.add(_violation(session, event.recorder, case_id, node))
    elif isinstance(event, events.NonFatalError):
        result.errors.append(session.secrets.hide(f"{event.label}: {event.info.title}"))
    elif isinstance(event, events.FatalError):
        result.errors.append(session.secrets.hide(str(event.exception)))


def _left_out(session: Session, recorder: Any, case_id: str, node: Any) -> bool:
    """Whether a verdict of Schemathesis' is not taken over."""
    api = session.api
    interaction = recorder.interactions.get(case_id)
    answer = interaction.response if interaction is not None else None
    if node.name == "missing_required_header" and answer is not None and answer.status_code == 428:
        return True  # that is what 428 says (RFC 6585)
    if node.name == "ensure_resource_availability":
        return is_still_made(recorder) or any(
            keyed(operation_of(api, n.value), n.value) for n in recorder.cases.values()
        )
    operation = operation_of(api, recorder.cases[case_id].value)
    return is_overruled(session, operation, recorder, case_id, node)


def _violation(session: Session, recorder: Any, case_id: str, node: Any) -> Finding:
    failure = node.failure_info.failure
    case = recorder.cases[case_id].value
    operation = operation_of(session.api, case)
    wanted = failure.case_id or case_id
    before, steps = _evidence(session, recorder, wanted, failure)
    level = _level(operation, node.name, failure)
    message = failure.title if not failure.message else f"{failure.title}: {failure.message}"
    if node.name == "status_code_conformance":
        message = f"status {failure.status_code} is not documented"
    if node.name == "not_a_server_error":
        message = f"the server failed with status {steps[-1].status if steps else 500}"
    shown = session.secrets.hide(message.strip())
    return Finding(
        RULE_OF_CHECK.get(node.name, "invalid-rejected"),
        operation.id if operation else case.operation.label,
        _subject(node.name, failure),
        shown if len(shown) < 600 else f"{shown[:600]}…",
        steps,
        (Source.of(operation.origin),) if operation else (),
        level=level,
        before=before,
    )


def _subject(check: str, failure: Any) -> str:
    """What tells findings of one operation apart: as the checks say it where they say the same."""
    if check == "not_a_server_error":
        return ""
    if check == "status_code_conformance":
        return str(failure.status_code)
    return type(failure).__name__


def _level(operation: ir.Operation | None, check: str, failure: Any) -> Level:
    """A conventional refusal that is not documented is a gap of the description; a value that fits
    several alternatives of a `oneOf` is a hint that they are not told apart."""
    status = getattr(failure, "status_code", None)
    if check == "status_code_conformance":
        untold = operation is not None and not tells_success(operation)
        unclear = status in CONVENTIONAL or (untold and isinstance(status, int) and status < 400)
        return Level.GAP if unclear else Level.VIOLATION
    unclear = check == "response_schema_conformance" and is_ambiguous(
        f"{failure.title} {failure.message}"
    )
    return Level.HINT if unclear else Level.VIOLATION


def _evidence(
    session: Session, recorder: Any, case_id: str, failure: Any
) -> tuple[tuple[EvidenceStep, ...], tuple[EvidenceStep, ...]]:
    related = failure.related_case_ids()
    exchanges: list[Exchange] = []
    unanswered: tuple[Request, str] | None = None
    for case in recorder.iter_chain_cases(case_id=case_id, related_case_ids=related):
        interaction = recorder.interactions.get(case.id)
        if interaction is None:
            continue
        sent = interaction.request
        request = Request(
            method=sent.method,
            url=sent.uri,
            headers={
                name: values[0]
                for name, values in sent.headers.items()
                if name.lower() not in OF_ITS_OWN
            },
            body=sent.body,
            operation=(o.id if (o := operation_of(session.api, case)) else None),
        )
        answer = interaction.response
        if answer is None:
            unanswered = (request, "no whole response")
            continue
        headers = {name.lower(): ", ".join(values) for name, values in answer.headers.items()}
        exchanges.append(Exchange(request, answer.status_code, headers, answer.content, 0.0))
    return session.reproductions.evidence(exchanges, unanswered)
