"""What the generated package is called: read from `package.toml`, with defaults for everything."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from trunkline.diagnostics import Code, Diagnostics
from trunkline.names.words import pascal, safe, snake
from trunkline.position import Position

_DISTRIBUTION: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*(?:(?:a|b|rc|\.post|\.dev)[0-9]+)?")
_ENVIRONMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_KEYS: Final = ("distribution", "module", "class", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageConfig:
    """The names a package goes by.

    `environment` maps `token`, `base_url`, a security scheme's name or a credential argument's
    name to the environment variable it is read from.
    """

    name: str
    distribution: str
    module: str
    client: str
    version: str = "0.1.0"
    environment: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def prefix(self) -> str:
        """What the environment variables start with."""
        return snake(self.client.replace("_", " ")).upper().replace("_", "") or "API"


def default_package(name: str) -> PackageConfig:
    """The names of a package for the description called `name` (a folder, file stem or title)."""
    word = snake(name, empty="api")
    return PackageConfig(
        name=word,
        distribution=f"trunkline-{word.replace('_', '-')}",
        module=f"trunkline_{word}",
        client=safe(pascal(name, empty="Api")),
    )


def load_package(path: Path | None, name: str, diagnostics: Diagnostics) -> PackageConfig:
    """Read `package.toml`; keys left out, and a file that is not there, give the defaults.

    Keys that are unknown and values that cannot be used are reported (BAD_VALUE) and ignored.
    """
    default = default_package(name)
    if path is None or not path.is_file():
        return default
    where = Position(str(path), 1, 1)
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(found[1]), int(found[2])) if found else (1, 1)
        diagnostics.add(Code.SYNTAX, f"Not valid TOML: {error}", Position(str(path), line, column))
        return default
    for key in data:
        if key not in {*_KEYS, "environment"}:
            diagnostics.add(
                Code.BAD_VALUE,
                f"Unknown key {key!r}",
                where,
                hint=f"known are {', '.join(_KEYS)} and [environment]",
            )
    checks: dict[str, Callable[[str], bool]] = {
        "distribution": lambda text: _DISTRIBUTION.fullmatch(text) is not None,
        "module": _identifier,
        "class": _identifier,
        "version": lambda text: _VERSION.fullmatch(text) is not None,
    }
    given: dict[str, str] = {}
    for key, check in checks.items():
        value = data.get(key)
        if value is None:
            continue
        if not isinstance(value, str) or not check(value):
            diagnostics.add(Code.BAD_VALUE, f"{key} cannot be {value!r}", where)
            continue
        given[key] = value
    environment: dict[str, str] = {}
    table = data.get("environment", {})
    for key, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, str) and _ENVIRONMENT.fullmatch(value):
            environment[key] = value
        else:
            diagnostics.add(Code.BAD_VALUE, f"environment.{key} cannot be {value!r}", where)
    return PackageConfig(
        name=default.name,
        distribution=given.get("distribution", default.distribution),
        module=given.get("module", default.module),
        client=given.get("class", default.client),
        version=given.get("version", default.version),
        environment=environment,
    )


def _identifier(text: str) -> bool:
    return text.isascii() and text.isidentifier() and safe(text) == text
