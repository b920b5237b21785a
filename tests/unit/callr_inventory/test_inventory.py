"""The committed inventory: what the document holds, counted, and nothing of its prose."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from callr_inventory import inventory, parse, pieces, to_yaml
from callr_inventory.stated import UINT64_MAX, stated

TOOLS = Path(__file__).parents[3] / "tools"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(TOOLS)}


def of_kind(data: dict, kind: str) -> list[dict]:
    return [fact for fact in data["facts"] if fact["kind"] == kind]


def value_lists(data: dict) -> dict[str, tuple[str, ...]]:
    """Property → its closed list, where the list has a line of its own."""
    lists: dict[str, tuple[str, ...]] = {}
    for fact in of_kind(data, "enum"):
        if ".enum." in fact["id"]:
            lists[fact["subject"]] = (*lists.get(fact["subject"], ()), fact["value"])
    return lists


def test_what_the_document_holds(inventory_data: dict) -> None:
    assert inventory_data["lines"] == 3618
    assert len(of_kind(inventory_data, "schema")) == 131
    assert len(of_kind(inventory_data, "field")) == 610
    assert len({fact["value"] for fact in of_kind(inventory_data, "format")}) == 27
    lists = value_lists(inventory_data)
    assert len(lists) == 54
    assert len(set(lists.values())) == 31
    referring = {fact["lines"] for fact in of_kind(inventory_data, "reference")}
    assert len(referring) == 81
    whole = [f for f in of_kind(inventory_data, "example") if f["id"].count(".example.") == 0]
    assert len(whole) == 131


def test_facts_are_told_apart(inventory_data: dict) -> None:
    counts = Counter(fact["id"] for fact in inventory_data["facts"])
    assert [name for name, count in counts.items() if count > 1] == []
    assert all(name == name.lower() and " " not in name for name in counts)


def test_every_reference_leads_to_an_object(inventory_data: dict) -> None:
    objects = {fact["value"] for fact in of_kind(inventory_data, "schema")}
    assert {f["value"] for f in of_kind(inventory_data, "reference")} <= objects


def test_the_committed_inventory_is_the_one_derived(text: str, committed: str) -> None:
    assert to_yaml(inventory(parse(text))) == committed


def test_yaml_reads_back_as_the_same_data(text: str, committed: str) -> None:
    assert yaml.load(committed, Loader=yaml.CSafeLoader) == inventory(parse(text))


def test_no_running_text_is_kept(
    text: str, committed: str, description: dict, errata_data: list[dict]
) -> None:
    ours = " ".join(_strings([description, errata_data, committed])).lower()
    kept = [
        piece
        for piece in pieces(parse(text))
        if len(piece.text.split()) >= 5 and piece.text.lower() in ours
    ]
    assert kept == []


def _strings(value: object) -> list[str]:
    match value:
        case str():
            return [" ".join(value.split())]
        case dict():
            return [s for member in value.values() for s in _strings(member)]
        case list():
            return [s for member in value for s in _strings(member)]
    return []


def test_every_number_in_running_text_is_recognised(text: str) -> None:
    """A number the tables overlook would be a bound or a default that nobody checks."""
    overlooked = []
    harmless = {"2869", "1772", "2034"}  # "> 1", twice "mp3": no bound
    for section in parse(text).objects:
        for row in section.properties:
            found = stated(row.description.text, array=row.type == "array")
            numbers = any(character.isdigit() for character in row.description.text)
            says = found.limit or found.default or found.words or found.examples or found.values
            if numbers and not says and str(row.line) not in harmless:
                overlooked.append((row.line, row.name))
    assert overlooked == []


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ("Must be 30 <= x <= 300.", {"minimum": 30, "maximum": 300}),
        ("Must be between 1 and 5", {"minimum": 1, "maximum": 5}),
        ("(default: 3, min: 0, max: 120)", {"minimum": 0, "maximum": 120}),
        ("Loop! min=1 max=10", {"minimum": 1, "maximum": 10}),
        ("Try number 0..9", {"minimum": 0, "maximum": 9}),
        ("Length: 8..1024.", {"minLength": 8, "maxLength": 1024}),
        ("Starts at 0. If", {"minimum": 0}),
        ("32 alphanumeric characters maximum", {"maxLength": 32}),
        ("64-bit unsigned integer", {"minimum": 0, "maximum": UINT64_MAX}),
        ("Capital 3-letter code", {"minLength": 3, "maxLength": 3}),
        ("Start index (zero-based)", {"minimum": 0}),
        ("cents with 4 decimals", {"pattern": r"^-?[0-9]+\.[0-9]{4}$"}),
        ("Nothing", {}),
    ],
)
def test_bounds(said: str, limit: dict) -> None:
    assert stated(said).limit == limit


def test_bounds_of_a_list_count_its_members() -> None:
    assert stated("emails (min:1, max :1)", array=True).limit == {"minItems": 1, "maxItems": 1}


@pytest.mark.parametrize(
    ("said", "default"),
    [
        ("Defaults to true. Only", (True,)),
        ("(Default: FALSE)", (False,)),
        ("Default is NULL (auto)", (None,)),
        ('Defaults to both feeds ("both").', ("both",)),
        ('(optional, default: "full" ie.', ("full",)),
        ("(optional, default: empty)", ([],)),
        ("min:1 max:100 default:50", (50,)),
        ("(optional, default: auto-generated)", ()),
        ("the account default value", ()),
    ],
)
def test_defaults(said: str, default: tuple) -> None:
    assert stated(said).default == default


def test_marks_and_words() -> None:
    assert stated("This property MUST be filled.").required is True
    assert stated("Privacy (optional)").required is False
    assert stated("Domain (auto-filled)").read_only
    assert stated("deprecated object").deprecated
    assert stated("NULL otherwise").nullable
    assert stated("Can be one of : PENDING, DONE.").values == ("PENDING", "DONE")
    assert stated('always "seconds"').values == ("seconds",)
    assert stated('E.g.: "98.90", "100.00"').examples == ("98.90", "100.00")
    assert stated('"-1" if unlimited').words == ("-1",)
    assert stated("until this date (inclusive), in UTC").words == ("UTC", "including")
    assert stated('Format "+CCNSN"', quotes=False).words == ()


def test_written_as_a_command(tiny: str, tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(tiny, encoding="utf-8")
    command = [sys.executable, "-m", "callr_inventory"]
    run = subprocess.run(
        [*command, str(tmp_path / "tiny.txt"), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    written = (tmp_path / "callr-objects.yaml").read_text(encoding="utf-8")
    assert written == to_yaml(inventory(parse(tiny)))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [([], "usage"), (["none.txt", "."], "none.txt"), (["bad.txt", "."], "bad.txt:1:1: error")],
)
def test_what_the_command_refuses(arguments: list[str], says: str, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("x", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "callr_inventory", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=ENVIRONMENT,
    )
    assert run.returncode == 1
    assert says in run.stderr
    assert "Traceback" not in run.stderr
