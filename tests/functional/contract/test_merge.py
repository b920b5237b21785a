"""Shards put together come to the same as the whole; reports read back are what was written."""

import dataclasses
import json
import subprocess
import sys

import pytest

from trunkline import contract
from trunkline.cli.main import run
from trunkline.contract.model import Finding
from trunkline.contract.reports import html, json_lines, junit, merge, read_report
from trunkline.diagnostics import TrunklineError

BUGS = ("change-not-stored", "others-can-read", "wrong-shape", "location-wrong")


def keys(report):
    return {violation.key for violation in report.violations}


pytestmark = pytest.mark.xdist_group("merge")
"""One process makes the four runs that all of them merge."""


@pytest.fixture(scope="module")
def whole_and_parts(library, library_config):
    """The report of a run with bugs, and those of its three shards, each on a new server."""

    def one(shard):
        with library(*BUGS) as url:
            config = library_config(url, phases=True, shard=shard, seed=3)
            return contract.run(config)

    return one(contract.Shard()), [one(contract.Shard(i, 3)) for i in (1, 2, 3)]


def test_the_union_of_shards_is_the_whole(whole_and_parts):
    whole, parts = whole_and_parts
    merged = merge(parts)
    assert len(keys(whole)) >= len(BUGS)
    assert keys(merged) == keys(whole)
    assert {(o.unit, o.verdict) for o in merged.results} == {
        (o.unit, o.verdict) for o in whole.results
    }
    assert len(merged.results) == len(whole.results)
    assert all(part.results for part in parts)
    assert merged.exit_code == whole.exit_code == 1
    assert merged.requests == sum(part.requests for part in parts)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [((0, 1), "3/3 is missing"), ((0, 0, 1, 2), "1/3 is there 2 times"), ((1,), "1/3 is missing")],
)
def test_shards_that_are_not_the_whole_are_refused(whole_and_parts, chosen, said):
    _, parts = whole_and_parts
    with pytest.raises(TrunklineError, match=said):
        merge([parts[index] for index in chosen])


def test_shards_of_another_seed_or_split_are_refused(whole_and_parts):
    whole, parts = whole_and_parts
    with pytest.raises(TrunklineError, match="seed"):
        merge([parts[0], dataclasses.replace(parts[1], seed=7), parts[2]])
    with pytest.raises(TrunklineError, match="of 1 and of 3"):
        merge([whole, *parts])


def test_a_report_read_back_is_the_same(whole_and_parts, tmp_path):
    whole, _ = whole_and_parts
    file = tmp_path / "report.jsonl"
    file.write_text("\n".join(json_lines(whole)))
    again = read_report(file)
    assert list(json_lines(again)) == list(json_lines(whole))
    assert junit(again) == junit(whole)
    assert html(again) == html(whole)


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\x0b"])
def test_text_that_holds_line_separators_is_one_line(separator, tmp_path):
    report = contract.RunReport("x", "X", "http://127.0.0.1:1", 1, "smoke")
    found = Finding("answers", "op", "", f"a{separator}b")
    report.findings.add(found)
    file = tmp_path / "report.jsonl"
    file.write_text("\n".join(json_lines(report)), encoding="utf-8")
    assert [f.message for f in read_report(file).violations] == [found.message]


def test_the_command_merges_into_every_format(whole_and_parts, tmp_path, capsys):
    whole, parts = whole_and_parts
    files = []
    for number, part in enumerate(parts):
        files.append(tmp_path / f"{number}.jsonl")
        files[-1].write_text("\n".join(json_lines(part)))
    made = {name: tmp_path / f"all.{name}" for name in ("json", "junit", "html")}
    arguments = [text for name, path in made.items() for text in (f"--{name}", str(path))]
    assert run(["merge", *map(str, files), *arguments]) == 1
    shown = capsys.readouterr().out
    assert f"{len(whole.violations)} violations" in shown
    lines = [json.loads(line) for line in made["json"].read_text().splitlines()]
    assert sum(line["kind"] == "violation" for line in lines) == len(whole.violations)
    assert made["junit"].read_text().count("<testcase") >= len(whole.results)
    assert made["html"].read_text().count('class="card finding"') == len(whole.violations)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "no report"),
        ("not json\n", 1, "not JSON"),
        ('{"kind": "run"}\n', 1, "no end"),
        ("[]\n", 1, "no object"),
        (
            '{"kind":"run","api":"a","title":"t","base_url":"u","seed":0,"profile":"smoke"}\n'
            '{"kind":"unit","id":"x","check":"no-such-check"}\n{"kind":"summary"}\n',
            2,
            "no-such-check",
        ),
    ],
)
def test_what_is_no_report_is_said_with_its_line(tmp_path, text, line, says):
    file = tmp_path / "bad.jsonl"
    file.write_text(text)
    with pytest.raises(TrunklineError) as caught:
        read_report(file)
    assert f"bad.jsonl:{line}:1" in str(caught.value)
    assert says in str(caught.value)
    assert run(["merge", str(file)]) == 2


def test_reports_of_different_apis_do_not_merge():
    one = contract.RunReport("a", "A", "http://x", 0, "smoke")
    other = contract.RunReport("b", "A", "http://x", 0, "smoke")
    with pytest.raises(TrunklineError, match="'a' and 'b'"):
        merge([one, other])


def test_a_resource_stays_in_one_shard_of_fuzzing(library_loaded):
    from trunkline.contract.runner import fuzzed_operations

    parts = [fuzzed_operations(library_loaded.api, contract.Shard(i, 4)) for i in range(1, 5)]
    assert set().union(*parts) == {o.id for o in library_loaded.api.operations}
    for operation in library_loaded.api.operations:
        resource = {o.id for o in library_loaded.api.operations if o.resource == operation.resource}
        assert sum(bool(part & resource) for part in parts) == 1


def test_shards_are_the_same_whatever_the_hash_seed(library_loaded):
    program = (
        "import sys; from trunkline import contract; from trunkline.pipeline import load_api\n"
        "api = load_api(sys.argv[1]).api\n"
        "print([u.id for u in contract.units(api, shard=contract.Shard(2, 3))])"
    )
    command = [sys.executable, "-c", program, library_loaded.document.file.name]
    shown = {
        subprocess.run(
            command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(shown) == 1
