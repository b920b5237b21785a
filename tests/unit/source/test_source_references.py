"""References: within a file, across files, and those refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from trunkline.diagnostics import Code, Diagnostics
from trunkline.source import Document, Node, read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "api" / "parts").mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("k: v\n")
    (tmp_path / "api" / "parts" / "a b.yaml").write_text(
        "x: {y: 1}\nback: {$ref: '../root.yaml#/one'}\nup: {$ref: '../../secret.yaml'}\n"
    )
    return tmp_path / "api"


def _read(folder: Path, text: str, **more: object) -> tuple[Document, Diagnostics]:
    (folder / "root.yaml").write_text(text)
    found = Diagnostics()
    return read(folder / "root.yaml", found, **more), found


def _resolve(document: Document, *path: str) -> Node | None:
    node = document.root.at(path)
    assert node is not None
    return document.resolve(node)


@pytest.mark.parametrize(
    ("ref", "value"),
    [
        ("#/t/a~1b", 1),
        ("#/t/a%2Fb", 1),
        ("#/t/~0x", 2),
        ("#/t/c%20d", 3),
        ("#/t/list/1", "two"),
        ("#/t/chain", 1),
        ("#/t/through/y", 5),
        ("parts/a%20b.yaml#/x/y", 1),
        ("./parts/a b.yaml#/back", 7),
    ],
)
def test_reference_leads_to(folder, ref, value):
    document, found = _read(
        folder,
        f"use: {{$ref: '{ref}'}}\none: 7\nt:\n  a/b: 1\n  ~x: 2\n  c d: 3\n  list: [one, two]\n"
        "  chain: {$ref: '#/t/a~1b'}\n  through: {$ref: '#/t/o'}\n  o: {y: 5}\n",
    )
    node = _resolve(document, "use")
    # `a%2Fb` is `a/b` once decoded: two tokens, so it leads to nothing.
    if ref == "#/t/a%2Fb":
        assert node is None
        return
    assert node is not None
    assert node.value == value
    assert len(found) == 0


def test_whole_file_and_anchor(folder):
    document, _ = _read(
        folder, "use: {$ref: 'parts/a b.yaml'}\nnamed: {$ref: '#here'}\nt: {$anchor: here, z: 1}\n"
    )
    whole = _resolve(document, "use")
    assert whole is not None
    assert whole.pointer == ""
    assert whole.file.name.endswith("a b.yaml")
    anchored = _resolve(document, "named")
    assert anchored is not None
    assert anchored.pointer == "/t"


def test_unresolved_names_the_nearest(folder):
    document, found = _read(
        folder, "a:\n  $ref: '#/components/schemas/Profil'\ncomponents: {schemas: {Profile: {}}}\n"
    )
    assert _resolve(document, "a") is None
    (only,) = found
    assert only.code is Code.REF_UNRESOLVED
    assert (only.position.line, only.position.column) == (2, 9)
    assert "'Profile'" in (only.hint or "")


@pytest.mark.parametrize("ref", ["#/a", "#/b"])
def test_circles_of_references_end(folder, ref):
    document, found = _read(
        folder, f"a: {{$ref: '#/b'}}\nb: {{$ref: '#/a'}}\nuse: {{$ref: '{ref}'}}\n"
    )
    assert _resolve(document, "use") is None
    assert [d.code for d in found] == [Code.REF_UNRESOLVED]


@pytest.mark.parametrize(
    "ref",
    [
        "../secret.yaml",
        "parts/../../secret.yaml#/k",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.yaml",
        "//example.com/x.yaml",
        "parts/link.yaml",
        "%2e%2e/secret.yaml",
    ],
)
def test_outside_is_refused(folder, ref):
    (folder / "parts" / "link.yaml").symlink_to(folder.parent / "secret.yaml")
    document, found = _read(folder, f"use: {{$ref: '{ref}'}}\n")
    assert _resolve(document, "use") is None
    (only,) = found
    assert only.code is Code.REF_FORBIDDEN
    assert (only.position.line, only.position.column) == (1, 13)


def test_outside_from_an_inner_file_is_refused_there(folder):
    document, found = _read(folder, "use: {$ref: 'parts/a b.yaml#/up'}\n")
    assert _resolve(document, "use") is None
    (only,) = found
    assert only.code is Code.REF_FORBIDDEN
    assert only.position.file.endswith("a b.yaml")
    assert only.position.line == 3


def test_allowed_outside_goes_through_fetch(folder):
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        return b"k: {$ref: 'other.yaml#/z'}" if address.endswith("x.yaml") else b"z: 9"

    document, found = _read(folder, "use: {$ref: 'https://example.com/d/x.yaml#/k'}\n", fetch=fetch)
    node = _resolve(document, "use")
    assert node is not None
    assert node.value == 9
    assert asked == ["https://example.com/d/x.yaml", "https://example.com/d/other.yaml"]
    assert len(found) == 0


def test_faults_in_other_files_are_reported_once(folder):
    (folder / "bad.yaml").write_text("a: [\n")
    document, found = _read(
        folder, "a: {$ref: 'bad.yaml#/x'}\nb: {$ref: 'bad.yaml#/y'}\nc: {$ref: 'none.yaml'}\n"
    )
    assert [_resolve(document, k) for k in "abc"] == [None, None, None]
    assert [d.code for d in found] == [Code.SYNTAX, Code.FILE_MISSING]
