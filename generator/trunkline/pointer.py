"""JSON pointers (RFC 6901): the one place that escapes their tokens."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["escape", "join", "split", "unescape"]


def escape(token: str | int) -> str:
    """One token as it stands in a pointer: `a/b` is `a~1b`."""
    text = str(token)
    if "~" in text or "/" in text:
        return text.replace("~", "~0").replace("/", "~1")
    return text


def unescape(token: str) -> str:
    """The name or index that a pointer's token stands for."""
    return token.replace("~1", "/").replace("~0", "~")


def join(tokens: Iterable[str | int]) -> str:
    """A pointer from its tokens; `""` is the whole document."""
    return "".join(f"/{escape(token)}" for token in tokens)


def split(pointer: str) -> list[str]:
    """The tokens of a pointer: `/a/b~1c` is `["a", "b/c"]`. ValueError unless it starts with `/`
    or is empty."""
    if not pointer:
        return []
    if not pointer.startswith("/"):
        raise ValueError(f"a JSON pointer starts with /: {pointer!r}")
    return [unescape(token) for token in pointer[1:].split("/")]
