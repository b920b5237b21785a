"""What overlays do to a description, and where everything in the result stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline.diagnostics import Code, Diagnostics, TrunklineError
from trunkline.overlay import checked, overlay_in
from trunkline.source import Document, Node, ParsedFile, parse

BASE = """\
openapi: 3.1.0
info: {title: Shop, version: "1"}
tags: [{name: old}]
paths:
  /pets:
    get:
      summary: List
      deprecated: true
      tags: [a, b]
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: limit, in: header, schema: {type: string}}
        - {name: page, in: query, schema: {type: integer}}
    post: {summary: Add}
  /pets/{id}:
    get: {summary: One, x-null: null}
"""
HEAD = "overlay: {version}\ninfo: {{title: Fix, version: '1'}}\nactions:\n"


def laid(
    actions: str, *, version: str = "1.1.0", base: str = BASE
) -> tuple[ParsedFile, Diagnostics]:
    found = Diagnostics()
    overlay = overlay_in("fix.yaml", HEAD.format(version=version) + actions, found)
    return checked(parse("api.yaml", base.encode()), overlay, found).file, found


def node(file: ParsedFile, *tokens: str) -> Node:
    found = Node.root(file).at(tokens)
    assert found is not None
    return found


GET = ("paths", "/pets", "get")


def test_objects_are_merged_and_every_part_keeps_its_place() -> None:
    file, found = laid(
        "- target: $.paths['/pets'].get\n  update: {summary: All, x-new: {deep: 1}}\n"
    )
    get = node(file, *GET)
    assert get.value["summary"] == "All"
    assert get.value["deprecated"] is True
    assert str(node(file, *GET, "summary").position) == "fix.yaml:5:21"
    assert str(node(file, *GET, "summary").key_position) == "fix.yaml:5:12"
    assert str(node(file, *GET, "x-new", "deep").position) == "fix.yaml:5:40"
    assert str(node(file, *GET, "deprecated").position) == "api.yaml:8:19"
    assert str(get.position) == "api.yaml:7:7"
    assert not list(found)


def test_the_file_itself_stays_as_it_is() -> None:
    base = parse("api.yaml", BASE.encode())
    before = repr(base.data)
    found = Diagnostics()
    actions = "- {target: $.paths, remove: true}\n- {target: $.info, update: {title: X}}\n"
    overlay = overlay_in("fix.yaml", HEAD.format(version="1.0.0") + actions, found)
    after = checked(base, overlay, found).file
    assert repr(base.data) == before
    assert isinstance(after.data, dict)
    assert "paths" not in after.data


def test_what_an_alias_shares_is_changed_in_one_place_only() -> None:
    base = "openapi: 3.1.0\na: &x {list: [1], n: {v: 1}}\nb: *x\n"
    file, _ = laid(
        "- target: $.a.n\n  update: {v: 2}\n- target: $.a.list\n  update: 9\n", base=base
    )
    assert isinstance(file.data, dict)
    assert file.data["a"] == {"list": [1, 9], "n": {"v": 2}}
    assert file.data["b"] == {"list": [1], "n": {"v": 1}}


def test_what_an_overlay_brings_to_two_places_is_changed_in_one_place_only() -> None:
    file, _ = laid(
        "- target: $.paths.*.get\n  update: {x-new: {v: 1}}\n"
        "- target: $.paths['/pets'].get['x-new']\n  update: {v: 2}\n"
    )
    assert node(file, *GET, "x-new").value == {"v": 2}
    assert node(file, "paths", "/pets/{id}", "get", "x-new").value == {"v": 1}


@pytest.mark.parametrize(
    ("version", "update", "expected"),
    [
        ("1.0.0", "{name: new}", ["old", "new"]),
        ("1.1.0", "{name: new}", ["old", "new"]),
        ("1.1.0", "[{name: new}, {name: newer}]", ["old", "new", "newer"]),
    ],
)
def test_lists_grow(version: str, update: str, expected: list[str]) -> None:
    file, _ = laid(f"- target: $.tags\n  update: {update}\n", version=version)
    tags = node(file, "tags")
    assert [one.text("name") for one in tags.elements()] == expected
    assert [one.position.file for one in tags.elements()][:2] == ["api.yaml", "fix.yaml"]


def test_a_list_is_one_more_item_in_1_0() -> None:
    file, _ = laid("- target: $.tags\n  update: [1]\n", version="1.0.0")
    assert node(file, "tags").value == [{"name": "old"}, [1]]


def test_lists_in_an_object_are_concatenated() -> None:
    file, _ = laid("- target: $.paths['/pets'].get\n  update: {tags: [c]}\n", version="1.0.0")
    assert node(file, *GET, "tags").value == ["a", "b", "c"]


def test_a_value_is_replaced() -> None:
    file, _ = laid("- target: $.paths.*.get.summary\n  update: Same\n")
    assert node(file, *GET, "summary").value == "Same"
    assert node(file, *GET, "summary").position.file == "fix.yaml"


def test_null_is_a_value() -> None:
    file, found = laid("- target: $.info.title\n  update: null\n")
    assert node(file, "info", "title").value is None
    assert not list(found)


@pytest.mark.parametrize(
    ("target", "left"),
    [
        ("$..parameters[?@.name == 'limit' && @.in == 'query']", ["limit/header", "page/query"]),
        ("$..parameters[?@.name == 'limit']", ["page/query"]),
        ("$..parameters[0, 2]", ["limit/header"]),
        ("$..parameters[-1]", ["limit/query", "limit/header"]),
        ("$..parameters[*]", []),
    ],
)
def test_elements_are_removed_wherever_they_stand(target: str, left: list[str]) -> None:
    file, _ = laid(f'- target: "{target}"\n  remove: true\n')
    parameters = node(file, *GET, "parameters")
    assert [f"{p.text('name')}/{p.text('in')}" for p in parameters.elements()] == left
    text = BASE.splitlines()
    for parameter in parameters.elements():
        line = text[parameter.position.line - 1]
        assert line[parameter.position.column - 1 :].startswith(f"{{name: {parameter.text('name')}")


def test_what_is_inside_something_removed_is_removed_with_it() -> None:
    file, _ = laid("- target: $..get\n  remove: true\n- target: $.paths..*\n  remove: true\n")
    assert node(file, "paths").value == {}


def test_actions_follow_one_another() -> None:
    file, _ = laid(
        "- target: $.paths['/pets'].get\n  remove: true\n"
        "- target: $.paths['/pets']\n  update: {get: {summary: New}}\n"
    )
    assert node(file, *GET).value == {"summary": "New"}


def test_copies_keep_the_place_of_what_was_copied() -> None:
    file, _ = laid(
        "- target: $.paths['/pets']\n  update: {put: {}}\n"
        "- target: $.paths['/pets'].put\n  copy: $.paths['/pets'].get\n"
        "- target: $.paths['/pets'].put\n  update: {summary: Put}\n"
    )
    assert node(file, "paths", "/pets", "put", "tags").value == ["a", "b"]
    assert node(file, "paths", "/pets", "put", "summary").value == "Put"
    assert node(file, *GET, "summary").value == "List"
    assert str(node(file, "paths", "/pets", "put", "deprecated").position) == "api.yaml:8:19"


def test_several_overlays_lie_on_each_other() -> None:
    found = Diagnostics()
    file = parse("api.yaml", BASE.encode())
    for name, title in (("one.yaml", "One"), ("two.yaml", "Two")):
        actions = f"- target: $.info\n  update: {{title: {title}, x-{title}: 1}}\n"
        overlay = overlay_in(name, HEAD.format(version="1.0.0") + actions, found)
        file = checked(file, overlay, found).file
    assert str(node(file, "info", "title").position) == "two.yaml:5:19"
    assert str(node(file, "info", "x-One").position) == "one.yaml:5:31"
    assert str(node(file, "info", "version").position) == "api.yaml:2:30"
    texts = Document(file, Path(), found, None).texts
    assert list(texts) == ["api.yaml", "one.yaml", "two.yaml"]


@pytest.mark.parametrize(
    ("actions", "message", "place"),
    [
        ("- target: $.paths['/gone'].get\n  update: {}\n", "leads as far as $.paths", "4:11"),
        ("- target: $.nothing\n  remove: true\n", "leads as far as $", "4:11"),
        ("- target: $..parameters[?@.name == 'no']\n  remove: true\n", "$..['parameters']", "4:11"),
    ],
)
def test_an_action_that_matches_nothing_is_a_warning(
    actions: str, message: str, place: str
) -> None:
    file, found = laid(actions)
    (told,) = found
    assert told.code is Code.OVERLAY_STALE
    assert told.severity == "warning"
    assert str(told.position) == f"fix.yaml:{place}"
    assert message in str(told)
    assert file.data == parse("api.yaml", BASE.encode()).data


@pytest.mark.parametrize(
    "action",
    [
        "{target: $.info, update: {title: Shop}}",
        "{target: $.info, update: {}}",
        "{target: $.info.title, update: Shop}",
        "{target: $.paths, update: {/pets: {post: {summary: Add}}}}",
    ],
)
def test_an_action_that_changes_nothing_is_a_warning(action: str) -> None:
    _, found = laid(f"- {action}\n")
    assert [d.code for d in found] == [Code.OVERLAY_IDLE]


FAULTS = {
    "no mapping": ("- a\n", "no 'overlay' member", "1:1"),
    "no version": ("info: {title: a, version: '1'}\nactions: [{target: $, update: {}}]\n", "no 'overlay' member", "1:1"),
    "another version": ("overlay: 2.0.0\ninfo: {title: a, version: '1'}\nactions: [{target: $, update: {}}]\n", "'2.0.0' is not known", "1:10"),
    "no actions": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\n", "needs actions", "1:1"),
    "empty actions": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: []\n", "needs actions", "3:10"),
    "an action that is text": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: [remove]\n", "An action is a mapping", "3:11"),
    "no target": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: [{remove: true}]\n", "needs target", "3:11"),
    "not a JSONPath": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: [{target: $.paths./pets, remove: true}]\n", "Not a JSONPath", "3:20"),
    "a misspelt key": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: [{target: $.info, udpate: {a: 1}}]\n", "Did you mean 'update'?", "3:28"),
    "nothing to do": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: [{target: $.info}]\n", "does nothing", "3:11"),
    "copy in 1.0": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: [{target: $.info, copy: $.tags}]\n", "copy is of overlay 1.1", "3:34"),
    "the whole removed": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: [{target: $, remove: true}]\n", "cannot be removed", "3:11"),
    "an object for a list": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nactions: [{target: $, update: {tags: {a: 1}}}]\n", "a list stands there", "3:38"),
    "a list for an object": ("overlay: 1.1.0\ninfo: {title: a, version: '1'}\nactions: [{target: $.info, update: [1]}]\n", "an object stands there", "3:36"),
    "kinds mixed": ("overlay: 1.1.0\ninfo: {title: a, version: '1'}\nactions: [{target: $.*, update: {a: 1}}]\n", "lists and objects", "3:20"),
    "two things copied": ("overlay: 1.1.0\ninfo: {title: a, version: '1'}\nactions: [{target: $.info, copy: $.paths.*}]\n", "selects 2 places", "3:34"),
    "another description": ("overlay: 1.0.0\ninfo: {title: a, version: '1'}\nextends: other.yaml\nactions: [{target: $, update: {x-a: 1}}]\n", "extends other.yaml", "3:10"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_overlay_is_one_message_with_its_place(fault: str) -> None:
    text, message, place = FAULTS[fault]
    found = Diagnostics()
    with pytest.raises(TrunklineError) as raised:
        checked(parse("api.yaml", BASE.encode()), overlay_in("fix.yaml", text, found), found)
    (told,) = [d for d in raised.value.diagnostics if d.severity == "error"]
    assert told.code is Code.OVERLAY
    assert message in str(told)
    assert str(told.position) == f"fix.yaml:{place}"


@pytest.mark.parametrize(
    "actions",
    [
        "- {target: $..*, update: {a: {}}}\n" * 60,
        "- {target: $.info, copy: $}\n" * 250,
        "- {target: $.list, copy: $.list}\n" * 60,
        "- {target: $..*..*..*..*..*..*, remove: true}\n",
    ],
    ids=["updates", "depth", "copies", "descents"],
)
def test_an_overlay_that_expands_without_end_is_refused(actions: str) -> None:
    deep = "{a: " * 150 + "{}" + "}" * 150
    base = "openapi: 3.1.0\ninfo: {title: {v: {a: {b: {}}}}}\nlist: [1]\n"
    base += f"x: {deep}\n" if "..*..*" in actions else ""
    with pytest.raises(TrunklineError) as raised:
        laid(actions, base=base)
    assert all(d.code is Code.OVERLAY for d in raised.value.diagnostics if d.severity == "error")
