"""`x-trunkline-` keys: provenance, JSON-RPC, and every way to get one wrong."""

# ruff: noqa: E501  # descriptions read best with one thing on a line

from __future__ import annotations

import pytest

from trunkline import ir
from trunkline.ir import Action, ProvenanceKind, RpcEvidence

SOURCES = """
x-trunkline-sources:
  old-page: {title: The old page, lines: 100, sha256: abc}
paths: {}
components:
  schemas:
    A:
      x-trunkline-source: """


def test_sources_and_citations(lowered):
    found = lowered(
        SOURCES + "[old-page:7, 'old-page:10-12,100', {public: p}, {observed: o}, {inferred: i}]\n"
    )
    assert found.codes == []
    assert found.api.sources["old-page"] == ir.SourceDocument(
        id="old-page", title="The old page", lines=100, sha256="abc"
    )
    first, second, *others = found["A"].meta.origin.provenance
    assert (first.kind, first.source, first.lines) == (
        ProvenanceKind.DOCUMENTED,
        "old-page",
        ((7, 7),),
    )
    assert second.lines == ((10, 12), (100, 100))
    assert str(second) == "old-page:10-12,100"
    assert [(o.kind.value, o.note) for o in others] == [
        ("public", "p"),
        ("observed", "o"),
        ("inferred", "i"),
    ]
    assert found["A"].meta.extensions == {}


@pytest.mark.parametrize(
    ("written", "says", "hint"),
    [
        ("old-pgae:7", "not listed", "'old-page'"),
        ("old-page:101", "lines 1 to 100", ""),
        ("old-page:12-10", "lines 1 to 100", ""),
        ("old-page:0", "lines 1 to 100", ""),
        ("old-page", "not a citation", ""),
        ("'old-page:'", "not a citation", ""),
        ("old-page:1-", "not a citation", ""),
        ("{pubic: x}", "'pubic'", "'public'"),
        ("{public: ''}", "sentence", ""),
        ("{public: a, inferred: b}", "one key", ""),
        ("7", "'<source>:<lines>'", ""),
        ("[[old-page:1]]", "'<source>:<lines>'", ""),
    ],
)
def test_bad_citations_are_errors_at_their_position(lowered, written, says, hint):
    found = lowered(SOURCES + written + "\n")
    (only,) = found.found
    assert only.code.name == "BAD_EXTENSION"
    assert says in only.message
    assert hint in (only.hint or "")
    assert only.position.line == 10
    assert only.position.column >= 27


def test_provenance_travels(lowered):
    found = lowered(
        """
        x-trunkline-sources: {d: {title: t, lines: 50, sha256: x}}
        paths:
          /a/{id}:
            get:
              x-trunkline-source: d:1
              parameters: [{name: id, in: path, required: true, schema: {type: string}, x-trunkline-source: d:2}]
              requestBody: {x-trunkline-source: d:3, content: {}}
              responses: {'200': {description: ok, x-trunkline-source: d:4, headers: {H: {schema: {}, x-trunkline-source: d:5}}}}
        components:
          securitySchemes: {k: {type: http, scheme: bearer, x-trunkline-source: d:6}}
          schemas: {A: {type: object, properties: {p: {type: string, x-trunkline-source: d:7},
                                                   o: {type: object, properties: {x: {}}, x-trunkline-source: d:8}}}}
        """
    )
    assert found.codes == []
    (operation,) = found.api.operations
    shape = found["A"].shape
    origins = [
        operation.origin,
        operation.parameters[0].origin,
        operation.body.origin,
        operation.responses[0].origin,
        operation.responses[0].headers[0].origin,
        found.api.security_schemes["k"].origin,
        shape.property("p").schema.meta.origin,
        shape.property("o").schema.meta.origin,
        found["AO"].meta.origin,
    ]
    assert [o.provenance[0].lines[0][0] for o in origins] == [1, 2, 3, 4, 5, 6, 7, 8, 8]


