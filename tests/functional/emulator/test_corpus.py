"""Descriptions of others: each starts, and every operation succeeds, about objects that are there,
with a documented status and a valid body."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from trunkline import ir
from trunkline.emulator import Emulator
from trunkline.emulator.http.messages import HttpRequest
from trunkline.emulator.http.routing import Match, Router
from trunkline.emulator.resources.resource_plan import ResourcePlan, seeded
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.emulator.storage.records import Scope
from trunkline.ir import ParameterLocation
from trunkline.pipeline import load_api
from trunkline.semantics.media import is_json
from trunkline.semantics.responses import for_status

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
FILES = [p for p in sorted(CORPUS.glob("*")) if p.suffix in (".json", ".yaml", ".yml")]
LARGE = 400_000
TOKEN = "trunkline-token-1"

AMBIGUOUS = {
    ("pagerduty.json", "createAutomationActionInvocation"),
    ("pagerduty.json", "getAutomationActionsInvocation"),
}
"""Operations whose response must hold an object that is exactly one of several, of which each is
contained in another: no response can be as it is described, and what fits them alike is shown."""


NO_VALUE = {
    ("lob.yml", "bulk_us_verifications"),
    ("openai.yaml", "createImageEdit"),
    ("pagerduty.json", "updateAutomationAction"),
}
"""Operations for which no valid request was found."""


def shape_of(path: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", path)


def as_text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(as_text, value))
    return value if isinstance(value, str) else json.dumps(value)


Placed = dict[str, str]
"""Values of path parameters by name."""


def placed(emulator: Emulator, plan: ResourcePlan) -> tuple[str, ...]:
    """Ids of an object that is there now and of what it stands below, outermost first."""
    parents = above(emulator, plan)
    scope = Scope(emulator.accounts[0].name, parents)
    if plan.resource.id_parameter is None:
        if emulator.store.get(plan.table, scope, "") is None:
            emulator.objects.add(plan, scope, {}, single=True)
        return parents
    return (*parents, *plan.key_parts(emulator.objects.add(plan, scope, {}).id))


def above(emulator: Emulator, plan: ResourcePlan) -> tuple[str, ...]:
    """Ids of what an object of the resource stands below."""
    parent = emulator.services.resources.parent_of(plan)
    if parent is not None:
        return placed(emulator, parent)
    schemas = {
        parameter.name: parameter.schema
        for id_ in plan.resource.operations.values()
        for parameter in emulator.api.operation(id_).parameters
        if parameter.location is ParameterLocation.PATH
    }
    return tuple(
        as_text(emulator.services.sampler.sample(schemas[name], seeded(1), "request"))
        for name in plan.resource.parent_parameters[: plan.parents]
    )


def there(emulator: Emulator, operation: ir.Operation) -> Placed:
    """Values of path parameters that lead to an object, as far as the operation acts on one."""
    compiled = emulator.compiler.compiled(operation)
    plan = compiled.subject or compiled.resource
    if plan is None:
        return {}
    collection = plan is compiled.resource and operation.action in (
        ir.Action.LIST,
        ir.Action.CREATE,
    )
    ids = above(emulator, plan) if collection else placed(emulator, plan)
    return dict(zip(compiled.path_names, ids, strict=False))


def as_form(value: Any) -> bytes:
    pairs: list[tuple[str, str]] = []
    for name, member in value.items() if isinstance(value, dict) else ():
        for one in member if isinstance(member, list) else [member]:
            if one is not None:
                pairs.append((name, one if isinstance(one, str) else json.dumps(one)))
    return urlencode(pairs).encode()


def as_multipart(value: Any) -> bytes:
    parts = [
        f'--sep\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        f"{one if isinstance(one, str) else json.dumps(one)}\r\n"
        for name, member in (value.items() if isinstance(value, dict) else ())
        for one in (member if isinstance(member, list) else [member])
        if one is not None
    ]
    return ("".join(parts) + "--sep--\r\n").encode()


def body_of(emulator: Emulator, body: ir.RequestBody) -> tuple[bytes, bytes]:
    """Media type and bytes."""
    contents = sorted(body.contents, key=lambda content: not is_json(content.media_type))
    content = contents[0]
    kind = content.media_type
    if content.schema is None:
        return kind.encode(), b"{}" if is_json(kind) else b"x"
    value = emulator.services.sampler.sample(content.schema, seeded(1), "request")
    if is_json(kind):
        return kind.encode(), json.dumps(value).encode()
    if kind.startswith("multipart/"):
        return f"{kind}; boundary=sep".encode(), as_multipart(value)
    if kind == "application/x-www-form-urlencoded":
        return kind.encode(), as_form(value)
    return kind.replace("*", "octet-stream").encode(), as_text(value).encode()


def valid_request(
    emulator: Emulator, operation: ir.Operation, known: Placed | None = None
) -> HttpRequest | None:
    """A request that fits the description, to `known` places; None where no value was found for
    some part."""
    headers: dict[bytes, bytes] = {b"host": b"localhost"}
    query: list[tuple[str, str]] = []
    for name in operation.security[0] if operation.security else ():
        match emulator.api.security_schemes.get(name):
            case ir.HttpScheme(scheme="basic"):
                pair = base64.b64encode(f"user:{TOKEN}".encode())
                headers[b"authorization"] = b"Basic " + pair
            case ir.KeyScheme(location=ParameterLocation.QUERY, key=key):
                query.append((key, TOKEN))
            case ir.KeyScheme(location=ParameterLocation.HEADER, key=key, prefix=prefix):
                headers[key.lower().encode()] = f"{prefix}{TOKEN}".encode()
            case ir.KeyScheme(key=key):
                headers[b"cookie"] = f"{key}={TOKEN}".encode()
            case _:
                headers[b"authorization"] = f"Bearer {TOKEN}".encode()
    path = operation.path
    body = b""
    try:
        for parameter in operation.parameters:
            if not parameter.required:
                continue
            if parameter.location is ParameterLocation.PATH and known and parameter.name in known:
                text = known[parameter.name]
            else:
                value = emulator.services.sampler.sample(parameter.schema, seeded(1), "request")
                text = as_text(value)
            if parameter.location is ParameterLocation.PATH:
                path = path.replace(f"{{{parameter.name}}}", quote(text, safe="") or "x")
            elif parameter.location is ParameterLocation.QUERY:
                query.append((parameter.name, text))
            elif parameter.location is ParameterLocation.HEADER:
                headers[parameter.name.lower().encode()] = text.encode()
        if operation.body is not None and operation.body.contents:
            headers[b"content-type"], body = body_of(emulator, operation.body)
    except NoValue:
        return None
    raw = (emulator.base + path).encode()
    sent = list(headers.items())
    return HttpRequest(operation.method.upper(), raw, urlencode(query).encode(), sent, body)


@pytest.mark.skipif(not FILES, reason="the corpus of descriptions is not beside this checkout")
@pytest.mark.parametrize(
    "file",
    [
        pytest.param(
            p, id=p.name, marks=[pytest.mark.exhaustive] if p.stat().st_size > LARGE else []
        )
        for p in FILES
    ],
)
def test_every_operation(file: Path) -> None:
    emulator = Emulator(load_api(file, strict=False).api)
    router = Router(emulator.api.operations, emulator.base)
    wrong: list[Any] = []
    answered = 0
    unsent = {id_ for name, id_ in NO_VALUE if name == file.name}
    for operation in emulator.api.operations:
        request = valid_request(emulator, operation)
        if request is None:
            if operation.id not in unsent:
                wrong.append((operation.id, "no valid request was found"))
            unsent.discard(operation.id)
            continue
        matched = router.match(request.method, request.raw_path)
        assert isinstance(matched, Match), operation.id
        if matched.operation.id != operation.id:
            # Two templates of the description mean the same paths.
            assert shape_of(matched.operation.path) == shape_of(operation.path)
            continue
        answer = emulator.handle(request)
        if answer.status == 404:
            # True for ids made up on the spot; now with ids of objects that are there.
            request = valid_request(emulator, operation, there(emulator, operation))
            assert request is not None
            answer = emulator.handle(request)
        answered += 1
        documented = for_status(operation, answer.status)
        if not 200 <= answer.status < 400:
            wrong.append((operation.id, answer.status, answer.body[:200]))
        elif not any(r.is_success or r.status == "default" for r in operation.responses):
            continue  # no success is described
        elif documented is None:
            wrong.append((operation.id, answer.status, "not documented"))
        elif is_json((answer.media_type or b"").decode()):
            contents = [c for c in documented.contents if is_json(c.media_type)]
            if contents and contents[0].schema is not None:
                found = emulator.schemas.problems(
                    contents[0].schema, json.loads(answer.body), "response"
                )
                if (file.name, operation.id) in AMBIGUOUS:
                    assert [problem.keyword for problem in found] == ["oneOf"]
                    assert "more than one" in found[0].detail
                elif found:
                    wrong.append((operation.id, answer.status, found[0]))
    emulator.close()
    assert not wrong
    assert answered >= 0.9 * len(emulator.api.operations)
    assert not unsent, "requests are found for these now: take them out of NO_VALUE"
