"""A description and the files it refers to."""

from __future__ import annotations

import codecs
import difflib
import errno
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit

from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.pointer import unescape
from trunkline.position import Position
from trunkline.source.json_text import parse_json
from trunkline.source.node import Node
from trunkline.source.parsed import MAX_BYTES, ParsedFile, ParseError
from trunkline.source.yaml_text import parse_yaml

_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_GUESSES: Final = 20
"""Each takes some 30 ms among thousands of names."""

Fetch = Callable[[str], bytes]
"""Reads a file or an address that lies outside the description's folder.

Raises `RefusedError` for what may not be read, and `OSError` for what cannot.
"""


class RefusedError(Exception):
    """A reference leads to where the user has not allowed it to."""


def read(path: Path, diagnostics: Diagnostics, *, fetch: Fetch | None = None) -> Document:
    """Parse the description at `path`, which may be YAML or JSON.

    References are followed when asked for, to files in the folder of `path` and below only (from
    `history/` also beside it, where that is a package's folder); everything else goes through
    `fetch`, or is refused where there is none. What ends the run is raised: `TrunklineError` for
    a file that is missing, not UTF-8, not valid or too large.
    """
    try:
        content = _some(path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TrunklineError.usage(
            Code.FILE_MISSING, f"Cannot read {path}: {reason}", None, _nearby(path)
        ) from None
    return Document(parse(str(path), content), _folder(path), diagnostics, fetch)


def fetched(address: str, content: bytes, diagnostics: Diagnostics, *, fetch: Fetch) -> Document:
    """The description that came from `address`; all its references go through `fetch`.

    Raises `TrunklineError` like `read`.
    """
    return Document(parse(address, content), None, diagnostics, fetch)


def _some(path: Path) -> bytes:
    """The bytes of a file, one more than can be taken at the most."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _regular(path: Path) -> bytes:
    """The bytes of a file; OSError for what may never end, as a pipe does."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is not a regular file")
    return path.read_bytes()


def _folder(path: Path) -> Path:
    """Where references may lead; older versions in `history/` share the files of the newest."""
    folder = path.parent
    shared = folder.parent
    return shared if folder.name == "history" and (shared / "package.toml").is_file() else folder


def _nearby(path: Path) -> str | None:
    try:
        names = [p.name for p in path.parent.iterdir() if p.name != path.name]
    except OSError:
        return None
    near = difflib.get_close_matches(path.name, names, 1)
    return f"There is {path.parent / near[0]}" if near else None


