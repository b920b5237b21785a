"""Jobs that are told by a flag or a share alone, and those that are made elsewhere than they are
read."""

from __future__ import annotations

from pathlib import Path

import pytest

from .served import Served
from .test_any_description import ID, body, many, served, shows

FIELDS = "{type: object, properties: {page: {type: string}}}"
REF = "{$ref: '#/components/schemas/Print'}"
ENDS = "error: {type: object, properties: {code: {type: integer}}}, response: {type: object, required: [sheets], properties: {sheets: {type: integer}}}"  # noqa: E501  # a description


def prints(folder: Path, members: str, required: str = "", sent: str = FIELDS) -> Served:
    paths = f"""
  /prints:
    post: {{{body(sent)}, responses: {{{shows(202, REF)}}}}}
  /prints/{{id}}:
    get: {{parameters: [{ID}], responses: {{{shows(200, REF)}, '404': {{description: none}}}}}}
"""
    schema = f"{{type: object, required: [id{required}], properties: {{id: {{type: string, readOnly: true}}, page: {{type: string}}, {members}}}}}"  # noqa: E501  # a description
    call = served(folder, paths, f"    Print: {schema}\n")
    call.emulator.clock.freeze()
    return call


@pytest.mark.parametrize(
    ("members", "member", "begun", "done"),
    [
        (f"done: {{type: boolean}}, {ENDS}", "done", False, True),
        (f"isCompleted: {{type: boolean}}, {ENDS}", "isCompleted", False, True),
        ("progress: {type: integer}", "progress", 0, 100),
        ("percent: {type: number, maximum: 100}", "percent", 0, 100),
        ("progress: {type: number, maximum: 1}", "progress", 0, 1),
    ],
)
@pytest.mark.parametrize("required", [True, False])
def test_a_job_ends(
    tmp_path: Path, members: str, member: str, begun: object, done: object, required: bool
) -> None:
    call = prints(tmp_path, members, f", {member}" if required else "")
    made = call("POST", "/prints", json_={"page": "a"}).json
    assert (made[member], made["page"]) == (begun, "a")
    assert "response" not in made
    assert "error" not in made
    assert call("GET", f"/prints/{made['id']}").json == made
    call.emulator.clock.move(1)
    ended = call("GET", f"/prints/{made['id']}").json
    assert ended[member] == done
    assert "error" not in ended
    if "response" in members:
        assert isinstance(ended["response"]["sheets"], int)


@pytest.mark.parametrize(
    ("members", "sent"),
    [
        ("done: {type: boolean}", FIELDS),
        (f"done: {{type: boolean}}, {ENDS}", "{type: object, properties: {done: {type: boolean}}}"),
        ("progress: {type: integer}, status: {enum: [open, shut]}", FIELDS),
        ("progress: {type: string}", FIELDS),
    ],
)
def test_what_is_no_job_stays_as_it_is(tmp_path: Path, members: str, sent: str) -> None:
    """A task is done by somebody; what a request sets nobody else does."""
    call = prints(tmp_path, members, sent=sent)
    made = call("POST", "/prints", json_={}).json
    call.emulator.clock.move(1)
    assert call("GET", f"/prints/{made['id']}").json == made


def test_jobs_that_are_read_elsewhere(tmp_path: Path) -> None:
    """What several requests begin is found among all the jobs there are."""
    making = f"post: {{{body(FIELDS)}, responses: {{{shows(200, REF)}}}}}"
    name = "{name: name, in: path, required: true, schema: {type: string}}"
    paths = f"""
  /prints: {{{making}}}
  /copies: {{{making}}}
  /operations: {{get: {{responses: {{{shows(200, many("Print"))}}}}}}}
  /operations/{{name}}:
    get: {{parameters: [{name}], responses: {{{shows(200, REF)}, '404': {{description: none}}}}}}
"""
    job = f"{{type: object, required: [name], properties: {{name: {{type: string}}, done: {{type: boolean}}, {ENDS}}}}}"  # noqa: E501  # a description
    call = served(tmp_path, paths, f"    Print: {job}\n")
    call.emulator.clock.freeze()
    made = [call("POST", path, json_={"page": "a"}).json for path in ("/prints", "/copies")]
    assert [job["done"] for job in made] == [False, False]
    assert call("GET", "/operations").json == made
    call.emulator.clock.move(1)
    for one in made:
        ended = call("GET", f"/operations/{one['name']}").json
        assert (ended["name"], ended["done"]) == (one["name"], True)
    assert call("GET", "/operations/nowhere").status == 404
