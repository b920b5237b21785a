"""Generating again whenever a description is saved, in a process that stays warm."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, watch

from trunkline.diagnostics import TrunklineError
from trunkline.lower.behaviour import behaviour_file
from trunkline.overlay import FOLDER, named_overlays
from trunkline.pipeline.find import find_spec
from trunkline.pipeline.generate import Generated
from trunkline.pipeline.load import Loaded, load_api

STEP = 20
"""Milliseconds without another change after which a save is taken to be complete."""
TICK = 200
"""Milliseconds between two looks at whether to stop."""


@dataclass(frozen=True, slots=True)
class Round:
    """What became of one description after a save; `seconds` is wall time."""

    spec: str
    outcome: Generated | TrunklineError
    seconds: float


class Watched:
    """One description, the files it was read from and the folder they are in."""

    def __init__(self, spec: str, templates: Path | None) -> None:
        self.spec = spec
        self._file = find_spec(spec).resolve()
        self._templates = templates.resolve() if templates else None
        self._inputs: frozenset[Path] | None = None

    @property
    def folders(self) -> list[Path]:
        """Everything that can reach the package is below these."""
        overlays = [path.resolve().parent for path in named_overlays()]
        return [self._file.parent, *overlays, *([self._templates] if self._templates else [])]

    def concerns(self, path: Path) -> bool:
        """Whether a change of `path` can change the package; after a failure, whether it is text
        beside the description, for what was missing may be there now."""
        if self._templates is not None and path.is_relative_to(self._templates):
            return True
        if path in {self._file, self._file.parent / "package.toml"} or _is_overlay(
            path, self._file
        ):
            return True
        if self._inputs is None:
            return path.suffix in {".yaml", ".yml", ".json"} and path.is_relative_to(
                self._file.parent
            )
        return path in self._inputs

    def run(self, generate: Callable[[str], Generated]) -> Round:
        """Generate once; what went wrong is a result here."""
        started = time.monotonic()
        outcome: Generated | TrunklineError
        try:
            outcome = generate(self.spec)
            texts = outcome.loaded.document.texts
            self._inputs = frozenset(Path(name).resolve() for name in texts)
        except TrunklineError as error:
            outcome, self._inputs = error, None
        return Round(self.spec, outcome, time.monotonic() - started)


def rounds(
    specs: Iterable[str],
    generate: Callable[[str], Generated],
    templates: Path | None = None,
    stop: threading.Event | None = None,
) -> Iterator[Round]:
    """Generate every description once, then again after every save that concerns it.

    Ends when `stop` is set, or with `KeyboardInterrupt`. A fault in a description is a round's
    outcome and does not end the watching.
    """
    watched = [Watched(spec, templates) for spec in specs]
    folders = sorted({folder for one in watched for folder in one.folders})

    def wanted(_change: Change, path: str) -> bool:
        return any(one.concerns(Path(path)) for one in watched)

    started = False
    for batch in watch(
        *folders,
        watch_filter=wanted,
        step=STEP,
        stop_event=stop,
        rust_timeout=TICK,
        yield_on_timeout=True,
    ):
        # The first tick comes when the folders are being watched: no save is missed from here on.
        paths = {Path(path) for _, path in batch}
        for one in watched:
            if not started or any(map(one.concerns, paths)):
                yield one.run(generate)
        started = True


def saves(
    spec: str, first: Loaded, stop: threading.Event | None = None
) -> Iterator[Loaded | TrunklineError]:
    """A description read again after every save of a file that it is read from, and of its
    behaviour; what is wrong with it is an outcome here. Ends when `stop` is set."""
    file = find_spec(spec).resolve()
    inputs = _inputs(first, file)

    def concerns(_change: Change, name: str) -> bool:
        path = Path(name)
        if _is_overlay(path, file):
            return True
        if inputs is None:  # it could not be read: what was missing may be there now
            return path.suffix in {".yaml", ".yml", ".json"}
        return path in inputs

    folders = {file.parent, *(path.resolve().parent for path in named_overlays())}
    for _ in watch(
        *sorted(folders), watch_filter=concerns, step=STEP, stop_event=stop, rust_timeout=TICK
    ):
        try:
            loaded = load_api(spec)
        except TrunklineError as error:
            inputs = None
            yield error
        else:
            inputs = _inputs(loaded, file)
            yield loaded


def _is_overlay(path: Path, file: Path) -> bool:
    """Whether it is an overlay of the description, maybe a new one."""
    return path.suffix == ".yaml" and path.parent == file.parent / FOLDER


def _inputs(loaded: Loaded, file: Path) -> frozenset[Path] | None:
    texts = (Path(name).resolve() for name in loaded.document.texts)
    return frozenset((file, behaviour_file(file), *texts))
