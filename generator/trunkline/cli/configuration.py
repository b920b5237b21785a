"""What a project says once instead of on every command line: `trunkline.toml`, or the table
`[tool.trunkline]` of `pyproject.toml`, in the current folder or the nearest one above it.

    [test]                      # of `trunkline test`, whatever is tested
    max-seconds = 60

    [apis.telnyx.test]          # of `trunkline test telnyx` alone
    base-url = "https://api.example.com"

Keys are the names of options without their dashes, and of arguments. What stands on the command
line comes first, then what the description's own table says, then the command's.
"""

from __future__ import annotations

import contextlib
import difflib
import enum
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias, get_args, get_origin

import typer

from trunkline.diagnostics import Code, Diagnostic, ExitCode, TrunklineError
from trunkline.position import Position

Table: TypeAlias = dict[str, Any]

_OWN: Final = "trunkline.toml"
_PROJECT: Final = "pyproject.toml"
_APIS: Final = "apis"
_NOT_SAID: Final = frozenset({"help", "version"})
"""Options that are commands of their own."""
_SECRET: Final = frozenset({"token", "other-token", "credential", "secret", "login"})
_SECRET_HEADER: Final = re.compile(r"authorization|cookie|key|token|secret|password", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a file says, by command; `prefix` is where its table stands in it."""

    file: Path
    table: Table
    prefix: tuple[str, ...] = ()


def split(arguments: Sequence[str]) -> tuple[list[str], Configuration | None]:
    """A command line without what it says of the configuration, and the configuration: that of
    `--config FILE`, none with `--isolated`, else the nearest one.

    Raises `TrunklineError` (CONFIGURATION) for a file that cannot be read.
    """
    rest = list(arguments)
    file: str | None = None
    isolated = False
    while rest and rest[0].startswith("--"):
        if rest[0] == "--isolated":
            isolated = True
        elif rest[0].startswith("--config="):
            file = rest[0].partition("=")[2]
        elif rest[0] == "--config" and len(rest) > 1:
            file = rest.pop(1)
        else:
            break
        rest.pop(0)
    if isolated or not rest or {"-h", "--help", "--version"} & set(rest):
        return rest, None
    return rest, find_configuration(Path.cwd()) if file is None else _in(Path(file))


def _in(file: Path) -> Configuration:
    table = _read(file)
    if file.name != _PROJECT:
        return Configuration(file, table)
    return Configuration(file, table.get("tool", {}).get("trunkline", {}), ("tool", "trunkline"))


def find_configuration(folder: Path) -> Configuration | None:
    """The configuration for commands run in `folder`, None where there is none.

    Raises `TrunklineError` (CONFIGURATION) for a file that is no TOML.
    """
    for depth, place in enumerate((folder, *folder.parents)):
        own = (Path() if depth == 0 else place) / _OWN
        if own.is_file():
            return Configuration(own, _read(own))
        project = own.with_name(_PROJECT)
        if project.is_file():
            tool = _read(project).get("tool", {})
            table = tool.get("trunkline") if isinstance(tool, dict) else None
            if isinstance(table, dict):
                return Configuration(project, table, ("tool", "trunkline"))
    return None


def _read(file: Path) -> Table:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        where = re.search(r"line (\d+), column (\d+)", said)
        position = Position(str(file), *(map(int, where.groups()) if where else (1, 1)))
        message = f"No TOML: {said.partition(' (at')[0]}"
        raise TrunklineError.usage(Code.CONFIGURATION, message, position) from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file} cannot be read: {error}"
        raise TrunklineError.usage(Code.CONFIGURATION, message) from error


def defaults(group: Any, configuration: Configuration, arguments: Sequence[str]) -> dict[str, Any]:
    """The `default_map` of a command line: parameter → value, by command.

    Raises `TrunklineError` (CONFIGURATION) with every fault of the file: what it says is said
    wholly or not at all.
    """
    reader = _Reader(group, configuration)
    found, apis = reader.read()
    if reader.faults:
        raise TrunklineError(reader.faults, ExitCode.USAGE)
    specs = _specs(group, arguments, found)
    if len(specs) == 1:
        for name, commands in apis.items():
            if _is(specs[0], name, configuration.file.parent):
                for command, values in commands.items():
                    found[command] = {**found.get(command, {}), **values}
    return found


class _Reader:
    """Reads the tables, gathering what is wrong with them."""

    def __init__(self, group: Any, configuration: Configuration) -> None:
        self._group = group
        self._file = configuration.file
        self._table = configuration.table
        self._prefix = configuration.prefix
        self.faults: list[Diagnostic] = []

    def read(self) -> tuple[dict[str, Table], dict[str, dict[str, Table]]]:
        """Values by command, and the same by description."""
        commands = {key: value for key, value in self._table.items() if key != _APIS}
        general = self._commands(commands, ())
        apis = self._table.get(_APIS, {})
        if not isinstance(apis, dict):
            self._fault((_APIS,), f"{_APIS} has a table for each description")
            return general, {}
        found: dict[str, dict[str, Table]] = {}
        for name, table in apis.items():
            if isinstance(table, dict):
                found[name] = self._commands(table, (_APIS, name))
            else:
                self._fault((_APIS, name), f"{name} is a table, of commands")
        return general, found

    def _commands(self, table: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Table]:
        found: dict[str, Table] = {}
        for name, values in table.items():
            here = (*path, name)
            command = self._group.commands.get(name)
            if command is None:
                self._unknown(here, name, [*self._group.commands, *([] if path else [_APIS])])
            elif not isinstance(values, dict):
                self._fault(here, f"{name} is a table, of the options of trunkline {name}")
            elif hasattr(command, "commands"):
                inner = _Reader(command, Configuration(self._file, values, self._prefix))
                found[name], _ = inner.read()
                self.faults += inner.faults
            else:
                found[name] = dict(self._options(command, values, here))
        return found

    def _options(
        self, command: Any, values: Table, path: tuple[str, ...]
    ) -> Iterator[tuple[str, object]]:
        known = {key: parameter for parameter in command.params for key in names(parameter)}
        for key, value in values.items():
            here = (*path, key)
            if key not in known:
                self._unknown(here, key, known)
                continue
            parameter = known[key]
            problem = _problem(parameter, value) or _secret(key, value)
            if problem:
                self._fault(here, f"{key} {problem}")
            elif key.startswith("no-"):
                yield parameter.name, not value
            else:
                yield parameter.name, self._placed(parameter, value)

    def _placed(self, parameter: Any, value: object) -> object:
        """Paths lead from the folder of the file that says them."""
        folder = self._file.parent
        if folder.resolve() == Path.cwd():
            return _as_given(parameter, value)
        if isinstance(value, list):
            return [self._placed(parameter, one) for one in value]
        if isinstance(value, str):
            if value.startswith("@"):
                return f"@{folder / value[1:]}"
            is_path = isinstance(_type(parameter), type) and issubclass(_type(parameter), Path)
            if value != "-" and (is_path or _is_there(parameter, folder, value)):
                value = str(folder / value)
        return _as_given(parameter, value)

    def _unknown(self, path: tuple[str, ...], name: str, names: Iterable[str]) -> None:
        known = sorted(names)
        near = difflib.get_close_matches(name, known, 1, cutoff=0.6)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known)}."
        self._fault(path, f"{name!r} is not known here", hint)

    def _fault(self, path: tuple[str, ...], message: str, hint: str | None = None) -> None:
        position = Position(str(self._file), *_place(self._file, (*self._prefix, *path)))
        self.faults.append(Diagnostic(Code.CONFIGURATION, message, position, hint))


def names(parameter: Any) -> list[str]:
    """The keys that a parameter has in a configuration."""
    if parameter.param_type_name == "argument":
        return [parameter.name]
    options = [o.removeprefix("--") for o in (*parameter.opts, *parameter.secondary_opts)]
    return [o for o in options if not o.startswith("-") and o not in _NOT_SAID]


def json_schema(group: Any) -> Table:
    """The JSON Schema of a configuration, for the commands of `group`."""
    commands = {name: _of_command(command) for name, command in group.commands.items()}
    own = {"type": "object", "properties": commands, "additionalProperties": False}
    apis = {
        "type": "object",
        "description": "By the name or path of a description: its own tables of commands.",
        "additionalProperties": own,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "trunkline.toml, or [tool.trunkline] of pyproject.toml: what options say, once",
        **own,
        "properties": {**commands, _APIS: apis},
    }


def _of_command(command: Any) -> Table:
    if hasattr(command, "commands"):
        properties = {name: _of_command(one) for name, one in command.commands.items()}
    else:
        properties = {
            key: _of_parameter(parameter)
            for parameter in command.params
            for key in names(parameter)
        }
    text = " ".join((command.help or "").split("\n\n")[0].split())
    found: Table = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"description": text, **found} if text else found


def _of_parameter(parameter: Any) -> Table:
    kind = _type(parameter)
    one: Table = {"type": {int: "integer", float: "number"}.get(kind, "string")}
    if getattr(parameter, "is_flag", False):
        one = {"type": "boolean"}
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        one = {"enum": [member.value for member in kind]}
    if _takes_several(parameter):
        one = {"anyOf": [one, {"type": "array", "items": one}]}
    text = " ".join((getattr(parameter, "help", None) or "").split())
    return {"description": text, **one} if text else one


def _type(parameter: Any) -> Any:
    """What one value of a parameter becomes."""
    annotation = parameter.type_descriptor.annotation
    inner = get_args(annotation)
    return inner[0] if get_origin(annotation) in (list, tuple) and inner else annotation


def _takes_several(parameter: Any) -> bool:
    return bool(getattr(parameter, "multiple", False)) or parameter.nargs != 1


def _problem(parameter: Any, value: object) -> str:
    """What is wrong with a value, "" where nothing is."""
    kind = _type(parameter)
    if getattr(parameter, "is_flag", False):
        return "" if isinstance(value, bool) else "is true or false"
    if isinstance(value, list):
        if not _takes_several(parameter):
            return "is one value, not a list"
        return next((p for one in value for p in [_problem(parameter, one)] if p), "")
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        texts = [str(member.value) for member in kind]
        return "" if value in texts else f"is one of {', '.join(texts)}"
    if kind in (int, float):
        good = isinstance(value, int | float if kind is float else int)
        return "" if good and not isinstance(value, bool) else "is a number"
    return "" if isinstance(value, str) else "is text"


def _secret(key: str, value: object) -> str:
    """Why a value must not stand in a file that is committed, "" where it may."""
    for one in value if isinstance(value, list) else [value]:
        text = str(one)
        if key in _SECRET and not text.rpartition("=")[2].startswith("@"):
            return "is a secret: write @FILE, or keep it in the environment"
        if key == "header" and _SECRET_HEADER.search(text.partition(":")[0]):
            return "is a secret: use auth, or credential with @FILE"
    return ""


def _as_given(parameter: Any, value: object) -> object:
    return [value] if _takes_several(parameter) and not isinstance(value, list) else value


def _is_there(parameter: Any, folder: Path, value: str) -> bool:
    """Whether an argument names a file, which could also be the name of a description."""
    return parameter.param_type_name == "argument" and (folder / value).is_file()


def _specs(group: Any, arguments: Sequence[str], found: Mapping[str, Table]) -> tuple[str, ...]:
    """The descriptions that a command line names, itself or by its configuration."""
    name = arguments[0] if arguments else ""
    command = group.commands.get(name)
    if command is None or hasattr(command, "commands"):
        return ()
    given: Any = None
    with contextlib.suppress(typer.TyperException):  # the command itself says what is wrong
        context = command.context_class(command, info_name=name)
        given = command.make_parser(context).parse_args(args=[*arguments[1:]])[0].get("spec")
    given = given or found.get(name, {}).get("spec")
    return (given,) if isinstance(given, str) else tuple(given or ())


def _is(spec: str, name: str, folder: Path) -> bool:
    """Whether a description is the one that a table is called after."""
    from trunkline.pipeline.find import spec_name

    if spec == name or (folder / name).resolve() == Path(spec).resolve():
        return True
    try:
        return spec_name(spec) == name
    except TrunklineError:
        return False


def _place(file: Path, path: Sequence[str]) -> tuple[int, int]:
    """Line and column of a key: the last part of `path` after the lines of the parts before it."""
    lines = file.read_text("utf-8").splitlines()
    at, column = 0, 1
    for part in path:
        word = re.compile(rf"(?<![\w-]){re.escape(part)}(?![\w-])")
        for number in range(at, len(lines)):
            line = lines[number].partition("#")[0]
            match = word.search(line, column if number == at and column > 1 else 0)
            if match is not None:
                at, column = number, match.start() + 1
                break
    return at + 1, column
