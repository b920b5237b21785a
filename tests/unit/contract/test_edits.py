"""Edits of YAML and JSON: the change that was asked for, and not a character more."""

import json

import pytest
import yaml

from trunkline.contract.drift import Append, CannotEditError, RemoveItem, RemoveKey, SetKey, apply
from trunkline.contract.drift.edits import sharing

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
    (SetKey("/a", "b", 2), {"a": {"b": 2, "c": ["x", "y"]}}),
    (SetKey("/a", "d", "é: #"), {"a": {"b": 1, "c": ["x", "y"], "d": "é: #"}}),
    (SetKey("/a", "c", []), {"a": {"b": 1, "c": []}}),
    (RemoveKey("/a", "b"), {"a": {"c": ["x", "y"]}}),
    (RemoveKey("/a", "c"), {"a": {"b": 1}}),
    (Append("/a/c", None), {"a": {"b": 1, "c": ["x", "y", None]}}),
    (RemoveItem("/a/c", "x"), {"a": {"b": 1, "c": ["y"]}}),
    (RemoveItem("/a/c", "y"), {"a": {"b": 1, "c": ["x"]}}),
    (
        Append("/list", "four"),
        {"list": ["one", {"name": "two", "required": True}, "three", "four"]},
    ),
    (RemoveItem("/list", "one"), {"list": [{"name": "two", "required": True}, "three"]}),
    (RemoveItem("/list", "three"), {"list": ["one", {"name": "two", "required": True}]}),
    (RemoveKey("/list/1", "required"), {"list": ["one", {"name": "two"}, "three"]}),
    (RemoveKey("/list/1", "name"), {"list": ["one", {"required": True}, "three"]}),
    (
        SetKey("/list/1", "in", "x"),
        {"list": ["one", {"name": "two", "required": True, "in": "x"}, "three"]},
    ),
    (RemoveKey("/block", "text"), {"block": {"last": 3}}),
    (SetKey("/block", "text", "one"), {"block": {"text": "one", "last": 3}}),
    (SetKey("/block", "new", 4), {"block": {"text": "several\nlines\n", "last": 3, "new": 4}}),
    (
        SetKey("/block", "200", {"a": {"b": "yes"}}),
        {"block": {"text": "several\nlines\n", "last": 3, "200": {"a": {"b": "yes"}}}},
    ),
    (SetKey("", "fin", "1.0"), {"fin": "1.0"}),
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
        (SetKey("/a", "c", {"d": ["é"]}), {"a": {"b": 1, "c": {"d": ["é"]}}}),
        (SetKey("/empty", "c", True), {"empty": {"c": True}}),
        (Append("/list", "y"), {"list": ["x", "y"]}),
        (RemoveKey("/a", "b"), {"a": {}}),
        (RemoveKey("", "list"), None),
    ):
        after = json.loads(apply(text, edit))
        kept = {k: v for k, v in data.items() if wanted is not None or k != "list"}
        assert after == {**kept, **(wanted or {})}


def test_a_list_that_becomes_empty_goes():
    assert yaml.safe_load(apply("a: 1\nrequired:\n  - x\n", RemoveItem("/required", "x"))) == {
        "a": 1
    }


def test_escaped_keys_are_found():
    text = "paths:\n  /a/{b}:\n    x: 1\n"
    after = apply(text, SetKey("/paths/~1a~1{b}", "x", 2))
    assert yaml.safe_load(after) == {"paths": {"/a/{b}": {"x": 2}}}


@pytest.mark.parametrize(
    "edit",
    [SetKey("/none/where", "x", 1), RemoveKey("/a", "z"), Append("/a", 1), RemoveItem("/a/c", "z")],
)
def test_what_is_not_there_is_not_edited(edit):
    with pytest.raises(CannotEditError):
        apply(YAML, edit)


def test_an_alias_is_left_alone():
    text = "a: &one {x: 1}\nb: *one\n"
    with pytest.raises(CannotEditError):
        apply(text, SetKey("", "b", 1))


MERGED = """\
one: &base # shared
  a: {type: string, max: 3}
  b: 1
two:
  <<: *base
  c: 2 # own
three: *base
"""


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (RemoveKey("/two/a", "max"), {"a": {"type": "string"}}),
        (
            SetKey("/two/a", "type", ["string", "null"]),
            {"a": {"type": ["string", "null"], "max": 3}},
        ),
        (SetKey("/two", "b", 5), {"b": 5}),
    ],
)
def test_what_a_merge_key_brings_is_written_out(edit, wanted):
    after = yaml.safe_load(apply(MERGED, edit))
    before = yaml.safe_load(MERGED)
    assert after == {**before, "two": {**before["two"], **wanted}}
    assert sharing(MERGED, edit) == []


def test_what_shares_an_anchor_is_told():
    assert sharing(MERGED, RemoveKey("/one/a", "max")) == ["/three", "/two"]
    with pytest.raises(CannotEditError, match="alias"):
        apply(MERGED, RemoveKey("/three/a", "max"))
