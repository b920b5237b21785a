"""Text messages: which alphabet one needs, and into how many parts it is cut.

GSM 03.38 knows 128 characters of one septet and an extension of ten that take two. Anything else
is sent as UCS-2, where a character beyond the basic plane takes two places. A message that does
not fit into one part loses room to the header that joins the parts, and neither an escape pair nor
a surrogate pair is ever cut in two.
"""

from __future__ import annotations

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")

GSM, UNICODE = "GSM", "UNICODE"
_ROOM = {GSM: (160, 153), UNICODE: (70, 67)}


def encoding(text: str, forced: str | None = None) -> str:
    """`GSM` where the alphabet suffices, else `UNICODE`; `forced` wins."""
    if forced in (GSM, UNICODE):
        return str(forced)
    return GSM if all(c in _BASIC or c in _EXTENDED for c in text) else UNICODE


def parts(text: str, forced: str | None = None) -> int:
    """How many parts a message is sent in; an empty one is sent in one."""
    kind = encoding(text, forced)
    single, joined = _ROOM[kind]
    if kind == GSM:
        sizes = [2 if c in _EXTENDED else 1 for c in text]
    else:
        sizes = [2 if ord(c) > 0xFFFF else 1 for c in text]
    if sum(sizes) <= single:
        return 1
    count, used = 1, 0
    for size in sizes:
        if used + size > joined:
            count, used = count + 1, 0
        used += size
    return count
