"""Parsing: what values mean, where they stand, and what ends a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline.diagnostics import Code, Diagnostics, ExitCode, TrunklineError
from trunkline.source import Node, parse, read
from trunkline.source.parsed import MAX_DEPTH


def _root(text: str, name: str = "api.yaml") -> Node:
    return Node.root(parse(name, text.encode()))


def _fault(text: str | bytes, name: str = "api.yaml") -> TrunklineError:
    with pytest.raises(TrunklineError) as caught:
        parse(name, text if isinstance(text, bytes) else text.encode())
    return caught.value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "yes"),
        ("on", "on"),
        ("NO", "NO"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("Null", None),
        ("2020-01-01", "2020-01-01"),
        ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("0o17", 15),
        ("0x1F", 31),
        ("010", 10),
        ("-7", -7),
        ("+44", 44),
        ("1.50", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1.2.3", "1.2.3"),
        ("'200'", "200"),
        ("!!str 200", "200"),
        ("!!int 7", 7),
        ("!!float 7", 7),
        ("!!null ''", None),
        ("! x", "x"),
        ("=", "="),
    ],
)
def test_scalars_follow_the_core_schema(written, meant):
    found = _root(f"a: {written}\n").value
    assert found == {"a": meant}
    assert type(found["a"]) is type(meant)  # 7 and 7.0 are not told apart by ==


def test_keys_are_text_as_written():
    root = _root("200: a\ntrue: b\n1.0: c\nnull: d\n2020-01-01: e\n")
    assert root.value == {"200": "a", "true": "b", "1.0": "c", "null": "d", "2020-01-01": "e"}


@pytest.mark.parametrize("name", ["api.yaml", "api.json"])
def test_positions_of_keys_and_values(name):
    root = _root('{\n  "a/b": {"~": [1,\n      {"é": "x", "k": 2}]}\n}\n', name)
    node = root.at(["a/b", "~", "1", "k"])
    assert node is not None
    assert node.value == 2
    assert node.pointer == "/a~1b/~0/1/k"
    assert (node.position.line, node.position.column) == (3, 23)
    assert (node.key_position.line, node.key_position.column) == (3, 18)
    assert node.key == "k"
    first = root.at(["a/b"])
    assert first is not None
    assert (first.position.line, first.position.column) == (2, 10)
    assert (first.key_position.line, first.key_position.column) == (2, 3)


def test_json_escapes_and_numbers():
    root = _root(
        '{"a\\u0062": "\\ud83d\\ude00\\n", "n": [-0, 1.0, 2e2, 12345678901234567890]}', "a.json"
    )
    assert root.value == {"ab": "\U0001f600\n", "n": [0, 1.0, 200.0, 12345678901234567890]}
    assert type(root.value["n"][1]) is float


def test_json_in_a_yaml_file_and_yaml_flow():
    assert _root('{"a": 1}').value == {"a": 1}
    assert _root("{a: 1, b: [x, y]}").value == {"a": 1, "b": ["x", "y"]}
    assert _root("﻿a: 1\n").value == {"a": 1}


def test_anchors_merge_keys_and_their_positions():
    root = _root("base: &b {x: 1, y: 2}\nmore:\n  <<: *b\n  y: 3\nsame: *b\n")
    assert root.value == {
        "base": {"x": 1, "y": 2},
        "more": {"y": 3, "x": 1},
        "same": {"x": 1, "y": 2},
    }
    merged = root.at(["more", "x"])
    assert merged is not None
    assert merged.position.line == 1
    assert merged.pointer == "/more/x"


@pytest.mark.parametrize(
    ("text", "name", "code", "line", "column", "says"),
    [
        ("a: 1\nb: [\n", "x.yaml", Code.SYNTAX, 3, 1, "YAML"),
        ("a:\n\t- b\n", "x.yaml", Code.SYNTAX, 2, 1, "YAML"),
        ("a: 1\n---\nb: 2\n", "x.yaml", Code.SYNTAX, 2, 1, "More than one"),
        ("a: *nobody\n", "x.yaml", Code.SYNTAX, 1, 4, "nobody"),
        ("? [a]\n: 1\n", "x.yaml", Code.SYNTAX, 1, 3, "key"),
        ("a: !!python/object/apply:os.system [ls]\n", "x.yaml", Code.SYNTAX, 1, 4, "python"),
        ("a: !!int x\n", "x.yaml", Code.SYNTAX, 1, 4, "int"),
        ("a: !secret x\n", "x.yaml", Code.SYNTAX, 1, 4, "secret"),
        ("a: \x07\n", "x.yaml", Code.SYNTAX, 1, 4, "YAML"),
        ('{"a": 1,\n "b": }', "x.json", Code.SYNTAX, 2, 7, "JSON"),
        ('{"a": NaN}', "x.json", Code.SYNTAX, 1, 1, "NaN"),
        ("", "x.json", Code.SYNTAX, 1, 1, "JSON"),
        ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", "x.yaml", Code.DUPLICATE_KEY, 5, 3, "line 3"),
        ("200: 1\n'200': 2\n", "x.yaml", Code.DUPLICATE_KEY, 2, 1, "'200'"),
        ('{"a": 1,\n "\\u0061": 2}', "x.json", Code.DUPLICATE_KEY, 2, 2, "line 1"),
    ],
)
def test_faults_have_a_position(text, name, code, line, column, says):
    error = _fault(text, name)
    first = error.diagnostics[0]
    assert first.code is code
    assert first.position is not None
    assert (first.position.file, first.position.line, first.position.column) == (name, line, column)
    assert says in first.message
    assert error.exit_code is ExitCode.FINDINGS


def test_every_duplicate_is_reported():
    found = _fault("a: 1\na: 2\nb: {c: 1, c: 2}\n").diagnostics
    assert [d.position.line for d in found] == [2, 3]


def test_not_utf8_says_where():
    first = _fault("a: 1\nbé: ".encode() + b"\xff\n").diagnostics[0]
    assert first.code is Code.NOT_TEXT
    assert (first.position.line, first.position.column) == (2, 5)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[" * 5000, "x.yaml"),
        ("[" * 100_000 + "]" * 100_000, "x.json"),
        ("a: " + "{a: " * 3000, "x.yaml"),
        ("x: &a [" + "y, " * 100 + "]\n" + "".join(
            f"{chr(97 + i)}: &{chr(98 + i)} [" + f"*{chr(97 + i)}, " * 40 + "]\n" for i in range(8)
        ), "x.yaml"),
        ("a: &a [*a]\n", "x.yaml"),
    ],
    ids=["nesting", "json nesting", "flow nesting", "billion laughs", "self alias"],
)  # fmt: skip
def test_bombs_end(text, name):
    assert _fault(text, name).diagnostics[0].code is Code.TOO_LARGE


@pytest.mark.parametrize("opening", ["[", '{"a":'])
@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 5000])
def test_json_says_where_it_is_too_deep(opening, depth):
    closing = "]" if opening == "[" else "}"
    parse("x.json", (opening * MAX_DEPTH + "1" + closing * MAX_DEPTH).encode())
    fault = _fault(opening * depth + "1" + closing * depth, "x.json").diagnostics[0]
    assert fault.code is Code.TOO_LARGE
    assert fault.position.column == len(opening * MAX_DEPTH) + 1


def test_missing_file_is_a_usage_error_and_names_a_near_one(tmp_path: Path):
    (tmp_path / "openapi.yaml").write_text("a: 1")
    with pytest.raises(TrunklineError) as caught:
        read(tmp_path / "openapi.yml", Diagnostics())
    assert caught.value.exit_code is ExitCode.USAGE
    first = caught.value.diagnostics[0]
    assert first.code is Code.FILE_MISSING
    assert "openapi.yaml" in (first.hint or "")
    with pytest.raises(TrunklineError):
        read(tmp_path, Diagnostics())
