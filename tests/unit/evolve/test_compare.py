"""The comparison as a whole: recursion, sharing, pairing, statuses, dates, hostile names."""

import copy
import datetime
import string
from pathlib import Path

import pytest

from trunkline.evolve import BY_ID, RULES, Direction, Verdict, terminal
from trunkline.evolve import Report as Comparison


def described(paths=None, schemas=None, **more):
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": paths or {},
        "components": {"schemas": schemas or {}},
        **more,
    }


def answering(schema, *, operation="read", status="200"):
    content = {"application/json": {"schema": schema}}
    return {
        "operationId": operation,
        "responses": {status: {"description": "ok", "content": content}},
    }


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def ids(changes):
    return sorted(c.rule.id for c in changes)


def test_recursion_ends_and_a_change_deep_in_it_is_said_once(changes):
    def trees(kind):
        return {
            "Tree": {"type": "object", "properties": {"leaf": ref("Leaf"), "next": ref("Tree")}},
            "Leaf": {"type": "object", "properties": {"up": ref("Tree"), "size": {"type": kind}}},
        }

    paths = {"/t": {"get": answering(ref("Tree"))}}
    found = changes(described(paths, trees("integer")), described(paths, trees("string")))
    (change,) = found
    assert change.rule.id == "response-type-changed"
    assert [p.path for p in change.places] == [("200", "leaf", "size")]


def test_a_schema_that_is_nothing_but_itself(changes):
    schemas = {"A": ref("B"), "B": ref("A")}
    document = described({"/t": {"get": {"responses": {"204": {"description": "x"}}}}}, schemas)
    del document["components"]["schemas"]["A"], document["components"]["schemas"]["B"]
    assert changes(document, copy.deepcopy(document)) == ()


def test_one_cause_is_one_change_with_all_its_places(changes):
    def shared(maximum):
        item = {"type": "object", "properties": {"size": {"type": "integer", "maximum": maximum}}}
        paths = {f"/{n}": {"get": answering(ref("Item"), operation=f"read{n}")} for n in range(40)}
        return described(paths, {"Item": item})

    (change,) = changes(shared(5), shared(9))
    assert change.rule.id == "response-maximum-increased"
    assert {p.subject for p in change.places} == {f"GET /{n}" for n in range(40)}
    assert change.old.line > 1
    assert change.new.line > 1
    assert "and at 37 other places" in terminal(Comparison("a", "b", (change,)))


def test_two_directions_are_two_changes(changes):
    def both(least):
        schema = {"type": "string", "minLength": least}
        operation = answering(ref("Name"))
        operation["requestBody"] = {"content": {"application/json": {"schema": ref("Name")}}}
        return described({"/t": {"post": operation}}, {"Name": schema})

    found = {c.rule.direction: c.http for c in changes(both(1), both(2))}
    assert found == {Direction.SENT: Verdict.BREAKING, Direction.RECEIVED: Verdict.COMPATIBLE}
    found = {c.rule.direction: c.http for c in changes(both(2), both(1))}
    assert found == {Direction.SENT: Verdict.COMPATIBLE, Direction.RECEIVED: Verdict.BREAKING}


def test_renaming_an_operation_tells_which_models_are_called_otherwise(changes):
    """Nothing changes on the wire; the classes made for its inline schemas have other names."""
    inline = {"type": "object", "properties": {"state": {"type": "string", "enum": ["a", "b"]}}}
    old = described({"/t": {"get": answering(inline, operation="readThing")}})
    new = described({"/t": {"get": answering(inline, operation="fetchIt")}})
    found = changes(old, new)
    assert set(ids(found)) == {"operation-id-changed", "model-made-up-name-changed"}
    assert {c.http for c in found} == {Verdict.COMPATIBLE}


def test_components_swapped_by_name_are_compared_by_place(changes):
    one = {"type": "object", "properties": {"a": {"type": "string"}}}
    two = {"type": "object", "properties": {"b": {"type": "string"}}}
    old = described({"/t": {"get": answering(ref("X"))}}, {"X": one, "Y": two})
    new = described({"/t": {"get": answering(ref("Y"))}}, {"Y": one, "X": two})
    assert ids(changes(old, new)) == []


