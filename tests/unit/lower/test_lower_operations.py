"""Operations: parameters, bodies, responses, security, servers, webhooks."""

# ruff: noqa: E501  # descriptions read best with one thing on a line

from __future__ import annotations

import pytest

from trunkline import ir

OK = "responses: {'200': {description: ok}}"


def test_path_level_parameters_are_shared_and_overridden(lowered):
    found = lowered(
        f"""
        paths:
          /a/{{id}}:
            summary: About a
            servers: [{{url: 'https://{{region}}.example.com', variables: {{region: {{default: eu, enum: [eu, us]}}}}}}]
            parameters:
              - {{name: id, in: path, required: true, schema: {{type: string}}}}
              - {{name: q, in: query, schema: {{type: string}}}}
            get:
              parameters: [{{name: q, in: query, schema: {{type: integer}}}}]
              {OK}
        """
    )
    (operation,) = found.api.operations
    assert [(p.name, type(p.schema.shape)) for p in operation.parameters] == [
        ("id", ir.String),
        ("q", ir.Integer),
    ]
    assert operation.id == "get /a/{id}"
    assert not operation.named
    assert operation.summary == "About a"
    assert operation.servers[0].variables[0].values == ("eu", "us")


@pytest.mark.parametrize(
    ("written", "style", "explode"),
    [
        ("in: query", "form", True),
        ("in: query, explode: false", "form", False),
        ("in: query, style: deepObject", "deepObject", False),
        ("in: query, style: deepObject, explode: true", "deepObject", True),
        ("in: query, style: pipeDelimited", "pipeDelimited", False),
        ("in: query, style: spaceDelimited", "spaceDelimited", False),
        ("in: path, required: true", "simple", False),
        ("in: path, required: true, style: matrix", "matrix", False),
        ("in: path, required: true, style: label, explode: true", "label", True),
        ("in: header", "simple", False),
        ("in: cookie", "form", True),
    ],
)
def test_styles_are_filled_in(lowered, written, style, explode):
    found = lowered(
        f"paths: {{'/a/{{x}}': {{get: {{parameters: [{{name: x, schema: {{type: array, items: {{}}}}, {written}}}], {OK}}}}}}}"
    )
    parameter = found.api.operations[0].parameters[0]
    assert (parameter.style, parameter.explode) == (style, explode)


def test_parameters_with_content_ignored_headers_and_faults(lowered):
    found = lowered(
        f"""
        paths:
          /a/{{known}}/{{forgotten}}:
            get:
              parameters:
                - {{name: known, in: path, required: true, schema: {{type: string}}}}
                - {{name: stray, in: path, required: true, schema: {{type: string}}}}
                - {{name: f, in: query, content: {{application/json: {{schema: {{type: object}}}}}}}}
                - {{name: Authorization, in: header, schema: {{type: string}}}}
                - {{name: bad, in: body, schema: {{type: string}}}}
                - {{$ref: '#/components/parameters/Nowhere'}}
              {OK}
        """
    )
    parameters = {p.name: p for p in found.api.operations[0].parameters}
    assert set(parameters) == {"known", "f", "forgotten"}
    assert parameters["f"].media_type == "application/json"
    assert isinstance(parameters["f"].schema.shape, ir.Object)
    assert found.codes.count("SKIPPED") == 1
    assert "REF_UNRESOLVED" in found.codes
    skipped = next(d for d in found.found if d.code.name == "SKIPPED")
    assert "'bad'" in skipped.message
    assert skipped.position.line == 12


def test_bodies_responses_headers_and_links(lowered):
    found = lowered(
        """
        paths:
          /a:
            post:
              operationId: make
              requestBody: {$ref: '#/components/requestBodies/Body'}
              responses:
                '201':
                  description: made
                  headers: {X-Id: {$ref: '#/components/headers/Id'}, Content-Type: {schema: {type: string}}}
                  content:
                    application/json: {schema: {$ref: '#/components/schemas/A'}, examples: {one: {$ref: '#/components/examples/One'}, two: {value: 2}}}
                    text/event-stream: {itemSchema: {type: object, properties: {data: {}}}}
                  links: {next: {operationId: make, parameters: {id: $response.body#/id}}}
                4xx: {description: bad}
                default: {$ref: '#/components/responses/Fault'}
        components:
          schemas: {A: {type: object, properties: {id: {type: string}}}}
          examples: {One: {value: {id: x}}}
          headers: {Id: {required: true, schema: {type: integer}}}
          responses: {Fault: {description: f}}
          requestBodies:
            Body:
              required: true
              content:
                multipart/form-data:
                  schema: {type: object, properties: {file: {type: string, format: binary}, meta: {type: object}}}
                  encoding: {meta: {contentType: application/json}, file: {style: form, explode: false}}
        """,
        "3.2.0",
    )
    (operation,) = found.api.operations
    assert operation.body.required
    (content,) = operation.body.contents
    assert content.encoding["meta"].content_type == "application/json"
    assert content.encoding["file"].explode is False
    made, bad, fault = operation.responses
    assert [r.status for r in operation.responses] == ["201", "4XX", "default"]
    assert [(h.name, h.required) for h in made.headers] == [("X-Id", True)]
    assert dict(made.contents[0].examples) == {"one": {"id": "x"}, "two": 2}
    assert made.contents[1].schema is None
    assert made.contents[1].item_schema.shape == ir.Reference("MakeResponseEventItem")
    assert made.links[0].operation == "make"
    assert bad.contents == fault.contents == ()
    assert ["4xx" in d.message for d in found.found] == [True]  # ranges are in capitals


