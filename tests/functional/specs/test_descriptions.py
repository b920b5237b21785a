"""The descriptions that come with the project: complete, valid, and impossible to thin out."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trunkline.audit import Kind, audit, audit_material, load_material
from trunkline.audit.model import lines_of
from trunkline.audit.uncited import items
from trunkline.diagnostics import Diagnostics
from trunkline.rules import validate
from trunkline.source import Document

ROOT = Path(__file__).parents[3]
SPECS = sorted(path.parent for path in (ROOT / "specs").glob("*/openapi.yaml"))
SEEDS = ROOT.parent / "shared" / "seeds"
DESCRIPTIONS = [d for s in SPECS for d in (s / "openapi.yaml", *sorted(s.glob("history/*.yaml")))]


def names(path):
    return str(path.relative_to(ROOT / "specs"))


@pytest.mark.parametrize("folder", SPECS, ids=names)
def test_every_fact_is_covered_or_ruled_on_and_every_part_says_who_says_so(folder):
    report = audit(folder, documents=SEEDS if SEEDS.is_dir() else None)
    assert [str(d) for d in report.diagnostics] == []
    assert report.facts > 0
    assert report.missing == 0


@pytest.mark.parametrize("path", DESCRIPTIONS, ids=names)
def test_every_description_passes_validation_and_the_rules(path):
    report = validate(path)
    assert [str(d) for d in report.diagnostics] == []


def test_telnyx_has_two_versions_of_ten_operations():
    material = load_material(ROOT / "specs" / "telnyx", Diagnostics())
    assert list(material.descriptions) == ["openapi.yaml", "history/2024-04-30.yaml"]
    for name, document in material.descriptions.items():
        found = [i for i in items(document) if i.kind is Kind.OPERATION]
        assert len(found) == 10 + (name == "openapi.yaml"), "and the check of a registration"
    documented = material.without_records()
    facts = [f for f in documented.facts() if f.kind is Kind.OPERATION and f.value == "get"]
    assert len(facts) == 4, "list and retrieve, of profiles and of connections"
    files = {f.file for f in documented.facts() if f.file}
    assert len(files) == 16, "seven of connections, nine of profiles"
    assert {i.source: len(i.facts) for i in documented.inventories} == {
        "telnyx-cc-legacy": 293,
        "telnyx-ovp-current": 123,
        "telnyx-ovp-legacy": 164,
    }
    assert len(material.errata) == 34


def _words(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)
    else:
        yield value if isinstance(value, str) else json.dumps(value)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents' texts are not at hand")
def test_the_lines_of_the_telnyx_facts_say_so():
    """What a fact claims to read stands, letter by letter, in the lines it names."""
    texts = {
        "telnyx-ovp-legacy": "telnyx-outbound-voice-profiles.legacy-docs.txt",
        "telnyx-ovp-current": "telnyx-outbound-voice-profile-update.current-docs.txt",
        "telnyx-cc-legacy": "telnyx-credential-connections.legacy-docs.txt",
    }
    lines = {s: (SEEDS / f).read_text(encoding="utf-8").split("\n") for s, f in texts.items()}
    folder = ROOT / "specs" / "telnyx"
    material = load_material(folder, Diagnostics()).without_records()
    literal = {Kind.FIELD, Kind.ENUM, Kind.DEFAULT, Kind.EXAMPLE, Kind.RESPONSE, Kind.REFERENCE}
    checked = 0
    for fact in material.facts():
        if fact.kind not in literal:
            continue
        said = "".join(lines[fact.source][n - 1] for n in lines_of(fact.lines)).replace(" ", "")
        value = json.loads((folder / fact.file).read_text())["value"] if fact.file else fact.value
        for word in _words(value):
            assert word.replace(" ", "").casefold() in said.casefold(), (fact.id, word)
            checked += 1
    assert checked > 700


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents' texts are not at hand")
def test_no_line_of_the_telnyx_documents_is_left_out():
    """Lines that no fact names hold punctuation, titles of the page or its code sample only."""
    material = load_material(ROOT / "specs" / "telnyx", Diagnostics()).without_records()
    named = {(f.source, n) for f in material.facts() for n in lines_of(f.lines)}
    rest = {}
    for path in SEEDS.glob("telnyx-*.txt"):
        source = {
            "outbound-voice-profiles.legacy": "telnyx-ovp-legacy",
            "outbound-voice-profile-update.current": "telnyx-ovp-current",
            "credential-connections.legacy": "telnyx-cc-legacy",
        }[path.name.removeprefix("telnyx-").removesuffix("-docs.txt")]
        for number, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if (source, number) not in named and text.strip(" |{}[],"):
                rest[source, number] = text
    sample = {("telnyx-ovp-current", n) for n in (1, 7, 8, 10, 11, 12, 18)}
    prose = {
        key
        for key, text in rest.items()
        if key[0] == "telnyx-ovp-current"
        and (text.endswith(".") or text in ("Example:", "Response"))
    }
    assert set(rest) - sample - prose == set()


def _delete(document, pointer_node):
    """Take one item out of the document's data, in place; answer how to put it back."""
    tokens = pointer_node.pointer.split("/")
    parent = document.root.at([t.replace("~1", "/").replace("~0", "~") for t in tokens[1:-1]])
    container, key = parent.value, pointer_node.key
    if isinstance(container, dict):
        before = dict(container)
        del container[key]

        def restore():
            container.clear()
            container.update(before)

        return restore
    marks = document.file.marks[id(container)]
    index = int(key)
    value, mark = container.pop(index), marks.pop(index)

    def restore():
        container.insert(index, value)
        marks.insert(index, mark)

    return restore


KINDS = (Kind.FIELD, Kind.ENUM, Kind.LIMIT, Kind.EXAMPLE, Kind.DEFAULT, Kind.REQUIRED)


@pytest.mark.parametrize("folder", SPECS, ids=names)
def test_whatever_is_deleted_is_missed(folder):
    """Any property, enum value, bound, default, example or required mark."""
    material = load_material(folder, Diagnostics())
    if not any(i.beyond for i in material.inventories):
        pytest.skip(f"{folder.name} keeps no record of what it says beyond its documents")
    document = material.descriptions["openapi.yaml"]
    found = [i for i in items(document) if i.kind in KINDS]
    assert len(found) > 50
    sources = {i.source for i in material.inventories}
    small = len(list(material.facts())) < 2000

    @settings(
        max_examples=20 if small else 5,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(found))
    def deletes(item):
        node = document.root.at(
            [t.replace("~1", "/").replace("~0", "~") for t in item.node.pointer.split("/")[1:]]
        )
        assert node is not None
        restore = _delete(document, node)
        try:
            thinner = Document(document.file, folder, Diagnostics(), None)
            report = audit_material(
                dataclasses.replace(
                    material, descriptions={**material.descriptions, "openapi.yaml": thinner}
                )
            )
        finally:
            restore()
        assert not report.ok, f"#{item.node.pointer} was not missed"
        messages = [d.message for d in report.diagnostics]
        assert any(f"{source}:" in m for m in messages for source in sources), messages

    deletes()
    assert audit_material(material).ok, "everything was put back"
