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
from trunkline.contract import security
from trunkline.contract.config import Profile
from trunkline.contract.examples import database, kept_in
from trunkline.contract.exchange import SHOWN_BODY, Exchange, Request, dig
from trunkline.contract.http import NoAnswerError
from trunkline.contract.laboratory import Actor, Laboratory
from trunkline.contract.overruled import authorized, keyed, overruled
from trunkline.contract.surface import Collection, variables
from trunkline.contract.violation import Findings, Source, Step, Violation

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
    "ignored_auth": "auth-missing",
    "object_level_authorization": "tenant-read",
    "unsupported_method": "method-refused",
    "allow_header_conformance": "allow-header",
}
"""Schemathesis' checks and the rules of this suite that say the same."""

SMOKE_EXAMPLES = 5
SMOKE_SCENARIOS = 4
FULL_SCENARIOS = 50
_SAFE = frozenset({"get", "head", "options", "trace"})


@dataclass(slots=True)
class PhaseResult:
    """What one pass of Schemathesis found."""

    findings: Findings = field(default_factory=Findings)
    cases: int = 0
    errors: list[str] = field(default_factory=list[str])
    """What kept it from trying an operation; no violations."""


EVERY_PHASE = ("examples", "coverage", "fuzzing", "stateful")


def run_phases(
    laboratory: Laboratory,
    operations: frozenset[str],
    progress: Callable[[int], None] = lambda cases: None,
    phases: Sequence[str] = EVERY_PHASE,
) -> PhaseResult:
    """Run `phases` on `operations` (ids). `progress` is told the number of cases so far."""
    schema: schemathesis.BaseSchema = schemathesis.openapi.from_dict(
        copy.deepcopy(dict(laboratory.config.description)), config=_config(laboratory, phases)
    )
    # A JSON-RPC endpoint answers every call, right or wrong, with one status: the laws of its
    # methods judge the calls one by one.
    carrier = laboratory.api.rpc.operation if laboratory.api.rpc else None
    chosen = [o for o in laboratory.api.operations if o.id in operations and o.id != carrier]
    if not laboratory.config.writes:
        chosen = [o for o in chosen if o.method in _SAFE]
    if not chosen:
        return PhaseResult()
    if len(chosen) < len(laboratory.api.operations):
        named = {(o.method.upper(), o.path) for o in chosen}
        schema = schema.include(
            lambda context: (context.operation.method.upper(), context.operation.path) in named
        )
    guard = _Guard(laboratory)
    result = PhaseResult()
    examples = database(laboratory.config.examples, laboratory.config.name)
    stream = from_schema(schema).execute()
    guard.stop = stream.stop
    before, after = guard.hooks()
    try:
        with warnings.catch_warnings(), kept_in(examples):
            warnings.simplefilter("ignore")
            for event in stream:
                _take(laboratory, result, event)
                if isinstance(event, events.ScenarioFinished):
                    progress(result.cases)
                if laboratory.meter.spent or laboratory.meter.stopped:
                    stream.stop()
    finally:
        _unhook(before, after)
    if laboratory.meter.stopped:
        raise KeyboardInterrupt
    return result


def _unhook(*hooks: Callable[..., Any]) -> None:
    from schemathesis import hooks as registry

    for hook in hooks:
        registry.unregister(hook)


def _config(laboratory: Laboratory, phases: Sequence[str]) -> schemathesis.Config:
    config = laboratory.config
    headers = dict(config.credentials.headers)
    if config.credentials.token is not None:
        carried = security.carry(laboratory.scheme, config.credentials.token)
        headers.update(carried.headers)
        if carried.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in carried.cookies.items())
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
            "unsupported_method": {"enabled": True},
        },
        "phases": {
            **{name: {"enabled": name in phases} for name in EVERY_PHASE},
            "stateful": {"enabled": "stateful" in phases, "generation": {"max-examples": steps}},
        },
    }
    # No `max-time`: Schemathesis then repeats its phases until the time is spent. The meter ends a
    # run whose time is up.
    return schemathesis.Config.from_dict(data)


def _take(laboratory: Laboratory, result: PhaseResult, event: events.EngineEvent) -> None:
    if isinstance(event, events.ScenarioFinished):
        result.cases += len(event.recorder.interactions)
        for case_id, nodes in event.recorder.checks.items():
            for node in nodes:
                failed = node.status is Status.FAILURE and node.failure_info is not None
                if failed and not _left_out(laboratory, event.recorder, case_id, node):
                    result.findings.add(_violation(laboratory, event.recorder, case_id, node))
    elif isinstance(event, events.NonFatalError):
        result.errors.append(laboratory.secrets.hide(f"{event.label}: {event.info.title}"))
    elif isinstance(event, events.FatalError):
        result.errors.append(laboratory.secrets.hide(str(event.exception)))


def _left_out(laboratory: Laboratory, recorder: Any, case_id: str, node: Any) -> bool:
    """Whether a verdict of Schemathesis' is not taken over."""
    api = laboratory.api
    if node.name == "ensure_resource_availability":
        return any(keyed(_operation(api, n.value), n.value) for n in recorder.cases.values())
    operation = _operation(api, recorder.cases[case_id].value)
    if operation is not None and authorized(laboratory, operation, recorder, case_id, node):
        return True
    return overruled(laboratory.oracle, operation, recorder, case_id, node)


