"""A creation as the description documents it: the call of the client, and the answer to it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Collection, Iterator

from trunkline.ir import Action, Api, Content, Direction, Json, Operation
from trunkline.names import NamePlan
from trunkline.python.calls import CallPrinter, imports
from trunkline.python.views import DocumentedCall
from trunkline.semantics.media import json_content
from trunkline.semantics.remote_examples import documented_calls
from trunkline.semantics.validators import Validators

_FENCE = "```"


def documented_creation(
    api: Api, plan: NamePlan, schemes: Collection[str]
) -> DocumentedCall | None:
    """The first creation whose request has an example that is valid and for which the security
    schemes in `schemes` are enough; a JSON-RPC call where the examples of its carrier have one."""
    printer = CallPrinter(api, plan)
    found = next(_creations(api, plan, schemes, printer), None)
    if found is None:
        return None
    call, answer = found
    shown = "" if answer is None else json.dumps(answer, indent=2, ensure_ascii=False)
    if _FENCE in call or not call:
        return None
    return DocumentedCall(
        imports=tuple(imports(call)),
        call=textwrap.indent(call, "    ").strip(),
        answer="" if _FENCE in shown else shown,
    )


def _creations(
    api: Api, plan: NamePlan, schemes: Collection[str], printer: CallPrinter
) -> Iterator[tuple[str, Json]]:
    validators = Validators(api)
    for operation in api.operations:
        asked = operation.security
        if operation.action is not Action.CREATE or operation.id not in plan.methods:
            continue
        if any(p.required for p in operation.parameters) or operation.body is None:
            continue
        if asked and not any(set(requirement) <= set(schemes) for requirement in asked):
            continue
        body = _example(validators, json_content(operation.body.contents), "request")
        if isinstance(body, dict):
            yield printer.operation(operation, {}, body), _answer(validators, operation)
    yield from _remote(api, printer)


def _answer(validators: Validators, operation: Operation) -> Json:
    for response in operation.responses:
        if response.is_success:
            return _example(validators, json_content(response.contents), "response")
    return None


def _example(validators: Validators, content: Content | None, direction: Direction) -> Json:
    """The first valid example; None without one."""
    for value in content.examples.values() if content is not None else ():
        schema = content.schema if content is not None else None
        if schema is None or validators.fits(schema, value, direction):
            return value
    return None


def _remote(api: Api, printer: CallPrinter) -> Iterator[tuple[str, Json]]:
    """The documented calls of JSON-RPC methods, with their results."""
    requests, results = documented_calls(api)
    for method in api.rpc.methods if api.rpc is not None else ():
        if method.name in requests:
            yield printer.method(method, requests[method.name]), results.get(method.name)
