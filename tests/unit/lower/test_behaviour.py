"""Behaviour files: every mistake is one message at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline.diagnostics import Code
from trunkline.lower.behaviour import behaviour_file
from trunkline.pipeline import load_api

DESCRIPTION = """\
openapi: 3.1.0
info: {title: Notes, version: '1'}
paths:
  /notes:
    post:
      operationId: createNote
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
      responses:
        '201':
          description: made
          content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
webhooks:
  noted:
    post:
      operationId: noted
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
      responses: {'200': {description: fine}}
components:
  securitySchemes: {Key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Note: {type: object, properties: {id: {type: string}, text: {type: string}}}
"""


def faults(folder: Path, behaviour: str) -> list[str]:
    (folder / "notes.yaml").write_text(DESCRIPTION)
    (folder / "notes.emulator.yaml").write_text(behaviour)
    loaded = load_api(folder / "notes.yaml", strict=False)
    return [
        f"{d.position.line}:{d.position.column} {d.message}"
        for d in loaded.diagnostics
        if d.code is Code.BAD_BEHAVIOUR and d.position is not None
    ]


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        ("- a\n", "1:1 this is no mapping"),
        ("resource: {}\n", "1:1 the key 'resource' is not known"),
        ("resources: {notes: {schema: Nota}}\n", "1:29 there is no schema 'Nota'"),
        ("operations: {makeNote: {}}\n", "1:24 there is no operation or method 'makeNote'"),
        ("operations:\n  createNote:\n    then: {}\n", "3:11 a script is a list of steps"),
        (
            "operations:\n  createNote:\n    then:\n    - {}\n",
            "4:7 a step has one verb, this one has no verb",
        ),
        (
            "operations:\n  createNote:\n    then:\n    - {emit: noted, return: 1}\n",
            "4:7 a step has one verb, this one has the verbs emit, return",
        ),
        (
            "operations:\n  createNote:\n    then:\n    - emit: note\n",
            "4:13 there is no webhook 'note'",
        ),
        (
            "operations:\n  createNote:\n    then:\n    - return: $nothing.id\n",
            "4:15 there is no bound name 'nothing'",
        ),
        (
            "operations:\n  createNote:\n    then:\n    - return: {$shout: x}\n",
            "4:15 there is no function '$shout'",
        ),
        (
            "operations:\n  createNote:\n    then:\n    - return: {$not: 1, a: 2}\n",
            "4:15 $not stands with other keys",
        ),
        (
            "operations:\n  createNote:\n    then:\n    - return: $result..id\n",
            "4:15 '$result..id' is no path",
        ),
        (
            "operations:\n  createNote:\n    do:\n    - return: $result\n",
            "4:15 there is no bound name 'result'",
        ),
        (
            "operations:\n  createNote:\n    then:\n    - need: true\n",
            "4:7 need says what fails: else",
        ),
        (
            "operations:\n  createNote:\n    then:\n    - {need: true, else: {}}\n",
            "4:26 an error has a code or a status",
        ),
        (
            "credentials:\n- {scheme: Kex, resource: notes, member: id}\n",
            "2:3 there is no security scheme 'Kex'",
        ),
        ("events: {body: {}}\n", "1:9 events need subscriptions"),
        (
            "events:\n  subscriptions: {resource: notes}\n  timeout: -1\n",
            "3:12 timeout is a number from 0",
        ),
        ("conversations: {talk: {}}\n", "1:23 there is no webhook 'talk'"),
        (
            "occurrences:\n  x:\n    do:\n    - later: 1\n      does: []\n",
            "5:7 the key 'does' is not known",
        ),
    ],
)
def test_a_mistake(tmp_path: Path, behaviour: str, expected: str) -> None:
    found = faults(tmp_path, behaviour)
    assert expected in found, found


def test_what_an_earlier_step_bound_is_known(tmp_path: Path) -> None:
    script = """\
resources: {notes: {schema: Note, id: id}}
operations:
  createNote:
    then:
    - find: notes
      id: $result.id
      as: note
    - let: {size: {$count: $note.text}}
    - when: $size
      do:
      - emit: noted
        data: {$merge: [$note, {text: $$free}]}
"""
    assert faults(tmp_path, script) == []


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    lines = ["occurrences:", "  x:", "    do:"]
    for depth in range(40):
        lines += [f"{' ' * (4 + 2 * depth)}- when: true", f"{' ' * (6 + 2 * depth)}do:"]
    lines.append(f"{' ' * 86}[]")
    assert any("nest more than" in fault for fault in faults(tmp_path, "\n".join(lines) + "\n"))


@pytest.mark.parametrize(
    ("description", "beside"),
    [("openapi.yaml", "emulator.yaml"), ("notes.yaml", "notes.emulator.yaml"),
     ("api.v2.json", "api.v2.emulator.yaml")],
)  # fmt: skip
def test_where_it_stands(description: str, beside: str) -> None:
    assert behaviour_file(Path("x") / description) == Path("x") / beside
