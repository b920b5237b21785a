"""A small API that the audit has nothing to say about, to break in one place at a time."""

import shutil
from pathlib import Path

import pytest

from trunkline.audit import AuditReport, audit
from trunkline.diagnostics import Code

SMALL = Path(__file__).parent / "pets"


class Folder:
    """The API's folder: `replace` breaks one file, `audit` says what is found."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shutil.copytree(SMALL, path)

    def write(self, name: str, text: str) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str, *, times: int = 1) -> "Folder":
        text = (self.path / name).read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new, times))
        return self

    def audit(self, documents: Path | None = None) -> AuditReport:
        return audit(self.path, documents=documents)

    def codes(self) -> list[Code]:
        return [d.code for d in self.audit().diagnostics]

    def line(self, name: str, text: str) -> str:
        """`file:line:` of the first line of `name` with `text` in it."""
        lines = (self.path / name).read_text(encoding="utf-8").split("\n")
        return f"{self.path / name}:{next(i for i, t in enumerate(lines, 1) if text in t)}:"


@pytest.fixture
def pets(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "pets")
