"""Objects copied from prototypes are those that are made step by step, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.functional.emulator.test_corpus import valid_request

from trunkline.emulator import Emulator
from trunkline.emulator.http.messages import HttpRequest
from trunkline.emulator.resources.resource_plan import seeded
from trunkline.emulator.schemas.sampling import NoValue
from trunkline.ir import Action, Json, Operation
from trunkline.pipeline import load_api
from trunkline.semantics.media import is_json
from trunkline.semantics.responses import sent_schema

ROOT = Path(__file__).resolve().parents[3]
OURS = [
    *sorted((ROOT / "specs").glob("*/openapi.yaml")),
    *sorted((ROOT / "contract_tests").glob("*.yaml")),
]
CORPUS = ROOT.parent / "shared" / "corpus"
THEIRS = [p for p in sorted(CORPUS.glob("*")) if p.suffix in (".json", ".yaml", ".yml")]
BODIES = 8
AT = datetime(2026, 3, 4, 5, 6, 7, 890000, UTC)


def requests(emulator: Emulator, operation: Operation) -> Iterator[HttpRequest]:
    """Creations with all that is described, with less, and with what is not described."""
    usual = valid_request(emulator, operation)
    schema = sent_schema(operation)
    if usual is None or schema is None:
        return
    yield usual
    if not is_json((usual.header(b"content-type") or b"").decode()):
        return
    required = {m.name for m in emulator.services.schemas.properties(schema) if m.required}
    for number in range(BODIES):
        try:
            rng = seeded(operation.id, number)
            body = emulator.services.sampler.sample(schema, rng, "request")
        except NoValue:
            continue
        if isinstance(body, dict):
            left_out = sorted(body.keys() - required)[:: number + 1] if number else []
            body = {name: value for name, value in body.items() if name not in left_out}
            if number == BODIES - 1:
                body |= {"notDescribed": 1, "createdAt": "2001-01-01"}
        yield replace(usual, body=json.dumps(body).encode())


def compared(file: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """How many creations succeeded, and how many of their objects were copied."""
    api = load_api(file, strict=False).api
    quick, slow = Emulator(api), Emulator(api)
    copied = quick.operations.objects.copied
    counts = [0, 0]

    def counted(*arguments: object) -> dict[str, Json] | None:
        found = copied(*arguments)  # type: ignore[arg-type]  # what it is called with
        counts[1] += found is not None
        return found

    monkeypatch.setattr(quick.operations.objects, "copied", counted)
    monkeypatch.setattr(slow.operations.objects, "copied", lambda *_: None)
    for emulator in (quick, slow):
        emulator.clock.freeze(AT)
    for operation in api.operations:
        if operation.action is not Action.CREATE or "{" in operation.path:
            continue
        for request in requests(quick, operation):
            for _ in range(2):  # what was sent once has no prototype yet
                answers = [emulator.respond(replace(request)) for emulator in (quick, slow)]
                told = [(one.status, one.headers, one.body) for one in answers]
                assert told[0] == told[1], (operation.id, request.body)
                counts[0] += answers[0].status < 300
    return counts[0], counts[1]


@pytest.mark.parametrize("file", OURS, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_ours(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, copied = compared(file, monkeypatch)
    if "callr" not in file.parts:  # one address, one operation
        assert made
    if file.name == "complete.yaml" or "telnyx" in file.parts:
        assert copied > made / 3


@pytest.mark.exhaustive  # constructs that descriptions of others have beside ours
@pytest.mark.skipif(not THEIRS, reason="the corpus of descriptions is not beside this checkout")
@pytest.mark.parametrize("file", THEIRS, ids=lambda file: file.name)
def test_theirs(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared(file, monkeypatch)
