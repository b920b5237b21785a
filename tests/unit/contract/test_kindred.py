"""Words that stand beside those of a closed list."""

import pytest

from trunkline.contract.model.kindred import kindred


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (["draft", "open", "closed"], "archived"),
        (["DRAFT", "OPEN", "CLOSED"], "ARCHIVED"),
        (["Small", "Medium"], "Large"),
        (["low", "high"], "urgent"),
        (["in-progress", "todo"], "done"),
        (["admin", "member", "viewer"], "owner"),
    ],
)
def test_a_neighbour_is_named(values, wanted):
    found = kindred(values, most=10)
    assert wanted in found
    assert not {v.lower() for v in found} & {v.lower() for v in values}


@pytest.mark.parametrize("values", [["zebra", "quark"], ["draft", "quark"], []])
def test_no_family_is_guessed_from_one_word(values):
    assert kindred(values) == []