def parse(name: str, content: bytes) -> ParsedFile:
    """One file's bytes; `TrunklineError` when they do not parse."""
    if len(content) > MAX_BYTES:
        message = f"{name} is larger than {MAX_BYTES // 2**20} MiB"
        raise TrunklineError(
            [Diagnostic(Code.TOO_LARGE, message, Position(name, 1, 1))], ExitCode.FINDINGS
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        hint = "It is UTF-16: save it as UTF-8." if wide else None
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        raise TrunklineError(
            [Diagnostic(Code.NOT_TEXT, "Not UTF-8 text", Position(name, line, column), hint)],
            ExitCode.FINDINGS,
        ) from None
    try:
        if name.lower().endswith(".json"):
            return parse_json(name, text)
        if text.lstrip()[:1] in ("{", "["):
            try:
                return parse_json(name, text)
            except ParseError as failure:
                if any(code is not Code.SYNTAX for code, *_ in failure.faults):
                    raise
        return parse_yaml(name, text)
    except ParseError as failure:
        raise failure.as_error(name, text) from None


class Document:
    """The root file and, as references lead there, the others."""

    def __init__(
        self, file: ParsedFile, folder: Path | None, diagnostics: Diagnostics, fetch: Fetch | None
    ) -> None:
        self.file = file
        self.root = Node.root(file)
        self._folder = folder
        self._diagnostics = diagnostics
        self._fetch = fetch
        name = file.name if _URL.match(file.name) else os.path.normpath(file.name)
        self._files: dict[str, ParsedFile | None] = {name: file}
        self._targets: dict[tuple[str, str], Node | None] = {}
        self._guesses = _GUESSES
        """How many more names are looked for that may have been meant."""

    def roots(self) -> list[Node]:
        """The whole of every file read so far."""
        return [Node.root(file) for file in self._files.values() if file is not None]

    @property
    def texts(self) -> dict[str, str]:
        """Name → text of every file read so far, the root's first."""
        read = {name: file.text for name, file in self._files.items() if file is not None}
        return read | {file.name: file.text for _, file in self.file.laid}

    def replace(self, file: ParsedFile) -> Document:
        """The same description with another root file of the same name, before it is read."""
        return Document(file, self._folder, self._diagnostics, self._fetch)

    def target(self, node: Node) -> Node | None:
        """What `node`'s `$ref` leads to, one step; None, with a diagnostic, when to nothing."""
        ref = node.get("$ref")
        if ref is None:
            return None
        if not isinstance(ref.value, str):
            self._diagnostics.add(
                Code.REF_UNRESOLVED, "A $ref must be text", ref.position, "Quote it."
            )
            return None
        key = (node.file.name, ref.value)
        if key not in self._targets:
            self._targets[key] = self._find(node.file, ref.value, ref)
        elif self._targets[key] is None:
            self._find(node.file, ref.value, ref)
        return self._targets[key]

    def resolve(self, node: Node) -> Node | None:
        """`node` itself, or what its `$ref` leads to in the end.

        None, with a diagnostic at the reference, where it leads to nothing or in a circle.
        """
        seen: set[tuple[str, str]] = set()
        while "$ref" in node:
            if node.place in seen:
                self._diagnostics.add(
                    Code.REF_UNRESOLVED, "Reference leads back to itself", node.position
                )
                return None
            seen.add(node.place)
            target = self.target(node)
            if target is None:
                return None
            node = target
        return node

    def locate(self, path: Iterable[str | int]) -> Node:
        """The innermost node on `path` from the root that exists, following references."""
        node = self.root
        for token in path:
            following = node.step(str(token))
            if following is None and "$ref" in node:
                target = self.resolve(node)
                following = target.step(str(token)) if target else None
            if following is None:
                break
            node = following
        return node

    def find(self, ref: str, at: Node) -> Node | None:
        """What the reference `ref`, written at `at`, leads to; None, with a diagnostic, when to
        nothing."""
        return self._find(at.file, ref, at)

    def _find(self, origin: ParsedFile, ref: str, at: Node) -> Node | None:
        address, _, fragment = ref.partition("#")
        file = self._open(origin, address, at) if address else origin
        if file is None:
            return None
        root = Node.root(file)
        pointer = unquote(fragment)
        if not pointer:
            return root
        if not pointer.startswith("/"):
            return self._anchor(root, pointer, at)
        node = root
        for token in pointer[1:].split("/"):
            key = unescape(token)
            following = node.step(key)
            if following is None and "$ref" in node:
                resolved = self.resolve(node)
                following = resolved.step(key) if resolved else None
            if following is None:
                self._unresolved(ref, node, key, at)
                return None
            node = following
        return node

    def _unresolved(self, ref: str, node: Node, key: str, at: Node) -> None:
        names = list(node.value) if isinstance(node.value, dict) and self._guesses > 0 else []
        self._guesses -= 1
        near = difflib.get_close_matches(key, names, 1)
        where = node.pointer.lstrip("/") or "the root"
        self._diagnostics.add(
            Code.REF_UNRESOLVED,
            f"Reference {ref!r} leads to nothing: no {key!r} in {where}",
            at.position,
            f"Did you mean {near[0]!r}?" if near else None,
        )

    def _anchor(self, root: Node, name: str, at: Node) -> Node | None:
        pending = [root]
        while pending:
            node = pending.pop()
            if name in (node.text("$anchor"), node.text("$dynamicAnchor")):
                return node
            pending.extend(child for _, child in node.items())
            pending.extend(node.elements())
        self._diagnostics.add(Code.REF_UNRESOLVED, f"No anchor {name!r}", at.position)
        return None

    def _open(self, origin: ParsedFile, address: str, at: Node) -> ParsedFile | None:
        remote = bool(_URL.match(address) or _URL.match(origin.name))
        name = urljoin(origin.name, address) if remote else self._beside(origin, address)
        if name in self._files:
            return self._files[name]
        self._files[name] = None
        try:
            if not remote and self._is_inside(name):
                content = _regular(Path(name))
            elif self._fetch is not None:
                content = self._fetch(name)
            else:
                raise RefusedError
        except RefusedError:
            del self._files[name]
            self._diagnostics.add(
                Code.REF_FORBIDDEN,
                f"Reference to {address!r}, outside the description's folder",
                at.position,
                "Copy the file beside the description, or allow it: generate --allow-ref PREFIX.",
            )
            return None
        except OSError as error:
            reason = error.strerror or str(error)
            self._diagnostics.add(
                Code.FILE_MISSING, f"Cannot read {address!r}: {reason}", at.position
            )
            return None
        try:
            self._files[name] = parse(name, content)
        except TrunklineError as error:
            self._diagnostics.extend(error.diagnostics)
        return self._files[name]

    @staticmethod
    def _beside(origin: ParsedFile, address: str) -> str:
        # One file has one name, however a reference gets there.
        return os.path.normpath(Path(origin.name).parent / unquote(urlsplit(address).path))

    def _is_inside(self, name: str) -> bool:
        if self._folder is None:
            return False
        try:
            return Path(name).resolve().is_relative_to(self._folder.resolve())
        except (OSError, ValueError, RuntimeError):
            return False
