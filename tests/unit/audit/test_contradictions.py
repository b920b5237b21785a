"""What a machine can see of the documents' contradictions, and that each has to be ruled on."""

import pytest

from trunkline.audit import contradictions, load_material
from trunkline.diagnostics import Code, Diagnostics

NAME = "'#/components/schemas/Pet/properties/name'"
KIND = "'#/components/schemas/Pet/properties/kind'"


def checks(pets):
    found = contradictions(load_material(pets.path, Diagnostics()), Diagnostics())
    return [(c.check, [f.id for f in c.facts]) for c in found]


def add(pets, fact):
    path = "sources/pets-doc.yaml"
    pets.write(path, (pets.path / path).read_text() + f"  - {fact}\n")


def test_the_blank_of_the_small_api_is_seen(pets):
    assert checks(pets) == [("stray-blank", ["pet.kind.bird"])]


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        (
            f"{{id: x, lines: 3, kind: required, subject: name, value: false, at: {NAME}}}",
            ("value-against-value", ["pet.name.required", "x"]),
        ),
        (
            f"{{id: x, lines: 3, kind: example, subject: name, value: string, at: {NAME}}}",
            ("placeholder", ["x"]),
        ),
        (
            "{id: x, lines: 2, kind: example, subject: id, value: 7, "
            "at: '#/components/schemas/Pet/properties/id'}",
            ("value-against-type", ["x", "pet.id.type"]),
        ),
    ],
)
def test_facts_against_facts(pets, fact, found):
    add(pets, fact)
    assert found in checks(pets)
    report = pets.audit()
    open_ones = [d for d in report.diagnostics if d.code is Code.CONTRADICTION_OPEN]
    assert len(open_ones) == 1
    assert found[0] in open_ones[0].message
    pets.replace("errata.yaml", "contradicts: [pet.kind.dog]", "contradicts: [x]")
    assert Code.CONTRADICTION_OPEN not in pets.codes(), "an erratum knows of it now"


def test_the_same_said_twice_is_no_contradiction(pets):
    add(pets, f"{{id: x, lines: 3, kind: required, subject: name, value: true, at: {NAME}}}")
    assert ("stray-blank", ["pet.kind.bird"]) in checks(pets)
    assert len(checks(pets)) == 1


def test_a_default_in_a_partial_update(pets):
    add(pets, f"{{id: x, lines: 4, kind: default, subject: kind, value: cat, at: {KIND}}}")
    assert len(checks(pets)) == 1
    pets.replace("openapi.yaml", "    post:", "    patch:")
    assert ("default-in-partial-update", ["x"]) in checks(pets)


@pytest.mark.parametrize(
    ("meta", "listed", "fine"),
    [
        ((1, 2, 2, 3), 2, True),
        ((2, 2, 2, 3), 1, True),
        ((2, 2, 2, 3), 2, False),
        ((1, 2, 3, 3), 2, False),
    ],
)
def test_figures_of_a_page(pets, meta, listed, fine):
    number, size, pages, total = meta
    figures = {"page_number": number, "page_size": size, "total_pages": pages}
    body = {"data": [{}] * listed, "meta": {**figures, "total_results": total}}
    pets.write("examples/pet.json", str({"value": body}).replace("'", '"'))
    assert (("page-arithmetic", ["create.example"]) in checks(pets)) is not fine


RELATIVES = """
    PetCreate:
      type: object
      x-trunkline-source: pets-doc:2-4
      properties:
        id: {type: string, x-trunkline-source: pets-doc:2}
        kind: {$ref: '#/components/schemas/Kind', x-trunkline-source: pets-doc:4}
"""
CREATE = "'#/components/schemas/PetCreate/properties"


@pytest.fixture
def family(pets):
    """The small API with an object to create one by."""
    pets.write("openapi.yaml", (pets.path / "openapi.yaml").read_text() + RELATIVES.lstrip("\n"))
    return pets


@pytest.mark.parametrize(
    ("fact", "found"),
    [
        (
            f"{{id: x, lines: 3, kind: type, subject: name, value: integer, at: {CREATE}/id'}}",
            ("sibling-against-sibling", ["pet.id.type", "x"]),
        ),
        (
            f"{{id: x, lines: 3, kind: default, subject: name, value: null, at: {CREATE}/id'}}",
            ("default-against-nullability", ["x", "pet.id.type"]),
        ),
        (
            "{id: x, lines: 1, kind: operation, subject: list.sample pets.Comment.list}",
            ("sample-of-another-resource", ["x"]),
        ),
    ],
)
def test_relatives(family, fact, found):
    before = checks(family)
    add(family, fact)
    assert [c for c in checks(family) if c not in before] == [found]


@pytest.mark.parametrize(
    "fact",
    [
        f"{{id: x, lines: 3, kind: type, subject: name, value: string, at: {CREATE}/id'}}",
        f"{{id: x, lines: 3, kind: type, subject: n, value: [string, 'null'], at: {CREATE}/id'}}",
        f"{{id: x, lines: 3, kind: default, subject: name, value: a, at: {CREATE}/id'}}",
        "{id: x, lines: 1, kind: operation, subject: list.sample pets.Pet.list}",
    ],
)
def test_relatives_that_agree(family, fact):
    before = checks(family)
    add(family, fact)
    assert checks(family) == before


def test_a_list_of_one_value_where_there_are_more(pets):
    text = (pets.path / "sources/pets-doc.yaml").read_text()
    lines = [line for line in text.split("\n") if "dog" not in line and "bird" not in line]
    pets.write("sources/pets-doc.yaml", "\n".join(lines))
    assert ("list-cut-short", ["pet.kind.cat"]) in checks(pets)


@pytest.mark.parametrize(
    ("example", "found"),
    [
        ('{"id": "1", "kind": "cat"}', "required-against-example"),
        ('{"name": "Tom", "pace_1": 1, "pace_2": "2"}', "like-names"),
        ('{"name": "Tom", "pace_1": 1, "pace_2": 2, "pace_3": null}', ""),
    ],
)
def test_examples(pets, example, found):
    pets.write("examples/pet.json", example)
    assert {check for check, _ in checks(pets)} - {"stray-blank"} == ({found} if found else set())
