"""The template engine: strict, without logic, and with faults that have a position."""

from __future__ import annotations

import difflib
import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Final

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from trunkline.diagnostics import Code, Diagnostic, Diagnostics, ExitCode, TrunklineError
from trunkline.position import Position

SUFFIX: Final = ".jinja"


def templates_root() -> Path:
    """The folder of our templates: the checkout's, else the one that was installed."""
    package = Path(str(files("trunkline")))
    checkout = package.parent.parent / "templates"
    return checkout if checkout.is_dir() else package / "_data" / "templates"


class Renderer:
    """Renders templates of one group (`python`, `report` …)."""

    def __init__(self, group: str, override: Path | None = None) -> None:
        """`override` is a folder laid out like ours, any of whose files replaces ours.

        Raises `TrunklineError` (BAD_VALUE) when it is no folder.
        """
        if override is None:
            self._environment = _own(group)
            return
        if not override.is_dir():
            raise TrunklineError.usage(
                Code.BAD_VALUE, f"There is no folder or pack of templates {str(override)!r}"
            )
        self._environment = _environment(override / group, templates_root() / group)

    def render(self, name: str, **views: object) -> str:
        """One template with its views; raises `TrunklineError` (TEMPLATE) with its position."""
        try:
            return self._environment.get_template(f"{name}{SUFFIX}").render(views)
        except jinja2.TemplateSyntaxError as error:
            where = Position(error.filename or name, error.lineno, 1)
            raise _fault(error.message or "syntax error", where) from error
        except jinja2.TemplateNotFound as error:
            raise _fault(f"there is no template {error.name!r}", None) from error
        except (jinja2.TemplateError, TypeError, AttributeError, ValueError) as error:
            raise _fault(str(error), _place(error)) from error


def report_unused(override: Path, diagnostics: Diagnostics) -> None:
    """Report files of `override` that replace none of our templates and that none of its templates
    names: a slip in a file's name would otherwise change nothing, and say so nowhere."""
    ours = {
        path.relative_to(templates_root()).as_posix()
        for path in templates_root().rglob(f"*{SUFFIX}")
    }
    found = sorted(path for path in override.rglob("*") if path.is_file())
    theirs = [path for path in found if path.suffix == SUFFIX]
    text = "".join(path.read_text("utf-8", errors="replace") for path in theirs)
    for path in found:
        name = path.relative_to(override).as_posix()
        looks_so = path.suffix == SUFFIX or f"{name}{SUFFIX}" in ours
        if name in ours or not looks_so or f"{path.name}" in text:
            continue
        near = difflib.get_close_matches(name, ours, 1)
        diagnostics.add(
            Code.UNUSED_TEMPLATE,
            f"No template of ours is called {name!r}, and none of yours includes it",
            Position(str(path), 1, 1),
            f"did you mean {near[0]!r}?" if near else "docs/templates.md lists ours",
        )


def _environment(*folders: Path) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Python and Markdown, not HTML; views hold finished text
    )


@functools.cache
def _own(group: str) -> ImmutableSandboxedEnvironment:
    """Of our templates alone: it keeps what it compiled for the next package."""
    return _environment(templates_root() / group)


def model_fault(error: jinja2.TemplateError) -> TrunklineError:
    """The finding for a fault in a template of models."""
    where = _place(error)
    if isinstance(error, jinja2.TemplateSyntaxError):
        where = Position(error.filename or "models", error.lineno, 1)
    return _fault(error.message or "fault", where)


def _fault(message: str, position: Position | None) -> TrunklineError:
    return TrunklineError(
        [Diagnostic(Code.TEMPLATE, f"Template fault: {message}", position)], ExitCode.FINDINGS
    )


def _place(error: BaseException) -> Position | None:
    """The innermost line of a template in the traceback."""
    found: Position | None = None
    trace = error.__traceback__
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith((SUFFIX, ".jinja2")):
            found = Position(filename, trace.tb_lineno, 1)
        trace = trace.tb_next
    return found


@contextmanager
def model_templates(override: Path | None) -> Iterator[Path]:
    """The folder of model templates, files of `override` in place of ours."""
    ours = templates_root() / "models"
    theirs = override / "models" if override is not None else None
    if theirs is None or not theirs.is_dir():
        yield ours
        return
    with tempfile.TemporaryDirectory() as folder:
        merged = Path(folder) / "models"
        shutil.copytree(ours, merged)
        shutil.copytree(theirs, merged, dirs_exist_ok=True)
        yield merged
