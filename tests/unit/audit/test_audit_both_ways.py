"""The audit finds each kind of fault, at its position, and nothing where there is none."""

import hashlib

import pytest

from trunkline.audit import State, load_material, record
from trunkline.diagnostics import Code, Diagnostics


def test_nothing_is_wrong_with_the_small_api(pets):
    report = pets.audit()
    assert [str(d) for d in report.diagnostics] == []
    assert report.ok
    assert (report.facts, report.missing) == (12, 0)
    (row,) = report.by_source()
    assert (row.source, row.covered, row.ruled, row.missing) == ("pets-doc", 11, 1, 0)
    assert report.provenance["openapi.yaml"] == {
        "documented": 7,
        "public": 1,
        "observed": 0,
        "inferred": 1,
    }


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("          minLength: 2\n", "", "pets-doc:3"),
        ("minLength: 2", "minLength: 3", "pets-doc:3"),
        ("      required: [name]\n", "", "pets-doc:3"),
        ("enum: [cat, dog]", "enum: [dog]", "pets-doc:4"),
        (
            "        id:\n          type: string\n          x-trunkline-source: pets-doc:2\n",
            "",
            "pets-doc:2",
        ),
        (
            "          type: string\n          x-trunkline-source: pets-doc:2",
            "          type: integer\n          x-trunkline-source: pets-doc:2",
            "pets-doc:2",
        ),
        (
            "            examples:\n              documented: {$ref: 'examples/pet.json'}\n",
            "",
            "pets-doc:5-6",
        ),
        ("    post:", "    put:", "pets-doc:1"),
    ],
)
def test_what_is_taken_away_is_missed_and_its_line_named(pets, old, new, lost):
    report = pets.replace("openapi.yaml", old, new).audit()
    missing = [d for d in report.diagnostics if d.code is Code.FACT_MISSING]
    assert any(f"does not cover {lost}," in d.message for d in missing), report.diagnostics
    assert all(d.position and "sources/pets-doc.yaml" in d.position.file for d in missing)
    assert report.missing == len({d.position for d in missing}) > 0
    assert not report.ok


def test_the_value_counts_not_only_the_citation(pets):
    pets.replace("openapi.yaml", "enum: [cat, dog]", "enum: [cat, hound]")
    report = pets.audit()
    assert {d.code for d in report.diagnostics} == {Code.FACT_MISSING, Code.RULING_MISSING}
    (row,) = (r for r in report.coverage if r.missing)
    assert (row.kind, row.missing, row.ruled) == ("enum", 1, 1)


def test_a_fact_that_is_described_but_not_cited_is_missing(pets):
    pets.replace(
        "openapi.yaml",
        "minLength: 2\n          x-trunkline-source: pets-doc:3",
        "minLength: 2\n          x-trunkline-source: {inferred: Nobody says so}",
    )
    assert set(pets.codes()) == {Code.FACT_MISSING}
    assert "does not cite it" in pets.audit().diagnostics[0].message


def _one(report):
    assert len(report.diagnostics) == 1, [str(d) for d in report.diagnostics]
    return report.diagnostics[0]


def test_a_citation_of_a_line_that_does_not_say_so(pets):
    pets.replace(
        "openapi.yaml", "x-trunkline-source: pets-doc:2\n", "x-trunkline-source: pets-doc:1-2\n"
    )
    found = _one(pets.audit())
    assert found.code is Code.CITATION_EMPTY
    assert "line 1" in found.message
    assert str(found.position).startswith(pets.line("openapi.yaml", "pets-doc:1-2"))


def test_a_blank_line_may_be_cited_between_two_that_speak(pets):
    pets.replace(
        "sources/pets-doc.yaml", "lines: 5-6, kind: request", "lines: '5,6', kind: request"
    )
    pets.replace(
        "sources/pets-doc.yaml", "lines: 5-6, kind: example", "lines: '4,6', kind: example"
    )
    pets.replace(
        "sources/pets-doc.yaml", "lines: '5,6', kind: request", "lines: '4,6', kind: request"
    )
    pets.replace(
        "openapi.yaml", "x-trunkline-source: pets-doc:5-6", "x-trunkline-source: pets-doc:4-6"
    )
    assert pets.codes() == []
    pets.replace(
        "openapi.yaml", "x-trunkline-source: pets-doc:4-6", "x-trunkline-source: 'pets-doc:4,5,6'"
    )
    assert pets.codes() == [Code.CITATION_EMPTY]


