"""Edits of YAML and JSON: the change that was asked for, and not a character more."""

import json

import pytest
import yaml

from trunkline.contract.drift import Add, CannotEditError, Drop, Put, Take, apply

YAML = """\
# héad — note
a: {b: 1, c: [x, y]} # flow
list:
  - one # first
  - name: two
    required: true
  - three
block:
  text: |
    several
    lines

  # before last
  last: 3 # after


end: yes
"""


def changed(before, after):
    """Lines that are only in one of two texts."""
    return set(before.splitlines()) ^ set(after.splitlines())


CASES = [
    (Put("/a", "b", 2), {"a": {"b": 2, "c": ["x", "y"]}}),
    (Put("/a", "d", "é: #"), {"a": {"b": 1, "c": ["x", "y"], "d": "é: #"}}),
    (Put("/a", "c", []), {"a": {"b": 1, "c": []}}),
    (Drop("/a", "b"), {"a": {"c": ["x", "y"]}}),
    (Drop("/a", "c"), {"a": {"b": 1}}),
    (Add("/a/c", None), {"a": {"b": 1, "c": ["x", "y", None]}}),
    (Take("/a/c", "x"), {"a": {"b": 1, "c": ["y"]}}),
    (Take("/a/c", "y"), {"a": {"b": 1, "c": ["x"]}}),
    (Add("/list", "four"), {"list": ["one", {"name": "two", "required": True}, "three", "four"]}),
    (Take("/list", "one"), {"list": [{"name": "two", "required": True}, "three"]}),
    (Take("/list", "three"), {"list": ["one", {"name": "two", "required": True}]}),
    (Drop("/list/1", "required"), {"list": ["one", {"name": "two"}, "three"]}),
    (Drop("/list/1", "name"), {"list": ["one", {"required": True}, "three"]}),
    (
        Put("/list/1", "in", "x"),
        {"list": ["one", {"name": "two", "required": True, "in": "x"}, "three"]},
    ),
    (Drop("/block", "text"), {"block": {"last": 3}}),
    (Put("/block", "text", "one"), {"block": {"text": "one", "last": 3}}),
    (Put("/block", "new", 4), {"block": {"text": "several\nlines\n", "last": 3, "new": 4}}),
    (
        Put("/block", "200", {"a": {"b": "yes"}}),
        {"block": {"text": "several\nlines\n", "last": 3, "200": {"a": {"b": "yes"}}}},
    ),
    (Put("", "fin", "1.0"), {"fin": "1.0"}),
]


@pytest.mark.parametrize(("edit", "wanted"), CASES, ids=[repr(case[0]) for case in CASES])
def test_yaml_keeps_everything_else(edit, wanted):
    after = apply(YAML, edit)
    assert yaml.safe_load(after) == {**yaml.safe_load(YAML), **wanted}
    for comment in ("# héad — note", "# before last", "# after"):
        assert comment in after
    assert len(changed(YAML, after)) <= 4


@pytest.mark.parametrize("indent", [None, 2, 4])
def test_json_stays_json(indent):
    data = {"a": {"b": 1}, "list": ["x"], "empty": {}}
    text = json.dumps(data, indent=indent)
    for edit, wanted in (
        (Put("/a", "c", {"d": ["é"]}), {"a": {"b": 1, "c": {"d": ["é"]}}}),
        (Put("/empty", "c", True), {"empty": {"c": True}}),
        (Add("/list", "y"), {"list": ["x", "y"]}),
        (Drop("/a", "b"), {"a": {}}),
        (Drop("", "list"), None),
    ):
        after = json.loads(apply(text, edit))
        kept = {k: v for k, v in data.items() if wanted is not None or k != "list"}
        assert after == {**kept, **(wanted or {})}


def test_a_list_that_becomes_empty_goes():
    assert yaml.safe_load(apply("a: 1\nrequired:\n  - x\n", Take("/required", "x"))) == {"a": 1}


def test_escaped_keys_are_found():
    text = "paths:\n  /a/{b}:\n    x: 1\n"
    after = apply(text, Put("/paths/~1a~1{b}", "x", 2))
    assert yaml.safe_load(after) == {"paths": {"/a/{b}": {"x": 2}}}


@pytest.mark.parametrize(
    "edit", [Put("/none/where", "x", 1), Drop("/a", "z"), Add("/a", 1), Take("/a/c", "z")]
)
def test_what_is_not_there_is_not_edited(edit):
    with pytest.raises(CannotEditError):
        apply(YAML, edit)


def test_an_alias_is_left_alone():
    text = "a: &one {x: 1}\nb: *one\n"
    with pytest.raises(CannotEditError):
        apply(text, Put("", "b", 1))
