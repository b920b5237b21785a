"""Every schema edit in every place a schema can stand: exactly the rows named."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from trunkline import ir
from trunkline.evolve import DIRECTIONS, Area, Direction, Verdict, compare
from trunkline.evolve.schemas import ROWS

CASES = yaml.safe_load((Path(__file__).parent / "edits" / "schemas.yaml").read_text())
TEXT = {Area.PARAMETER, Area.HEADER, Area.WEBHOOK_PARAMETER}

COMPONENTS = {
    "A": {"type": "object", "properties": {"kind": {"type": "string"}, "a": {"type": "integer"}}},
    "B": {"type": "object", "properties": {"kind": {"type": "string"}, "b": {"type": "integer"}}},
    "Node": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}},
}
for name in "AB":
    COMPONENTS[name]["properties"]["sort"] = {"type": "string"}
    COMPONENTS[name]["required"] = ["kind", "sort"]


def pointed(value):
    """`A` stands for `#/components/schemas/A`."""
    if isinstance(value, list):
        return [pointed(item) for item in value]
    if not isinstance(value, dict):
        return value
    out = {}
    for key, item in value.items():
        if key == "$ref":
            out[key] = f"#/components/schemas/{item}"
        elif key == "mapping":
            out[key] = {k: f"#/components/schemas/{v}" for k, v in item.items()}
        else:
            out[key] = pointed(item)
    return out


def mounted(schema):
    """A description with the schema in each of the nine places."""
    schema = pointed(schema)
    body = {"content": {"application/json": {"schema": schema}}}
    answer = {"description": "ok", **body}
    header = {"X-H": {"schema": schema}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/things": {
                "post": {
                    "operationId": "make",
                    "x-trunkline-resource": {"name": "things", "action": "other"},
                    "x-trunkline-payload": "",
                    "parameters": [{"name": "p", "in": "query", "schema": schema}],
                    "requestBody": body,
                    "responses": {"200": {**answer, "headers": header}},
                }
            },
            "/rpc": {
                "post": {
                    "operationId": "rpc",
                    "requestBody": {"content": {"application/json": {"schema": {}}}},
                    "responses": {"200": {"description": "ok"}},
                    "x-trunkline-rpc": {
                        "media_type": "application/json",
                        "methods": {
                            "a.b": {
                                "evidence": "documented",
                                "resource": {"name": "a", "action": "other"},
                                "params": [{"name": "x", "required": True, "schema": schema}],
                                "result": schema,
                            }
                        },
                    },
                }
            },
        },
        "webhooks": {
            "hook": {
                "post": {
                    "parameters": [{"name": "X-P", "in": "header", "schema": schema}],
                    "requestBody": body,
                    "responses": {"200": answer},
                }
            }
        },
        "components": {"schemas": COMPONENTS},
    }


def expected(case, area):
    if "rows" in case:
        rows = case["rows"]
    else:
        rows = case["sent" if DIRECTIONS[area] is Direction.SENT else "received"]
    return case["text"] if "text" in case and area in TEXT else rows


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['old']} to {c['new']}"[:120])
def test_rows(case, changes):
    found = changes(mounted(case["old"]), mounted(case["new"]))
    # How the client takes a body follows from the schema, but is no difference between schemas.
    found = [c for c in found if c.rule.kind != "arguments"]
    for area in DIRECTIONS:
        prefix = f"{area.value}-"
        got = sorted(c.rule.id.removeprefix(prefix) for c in found if c.rule.area is area)
        assert got == sorted(expected(case, area)), area
    assert {c.rule.area for c in found} <= set(DIRECTIONS)


def test_parts_that_could_not_be_merged(api):
    """An intersection comes from no description today; the representation allows it."""
    old = api(mounted({"type": "string"}))
    place = old.operation("make").parameters[0].schema
    two = replace(place, shape=ir.Intersection(members=(place, place)))
    three = replace(place, shape=ir.Intersection(members=(place, place, place)))

    def with_schema(schema):
        operation = old.operation("make")
        parameter = replace(operation.parameters[0], schema=schema)
        changed = replace(operation, parameters=(parameter,))
        return replace(old, operations=(changed, *old.operations[1:]))

    found = compare(with_schema(two), with_schema(three))
    assert [c.rule.id for c in found] == ["parameter-all-of-changed"]
    assert compare(with_schema(two), with_schema(two)) == ()


def test_every_row_is_reached():
    keys = ("rows", "sent", "received", "text")
    reached = {row for case in CASES for key in keys for row in case.get(key, [])}
    assert sorted({row.key for row in ROWS} - reached) == ["all-of-changed"]


NARROWER = {"minimum-added", "minimum-increased", "maximum-added", "maximum-decreased",
            "min-length-added", "max-length-decreased", "max-items-decreased", "pattern-added",
            "enum-value-removed", "enum-introduced", "null-forbidden", "type-narrowed",
            "union-member-removed", "unique-items-required", "number-format-narrowed"}  # fmt: skip
WIDER = {"minimum-removed", "minimum-decreased", "maximum-removed", "maximum-increased",
         "min-length-removed", "max-length-increased", "max-items-increased", "pattern-removed",
         "enum-value-added", "enum-lifted", "null-allowed", "type-widened", "union-member-added",
         "unique-items-dropped", "number-format-widened"}  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_direction_turns_the_verdict(row):
    """Fewer values break who sends them, more values break who reads them."""
    verdicts = (row.sent.http, row.received.http)
    if row.key in NARROWER:
        assert verdicts == (Verdict.BREAKING, Verdict.COMPATIBLE)
    if row.key in WIDER:
        assert verdicts == (Verdict.COMPATIBLE, Verdict.BREAKING)


def test_the_rows_named_exist():
    assert {row.key for row in ROWS} >= NARROWER | WIDER