def test_paths_that_differ_by_parameter_names_alone_stay_apart(changes):
    def at(name):
        return {
            "get": {
                "operationId": f"by_{name}",
                "parameters": [
                    {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {"204": {"description": name}},
            }
        }

    document = described({"/x/{a}": at("a"), "/x/{b}": at("b")})
    assert changes(document, copy.deepcopy(document)) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"2XX"}, {"200"}, []),
        ({"200"}, {"2XX"}, ["response-status-success-added"]),
        ({"4XX"}, {"4XX", "404"}, []),
        ({"default"}, {"default", "404"}, []),
        ({"404"}, {"4XX"}, ["response-status-error-added"]),
        ({"404"}, {"default"}, ["response-status-error-added"]),
        ({"200"}, {"200", "404"}, ["response-status-error-added"]),
        ({"200", "404"}, {"200"}, ["response-status-error-removed"]),
        ({"200"}, {"200", "201"}, ["response-status-success-added"]),
        ({"200", "201"}, {"200"}, ["response-status-success-removed"]),
        ({"default"}, {"200", "default"}, ["response-status-success-added"]),
    ],
)
def test_statuses_and_the_ranges_that_cover_them(changes, old, new, expected):
    def answers(statuses, kind="string"):
        content = {"application/json": {"schema": {"type": kind}}}
        responses = {s: {"description": "x", "content": content} for s in sorted(statuses)}
        return described({"/t": {"get": {"operationId": "read", "responses": responses}}})

    assert ids(changes(answers(old), answers(new))) == expected
    if old & new or not expected or any("X" in s or s == "default" for s in new):
        assert "response-type-changed" in ids(changes(answers(old), answers(new, "boolean")))


@pytest.mark.parametrize(
    ("today", "rule"),
    [
        (datetime.date(2031, 6, 29), "operation-removed-before-sunset"),
        (datetime.date(2031, 6, 30), "operation-removed-after-sunset"),
        (datetime.date(2031, 7, 1), "operation-removed-after-sunset"),
    ],
)
def test_the_day_announced_is_the_first_on_which_it_may_go(base, edit, changes, today, rule):
    new = edit(base, {"remove": ["/paths/~1ping"]})
    assert ids(changes(base, new, today=today)) == [rule]


@pytest.mark.parametrize("sunset", ["soon", "2026-13-01", "", 20260101])
def test_a_date_that_is_none_announces_nothing(base, edit, changes, sunset):
    old = edit(base, {"set": {"/paths/~1ping/get/x-sunset": sunset}})
    new = edit(old, {"remove": ["/paths/~1ping"]})
    assert ids(changes(old, new)) == ["operation-removed"]


def test_a_date_without_deprecation_announces_nothing(base, edit, changes):
    old = edit(base, {"remove": ["/paths/~1gone/get/deprecated"]})
    assert ids(changes(old, edit(old, {"remove": ["/paths/~1gone"]}))) == ["operation-removed"]


@pytest.mark.parametrize("name", ["{name}", "{0.__class__}", "%s", "{", "\n", "x" * 500])
def test_names_are_not_templates(base, edit, changes, name):
    new = copy.deepcopy(base)
    new["components"]["schemas"]["CallInput"]["properties"][name] = {"type": "string"}
    (change,) = changes(base, new)
    shown = name if len(name) < 60 else name[:59] + "…"
    assert change.message == f"the property {shown} was added"


def test_the_table_is_whole():
    assert len(RULES) == len(BY_ID) >= 150
    for rule in RULES:
        assert rule.id == rule.id.lower()
        assert set(rule.id) <= set(string.ascii_lowercase + "-")
        assert rule.why.endswith(".")
        assert rule.remedy.endswith(".")
        assert not rule.message.endswith(".")
        if rule.documentation:
            assert rule.verdict is Verdict.COMPATIBLE
        fields = {f for _, f, _, _ in string.Formatter().parse(rule.message) if f is not None}
        assert all(f.isidentifier() for f in fields)


def test_ids_and_verdicts_are_stable():
    """Waivers and reports name ids: one that was given is kept, and keeps its meaning.

    A new rule is a new line of rules.txt. A line may change only where a verdict was wrong.
    """
    listed = (Path(__file__).parent / "rules.txt").read_text().splitlines()
    assert sorted(f"{r.id} {r.http} {r.python}" for r in RULES) == listed