@pytest.mark.parametrize(
    ("written", "says", "hint"),
    [
        ("x-trunkline-sorce: d:1", "x-trunkline-sorce", "x-trunkline-source"),
        ("x-trunkline-zzz: 1", "x-trunkline-zzz", ""),
        ("x-trunkline-owned: idd", "one of", ""),
        ("x-trunkline-unique: maybe", "true or false", ""),
        ("x-trunkline-filter: true", "mapping", ""),
        ("x-trunkline-sort: up", "mapping", ""),
        ("x-trunkline-method: 3", "name", ""),
    ],
)
def test_unknown_and_malformed_keys(lowered, written, says, hint):
    found = lowered(
        f"paths: {{}}\ncomponents:\n  schemas:\n    A:\n      properties:\n        p: {{{written}}}\n"
    )
    (only,) = found.found
    assert only.code.name == "BAD_EXTENSION"
    assert says in only.message
    assert hint in (only.hint or "")
    assert only.position.line == 8


@pytest.mark.parametrize(
    "written",
    [
        "x-trunkline-resource: things",
        "x-trunkline-resource: {nam: things}",
        "x-trunkline-resource: {action: lst}",
        "x-trunkline-resource: {name: 3}",
        "x-trunkline-payload: [data]",
        "x-trunkline-payload: nowhere",
        "x-trunkline-pagination: yes",
        "x-trunkline-pagination: {style: pages}",
        "x-trunkline-pagination: {style: page, page: p}",
        "x-trunkline-pagination: {style: page, sise: p}",
        "x-trunkline-pagination: {style: page, first: one}",
    ],
)
def test_malformed_hints_of_operations(lowered, written):
    found = lowered(
        f"""
        paths:
          /a:
            get:
              {written}
              responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{type: array, items: {{}}}}}}}}}}}}
        """
    )
    (only,) = found.found
    assert only.code.name == "BAD_EXTENSION", written
    assert only.position.line == 7


def test_rpc(lowered):
    found = lowered(
        """
        paths:
          /rpc:
            post:
              operationId: call
              x-trunkline-rpc:
                media_type: application/json-rpc
                errors: {-32601: Method not found, 100: Feature not allowed}
                methods:
                  sms.send:
                    summary: Send
                    deprecated: true
                    resource: {name: sms, action: create}
                    params:
                      - {name: to, required: true, schema: {type: string}}
                      - {name: options, required: false, description: How, schema: {type: object, properties: {x: {}}}}
                    result: {type: object, properties: {id: {type: string}}}
                  media/library.get_list: {evidence: listed, x-trunkline-source: {public: p}}
              responses: {'200': {description: ok}}
        """
    )
    assert found.codes == []
    rpc = found.api.rpc
    assert (rpc.operation, rpc.media_type) == ("call", "application/json-rpc")
    assert rpc.errors == {-32601: "Method not found", 100: "Feature not allowed"}
    send, listed = rpc.methods
    assert (send.resource, send.action, send.deprecated) == (("sms",), Action.CREATE, True)
    assert [(p.name, p.required) for p in send.parameters] == [("to", True), ("options", False)]
    assert send.parameters[1].schema.shape == ir.Reference("SmsSendOptions")
    assert send.result.shape == ir.Reference("SmsSendResult")
    assert (listed.resource, listed.evidence) == (("media", "library"), RpcEvidence.LISTED)
    assert listed.result is None
    assert listed.origin.provenance[0].note == "p"
    assert found.api.resources == ()
    assert found.api.operations[0].resource == ()


@pytest.mark.parametrize(
    "written",
    [
        "{}",
        "{methods: [a]}",
        "{methods: {}, method: {}}",
        "{methods: {}, errors: {x: y}}",
        "{methods: {a.b: 3}}",
        "{methods: {a.b: {parms: []}}}",
        "{methods: {a.b: {evidence: rumour}}}",
        "{methods: {a.b: {params: [{name: x}]}}}",
        "{methods: {a.b: {params: [{name: x, schema: {}}, {name: y, schema: {}, required: true}]}}}",
    ],
)
def test_malformed_rpc(lowered, written):
    found = lowered(
        f"paths: {{/rpc: {{post: {{responses: {{'200': {{description: x}}}},\n   x-trunkline-rpc: {written}}}}}}}\n"
    )
    assert found.codes == ["BAD_EXTENSION"]
    assert next(iter(found.found)).position.line == 4
