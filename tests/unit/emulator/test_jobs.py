"""Jobs come to their end by themselves: not in the response that makes them, nor while the clock
stands still."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from trunkline import ir
from trunkline.pipeline import load_api
from trunkline.semantics.progress import Progress, progress

from .served import Served

DESCRIPTION = """openapi: 3.1.0
info: {title: Imports, version: '1'}
paths:
  /imports:
    get:
      parameters: [{name: status, in: query, schema: {type: string}}]
      responses: {'200': {description: d, content: {application/json: {schema:
        {type: array, items: {$ref: '#/components/schemas/Import'}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema:
        {type: object, properties: {file: {type: string}%s}}}}}
      responses: {'202': {description: d, content: {application/json: {schema:
        {$ref: '#/components/schemas/Import'}}}}}
  /imports/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {responses: {'200': {description: d, content: {application/json: {schema:
        {$ref: '#/components/schemas/Import'}}}}, '404': {description: d}}}
    patch:
      requestBody: {required: true, content: {application/json: {schema:
        {type: object, properties: {file: {type: string}}}}}}
      responses: {'200': {description: d, content: {application/json: {schema:
        {$ref: '#/components/schemas/Import'}}}}}
  /imports/{id}/cancel:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post: {responses: {'200': {description: d, content: {application/json: {schema:
        {$ref: '#/components/schemas/Import'}}}}}}
components:
  schemas:
    Import: {type: object, required: [id, status], properties: {
      id: {type: string, readOnly: true}, file: {type: string}, status: %s}}
"""
STATES = "{type: string, enum: [failed, cancelled, in_progress, queued, done, succeeded]}"
IMPORTS = DESCRIPTION % ("", STATES)


def begun(call: Served) -> str:
    """The id of a new import, which has just begun."""
    made = call("POST", "/imports", json_={"file": "a.csv", "status": "done"})
    assert made.status == 202
    assert made.json["status"] == "in_progress"
    return str(made.json["id"])


def test_what_is_read_after_the_creation_is_done(tmp_path: Path) -> None:
    call = Served(tmp_path, IMPORTS)
    id_ = begun(call)
    first = call("GET", f"/imports/{id_}").json
    assert first == {"id": id_, "file": "a.csv", "status": "done"}
    assert call("GET", f"/imports/{id_}").json == first
    assert call("PATCH", f"/imports/{id_}", json_={"file": "b.csv"}).json["status"] == "done"


def test_lists_follow_the_end_of_a_job(tmp_path: Path) -> None:
    """Responses of lists are given again as long as nothing changes; an end is a change."""
    call = Served(tmp_path, IMPORTS)
    call.emulator.clock.freeze()
    id_ = begun(call)
    assert [i["id"] for i in call("GET", "/imports?status=in_progress").json] == [id_]
    call.emulator.clock.move(0.5)
    assert call("GET", "/imports?status=in_progress").json == []
    assert [i["id"] for i in call("GET", "/imports?status=done").json] == [id_]


def test_a_job_does_not_end_while_the_clock_stands_still(tmp_path: Path) -> None:
    call = Served(tmp_path, IMPORTS)
    call.emulator.clock.freeze(datetime(2030, 1, 1, tzinfo=UTC))
    first, second = begun(call), begun(call)
    for _ in range(3):
        assert call("GET", f"/imports/{first}").json["status"] == "in_progress"
    # What it has become otherwise stays.
    assert call("POST", f"/imports/{second}/cancel").json["status"] == "cancelled"
    call.emulator.clock.run()
    assert call("GET", f"/imports/{first}").json["status"] == "done"
    assert call("GET", f"/imports/{second}").json["status"] == "cancelled"


def test_jobs_of_an_earlier_run_and_of_a_snapshot_end_too(tmp_path: Path) -> None:
    data = tmp_path / "kept.db"
    call = Served(tmp_path, IMPORTS, data=data)
    id_ = begun(call)
    snapshot = call.emulator.store.snapshot()
    call.emulator.close()
    call = Served(tmp_path, IMPORTS, data=data)
    assert call("GET", f"/imports/{id_}").json["status"] == "done"
    call.emulator.close()
    call = Served(tmp_path, IMPORTS)
    call.emulator.store.restore(snapshot)
    assert call("GET", f"/imports/{id_}").json["status"] == "done"


def test_reset_forgets_jobs(tmp_path: Path) -> None:
    call = Served(tmp_path, IMPORTS)
    id_ = begun(call)
    call.emulator.reset()
    assert call("GET", f"/imports/{id_}").status == 404
    assert begun(call) == id_


def told(tmp_path: Path, description: str) -> Progress | None:
    file = tmp_path / "t.yaml"
    file.write_text(description)
    api = load_api(file, strict=False).api
    resource = next(r for r in api.resources if ir.Action.CREATE in r.operations)
    return progress(api, resource, api.schemas["Import"])


@pytest.mark.parametrize(
    ("sent", "states", "begins", "ends"),
    [
        ("", STATES, "in_progress", "done"),
        ("", "{enum: [Completed, InProgress]}", "InProgress", "Completed"),
        ("", "{type: [string, 'null'], enum: [pending, complete, null]}", "pending", "complete"),
        ("", "{enum: [draft, published]}", None, None),
        ("", "{enum: [pending, accepted, rejected]}", None, None),
        ("", "{enum: [done, failed]}", None, None),
        ("", "{type: string}", None, None),
        # Who can set it says himself how far it is.
        (", status: {type: string}", STATES, None, None),
        (", job: {type: object, properties: {Status: {type: string}}}", STATES, None, None),
        (", status: {type: string, readOnly: true}", STATES, "in_progress", "done"),
    ],
)
def test_what_is_a_job(
    tmp_path: Path, sent: str, states: str, begins: str | None, ends: str | None
) -> None:
    found = told(tmp_path, DESCRIPTION % (sent, states))
    assert (found.begun if found else None, found.done if found else None) == (begins, ends)
    if found is not None:
        assert found.begun in found.waiting
        assert found.done not in found.waiting


def test_what_nothing_shows_or_makes_is_no_job(tmp_path: Path) -> None:
    assert told(tmp_path, IMPORTS) is not None
    file = tmp_path / "t.yaml"
    file.write_text(
        IMPORTS.replace("    post:\n      requestBody", "    put:\n      requestBody", 1)
    )
    api = load_api(file, strict=False).api
    assert all(progress(api, r, api.schemas["Import"]) is None for r in api.resources)


def test_flags_and_shares_say_the_same(tmp_path: Path) -> None:
    """What stands beside the state goes with it, and the address is told by any name."""
    beside = "done: {type: boolean}, progress: {type: integer, maximum: 100}, status: %s"
    text = IMPORTS.replace(f"status: {STATES}", beside % STATES)
    text = text.replace("required: [id, status]", "required: [id, status, done, progress]")
    headers = "headers: {Operation-Location: {schema: {type: string}}}"
    text = text.replace("'202': {description: d,", f"'202': {{description: d, {headers},")
    call = Served(tmp_path, text)
    made = call("POST", "/imports", json_={"file": "a.csv"})
    assert (made.json["done"], made.json["progress"]) == (False, 0)
    found = call("GET", made.headers["operation-location"]).json
    assert (found["id"], found["done"], found["progress"]) == (made.json["id"], True, 100)
