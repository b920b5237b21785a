"""Where a description comes from (`upstream.toml`), and what its owner has made of it since."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from trunkline import ir
from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.evolve import Report
from trunkline.overlay import beside
from trunkline.pipeline.compare import Version, changed, from_content, from_file
from trunkline.pipeline.evidence import called
from trunkline.pipeline.find import find_spec, is_address, spec_name
from trunkline.pipeline.import_description import ROOT_FILE, copied
from trunkline.pipeline.overlays import Held, held
from trunkline.pipeline.versions import Step, step
from trunkline.position import Position
from trunkline.source import parse

FILE: Final = "upstream.toml"
_KEYS: Final = ("address", "sha256", "revision", "license")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """The address of a description, and what was last taken from there.

    `sha256` is of the description's own file, `revision` what its owner calls it, `license` under
    what it may be used; each None where it is not noted.
    """

    path: Path
    address: str
    sha256: str | None = None
    revision: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Pulled:
    """What is there now, compared with what is here; nothing is written yet."""

    name: str
    upstream: Upstream
    files: Mapping[Path, bytes]
    """Those that differ from what is here; none where there is nothing new."""
    noted: Upstream
    """What `upstream.toml` is to say."""
    report: Report | None
    """None where one of the two cannot be read, or an overlay does not fit."""
    held: tuple[Held, ...]
    step: Step | None
    diagnostics: Diagnostics

    @property
    def stale(self) -> int:
        """Actions of overlays that match nothing or change nothing any more."""
        return sum(len(one.outcome.unmatched) + len(one.outcome.idle) for one in self.held)


def upstream_file(spec: str | Path) -> Path:
    """Where it is noted where the description comes from, if it is."""
    return find_spec(spec).parent / FILE


def load_upstream(path: Path) -> Upstream:
    """`upstream.toml`; `TrunklineError` where it is missing or not understood."""
    where = Position(str(path), 1, 1)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except OSError:
        message = f"There is no {path}: where this description comes from is not known"
        hint = 'Write address = "https://…" into it.'
        raise TrunklineError.usage(Code.FILE_MISSING, message, None, hint) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        at = Position(str(path), line, column)
        raise TrunklineError.usage(Code.SYNTAX, f"Not valid TOML: {error}", at) from None
    for key, value in data.items():
        if key not in _KEYS:
            hint = f"known are {', '.join(_KEYS)}"
            raise TrunklineError.usage(Code.BAD_VALUE, f"Unknown key {key!r}", where, hint)
        if not isinstance(value, str) or (key == "address" and not is_address(value)):
            raise TrunklineError.usage(Code.BAD_VALUE, f"{key} cannot be {value!r}", where)
    if "address" not in data:
        raise TrunklineError.usage(Code.BAD_VALUE, "address is missing", where)
    return Upstream(path=path, **data)


def upstream_text(upstream: Upstream, before: str = "") -> str:
    """The text of `upstream.toml`; what else stands in the one before, as comments, is kept."""
    text = before
    for key in _KEYS:
        value = getattr(upstream, key)
        if value is None:
            continue
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"
        found = re.search(rf"(?m)^{key}\s*=.*$", text)
        if found is None:
            text = f"{text.rstrip()}\n{line}\n".lstrip("\n")
        else:
            text = f"{text[: found.start()]}{line}{text[found.end() :]}"
    return text


def noted(path: Path, address: str, content: bytes, api: ir.Api | None) -> Upstream:
    """What is to be noted of a description that was just taken from `address`."""
    return Upstream(
        path=path,
        address=address,
        sha256=hashlib.sha256(content).hexdigest(),
        revision=(api.version or None) if api is not None else None,
        license=_license(api),
    )


def _license(api: ir.Api | None) -> str | None:
    if api is None or api.license is None:
        return None
    return api.license.name or None


def pull(spec: str | Path, *, force: bool = False) -> Pulled:
    """Fetch what a description's owner has now, and tell what it changes here.

    Raises `TrunklineError`: with exit code 3 where the address cannot be reached, and where the
    file here was edited by hand since it was taken, unless `force`.
    """
    path = find_spec(spec)
    upstream = load_upstream(upstream_file(spec))
    files = _fetched(upstream.address)
    content = files[ROOT_FILE]
    places = {path if n == ROOT_FILE else path.parent / n: data for n, data in files.items()}
    differing = {place: data for place, data in places.items() if _bytes(place) != data}
    found = Diagnostics()
    if not differing:
        same = replace(upstream, sha256=hashlib.sha256(content).hexdigest())
        return Pulled(spec_name(spec), upstream, {}, same, None, (), None, found)
    if not force:
        _refuse_edited(path, upstream)
    _readable(path, upstream.address, files)
    try:
        laid = tuple(held(parse(str(path), content), beside(path), found))
        overlays = {str(one): one.read_text("utf-8") for one in beside(path)}
        new: Version | None = _as_it_would_be(path, upstream.address, files, overlays)
    except TrunklineError as error:
        found.extend(error.diagnostics)
        laid, new = (), None
    report, proposed = None, None
    if new is not None:
        found.extend(new.diagnostics)
        report = _compared(path, new, found)
        proposed = step(spec, now=new)
    api = new.api if new is not None else None
    note = noted(upstream.path, upstream.address, content, api)
    return Pulled(spec_name(spec), upstream, differing, note, report, laid, proposed, found)


def write_pulled(pulled: Pulled) -> list[Path]:
    """Put what was fetched into its place, and note it; what was written."""
    written: list[Path] = []
    place = pulled.upstream.path
    before = place.read_text("utf-8")
    texts = {**pulled.files, place: upstream_text(pulled.noted, before).encode()}
    for path, data in texts.items():
        if _bytes(path) == data:
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            staged = path.with_name(f".{path.name}.new")
            staged.write_bytes(data)
            staged.replace(path)
        except OSError as error:
            message = f"Cannot write {path}: {error.strerror}"
            raise TrunklineError.usage(Code.CANNOT_WRITE, message) from None
        written.append(path)
    return written


def _fetched(address: str) -> dict[str, bytes]:
    try:
        return copied(address)
    except TrunklineError as error:
        (first, *_) = error.diagnostics
        if first.code is Code.FILE_MISSING and first.position is None:
            said = Diagnostic(first.code, first.message)
            raise TrunklineError([said], ExitCode.UNREACHABLE) from None
        raise


def _readable(path: Path, address: str, files: Mapping[str, bytes]) -> None:
    """Raise `TrunklineError`, with positions at the address, for what no command could read."""
    try:
        _as_it_would_be(path, address, files, {})
    except TrunklineError as error:
        told = [
            replace(one, position=replace(one.position, file=address))
            if one.position is not None and one.position.file == str(path)
            else one
            for one in error.diagnostics
        ]
        raise TrunklineError(told, error.exit_code) from None


def _as_it_would_be(
    path: Path, title: str, files: Mapping[str, bytes], overlays: Mapping[str, str]
) -> Version:
    return from_content(title, str(path), {**files, path.name: files[ROOT_FILE]}, overlays)


def _compared(path: Path, new: Version, found: Diagnostics) -> Report | None:
    try:
        old = from_file(path)
    except TrunklineError as error:
        found.extend(error.diagnostics)
        return None
    methods = called(old.api, new.api)
    return Report(old.title, new.title, changed(old, new), (), methods)


def _refuse_edited(path: Path, upstream: Upstream) -> None:
    content = _bytes(path)
    if upstream.sha256 is None or content is None:
        return
    if hashlib.sha256(content).hexdigest() != upstream.sha256:
        message = "Edited since it was taken from its address: the edits would be lost"
        hint = (
            "Keep them as an overlay (trunkline overlay diff), then --force; or correct sha256 in "
            f"{upstream.path}."
        )
        at = Position(str(path), 1, 1)
        raise TrunklineError([Diagnostic(Code.HAND_EDITED, message, at, hint)], ExitCode.FINDINGS)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
