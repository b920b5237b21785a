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
