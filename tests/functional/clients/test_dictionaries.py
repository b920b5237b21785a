"""Request objects as dictionaries: type checkers know their keys, and they are sent as they are."""

import importlib
import json
import re
import subprocess
import sys
import typing
from pathlib import Path

import httpx2
import pytest

from trunkline.pipeline.generate import plan_package, write_package

BIN = Path(sys.executable).parent

DESCRIPTION = """
openapi: 3.1.0
info: {title: Parcels, version: "1"}
servers: [{url: "http://127.0.0.1:1"}]
paths:
  /parcels:
    post:
      operationId: createParcel
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [to]
              properties:
                to: {$ref: "#/components/schemas/Address"}
                lines: {type: array, items: {$ref: "#/components/schemas/Line"}}
                labels: {$ref: "#/components/schemas/Labels"}
                notice: {$ref: "#/components/schemas/Notice"}
      responses: {"204": {description: done}}
  /plans:
    put:
      operationId: replacePlan
      requestBody:
        required: true
        content:
          application/json:
            schema: {oneOf: [{$ref: "#/components/schemas/Line"}, {type: "null"}]}
      responses: {"204": {description: done}}
components:
  schemas:
    Address:
      type: object
      required: [city, id]
      properties:
        id: {type: string, readOnly: true}
        city: {type: string}
        zip: {type: [string, "null"]}
        "x-route.code": {type: string}
    Line:
      type: object
      required: [date]
      properties:
        date: {type: string, format: date}
        due: {type: string, format: date}
        size: {type: string, enum: [s, m, l]}
        parts: {type: array, items: {$ref: "#/components/schemas/Line"}}
    Labels:
      type: object
      properties: {colour: {type: string}}
      additionalProperties: {type: string}
    Notice:
      oneOf: [{$ref: "#/components/schemas/Mail"}, {$ref: "#/components/schemas/Text"}]
      discriminator: {propertyName: kind}
    Mail:
      type: object
      required: [kind, address]
      properties: {kind: {const: Mail}, address: {type: string}}
    Text:
      type: object
      required: [kind, number]
      properties: {kind: {const: Text}, number: {type: string}}
"""

PROGRAM = """
from datetime import date

from trunkline_parcels import Parcels
from trunkline_parcels.models import Address, Line, Mail
from trunkline_parcels.params import AddressParam, LineParam, MailParam


def right(client: Parcels) -> None:
    home: AddressParam = {"city": "Ulm", "zip": None, "x-route.code": "7"}
    part: LineParam = {"date": date(2026, 1, 2), "size": "s"}
    client.parcels.create(to=home, lines=[part, {"date": "2026-01-02", "parts": [part]}])
    client.parcels.create(to=Address.model_validate({"city": "Ulm"}), labels={"any": "key"})
    client.parcels.create(to={"city": "Ulm"}, lines=[Line(date=date(2026, 1, 2)), part])
    client.parcels.create(to=home, notice={"kind": "Mail", "address": "a@b.c"})
    client.parcels.create(to=home, notice=Mail(kind="Mail", address="a@b.c"))
    client.plans.replace(body=part)
    client.plans.replace(body=None)


def wrong(client: Parcels, mail: MailParam) -> None:
    client.parcels.create(to={"citty": "Ulm"})  # wrong
    client.parcels.create(to={"zip": "89073"})  # wrong
    client.parcels.create(to={"city": "Ulm", "id": "1"})  # wrong
    client.parcels.create(to={"city": 7})  # wrong
    client.parcels.create(to={"city": "Ulm", "x-route": "7"})  # wrong
    client.parcels.create(to={"city": "Ulm"}, lines=[{"date": "2026-01-02", "size": "xl"}])  # wrong
    client.parcels.create(to={"city": ""}, lines=[{"date": "a", "parts": [{"due": ""}]}])  # wrong
    client.parcels.create(to={"city": "Ulm"}, notice={"kind": "Mail", "number": "1"})  # wrong
    client.parcels.create(to={"city": "Ulm"}, notice={"kind": "Fax", "number": "1"})  # wrong
    client.plans.replace(body={"due": "2026-01-02"})  # wrong
    mail["adress"] = "a@b.c"  # wrong
"""
WRONG = {n for n, line in enumerate(PROGRAM.splitlines(), 1) if line.endswith("# wrong")}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parcels")
    (folder / "parcels.yaml").write_text(DESCRIPTION)
    write_package(plan_package(folder / "parcels.yaml", out=folder / "out"))
    (folder / "out" / "program.py").write_text(PROGRAM)
    return folder / "out"


def _errors(folder: Path, *command: object) -> set[int]:
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False
    )
    said = [line for line in done.stdout.splitlines() if "error" in line and "program.py" in line]
    assert said, done.stdout + done.stderr
    return {int(re.search(r"program\.py:(\d+)", line)[1]) for line in said}


def test_mypy_finds_misspelled_keys(package: Path) -> None:
    assert _errors(package, BIN / "mypy", "--strict", "program.py") == WRONG


def test_pyright_finds_misspelled_keys(package: Path) -> None:
    command = [BIN / "pyright", "--pythonpath", sys.executable, "program.py"]
    assert _errors(package, *command) == WRONG


def test_signatures_can_be_read_by_programs(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(package))
    resource = importlib.import_module("trunkline_parcels.resources.parcels").ParcelsResource
    params = importlib.import_module("trunkline_parcels.params")
    hints = typing.get_type_hints(resource.create)
    assert params.AddressParam in typing.get_args(hints["to"])
    assert set(params.AddressParam.__annotations__) == {"city", "zip", "x-route.code"}


def test_keys_are_sent_as_they_are(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(package))
    client_type = importlib.import_module("trunkline_parcels").Parcels
    models = importlib.import_module("trunkline_parcels.models")
    bodies: list[object] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        bodies.append(json.loads(request.content))
        return httpx2.Response(204)

    with client_type(http_client=httpx2.Client(transport=httpx2.MockTransport(answer))) as client:
        line = models.Line(date="2026-01-02")
        client.parcels.create(
            to={"city": "Ulm", "zip": None, "x-route.code": "7"},
            lines=[{"date": "2026-01-02", "parts": [line]}],
        )
    assert bodies == [
        {
            "to": {"city": "Ulm", "zip": None, "x-route.code": "7"},
            "lines": [{"date": "2026-01-02", "parts": [{"date": "2026-01-02"}]}],
        }
    ]


def test_pyright_understands_unions_that_are_inside_their_members(tmp_path):
    """In the order in which it reads the files of this one package."""
    description = Path(__file__).parents[2] / "cases" / "inheritance" / "openapi.yaml"
    out = tmp_path / "inheritance"
    write_package(plan_package(description, out=out, name="inheritance"))
    (out / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    done = subprocess.run(
        [BIN / "pyright", "-p", out, "--pythonpath", sys.executable],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
