"""The parser loses nothing and says where a text does not fit."""

from pathlib import Path

import pytest
from callr_inventory import inventory, parse, pieces, rebuild, text_of
from callr_inventory.facts import digest
from callr_inventory.tree import Format, ObjectReference, ReferenceKind, Values
from hypothesis import given, settings
from hypothesis import strategies as st

from trunkline.diagnostics import TrunklineError


def prose_of(text: str) -> dict[str, str]:
    return {digest(piece.text): piece.text for piece in pieces(parse(text))}


def test_what_a_tiny_document_states(tiny: str) -> None:
    reference = parse(tiny)
    phone, ring = reference.objects
    assert (phone.name, phone.line, phone.see_also) == ("Phone", 9, 32)
    assert [(m.line, m.name, m.value) for m in phone.example.members] == [
        (16, "number", "+16467890800"),
        (17, "ring", {}),
        (18, "rings", []),
    ]
    number, one, many = phone.properties
    assert (number.line, number.last, number.type) == (25, 26, "string")
    assert isinstance(number.qualifiers[0], Format)
    assert one.qualifiers == (ObjectReference(28, ReferenceKind.ONE, ("Phone.Ring",)),)
    assert many.qualifiers == (ObjectReference(30, ReferenceKind.LIST, ("Phone.Ring",)),)
    assert ring.example.members == ()
    assert ring.see_also is None
    assert ring.properties[1].qualifiers == (Values(50, ("A", "B")),)
    assert ring.properties[2].qualifiers[0].kind is ReferenceKind.ANY


@pytest.mark.parametrize("ending", ["", "\n"])
def test_tiny_document_prints_back(tiny: str, ending: str) -> None:
    text = tiny + ending
    assert text_of(parse(text)) == text
    assert rebuild(inventory(parse(text)), prose_of(text)) == text


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("Phone.Ring How it rings", 5),
        ("number string Number to call", 25),
        ('  "ring": {},', 17),
        ("Property Type Description", 24),
        ("A telephone", 13),
        ("}", 19),
    ],
)
def test_a_line_that_does_not_fit_has_its_position(tiny: str, broken: str, line: int) -> None:
    lines = tiny.split("\n")
    assert lines[line - 1] == broken
    lines[line - 1] = "nonsense"
    if broken == "A telephone":
        del lines[line - 1]
    with pytest.raises(TrunklineError) as caught:
        parse("\n".join(lines), "x.txt")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.position is not None
    assert diagnostic.position.file == "x.txt"
    assert abs(diagnostic.position.line - line) <= 2


@pytest.mark.parametrize("text", ["", "\n", "Object Description", "Object Description\nA b\n\n\nA"])
def test_a_text_that_ends_early_is_an_error(text: str) -> None:
    with pytest.raises(TrunklineError, match="Expected"):
        parse(text)


def test_an_example_that_is_not_json_is_an_error(tiny: str) -> None:
    with pytest.raises(TrunklineError, match="JSON value"):
        parse(tiny.replace('"ring": {},', '"ring": {,'))
    with pytest.raises(TrunklineError, match="whole number"):
        parse(tiny.replace('"ring": {},', '"ring": {"a": 1},'))


EDITS = st.tuples(
    st.integers(0, 10_000),
    st.sampled_from(["drop", "double", "swap", "blank", "append", "cut"]),
)


@given(edits=st.lists(EDITS, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_an_edited_document_is_refused_or_kept_whole(edits: list[tuple[int, str]]) -> None:
    lines = TINY_LINES.copy()
    for where, how in edits:
        at = where % len(lines)
        match how:
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                lines[at], lines[at - 1] = lines[at - 1], lines[at]
            case "blank":
                lines[at] = ""
            case "append":
                lines[at] += " x"
            case "cut":
                lines[at] = lines[at][:-1]
        if not lines:
            return
    text = "\n".join(lines)
    try:
        reference = parse(text)
    except TrunklineError:
        return
    assert text_of(reference) == text


TINY_LINES = Path(__file__).with_name("tiny.txt").read_text(encoding="utf-8").split("\n")[:-1]


def test_the_reference_prints_back(text: str) -> None:
    assert text_of(parse(text)) == text


def test_the_reference_can_be_rebuilt_from_the_committed_inventory(
    text: str, inventory_data: dict
) -> None:
    assert rebuild(inventory_data, prose_of(text)) == text


@given(where=st.integers(0, 3617), drop=st.booleans())
@settings(max_examples=15, deadline=None)
def test_an_edited_reference_is_refused_or_kept_whole(text: str, where: int, *, drop: bool) -> None:
    lines = text.split("\n")
    if drop:
        del lines[where]
    else:
        lines[where] = lines[where].replace("a", "e", 1)
    edited = "\n".join(lines)
    try:
        reference = parse(edited)
    except TrunklineError:
        return
    assert text_of(reference) == edited
    assert rebuild(inventory(reference), prose_of(edited)) == edited
