"""Descriptions of others: each starts, and every operation answers with a valid body."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from trunkline import ir
from trunkline.emulator import Emulator
from trunkline.emulator.errors import find_response, is_json
from trunkline.emulator.resources import seeded
from trunkline.emulator.sampling import NoValue
from trunkline.emulator.wire import Request
from trunkline.ir import ParameterLocation
from trunkline.pipeline import load_api

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
FILES = [p for p in sorted(CORPUS.glob("*")) if p.suffix in (".json", ".yaml", ".yml")]
LARGE = 400_000
TOKEN = "trunkline-token-1"

UNSATISFIABLE = {
    ("lob.yml", "identity_validation"): "two members of its oneOf accept every object alike",
}


def as_text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(as_text, value))
    return value if isinstance(value, str) else json.dumps(value)


def valid_request(emulator: Emulator, operation: ir.Operation) -> Request | None:
    """A request that fits the description; None where no value was found for some part."""
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
            value = emulator.sampler.sample(parameter.schema, seeded(1), "request")
            text = as_text(value)
            if parameter.location is ParameterLocation.PATH:
                path = path.replace(f"{{{parameter.name}}}", quote(text, safe="") or "x")
            elif parameter.location is ParameterLocation.QUERY:
                query.append((parameter.name, text))
            elif parameter.location is ParameterLocation.HEADER:
                headers[parameter.name.lower().encode()] = text.encode()
        if operation.body is not None:
            contents = [c for c in operation.body.contents if is_json(c.media_type)]
            if not contents or contents[0].schema is None:
                return None
            headers[b"content-type"] = contents[0].media_type.encode()
            sampled = emulator.sampler.sample(contents[0].schema, seeded(1), "request")
            body = json.dumps(sampled).encode()
    except NoValue:
        return None
    raw = (emulator.base + path).encode()
    sent = list(headers.items())
    return Request(operation.method.upper(), raw, urlencode(query).encode(), sent, body)


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
    wrong: list[Any] = []
    stale = {id_ for name, id_ in UNSATISFIABLE if name == file.name}
    for operation in emulator.api.operations:
        request = valid_request(emulator, operation)
        if request is None:
            continue
        matched = emulator.matched(request)
        if matched is None or matched.operation.id != operation.id:
            continue  # two templates of the description mean the same paths
        answer = emulator.handle(request)
        documented = find_response(operation, answer.status)
        if answer.status >= 500:
            wrong.append((operation.id, answer.status))
        elif not any(r.is_success or r.status == "default" for r in operation.responses):
            continue  # no success is described
        elif documented is None and answer.status != 404:
            # 404 is true for ids made up on the spot, documented or not.
            wrong.append((operation.id, answer.status, answer.body[:200]))
        elif documented is not None and is_json((answer.media_type or b"").decode()):
            contents = [c for c in documented.contents if is_json(c.media_type)]
            if contents and contents[0].schema is not None:
                found = emulator.validators.faults(
                    contents[0].schema, json.loads(answer.body), "response"
                )
                if found and operation.id in stale:
                    stale.discard(operation.id)
                elif found:
                    wrong.append((operation.id, answer.status, found[0]))
    emulator.close()
    assert not wrong
    assert not stale, "these are valid now: take them out of UNSATISFIABLE"
