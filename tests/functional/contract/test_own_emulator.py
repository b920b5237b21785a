"""The suite and the emulator read descriptions alike: nothing is found on what the emulator makes
of styles that are met seldom."""

import pytest

from trunkline.pipeline.testing import RunOptions, Target, run_suite

HEAD = "openapi: 3.1.0\ninfo: {title: Seldom, version: '1'}\npaths:\n"
TAGGED = "headers: {ETag: {schema: {type: string}}}"
NONE = "'404': {description: none}"
WHOLE = "{name: id, in: path, required: true, schema: {type: integer}}"
MATCH = "{name: If-Match, in: header, schema: {type: string}}"
WRAPPED = "{type: object, required: [data], properties: {data: %s}}"
FIELDS = WRAPPED % "{type: object, required: [name], properties: {name: {type: string}}}"
SHOWN = WRAPPED % (
    "{type: object, required: [id, name], properties: {id: {type: integer}, name: {type: string}}}"
)
CONTENT = "content: {application/json: {schema: %s}}"

CONDITIONS = f"""{HEAD}
  /notes:
    post:
      requestBody: {{required: true, {CONTENT % FIELDS}}}
      responses: {{'201': {{description: d, {TAGGED}, {CONTENT % SHOWN}}}}}
  /notes/{{id}}:
    parameters: [{WHOLE}]
    get: {{responses: {{'200': {{description: d, {TAGGED}, {CONTENT % SHOWN}}}, {NONE}}}}}
    patch:
      parameters: [{MATCH}]
      requestBody: {{required: true, {CONTENT % FIELDS}}}
      responses:
        '200': {{description: d, {TAGGED}, {CONTENT % SHOWN}}}
        '404': {{description: none}}
        '412': {{description: changed since}}
        '428': {{description: say of which}}
    delete:
      parameters: [{MATCH}]
      responses:
        '204': {{description: gone}}
        '404': {{description: none}}
        '412': {{description: changed since}}
        '428': {{description: say of which}}
"""

NOTHING_FITS = f"""{HEAD}
  /bids:
    post:
      requestBody:
        required: true
        {CONTENT % "{type: object, required: [n], properties: {n: {type: integer, minimum: 9, maximum: 5}}}"}
      responses: {{'204': {{description: taken}}, '422': {{description: refused}}}}
  /status:
    get: {{responses: {{'200': {{description: d, {CONTENT % "{type: string}"}}}}}}}
"""  # noqa: E501  # a description

PAGES = f"""{HEAD}
  /notes:
    post:
      requestBody: {{required: true, {CONTENT % "{type: object, properties: {name: {type: string}}}"}}}
      responses: {{'201': {{description: d, {CONTENT % "{$ref: '#/components/schemas/Note'}"}}}}}
    get:
      parameters:
      - {{name: page, in: query, schema: {{type: integer, minimum: 0}}}}
      - {{name: size, in: query, schema: {{type: integer, minimum: 1, maximum: 50}}}}
      - {{name: sort, in: query, schema: {{type: string}}}}
      - {{name: min_weight, in: query, schema: {{type: integer}}}}
      responses:
        '200':
          description: d
          headers: {{X-Total-Count: {{schema: {{type: integer}}}}, Link: {{schema: {{type: string}}}}}}
          {CONTENT % "{type: array, items: {$ref: '#/components/schemas/Note'}}"}
  /notes/{{id}}:
    get:
      parameters: [{WHOLE}]
      responses:
        '200': {{description: d, {CONTENT % "{$ref: '#/components/schemas/Note'}"}}}
        '404': {{description: none}}
components:
  schemas:
    Note: {{type: object, required: [id], properties: {{id: {{type: integer}}, name: {{type: string}},
      weight: {{type: integer}}, deleted_at: {{type: [string, 'null'], format: date-time}}}}}}
"""  # noqa: E501  # a description


@pytest.mark.parametrize(
    "description",
    [
        pytest.param(CONDITIONS, id="conditions"),
        pytest.param(NOTHING_FITS, id="nothing-fits"),
        pytest.param(PAGES, id="pages"),
    ],
)
def test_nothing_is_found(tmp_path, description):
    file = tmp_path / "openapi.yaml"
    file.write_text(description)
    report = run_suite(file, Target(), RunOptions(seed=2))
    assert report.complete
    assert [f"{v.rule} {v.operation}: {v.message}" for v in report.violations] == []
