"""Which documented media type the client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from trunkline.ir import Content


def is_json(media_type: str) -> bool:
    """Whether bodies of this media type are JSON texts."""
    bare = media_type.split(";", maxsplit=1)[0].strip().lower()
    return bare == "application/json" or bare.endswith(("+json", "/json")) or bare == "*/*"


def acceptable(header: bytes, contents: Sequence[Content]) -> Content | None:
    """The content to answer with; None when the client accepts none of them. JSON wins ties."""
    ranges = _ranges(header.decode("latin-1"))
    best: tuple[float, bool, int] | None = None
    chosen: Content | None = None
    for index, content in enumerate(contents):
        bare = content.media_type.split(";")[0].strip().lower()
        quality = _quality(bare, ranges)
        if quality <= 0:
            continue
        rank = (quality, is_json(bare), -index)
        if best is None or rank > best:
            best, chosen = rank, content
    return chosen


def _ranges(text: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for part in text.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                try:
                    quality = float(value)
                except ValueError:
                    quality = 1.0
        if name:
            found.append((name.lower(), quality))
    return found


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    kind = media_type.partition("/")[0]
    best = (-1, 0.0)
    for name, quality in ranges:
        if media_type in (name, "*/*"):
            precision = 2
        elif name == f"{kind}/*":
            precision = 1
        elif name in ("*/*", "*"):
            precision = 0
        else:
            continue
        best = max(best, (precision, quality))
    return best[1] if best[0] >= 0 else 0.0
