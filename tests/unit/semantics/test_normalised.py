"""Texts in the form that a description says they are kept in."""

import pytest

from trunkline.semantics.normalised import as_said


@pytest.mark.parametrize(
    ("said", "seen", "sent", "wanted"),
    [
        ("Kept in lower case.", "ann@x.ch", "Ann@x.CH", True),
        ("Stored uppercase", "#AABBCC", "#aabbcc", True),
        ("Compared case-insensitively; case is ignored.", "a", "A", True),
        ("Kept in lower case.", "ann@x.c", "Ann@x.CH", False),
        ("Kept in lower case.", " a", "a", False),
        ("Trimmed.", "a b", "  a b\t", True),
        ("White space at both ends is taken off.", "a", " a ", True),
        ("Trimmed.", "a", "A", False),
        ("Trimmed and put into lower case.", "a", " A ", True),
        ("Kept in NFC.", "\u00e9", "e\u0301", True),
        ("Kept in NFC.", "e", "e\u0301", False),
        ("Kept in the form of E.164.", "+41791234567", "+41 (79) 123-45-67", True),
        ("Normalised.", "41", "42", False),
        ("Normalised.", "", "!", False),
        ("The name of the thing.", "a", "A", False),
        ("", "a", "A", False),
    ],
)
def test_as_said(said, seen, sent, wanted):
    assert as_said(said, seen, sent) is wanted