def test_a_citation_of_a_document_that_is_not_listed(pets):
    pets.replace(
        "openapi.yaml",
        "            - pets-doc:4\n",
        "            - pets-doc:4\n            - dogs-doc:4\n",
    )
    found = _one(pets.audit())
    assert "'dogs-doc' is not listed" in found.message
    assert str(found.position).startswith(pets.line("openapi.yaml", "dogs-doc:4"))


def test_a_citation_past_the_end(pets):
    pets.replace(
        "openapi.yaml", "x-trunkline-source: pets-doc:2-4", "x-trunkline-source: pets-doc:2-4,9"
    )
    found = pets.audit().diagnostics[0]
    assert "lines 1 to 6, not 9" in found.message
    assert str(found.position).startswith(pets.line("openapi.yaml", "pets-doc:2-4,9"))


def test_a_fact_past_the_end(pets):
    pets.replace("sources/pets-doc.yaml", "lines: 5-6, kind: request", "lines: 5-7, kind: request")
    found = _one(pets.audit())
    assert found.code is Code.LINE_UNKNOWN
    assert str(found.position).startswith(pets.line("sources/pets-doc.yaml", "create.body"))


def test_an_inventory_of_another_version(pets):
    pets.replace("sources/pets-doc.yaml", "sha256: SHA", "sha256: OTHER")
    found = _one(pets.audit())
    assert found.code is Code.HASH_MISMATCH
    assert str(found.position).startswith(f"{pets.path}/sources/pets-doc.yaml:1:")


def test_the_text_of_the_document_is_compared_where_it_is_at_hand(pets, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("1\n2\n3\n4\n5\n6\n")
    digest = hashlib.sha256((texts / "a.txt").read_bytes()).hexdigest()
    for name in ("openapi.yaml", "sources/pets-doc.yaml"):
        pets.replace(name, "SHA", digest)
    assert pets.audit(texts).ok
    (texts / "a.txt").write_text("1\n2\n3\n4\n5\n6 changed\n")
    assert _one(pets.audit(texts)).code is Code.HASH_MISMATCH


def test_a_document_listed_without_an_inventory(pets):
    pets.replace(
        "openapi.yaml", "paths:\n", "  cats-doc: {title: Cats, lines: 3, sha256: X}\npaths:\n"
    )
    found = _one(pets.audit())
    assert found.code is Code.SOURCE_UNKNOWN
    assert str(found.position).startswith(pets.line("openapi.yaml", "cats-doc"))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("      x-trunkline-source: pets-doc:1\n", "", "operation"),
        ("        x-trunkline-source: pets-doc:5-6\n", "", "request body"),
        (
            "          x-trunkline-source: "
            "{public: The vendor's description of 2025 has the status}\n",
            "",
            "response",
        ),
        ("      x-trunkline-source: pets-doc:2-4\n", "", "schema"),
    ],
)
def test_parts_must_say_where_they_come_from(pets, old, new, what):
    report = pets.replace("openapi.yaml", old, new).audit()
    found = [d for d in report.diagnostics if d.code is Code.PROVENANCE_MISSING]
    assert [d.message.split(" at ")[0] for d in found] == [f"Nothing says where the {what}"]


def test_a_reason_is_more_than_a_word(pets):
    pets.replace("openapi.yaml", "inferred: Most pets are cats", "inferred: obviously")
    assert _one(pets.audit()).code is Code.PROVENANCE_MISSING


def test_an_example_that_differs_from_its_file_or_does_not_fit(pets):
    pets.replace("examples/pet.json", '"Tom"', '"T"')
    found = _one(pets.audit())
    assert found.code is Code.FACT_MISSING
    assert "does not fit its schema" in found.message
    pets.replace("examples/pet.json", '"T"', '"Tom"')
    pets.replace(
        "openapi.yaml",
        "documented: {$ref: 'examples/pet.json'}",
        "documented: {value: {name: Tim}}",
    )
    assert "example is not there" in _one(pets.audit()).message


