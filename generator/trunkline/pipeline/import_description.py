"""A description from elsewhere with the files it refers to, to be put into a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.lower import lower
from trunkline.openapi import load
from trunkline.pipeline.find import find_spec, is_address
from trunkline.source import Document, Node, fetched, read

ROOT_FILE: Final = "openapi.yaml"
"""What the description is called in its new folder, whatever it was called before."""
_OURS: Final = frozenset(
    {
        ROOT_FILE,
        "package.toml",
        "upstream.toml",
        "errata.yaml",
        "behaviour.yaml",
        "emulator.yaml",
        "waivers.yaml",
    }
)
_UNREADABLE: Final = frozenset(
    {
        Code.FILE_MISSING,
        Code.SYNTAX,
        Code.DUPLICATE_KEY,
        Code.REF_FORBIDDEN,
        Code.NOT_TEXT,
        Code.TOO_LARGE,
    }
)


def copied(origin: str) -> dict[str, bytes]:
    """Relative path → content: the description as `openapi.yaml`, and the files it refers to.

    `origin` is a path, a name in `specs/`, or an address. Raises `TrunklineError` when it or a
    file that it refers to cannot be read or parsed, and when a file cannot keep its place.
    """
    diagnostics = Diagnostics()
    document, content = _opened(origin, diagnostics)
    if not any(_elsewhere(document.root)):
        return {ROOT_FILE: content}
    # Lowering follows what every command follows, and nothing that only looks like a reference.
    lower(load(document, diagnostics), diagnostics)
    unread = [found for found in diagnostics if found.code in _UNREADABLE]
    if unread:
        raise TrunklineError(unread, ExitCode.FINDINGS)
    root = document.file.name if is_address(origin) else os.path.normpath(document.file.name)
    files = {ROOT_FILE: content}
    for name, text in document.texts.items():
        if name != root:
            files[_place(name, root, document)] = text.encode()
    if Path(_path(root)).name != ROOT_FILE:
        _refuse_ways_back(document, root)
    return files


def _opened(origin: str, diagnostics: Diagnostics) -> tuple[Document, bytes]:
    if is_address(origin):
        from trunkline.pipeline.fetch import Fetcher, download

        content = download(origin)
        document = fetched(origin, content, diagnostics, fetch=Fetcher(root=origin))
        return document, content
    path = find_spec(origin)
    document = read(path, diagnostics)
    return document, path.read_bytes()


def _elsewhere(root: Node) -> Iterator[Node]:
    """References of a file, and tags of discriminators, that name another file."""
    pending = [root]
    while pending:
        node = pending.pop()
        ref = node.get("$ref")
        mapping = node.get("mapping") if "propertyName" in node else None
        for found in (ref, *(member for _, member in (mapping.items() if mapping else ()))):
            value = found.value if found is not None else None
            if found is not None and isinstance(value, str) and _file_part(value, found is ref):
                yield found
        pending += [child for _, child in node.items()]
        pending += node.elements()


def _file_part(value: str, is_reference: bool) -> str:
    """What of a reference names a file; the plain word of a mapping is the name of a schema."""
    address = value.partition("#")[0]
    return address if is_reference or "/" in address or "." in address else ""


def _path(name: str) -> str:
    return urlsplit(name).path if is_address(name) else name


def _place(name: str, root: str, document: Document) -> str:
    """Where a file goes, relative to the new folder."""
    if is_address(name):
        base = urljoin(root, ".")
        place = unquote(name.removeprefix(base)) if name.startswith(base) else ""
    else:
        place = Path(os.path.relpath(name, Path(root).parent)).as_posix()
    parts = place.split("/")
    if any(part in {"", ".", ".."} for part in parts) or set(place) & set("\\?:\0"):
        raise _refusal(f"{name} has no place in a folder of its own", name, document)
    if place in _OURS:
        raise _refusal(f"{name} would be taken for the project's own {place}", name, document)
    return place


def _refuse_ways_back(document: Document, root: str) -> None:
    """References to the description by the name that it loses."""
    for file in document.roots():
        for found in _elsewhere(file):
            address = str(found.value).partition("#")[0]
            name = file.file.name
            if is_address(name):
                target = urljoin(name, address)
            else:
                target = os.path.normpath(Path(name).parent / unquote(urlsplit(address).path))
            if target == root:
                raise TrunklineError.usage(
                    Code.BAD_VALUE,
                    f"{str(found.value)!r} leads to a file that becomes {ROOT_FILE}",
                    found.position,
                    f"Call the description {ROOT_FILE} first, here and in references to it.",
                )


def _refusal(message: str, name: str, document: Document) -> TrunklineError:
    """At the first reference that leads to the file."""
    for file in document.roots():
        for found in _elsewhere(file):
            target = document.find(str(found.value), found)
            if target is not None and target.file.name == name:
                diagnostic = Diagnostic(
                    Code.BAD_VALUE,
                    message,
                    found.position,
                    "Move it to a folder beside the description, or call it something else.",
                )
                return TrunklineError([diagnostic], ExitCode.USAGE)
    return TrunklineError.usage(Code.BAD_VALUE, message)