def test_security(lowered):
    found = lowered(
        f"""
        security: [{{key: []}}]
        paths:
          /a:
            get: {{{OK}}}
            put: {{security: [], {OK}}}
            post: {{security: [{{}}, {{oauth: [read], key: []}}], {OK}}}
            patch: {{security: [{{kee: []}}], {OK}}}
        components:
          securitySchemes:
            key: {{type: apiKey, in: header, name: X-Key, x-trunkline-prefix: 'Api-Key '}}
            basic: {{type: http, scheme: Basic}}
            oauth: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://t', scopes: {{read: r}}}}}}}}
            open: {{type: openIdConnect, openIdConnectUrl: 'https://o'}}
            odd: {{type: smoke}}
        """
    )
    by_method = {o.method: o.security for o in found.api.operations}
    assert by_method["get"] == ({"key": ()},)
    assert by_method["put"] == ()
    assert by_method["post"] == ({}, {"oauth": ("read",), "key": ()})
    schemes = found.api.security_schemes
    assert schemes["key"].prefix == "Api-Key "
    assert schemes["basic"].scheme == "basic"
    assert schemes["oauth"].flows[0].kind == "clientCredentials"
    assert isinstance(schemes["open"], ir.OpenIdScheme)
    assert "odd" not in schemes
    faults = {d.code.name: d for d in found.found}
    assert set(faults) >= {"SKIPPED", "REF_UNRESOLVED"}
    assert "'key'" in faults["REF_UNRESOLVED"].hint


def test_webhooks_and_callbacks(lowered):
    found = lowered(
        f"""
        paths:
          /a:
            post:
              operationId: subscribe
              callbacks:
                onCall: {{'{{$request.body#/url}}': {{post: {{requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{x: {{}}}}}}}}}}}}, {OK}}}}}}}
              {OK}
        webhooks:
          call.hangup:
            post:
              x-trunkline-signature: {{header: X-Sig, algorithm: sha1, encoding: hex}}
              requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{x: {{}}}}}}}}}}}}
              {OK}
        """
    )
    (webhook,) = found.api.webhooks
    assert webhook.name == "call.hangup"
    assert webhook.signature == ir.Signature(header="X-Sig", algorithm="sha1", encoding="hex")
    assert webhook.operation.body.contents[0].schema.shape == ir.Reference("CallHangupRequest")
    (callback,) = found.api.operations[0].callbacks
    assert callback.expression == "{$request.body#/url}"
    assert callback.name == "onCall"


def test_methods_of_3_2_and_unusual_paths(lowered):
    found = lowered(
        f"""
        paths:
          /a:
            query: {{operationId: ask, {OK}}}
            additionalOperations: {{PURGE: {{operationId: purge, {OK}}}}}
          /b: {{$ref: '#/components/pathItems/B'}}
          /c: 3
          x-note: {{get: nonsense}}
        components: {{pathItems: {{B: {{get: {{operationId: b, {OK}}}}}}}}}
        """,
        "3.2.0",
    )
    assert [(o.id, o.method, o.path) for o in found.api.operations] == [
        ("ask", "query", "/a"),
        ("purge", "purge", "/a"),
        ("b", "get", "/b"),
    ]
    assert "SKIPPED" in found.codes


def test_ids_used_twice_are_told_apart(lowered):
    found = lowered(
        f"paths: {{/a: {{get: {{operationId: x, {OK}}}, put: {{operationId: x, {OK}}}}}}}"
    )
    assert [o.id for o in found.api.operations] == ["x", "put /a"]
    assert "NONCONFORMING" in found.codes


def test_root_facts(lowered):
    found = lowered(
        f"""
        tags: [{{name: T, description: d}}]
        servers: [{{url: /v1}}]
        x-errors: {{a: 1}}
        paths: {{/a: {{get: {{tags: [T], deprecated: true, x-own: 1, x-trunkline-method: look, {OK}}}}}}}
        """
    )
    assert found.api.tags == (ir.Tag(name="T", description="d"),)
    assert found.api.servers[0].url == "/v1"
    assert dict(found.api.extensions) == {"x-errors": {"a": 1}}
    (operation,) = found.api.operations
    assert operation.deprecated
    assert dict(operation.extensions) == {"x-own": 1, "x-trunkline-method": "look"}
    assert found.api.openapi == "3.1.0"