def _violation(laboratory: Laboratory, recorder: Any, case_id: str, node: Any) -> Violation:
    failure = node.failure_info.failure
    case = recorder.cases[case_id].value
    operation = _operation(laboratory.api, case)
    wanted = failure.case_id or case_id
    steps = tuple(_steps(laboratory, recorder, wanted, failure))
    message = failure.title if not failure.message else f"{failure.title}: {failure.message}"
    shown = laboratory.secrets.hide(message.strip())
    return Violation(
        RULE_OF_CHECK.get(node.name, "invalid-rejected"),
        operation.id if operation else case.operation.label,
        type(failure).__name__,
        shown if len(shown) < 600 else f"{shown[:600]}…",
        steps,
        (Source.of(operation.origin),) if operation else (),
    )


def _steps(laboratory: Laboratory, recorder: Any, case_id: str, failure: Any) -> Iterator[Step]:
    related = failure.related_case_ids()
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
                if name.lower() not in {"content-length", "x-schemathesis-testcaseid", "connection"}
            },
            body=sent.body,
            operation=(o.id if (o := _operation(laboratory.api, case)) else None),
        )
        answer = interaction.response
        text = answer.content.decode("utf-8", "backslashreplace")[:SHOWN_BODY] if answer else ""
        kind = next(iter(answer.headers.get("content-type", [])), "") if answer else ""
        yield Step.sent(
            request,
            laboratory.secrets,
            laboratory.calls,
            answer.status_code if answer else 0,
            laboratory.secrets.hide(text),
            kind.partition(";")[0].strip().lower(),
        )


def _operation(api: ir.Api, case: Any) -> ir.Operation | None:
    method, path = case.operation.method.lower(), case.operation.path
    return next((o for o in api.operations if (o.method, o.path) == (method, path)), None)


def _exchange(operation: ir.Operation, response: Any) -> Exchange:
    sent = response.request
    body = sent.body.encode() if isinstance(sent.body, str) else sent.body
    return Exchange(
        Request(
            method=str(sent.method),
            url=str(sent.url),
            headers={str(name): str(value) for name, value in sent.headers.items()},
            body=body if isinstance(body, bytes) else None,
            operation=operation.id,
        ),
        response.status_code,
        {name.lower(): ", ".join(values) for name, values in response.headers.items()},
        response.content,
        response.elapsed,
    )


class _Guard:
    """Counts, limits and watches Schemathesis' requests; keeps them off other people's objects."""

    def __init__(self, laboratory: Laboratory) -> None:
        self._lab = laboratory
        self._own: set[tuple[str, str]] = set()
        self._free: set[tuple[str, str]] = set()
        self._by_operation: dict[str, Collection] = {}
        for collection in laboratory.collections:
            for operation in collection.operations():
                self._by_operation[operation.id] = collection
        self.stop: Callable[[], None] = lambda: None

    def hooks(self) -> tuple[Callable[..., Any], Callable[..., Any]]:
        """Its two hooks, registered: functions of their own, since registering marks them."""

        def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
            self.before_call(context, case, kwargs)

        def after_call(context: Any, case: Any, response: Any) -> None:
            self.after_call(context, case, response)

        schemathesis.hook("before_call")(before_call)
        schemathesis.hook("after_call")(after_call)
        return before_call, after_call

    def before_call(self, context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        """Wait for the rate limit; turn a change of somebody else's object into one of nothing."""
        del context
        kwargs["allow_redirects"] = False
        if self._lab.meter.spent or self._lab.meter.stopped:
            self.stop()
        else:
            self._lab.meter.take()
        operation = _operation(self._lab.api, case)
        if operation is None or case.method.lower() in _SAFE:
            return
        collection = self._by_operation.get(operation.id)
        name = collection.resource.id_parameter if collection else None
        if collection is None or name is None or name not in variables(operation.path):
            return
        identity = str((case.path_parameters or {}).get(name, ""))
        if not self._may(collection, identity):
            case.path_parameters[name] = f"{self._lab.marker}-nobody"

    def _may(self, collection: Collection, identity: str) -> bool:
        """Whether an object with this id is this run's, or is not there at all."""
        key = (collection.name, identity)
        if key in self._own or key in self._free:
            return True
        if collection.retriever is None or variables(collection.retriever.path) != [
            collection.resource.id_parameter
        ]:
            return False
        from trunkline.contract.surface import fill

        path = fill(collection.retriever.path, {collection.resource.id_parameter or "": identity})
        try:
            answer = self._lab.send(
                "GET", path, carried=self._lab.credential(collection.retriever, Actor.ME)
            )
        except NoAnswerError:
            return False
        if answer.ok:
            return False
        self._free.add(key)
        return True

    def after_call(self, context: Any, case: Any, response: Any) -> None:
        """Note what was created and what is gone."""
        del context
        operation = _operation(self._lab.api, case)
        if operation is not None and case.method.lower() == operation.method:
            self._lab.client.tell(_exchange(operation, response))
        collection = self._by_operation.get(operation.id) if operation else None
        if operation is None or collection is None or not 200 <= response.status_code < 300:
            return
        name = collection.resource.id_parameter or ""
        given = {k: str(v) for k, v in (case.path_parameters or {}).items()}
        if operation is collection.deleter and case.method.lower() == operation.method:
            self._lab.forget(collection, given)
        elif operation is collection.creator and case.method.lower() == operation.method:
            try:
                body = response.json()
            except ValueError:
                return
            identity = dig(dig(body, operation.payload), collection.id_path)
            if isinstance(identity, str | int):
                self._own.add((collection.name, str(identity)))
                self._lab.note(collection, {**given, name: str(identity)}, Actor.ME)
