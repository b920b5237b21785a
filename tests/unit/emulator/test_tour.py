"""The tour of a description: every operation is called at an address that leads to it."""

from __future__ import annotations

from pathlib import Path

from tour import Tour

from trunkline.pipeline import load_api

DESCRIPTION = """
openapi: 3.1.0
info: {title: Shelf, version: '1'}
paths:
  /templates/schema:
    post:
      requestBody: {required: true, content: {application/json: {schema:
        {$ref: '#/components/schemas/Template'}}}}
      responses: {'201': {description: d, content: {application/json: {schema:
        {$ref: '#/components/schemas/Template'}}}}}
  /templates/{scope}/{key}/schema:
    get:
      parameters:
        - {name: scope, in: path, required: true, schema: {type: string, enum: [own]}}
        - {name: key, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: d, content: {application/json: {schema:
        {$ref: '#/components/schemas/Template'}}}}, '404': {description: none}}
  /templates/own:
    get:
      responses: {'200': {description: d, content: {application/json: {schema:
        {type: array, items: {$ref: '#/components/schemas/Template'}}}}}}
  /templates/{id}:
    get:
      operationId: byId
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: d, content: {application/json: {schema:
        {$ref: '#/components/schemas/Template'}}}}, '404': {description: none}}
components:
  schemas:
    Template: {type: object, required: [id, scope, key], properties: {
      id: {type: string, readOnly: true}, scope: {type: string, enum: [own]},
      key: {type: string}}}
"""


def test_address_that_is_a_path_of_its_own_is_not_used_for_another_operation(
    tmp_path: Path,
) -> None:
    """`own` leads somewhere in a longer path; alone it is the path of a list."""
    path = tmp_path / "shelf.yaml"
    path.write_text(DESCRIPTION)
    tour = Tour(load_api(path, strict=False).api)
    tally = tour.run()
    assert "byId" in tour.called
    assert tally.bodies == tally.valid == 4
    assert not tally.complaints
