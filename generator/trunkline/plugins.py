"""What other distributions add to Trunkline: found by their entry points, held to a type.

A plugin that cannot be loaded, or is not what its group asks for, ends the command with one message
that names it: results that depend on whether a plugin happened to load would be worse.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from trunkline.diagnostics import Code, TrunklineError

FORMATS: Final = "trunkline.formats"
RULES: Final = "trunkline.rules"
PAGING: Final = "trunkline.paging"
TEMPLATES: Final = "trunkline.templates"

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Plugin(Generic[_Kind]):
    """One entry point: its name, the distribution that has it, and what it leads to."""

    name: str
    distribution: str
    value: _Kind

    @property
    def title(self) -> str:
        """For messages."""
        return _title(self.name, self.distribution)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFormat:
    """What values of a `format` are: for the emulator, `trunkline test` and the rules.

    The entry point's name in the group `trunkline.formats` is the format's.
    """

    valid: Callable[[str], bool]
    """Whether a text is one; an exception means that it is not."""
    sample: Callable[[random.Random], str]
    """A text that is one, drawn from the source given: the same seed gives the same text."""
    invalid: tuple[str, ...] = ()
    """Texts that are none, which a server is expected to refuse."""


@dataclass(frozen=True, slots=True)
class TemplatePack:
    """Templates that replace ours; the entry point's name is what `--templates` is given.

    `folder` is laid out like `templates/`; any of its files replaces ours.
    """

    folder: Path


def plugins(group: str, kind: type[_Kind]) -> tuple[Plugin[_Kind], ...]:
    """All plugins of a group, by name; `TrunklineError` (PLUGIN) for one that is broken."""
    return tuple(loaded(group, kind))


def loaded(group: str, kind: type[_Kind]) -> Iterator[Plugin[_Kind]]:
    """The same one after another, each when it is asked for."""
    found: dict[str, Plugin[_Kind]] = {}
    for entry in sorted(metadata.entry_points(group=group), key=lambda one: (one.name, one.value)):
        distribution = entry.dist.name if entry.dist is not None else "somebody"
        title = _title(entry.name, distribution)
        try:
            value: Any = entry.load()
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
            raise broken(title, f"cannot be loaded: {said}") from error
        if not isinstance(value, kind):
            raise broken(title, f"is a {type(value).__name__}, and no {kind.__name__}")
        if entry.name in found:
            raise broken(title, f"has the name of {found[entry.name].title}")
        found[entry.name] = Plugin(entry.name, distribution, value)
        yield found[entry.name]


def shape_packages() -> bool:
    """Whether something is installed that packages depend on beside their description."""
    return bool(metadata.entry_points(group=PAGING))


def broken(title: str, what: str) -> TrunklineError:
    """The plugin called `title` does not do what it is there for."""
    return TrunklineError.usage(
        Code.PLUGIN, f"{title} {what}", hint="mend it, or uninstall its distribution"
    )


def template_pack(name: str) -> Path | None:
    """The folder of the pack called `name`; None where there is none."""
    for plugin in plugins(TEMPLATES, TemplatePack):
        if plugin.name == name:
            if not plugin.value.folder.is_dir():
                raise broken(plugin.title, f"has no folder {plugin.value.folder}")
            return plugin.value.folder
    return None


@cache
def value_formats() -> Mapping[str, ValueFormat]:
    """Formats that were added, by name."""
    found = plugins(FORMATS, ValueFormat)
    for one in found:
        _hold(one)
    return {one.name: one.value for one in found}


@cache
def format_checks() -> dict[str, Callable[[str], bool]]:
    """For validators: by the name of a format, whether a text is one."""
    return {name: _safe(one.valid) for name, one in value_formats().items()}


def _hold(plugin: Plugin[ValueFormat]) -> None:
    """Its own samples fit, and what it says is wrong does not."""
    one, check = plugin.value, _safe(plugin.value.valid)
    try:
        text = one.sample(random.Random(0))  # noqa: S311  # no secret
    except Exception as error:
        raise broken(plugin.title, f"gives no sample: {type(error).__name__}: {error}") from error
    if not isinstance(text, str) or not check(text):
        raise broken(plugin.title, f"does not take its own sample {text!r:.80}")
    for wrong in one.invalid:
        if check(wrong):
            raise broken(plugin.title, f"takes {wrong!r:.80}, which it says is invalid")


def _safe(valid: Callable[[str], bool]) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        try:
            return bool(valid(text))
        except Exception:
            return False

    return check


def _title(name: str, distribution: str) -> str:
    return f"The plugin {name!r} of {distribution}"
