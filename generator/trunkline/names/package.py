"""What the generated package is called: read from `package.toml`, with defaults for everything."""

from __future__ import annotations

import difflib
import enum
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from trunkline.diagnostics import Code, Diagnostics
from trunkline.names.words import pascal, safe, snake
from trunkline.position import Position

_DISTRIBUTION: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*(?:(?:a|b|rc|\.post|\.dev)[0-9]+)?")
_ENVIRONMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LICENSE: Final = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")
"""An SPDX expression without parentheses."""
_AUTHOR: Final = re.compile(r"([^<>@\n]+?)(?:\s*<([^<>@\s]+@[^<>@\s]+)>)?")
_URL: Final = re.compile(r"https?://[^\s\"'<>\\]+")
_TEXTS: Final = ("distribution", "module", "class", "version", "description", "license")
_LIKE: Final = {
    "distribution": "letters, digits, '.', '_' and '-', like my-shop",
    "module": "an identifier of Python, like my_shop",
    "class": "an identifier of Python, like MyShop",
    "version": "numbers with dots between them, like 1.0.0 or 1.0.0rc1",
    "description": "one line of text",
    "license": "an SPDX expression, like MIT or Apache-2.0",
    "versioning": "contract or package",
}
_KEYS: Final = (*_TEXTS, "versioning", "authors", "unofficial", "urls", "environment")


class Versioning(enum.StrEnum):
    """What a version number promises: whose breaks raise its first part."""

    CONTRACT = "contract"
    """Those of anybody who relies on the description, over HTTP or in Python."""
    PACKAGE = "package"
    """Those of programs that use the package."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who stands for a package."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageConfig:
    """The names a package goes by, and what its page on an index says.

    `environment` maps `token`, `base_url`, a security scheme's name or a credential argument's
    name to the environment variable it is read from. `license` is an SPDX expression; None where
    nothing is said about the generated code. `urls` maps labels to addresses.
    """

    name: str
    distribution: str
    module: str
    client: str
    version: str = "0.1.0"
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    description: str | None = None
    license: str | None = None
    authors: tuple[Author, ...] = ()
    urls: Mapping[str, str] = field(default_factory=dict[str, str])
    unofficial: bool = False
    """Whether it is said that the vendor has nothing to do with it."""
    versioning: Versioning = Versioning.CONTRACT

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
        if key not in _KEYS:
            known = f"known are {', '.join(_KEYS[:-2])}, [urls] and [environment]"
            near = difflib.get_close_matches(key, _KEYS, 1)
            hint = f"did you mean {near[0]!r}?" if near else known
            diagnostics.add(Code.BAD_VALUE, f"Unknown key {key!r}", where, hint=hint)
    checks: dict[str, Callable[[str], bool]] = {
        "distribution": lambda text: _DISTRIBUTION.fullmatch(text) is not None,
        "module": _identifier,
        "class": _identifier,
        "version": lambda text: _VERSION.fullmatch(text) is not None,
        "description": lambda text: bool(text.strip()) and text.isprintable(),
        "license": lambda text: _LICENSE.fullmatch(text) is not None,
        "versioning": lambda text: text in list(Versioning),
    }
    given: dict[str, str] = {}
    for key, check in checks.items():
        value = data.get(key)
        if value is None:
            continue
        if not isinstance(value, str) or not check(value):
            diagnostics.add(Code.BAD_VALUE, f"{key} cannot be {value!r}", where, _LIKE[key])
            continue
        given[key] = value
    unofficial = data.get("unofficial", False)
    if not isinstance(unofficial, bool):
        diagnostics.add(Code.BAD_VALUE, f"unofficial cannot be {unofficial!r}", where)
    return PackageConfig(
        name=default.name,
        distribution=given.get("distribution", default.distribution),
        module=given.get("module", default.module),
        client=given.get("class", default.client),
        version=given.get("version", default.version),
        environment=_table(data, "environment", _ENVIRONMENT, where, diagnostics),
        description=given.get("description"),
        license=given.get("license"),
        authors=tuple(_authors(data.get("authors", []), where, diagnostics)),
        urls=_table(data, "urls", _URL, where, diagnostics),
        unofficial=unofficial is True,
        versioning=Versioning(given.get("versioning", Versioning.CONTRACT)),
    )


def _table(
    data: Mapping[str, object],
    name: str,
    form: re.Pattern[str],
    where: Position,
    diagnostics: Diagnostics,
) -> dict[str, str]:
    """A table of texts that all have one form."""
    table = data.get(name, {})
    found: dict[str, str] = {}
    for key, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, str) and form.fullmatch(value) and str(key).isprintable():
            found[str(key)] = value
        else:
            diagnostics.add(Code.BAD_VALUE, f"{name}.{key} cannot be {value!r}", where)
    return found


def _authors(value: object, where: Position, diagnostics: Diagnostics) -> Iterator[Author]:
    for one in value if isinstance(value, list) else [value]:
        match = _AUTHOR.fullmatch(one) if isinstance(one, str) and one.isprintable() else None
        if match is None:
            hint = 'like "Ann Example <ann@example.com>"'
            diagnostics.add(Code.BAD_VALUE, f"authors cannot have {one!r}", where, hint=hint)
        else:
            yield Author(name=match[1], email=match[2])


def _identifier(text: str) -> bool:
    return text.isascii() and text.isidentifier() and safe(text) == text