def test_an_example_whose_file_is_gone_or_that_nobody_refers_to(pets):
    pets.write("examples/stray.json", "{}")
    found = _one(pets.audit())
    assert (found.code, "examples/stray.json" in found.message) == (Code.EXAMPLE_INVALID, True)
    (pets.path / "examples/stray.json").unlink()
    (pets.path / "examples/pet.json").unlink()
    assert Code.FACT_MISSING in pets.codes()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("facts: [pet.kind.bird]", "facts: [pet.kind.fish]", "no fact is called pet.kind.fish"),
        ("facts: [pet.kind.bird]", "facts: [pet.kind.bird, pet.kind.dog]", "carries it as"),
        ("    facts: [pet.kind.bird]\n", "", "it rules on no fact"),
    ],
)
def test_stale_errata(pets, old, new, message):
    report = pets.replace("errata.yaml", old, new).audit()
    stale = [d for d in report.diagnostics if d.code is Code.ERRATUM_STALE]
    assert any(message in d.message for d in stale)
    assert all(str(d.position).startswith(pets.line("errata.yaml", "pets-001")) for d in stale)


def test_an_omission_needs_what_stands_in_its_place(pets):
    pets.replace("errata.yaml", "    facts: [pet.kind.bird]\n", "    omission: true\n")
    pets.replace(
        "sources/pets-doc.yaml",
        "  - {id: pet.kind.bird, lines: 4, kind: enum, subject: kind, value: ' dog', "
        "at: '#/components/schemas/Kind'}\n",
        "",
    )
    assert pets.codes() == []
    pets.replace(
        "errata.yaml",
        "    becomes:\n      - {at: '#/components/schemas/Kind', kind: enum, value: dog}\n",
        "",
    )
    assert pets.codes() == [Code.ERRATUM_STALE]


def test_a_ruling_that_keeps_the_document_does_not_excuse_the_description(pets):
    pets.replace("errata.yaml", "facts: [pet.kind.bird]", "facts: [pet.kind.dog]\n    kept: true")
    assert set(pets.codes()) == {Code.FACT_MISSING, Code.CONTRADICTION_OPEN}, "the blank, now"


def test_a_ruling_must_be_followed(pets):
    pets.replace("errata.yaml", "kind: enum, value: dog}", "kind: enum, value: bird}")
    found = _one(pets.audit())
    assert found.code is Code.RULING_MISSING
    assert "pets-doc:4" in found.message
    assert str(found.position).startswith(pets.line("errata.yaml", "value: bird"))


