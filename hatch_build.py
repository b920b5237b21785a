"""The README as the page of an index has it: pictures and links there have no files beside them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?://|#|mailto:)([^)\s]+)\)")


def page(readme: str, address: str) -> str:
    """`readme` with its relative links below `address`, which ends with `/`.

    Without an address pictures are left out, and of links their text stays: better none than dead.
    """

    def absolute(found: re.Match[str]) -> str:
        picture, text, path = found.groups()
        if address:
            return f"{picture}[{text}]({urljoin(address, path)}{'?raw=true' if picture else ''})"
        return "" if picture else text

    made = _LINK.sub(absolute, readme)
    return re.sub(r"\n{3,}", "\n\n", made)


class IndexPage(MetadataHookInterface):
    """Called by hatchling for `dynamic = ["readme"]`."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the text of the page."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        address = str(self.config.get("address", ""))
        metadata["readme"] = {"content-type": "text/markdown", "text": page(text, address)}
