"""Operations whose success no body fits: a server has no way to be right, and is told nothing."""

import pytest

from trunkline.pipeline.testing import RunOptions, Target, run_suite

DESCRIPTION = """
openapi: 3.1.0
info: {title: Choices, version: "1"}
paths:
  /choices:
    post:
      requestBody:
        required: true
        content: {application/json: {schema: {type: object, properties: {on: {type: boolean}}}}}
      responses:
        "201": {description: made, content: {application/json: {schema: {oneOf: [%s, %s]}}}}
        "400": {description: refused}
        "415": {description: refused}
        "422": {description: refused}
        "500": {description: failed}
"""
ONE = "{type: object, required: [on], properties: {on: {type: boolean}}}"
OTHER = "{type: object, required: [off], properties: {off: {type: boolean}}}"


@pytest.mark.parametrize(("other", "notes"), [(ONE, 1), (OTHER, 0)])
def test_what_cannot_be_answered_is_said_and_no_violation(tmp_path, other, notes):
    file = tmp_path / "openapi.yaml"
    file.write_text(DESCRIPTION % (ONE, other))
    report = run_suite(file, Target(), RunOptions())
    assert [f"{v.rule} {v.operation}: {v.message}" for v in report.violations] == []
    told = [note for note in report.notes if "no body fits the success" in note]
    assert len(told) == notes
    assert all("POST /choices" in note for note in told)