def test_older_versions_are_audited_too(pets):
    old = (pets.path / "openapi.yaml").read_text().replace("examples/pet", "../examples/pet")
    pets.write("package.toml", "")
    pets.write(
        "history/2020.yaml",
        old.replace("enum: [cat, dog]", "enum: [dog]").replace("default: cat", "default: dog"),
    )
    pets.replace(
        "sources/pets-doc.yaml", "facts:", "describes: [openapi.yaml, history/2020.yaml]\nfacts:"
    )
    report = pets.audit()
    assert {d.code for d in report.diagnostics} == {Code.FACT_MISSING}
    assert [(r.description, r.missing) for r in report.by_source()] == [
        ("openapi.yaml", 0),
        ("history/2020.yaml", 2),
    ]
    pets.replace(
        "errata.yaml",
        "facts: [pet.kind.bird]",
        "facts: [pet.kind.bird, pet.kind.cat, create.example]\n    in: [history/2020.yaml]",
    )
    messages = [d.message for d in pets.audit().diagnostics]
    assert len(messages) == 1, messages
    assert "openapi.yaml does not cover pets-doc:4" in messages[0], "ruled on in the older one only"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "sources/pets-doc.yaml",
            "kind: operation",
            "kind: operatoin",
            "'operatoin' is no kind of fact",
        ),
        ("sources/pets-doc.yaml", "lines: 1, kind", "lines: one, kind", "needs lines"),
        (
            "sources/pets-doc.yaml",
            "subject: create, value",
            "subjct: create, value",
            "no member 'subjct'",
        ),
        (
            "sources/pets-doc.yaml",
            "at: '#/paths/~1pets/post'}",
            "at: paths/pets}",
            "not a JSON pointer",
        ),
        ("sources/pets-doc.yaml", "id: pet.id.type", "id: pet.id", "given twice"),
        (
            "sources/pets-doc.yaml",
            "file: examples/pet.json",
            "file: ../pet.json",
            "files below examples/",
        ),
        ("errata.yaml", "    ruling: Without the blank.\n", "", "needs ruling"),
        ("errata.yaml", "kind: enum, value: dog", "kind: enum, vlue: dog", "no member 'vlue'"),
        (
            "sources/pets-doc.yaml",
            "source: pets-doc\n",
            "source: pets-doc\ndescribes: [other.yaml]\n",
            "no description other.yaml",
        ),
    ],
)
def test_malformed_entries_have_a_position(pets, file, old, new, message):
    report = pets.replace(file, old, new).audit()
    found = [d for d in report.diagnostics if message in d.message]
    assert found, [str(d) for d in report.diagnostics]
    assert found[0].code is Code.AUDIT_FILE
    assert found[0].position is not None
    assert found[0].position.file == str(pets.path / file)


def test_files_that_do_not_parse_are_reported_with_their_position(pets):
    pets.write("errata.yaml", "errata:\n  - {id: [\n")
    found = [d for d in pets.audit().diagnostics if d.code is Code.SYNTAX]
    assert found[0].position.file.endswith("errata.yaml")


def test_the_report_for_machines_says_the_same(pets):
    pets.replace("openapi.yaml", "enum: [cat, dog]", "enum: [cat, dog, ' dog']")
    data = pets.audit().to_json()
    assert (data["ok"], data["facts"], data["missing"]) == (False, 12, 0)
    assert [d["code"] for d in data["diagnostics"]] == ["A008"]
    assert data["diagnostics"][0]["line"] == 2
    assert sum(row["facts"] for row in data["coverage"]) == 12
    assert {s.value for s in State} == {"covered", "ruled", "missing"}


def test_a_record_of_what_stands_beyond_the_documents(pets):
    material = load_material(pets.path, Diagnostics())
    ((path, text),) = record(material).items()
    assert path == pets.path / "sources" / "beyond.yaml"
    pets.write("sources/beyond.yaml", text)
    facts = [line.strip() for line in text.split("facts:\n")[1].splitlines()]
    pointer = "#/components/schemas/Pet/properties/kind"
    assert f'- {{kind: default, at: "{pointer}", value: "cat"}}' in facts
    assert not any("minLength" in fact for fact in facts), "that is documented"
    assert pets.codes() == []

    pets.replace("openapi.yaml", "          default: cat\n", "")
    lost = _one(pets.audit())
    assert lost.code is Code.FACT_MISSING
    assert str(lost.position).startswith(pets.line("sources/beyond.yaml", "kind: default"))


def test_a_value_that_creeps_in_is_found_where_there_is_a_record(pets):
    pets.replace(
        "openapi.yaml",
        "          minLength: 2\n",
        "          minLength: 2\n          maxLength: 9\n",
    )
    assert pets.codes() == []
    pets.replace("openapi.yaml", "          maxLength: 9\n", "")
    for path, text in record(load_material(pets.path, Diagnostics())).items():
        pets.write(str(path.relative_to(pets.path)), text)
    pets.replace(
        "openapi.yaml",
        "          minLength: 2\n",
        "          minLength: 2\n          maxLength: 9\n",
    )
    found = _one(pets.audit())
    assert found.code is Code.VALUE_UNSTATED
    assert str(found.position).startswith(pets.line("openapi.yaml", "maxLength: 9"))


def test_a_description_that_cannot_be_read_is_one_finding(pets):
    pets.replace("openapi.yaml", "title: Pets", "title: Pets: all")
    assert pets.codes() == [Code.SYNTAX]
