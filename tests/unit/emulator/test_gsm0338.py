"""Segments of text messages, by GSM 03.38 and UCS-2."""

from __future__ import annotations

import pytest

from trunkline.emulator.behaviour import gsm0338


@pytest.mark.parametrize(
    ("text", "encoding", "parts"),
    [
        ("", "GSM", 1),
        ("a" * 160, "GSM", 1),
        ("a" * 161, "GSM", 2),
        ("a" * 306, "GSM", 2),
        ("a" * 307, "GSM", 3),
        # Characters of the extension take two septets.
        ("€" * 80, "GSM", 1),
        ("€" * 81, "GSM", 2),
        # An escape pair is not cut: 76 pairs and one septet left over in each part.
        ("€" * 152, "GSM", 2),
        ("€" * 153, "GSM", 3),
        ("é" * 160, "GSM", 1),
        ("ê" * 70, "UNICODE", 1),
        ("ê" * 71, "UNICODE", 2),
        ("ê" * 134, "UNICODE", 2),
        ("ê" * 135, "UNICODE", 3),
        # A character beyond the basic plane takes two places and is not cut.
        ("😀" * 35, "UNICODE", 1),
        ("😀" * 36, "UNICODE", 2),
        ("😀" * 66, "UNICODE", 2),
        ("😀" * 67, "UNICODE", 3),
        ("a" * 159 + "`", "UNICODE", 3),
    ],
)
def test_parts(text: str, encoding: str, parts: int) -> None:
    assert (gsm0338.encoding(text), gsm0338.parts(text)) == (encoding, parts)


def test_a_forced_encoding_counts_by_its_own_room() -> None:
    assert gsm0338.parts("a" * 100, "UNICODE") == 2
    assert gsm0338.encoding("a", "UNICODE") == "UNICODE"
    assert gsm0338.encoding("a", "MORSE") == "GSM"
